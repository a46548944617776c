/** Reads names, types, defaults and comments out of the sources, so that they are written down once. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import postcss, { type Container } from 'postcss';

/** A property, event, field or text: its name and what its comment says. */
export interface Entry {
  name: string;
  /** as TypeScript would write it */
  type: string;
  /** as TypeScript would write it; '' when there is none */
  initial: string;
  optional: boolean;
  /** one line, '' when there is no comment */
  comment: string;
}

interface Component {
  properties: Entry[];
  slots: Entry[];
  externalClasses: Entry[];
  /** what the code itself lists, to be compared with the comments */
  listedClasses: string[];
}

const TYPES: Record<string, string> = {
  String: 'string',
  Boolean: 'boolean',
  Number: 'number',
  Object: 'object | null',
  Array: 'unknown[]',
};

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function find<T extends ts.Node>(root: ts.Node, test: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node);
    node.forEachChild(visit);
  };
  visit(root);
  return found;
}

const nameOf = (node: { name: ts.PropertyName }): string =>
  ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : node.name.getText();

function docOf(node: ts.Node): ts.JSDoc | undefined {
  return ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
}

const commentOf = (node: ts.Node): string => oneLine(ts.getTextOfJSDocComment(docOf(node)?.comment) ?? '');

function assignment(object: ts.ObjectLiteralExpression, name: string): ts.Expression {
  const found = object.properties.filter(ts.isPropertyAssignment).find(member => nameOf(member) === name);
  if (!found) throw new Error(`${object.getSourceFile().fileName}: there is no ${name}`);
  return found.initializer;
}

function objectOf(expression: ts.Expression, what: string): ts.ObjectLiteralExpression {
  if (ts.isObjectLiteralExpression(expression)) return expression;
  throw new Error(`${expression.getSourceFile().fileName}: ${what} must be written out as an object`);
}

/** Reads the one `defineComponent` of a file. `@slot` and `@externalclass` are tags of the comment on top of it. */
export function readComponent(file: string): Component {
  const source = parse(file);
  const [call] = find(source, ts.isCallExpression).filter(
    ({ expression }) => expression.getText() === 'defineComponent',
  );
  const definition = objectOf(call?.arguments[0] ?? ts.factory.createNull(), 'the definition');
  const classes = assignment(definition, 'externalClasses');
  return {
    properties: objectOf(assignment(definition, 'properties'), 'properties')
      .properties.filter(ts.isPropertyAssignment)
      .map(readProperty),
    slots: tagsOf(source, 'slot'),
    externalClasses: tagsOf(source, 'externalclass'),
    listedClasses: find(classes, ts.isStringLiteral).map(({ text }) => text),
  };
}

function readProperty(member: ts.PropertyAssignment): Entry {
  const name = nameOf(member);
  const option = objectOf(member.initializer, name);
  const declared = ts.getJSDocTypeTag(member)?.typeExpression.type.getText();
  const kind = assignment(option, 'type').getText();
  return {
    name,
    type: declared ?? TYPES[kind] ?? 'unknown',
    initial: assignment(option, 'value').getText(),
    optional: true,
    comment: commentOf(member),
  };
}

/** `@slot name - what it is for` */
function tagsOf(source: ts.SourceFile, tag: string): Entry[] {
  const [first] = source.statements;
  const doc = first && ts.getJSDocCommentsAndTags(first).filter(ts.isJSDoc)[0];
  return (doc?.tags ?? [])
    .filter(({ tagName }) => tagName.text === tag)
    .map(({ comment }) => {
      const [name = '', ...rest] = oneLine(ts.getTextOfJSDocComment(comment) ?? '').split(' - ');
      return { name, type: '', initial: '', optional: true, comment: rest.join(' - ') };
    });
}

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** @throws Error when the file has no such declaration */
function declaration(file: string, name: string): Declaration {
  const declared = parse(file).statements.find(
    (node): node is Declaration =>
      (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) && node.name.text === name,
  );
  if (!declared) throw new Error(`${file}: there is no ${name}`);
  return declared;
}

/** The interfaces of the same file that it extends, or is another name of. */
function basesOf(declared: Declaration): string[] {
  if (ts.isInterfaceDeclaration(declared)) {
    return (declared.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText()),
    );
  }
  return ts.isTypeReferenceNode(declared.type) ? [declared.type.typeName.getText()] : [];
}

/**
 * Members of an interface, inherited ones first, or of the object types a type alias is made of.
 * @throws Error when the file has no such declaration
 */
export function readInterface(file: string, name: string): Entry[] {
  const declared = declaration(file, name);
  const members = ts.isInterfaceDeclaration(declared)
    ? declared.members.filter(ts.isPropertySignature)
    : find(declared, ts.isPropertySignature);
  const own = members.map(member => ({
    name: nameOf(member),
    type: oneLine(member.type?.getText() ?? 'unknown'),
    initial: '',
    optional: !!member.questionToken,
    comment: commentOf(member),
  }));
  return [...basesOf(declared).flatMap(base => readInterface(file, base)), ...own];
}

/** Whether `name` is an interface of the file, or another name of one, and no union. */
export function isInterface(file: string, name: string): boolean {
  const declared = declaration(file, name);
  return ts.isInterfaceDeclaration(declared) || basesOf(declared).length > 0;
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

interface CustomProperty {
  name: string;
  light: string;
  /** the same as `light` when dark mode does not change it */
  dark: string;
  /** one line; '' when there is none right before it */
  comment: string;
}

/** The custom properties of theme.css. */
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
