import { BrowserRecorder } from '../../../sandbox/preview/browser/browser-recorder';

test.each([
  [new Error('no page'), 'no page'],
  ['no page', 'no page'],
  // What a promise around swan.request is rejected with.
  [{ errCode: 202, errMsg: 'request:fail illegal request' }, 'request:fail illegal request'],
  [undefined, 'undefined'],
])('an error is in words when a script throws %p', (thrown, words) => {
  const print = jest.spyOn(console, 'error').mockImplementation(() => {});
  expect(new BrowserRecorder().error(thrown, 'uncaught')).toBe(`uncaught: ${words}`);
  print.mockRestore();
});
