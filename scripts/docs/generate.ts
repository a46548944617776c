/** Everything in the repository that is written by a script: path -> what it should hold. */
import { readFileSync } from 'node:fs';
import { fillTables, placesIn } from './markdown';
import { fillCodes } from './signature-codes';
import type { Locale } from '../../merchant';
import { COMPONENTS, tableOf } from './tables';
import { readComponent } from './source';

/** Each page in English and in Chinese. */
const inBoth = (...pages: string[]): string[] =>
  pages.flatMap(page => [page, page.replace(/\.md$/, '.zh-CN.md')]);

const TEXTS = inBoth(
  ...Object.keys(COMPONENTS).map(name => `components/${name}/README.md`),
  'docs/configuration.md',
  'docs/theme.md',
);

const CODES = inBoth('docs/signature-codes.md');

export const languageOf = (file: string): Locale => (file.endsWith('.zh-CN.md') ? 'zh-CN' : 'en');

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
  files['utils/props.generated.ts'] = generatePropsSource();
  for (const file of TEXTS) {
    const language = languageOf(file);
    files[file] = fillTables(readFileSync(file, 'utf8'), name => tableOf(name, language));
  }
  for (const file of CODES) files[file] = fillCodes(readFileSync(file, 'utf8'), languageOf(file));
  return files;
}

/** Exported types that a property may be declared with, and where they live. */
const IMPORTS = { OrderInfo: './order/order-info', OrderView: './order/order-view' };

/** The module of the interfaces of all components' properties, before Prettier has laid it out. */
function generatePropsSource(): string {
  return [
    '/** The properties of the components, as their own code declares them. Written by `npm run docs`: do not edit. */',
    ...Object.entries(IMPORTS).map(([type, from]) => `import type { ${type} } from '${from}';`),
    ...Object.values(COMPONENTS).flatMap(({ file, props }) => ['', ...propsInterface(file, props)]),
    '',
  ].join('\n');
}

/** @param file the component's TypeScript */
function propsInterface(file: string, name: string): string[] {
  return [
    `/** Amounts are integer fen. In a template the names are written with hyphens. */`,
    `export interface ${name} {`,
    ...readComponent(file).properties.flatMap(({ name: property, type, initial, comment }) => [
      `  /** ${comment.replace(/[.…]?$/, end => end || '.')} Default: ${initial} */`,
      `  ${property}?: ${type};`,
    ]),
    '}',
  ];
}
