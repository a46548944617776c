/** The pages about the sandbox: what they show is what runs. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { API_FAULTS, NOTIFICATION_FAULTS, REFUND_RESULTS } from '../../../sandbox/cashier/fault-script';
import { OUTCOMES } from '../../../sandbox/cashier/payment-outcomes';
import { USAGE } from '../../../sandbox/sandbox-options';

const ROOT = resolve(__dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const LANGUAGES = [
  ['English', ''],
  ['Chinese', '.zh-CN'],
];

/** The texts of a page's code fences, indented ones too. */
function blocks(page: string): string[] {
  return [...page.matchAll(/^( *)```\w+\n([^]*?\n)\1```$/gm)].map(([, indent = '', code = '']) =>
    code.replace(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

const codes = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe.each(LANGUAGES)('the %s pages about the sandbox', (_language, ending) => {
  const page = read(`docs/sandbox${ending}.md`);
  const backends = read(`docs/sandbox-backends${ending}.md`);

  test.each(['pay.mjs', 'shop.php', 'Shop.java', 'shop.go', 'shop.mjs'])('show the code of %s', file => {
    expect(blocks(backends)).toContain(read(`examples/backends/${file}`));
  });

  test('list exactly the options of the command', () => {
    const options = [...USAGE.matchAll(/^ +(--[a-z-]+(?: [A-Z]+)?) /gm)].map(([, option]) => option);
    const rows = [...page.matchAll(/^\| `(--[^`]+)`/gm)].map(([, option]) => option);
    expect(rows.sort()).toEqual(options.sort());
    expect(options.length).toBeGreaterThan(10);
  });

  test('name every outcome of a payment and every fault', () => {
    const named = new Set(codes(page));
    const all = [...Object.keys(OUTCOMES), ...NOTIFICATION_FAULTS, ...API_FAULTS, ...REFUND_RESULTS];
    expect(all.filter(name => !named.has(name))).toEqual([]);
  });
});

test('the pages about the sandbox have the same sections and commands in both languages', () => {
  const [english, chinese] = ['docs/sandbox.md', 'docs/sandbox.zh-CN.md'].map(read);
  expect(blocks(chinese ?? '')).toEqual(blocks(english ?? ''));
  expect(chinese?.match(/^## /gm)).toEqual(english?.match(/^## /gm));
});
