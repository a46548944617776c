/** What the components declare for the docs is what their templates, styles and events have. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readComponent, readInterface, readFallbacks, readTheme } from '../../../scripts/docs/source';
import { COMPONENTS } from '../../../scripts/docs/tables';
import { read } from '../../helpers/markdown-files';

const THEME = readTheme('components/theme.css');
const styleOf = (file: string): string => file.replace(/\.ts$/, '.css');

describe.each(Object.entries(COMPONENTS))('%s', (_name, { file, events }) => {
  const component = readComponent(file);
  const template = read(file.replace(/\.ts$/, '.swan'));

  test('has a comment for every property, event, slot and class', () => {
    const all = [
      ...component.properties,
      ...component.slots,
      ...component.externalClasses,
      ...readInterface(events[0], events[1]),
    ];
    expect(all.filter(({ comment }) => !comment).map(({ name }) => name)).toEqual([]);
    expect(all.length).toBeGreaterThan(15);
  });

  test('documents exactly the slots of its template', () => {
    const slots = [...template.matchAll(/<slot(?:\s+name="([\w-]+)")?/g)].map(([, slot = 'default']) => slot);
    expect(component.slots.map(({ name }) => name).sort()).toEqual([...new Set(slots)].sort());
  });

  test('documents exactly its external classes', () => {
    const names = component.externalClasses.map(({ name }) => name);
    expect(names).toEqual(component.listedClasses);
    expect(names.filter(name => !template.includes(name))).toEqual([]);
  });

  test('documents the events that it fires', () => {
    const folder = dirname(file);
    const code = readdirSync(folder)
      .filter(name => name.endsWith('.ts'))
      .map(name => read(join(folder, name)))
      .join('\n');
    const declared = readInterface(events[0], events[1]).map(({ name }) => name);
    const fired = [...code.matchAll(/triggerEvent\(\s*'(\w+)'/g)].map(([, event = '']) => event);
    expect(fired.filter(event => !declared.includes(event))).toEqual([]);
    // Some names are chosen by the outcome.
    expect(declared.filter(event => !code.includes(`'${event}'`))).toEqual([]);
  });

  test('falls back to the light colours of theme.css', () => {
    const theme = new Map(THEME.map(({ name, light }) => [name, light]));
    const used = readFallbacks(styleOf(file));
    for (const [name, fallbacks] of used) expect([name, ...fallbacks]).toEqual([name, theme.get(name)]);
    expect(used.size).toBeGreaterThan(5);
  });
});

test('theme.css sets only colours that a component uses', () => {
  const used = Object.values(COMPONENTS).flatMap(({ file }) => [...readFallbacks(styleOf(file)).keys()]);
  expect(THEME.map(({ name }) => name).filter(name => !used.includes(name))).toEqual([]);
});

test('theme.css has a different sentence for each colour', () => {
  const sentences = THEME.map(({ comment }) => comment);
  expect(sentences.filter((comment, at) => !comment || sentences.indexOf(comment) !== at)).toEqual([]);
});

test('the comment of paycancel.by explains every cause', () => {
  const types = read('utils/payment/pay-button-events.ts');
  const by = readInterface('utils/payment/pay-button-events.ts', 'PayCancelDetail').find(
    ({ name }) => name === 'by',
  );
  const causes = types.match(/type CancelCause = (.*);/)?.[1]?.split(' | ') ?? [];
  expect(causes.filter(cause => !by?.comment.includes(cause + ':'))).toEqual([]);
  expect(causes.length).toBeGreaterThan(5);
});
