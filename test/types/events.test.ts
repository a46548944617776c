/** What the components fire is what their types promise: a detail that differs from its interface does not compile. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { readInterface } from '../../scripts/docs/source';
import { COMPONENTS } from '../../scripts/docs/tables';

jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.swan.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of one file of ours, with another text in the place of a file it imports. */
function complaints(file: string, changed: string, text: string): string {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) => {
    if (resolve(name) === join(ROOT, changed)) return ts.createSourceFile(name, text, version);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, version, ...rest));
    return parsed.get(name);
  };
  const files = [file, 'utils/host/globals.d.ts', 'utils/host/swan-types.d.ts'].map(name => join(ROOT, name));
  const program = ts.createProgram(files, options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(join(ROOT, file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    .join('\n');
}

/** One more field in each of these interfaces, called after it. */
const withFields = (text: string, interfaces: string[]): string =>
  interfaces.reduce(
    (source, name) =>
      source.replace(new RegExp(`interface ${name}( extends \\w+)? {`), `$&\n  invented${name}: string;`),
    text,
  );

/** Filled by the payment manager: a pay-button only hands them on. */
const HANDED_ON = [
  'OrderCreatedDetail',
  'PaySuccessDetail',
  'PayCancelDetail',
  'PayFailDetail',
  'PayPendingDetail',
  'PayOutcome',
];

/** Where the details of a component's events are filled. */
const FILLERS = {
  'pay-button': 'components/pay-button/pay-button.ts',
  'order-summary': 'components/order-summary/controller.ts',
};

describe.each(Object.entries(COMPONENTS))('%s', (name, { file, events: [source, map] }) => {
  const filler = FILLERS[name as keyof typeof FILLERS];
  const text = readFileSync(join(ROOT, source), 'utf8');
  const details = readInterface(source, map)
    .map(({ type }) => type)
    .filter(type => !HANDED_ON.includes(type));

  test('compiles with its event types', () => {
    expect(complaints(file, source, text)).toBe('');
  });

  test('does not compile when the type of an event has a field that nothing fills', () => {
    const said = complaints(filler, source, withFields(text, details));
    expect(details.filter(type => !said.includes(`invented${type}`))).toEqual([]);
    expect(details.length).toBeGreaterThan(1);
  });

  test('does not compile when the type of an event lacks a field that it is fired with', () => {
    const without = text.replace(/(?:previous: Phase|stale: boolean);/, '');
    expect(complaints(filler, source, without)).toMatch(/'(?:previous|stale)' does not exist/);
  });
});

const TYPES = 'utils/payment/pay-button-events.ts';

test.each([
  ['OrderCreatedDetail', 'utils/payment/effects.ts'],
  ['PaidOrder', 'utils/payment/outcome.ts'],
  ['PaySuccessDetail', 'utils/payment/outcome.ts'],
  ['PayCancelDetail', 'utils/payment/outcome.ts'],
  ['PayFailDetail', 'utils/payment/outcome.ts'],
  ['Completion', 'utils/payment/outcome.ts'],
])('%s is filled completely: %s does not compile when it has one more field', (name, file) => {
  const types = readFileSync(join(ROOT, TYPES), 'utf8');
  expect(complaints(file, TYPES, types)).toBe('');
  expect(complaints(file, TYPES, withFields(types, [name]))).not.toBe('');
});
