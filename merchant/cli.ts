#!/usr/bin/env node
/**
 * The command `swan-cashier`.
 */
import { createReadStream } from 'node:fs';
import { readBody } from './body';
import { run } from './doctor';

run(process.argv.slice(2), {
  readFile: path => readBody(createReadStream(path)),
  readStdin: () => readBody(process.stdin),
  fetch,
  write: text => process.stdout.write(text),
  writeError: text => process.stderr.write(text),
  env: process.env,
}).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`swan-cashier: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
