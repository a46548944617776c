/** Writes a component's properties down as an interface that pages can import. */
import { readComponent } from './source';

/** Exported types that a property may be declared with, and where they live. */
const IMPORTS: Record<string, string> = {
  OrderInfo: '../order/order-info',
  OrderView: '../order/order-view',
};

/** @param file the component's TypeScript */
export function propsSource(file: string, name: string): string {
  const { properties } = readComponent(file);
  const named = Object.entries(IMPORTS).filter(([type]) =>
    properties.some(property => new RegExp(`\\b${type}\\b`).test(property.type)),
  );
  const component = file.replace(/^.*\//, '').replace(/\.ts$/, '');
  return [
    `/** The properties of ${component}, as its own code declares them. Written by \`npm run docs\`: do not edit. */`,
    ...named.map(([type, from]) => `import type { ${type} } from '${from}';`),
    '',
    `/** Amounts are integer fen. In a template the names are written with hyphens. */`,
    `export interface ${name} {`,
    ...properties.flatMap(({ name: property, type, initial, comment }) => [
      `  /** ${comment.replace(/[.…]?$/, end => end || '.')} Default: ${initial} */`,
      `  ${property}?: ${type};`,
    ]),
    '}',
    '',
  ].join('\n');
}
