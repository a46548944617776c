#!/usr/bin/env node
/**
 * The command `swan-cashier`.
 */
import { createReadStream, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBody } from './form-body';
import { runDoctor } from './cli/doctor';

/** From the package.json of the folder above this script; npm starts it through a link. */
function version(): string {
  const script = realpathSync(process.argv[1] ?? '');
  const manifest = readFileSync(join(dirname(script), '../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

// A reader such as `grep -q` may be gone before all is printed.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

runDoctor(process.argv.slice(2), {
  readFile: path => readBody(createReadStream(path)),
  readStdin: () => readBody(process.stdin),
  fetch,
  write: text => process.stdout.write(text),
  writeError: text => process.stderr.write(text),
  env: process.env,
  version,
}).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`swan-cashier: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
