#!/usr/bin/env node
/**
 * The command `swan-cashier`.
 */
import { createReadStream } from 'node:fs';
import { run } from './doctor';
import { MAX_BODY_BYTES } from './form';

/** Stops after one byte more than allowed: the input may have no end. */
async function limited(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}

run(process.argv.slice(2), {
  readFile: path => limited(createReadStream(path)),
  readStdin: () => limited(process.stdin),
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
