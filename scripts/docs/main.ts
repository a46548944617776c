/** `npm run docs`: writes what the docs repeat of the code: tables, signature codes, and the types of the properties. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { runMain } from '../support/process';
import { generate } from './generate';

async function main(): Promise<void> {
  for (const [file, text] of Object.entries(generate())) {
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  }
}

runMain(main);
