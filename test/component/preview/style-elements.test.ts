/** The style elements of a running mini-program: which of two equal rules wins. */
import { StyleElements } from '../../../sandbox/preview/browser/style-elements';

test('component rules come after those of app and page when a component is added before or after the page', () => {
  const styles = new StyleElements('.x { color: red }', '/files');
  styles.addComponent('.card__x { color: green }');
  styles.showPage('a', '.x { color: blue }');
  styles.addComponent('.late__x { color: green }');
  styles.showPage('b', '.x { color: black }');
  styles.showPage('a', '.x { color: blue }');
  const rules = [...document.querySelectorAll('style')].map(style => style.textContent);
  expect(rules).toEqual([
    '.x { color: red }',
    '.x { color: black }',
    '.x { color: blue }',
    '.card__x { color: green }',
    '.late__x { color: green }',
  ]);
});
