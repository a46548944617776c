/** Reads the custom properties out of theme.css, and out of a component's css what it asks for. */
import { readFileSync } from 'node:fs';
import postcss, { type Container } from 'postcss';

interface CustomProperty {
  name: string;
  light: string;
  /** the same as `light` when dark mode does not change it */
  dark: string;
  /** one line; '' when there is none right before it */
  comment: string;
}

export function readTheme(file: string): CustomProperty[] {
  const root = postcss.parse(readFileSync(file, 'utf8'));
  const properties: CustomProperty[] = [];
  const dark = new Map<string, string>();
  root.walkRules('page', rule => {
    if (rule.parent?.type === 'root') properties.push(...readDeclarations(rule));
    else rule.walkDecls(/^--/, ({ prop, value }) => void dark.set(prop, value));
  });
  return properties.map(property => ({ ...property, dark: dark.get(property.name) ?? property.light }));
}

function readDeclarations(rule: Container): CustomProperty[] {
  const found: CustomProperty[] = [];
  let comment = '';
  rule.each(node => {
    if (node.type === 'comment') comment = node.text.replace(/\s+/g, ' ');
    if (node.type === 'decl') {
      if (node.prop.startsWith('--'))
        found.push({ name: node.prop, light: node.value, dark: node.value, comment });
      comment = '';
    }
  });
  return found;
}

/** Custom property -> the value a component falls back to; every place must agree. */
export function readFallbacks(file: string): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  postcss.parse(readFileSync(file, 'utf8')).walkDecls(({ value }) => {
    for (const [, name = '', fallback = ''] of value.matchAll(/var\((--[\w-]+),\s*([^)]+)\)/g)) {
      used.set(name, (used.get(name) ?? new Set()).add(fallback));
    }
  });
  return used;
}
