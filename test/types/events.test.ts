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
  const files = [file, 'utils/globals.d.ts', 'utils/swan-types.d.ts'].map(name => join(ROOT, name));
  const program = ts.createProgram(files, options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(join(ROOT, file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    .join('\n');
}

/** One more field in each of these interfaces, called after it. */
const withFields = (text: string, interfaces: string[]): string =>
  interfaces.reduce(
    (source, name) => source.replace(`interface ${name} {`, `$&\n  invented${name}: string;`),
    text,
  );

describe.each(Object.entries(COMPONENTS))('%s', (_name, { file, events: [source, map] }) => {
  const text = readFileSync(join(ROOT, source), 'utf8');
  // paycomplete carries what the others do.
  const details = readInterface(source, map)
    .map(({ type }) => type)
    .filter(type => type !== 'PayOutcome');

  test('compiles as it is', () => {
    expect(complaints(file, source, text)).toBe('');
  });

  test('does not compile when the type of an event has a field that nothing fills', () => {
    // What a button says of a new order is filled by the registry, and only passed on by the button.
    const own = details.filter(type => type !== 'OrderCreatedDetail');
    const said = complaints(file, source, withFields(text, own));
    expect(own.filter(type => !said.includes(`invented${type}`))).toEqual([]);
    expect(own.length).toBeGreaterThan(4);
  });

  test('does not compile when the type of an event lacks a field that it is fired with', () => {
    const without = text.replace(/(?:previous: Phase|stale: boolean);/, '');
    expect(complaints(file, source, without)).toMatch(/'(?:previous|stale)' does not exist/);
  });
});

test.each([
  ['OrderCreatedDetail', 'utils/effects.ts'],
  ['PaySuccessDetail', 'utils/describe.ts'],
  ['PayCancelDetail', 'utils/describe.ts'],
  ['PayFailDetail', 'utils/describe.ts'],
  ['PayPendingDetail', 'utils/describe.ts'],
  ['Completion', 'utils/describe.ts'],
])('%s is filled where it is made: %s does not compile with one more field', (name, file) => {
  const events = readFileSync(join(ROOT, 'utils/events.ts'), 'utf8');
  expect(complaints(file, 'utils/events.ts', withFields(events, [name]))).toContain(`invented${name}`);
});
