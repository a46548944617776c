/** `npm run docs`: writes the tables of the READMEs and the property types from the components' own code. */
import { writeFileSync } from 'node:fs';
import { generate } from './generate';

generate().then(
  files => Object.entries(files).forEach(([file, text]) => writeFileSync(file, text)),
  error => {
    console.error(String(Object(error).message));
    process.exitCode = 1;
  },
);
