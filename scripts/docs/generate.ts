/** Everything in the repository that is written by a script: path -> what it should hold. */
import { readFileSync } from 'node:fs';
import { fillTables, placesIn } from './markdown';
import { propsSource } from './props';
import { fillCodes } from './signature-codes';
import { COMPONENTS, tableOf, type Language } from './tables';

/** Each page in English and in Chinese. */
const inBoth = (...pages: string[]): string[] =>
  pages.flatMap(page => [page, page.replace(/\.md$/, '.zh-CN.md')]);

const TEXTS = inBoth(
  ...Object.keys(COMPONENTS).map(name => `components/${name}/README.md`),
  'docs/configuration.md',
  'docs/theme.md',
);

const CODES = inBoth('docs/signature-codes.md');

export const languageOf = (file: string): Language => (file.endsWith('.zh-CN.md') ? 'zh-CN' : 'en');

/**
 * Texts with places for tables, and the names of those tables.
 * @throws Error naming a text that is not there
 */
export function places(): Record<string, string[]> {
  return Object.fromEntries(TEXTS.map(file => [file, placesIn(readFileSync(file, 'utf8'))]));
}

/**
 * Before Prettier has laid it out.
 * @throws Error naming a text that is not there
 */
export function generate(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { file, props } of Object.values(COMPONENTS)) files[props[0]] = propsSource(file, props[1]);
  for (const file of TEXTS) {
    const language = languageOf(file);
    files[file] = fillTables(readFileSync(file, 'utf8'), name => tableOf(name, language));
  }
  for (const file of CODES) files[file] = fillCodes(readFileSync(file, 'utf8'), languageOf(file));
  return files;
}
