import {
  parseExpressionAt,
  type Expression,
  type Node,
  type PrivateIdentifier,
  type SpreadElement,
} from 'acorn';
import san from 'san';

const BINARY = new Set(['+', '-', '*', '/', '%', '<', '>', '<=', '>=', '==', '!=', '===', '!==']);
const RELATIONAL = new Set(['<', '>', '<=', '>=']);
const EQUALITY = new Set(['==', '!=', '===', '!==']);

/** Why Swan would not read an expression, for the developer. */
class ExpressionError extends Error {}

function refuse(message: string): never {
  throw new ExpressionError(message);
}

/** The source of an expression with a space between closing braces, so that it can be written inside {{ }} again. */
export const embeddable = (source: string): string => source.trim().replace(/\}(?=\})/g, '} ');

/** Whether an expression is a place in the data, such as `a.b[0]`. */
export const isAccessor = (source: string): boolean => /^\s*[$\w]+(\.[$\w]+|\[[^\]]+\])*\s*$/.test(source);

/** Names whose functions an expression may call: those of <import-sjs>, <sjs> and <filter>. */
export type Modules = ReadonlySet<string>;

const NO_MODULES: Modules = new Set();

/** Says why Swan's expression grammar refuses `source`, or null when it is fine. */
export function validateExpression(source: string, modules = NO_MODULES): string | null {
  return validate(source, node => check(node, { source, modules }));
}

/** The same for the list of s-for, which may only be a name, a member, a literal, a call or something in parentheses. */
export function validateList(source: string, modules = NO_MODULES): string | null {
  return validate(source, node => {
    if (
      node.type === 'LogicalExpression' ||
      node.type === 'BinaryExpression' ||
      node.type === 'ConditionalExpression'
    ) {
      refuse('the list of s-for is cut at the first operator; put it in parentheses');
    }
    check(node, { source, modules });
  });
}

/**
 * What a phone's engine reads of an expression that Swan's grammar refuses: it stops, without an error, before what it does not
 * know.
 * @returns the beginning of the source, or null when the engine gives up the page
 */
export function readableBeginning(source: string): string | null {
  const read = readByEngine(source);
  if (read === null) return null;
  for (let end = 1; end <= source.length; end += 1) {
    const beginning = source.slice(0, end);
    if (readByEngine(beginning) === read && isWhole(beginning)) return beginning;
  }
  return null;
}

function readByEngine(source: string): string | null {
  try {
    return JSON.stringify(san.parseExpr(source)) ?? null;
  } catch {
    return null;
  }
}

/** Whether an expression can be written among others. */
function isWhole(source: string): boolean {
  try {
    parse(source);
    return true;
  } catch {
    return false;
  }
}

/** Whether a phone's engine reads the value of an s-for. */
export function isReadableLoop(value: string): boolean {
  const loop = /\sin(\s|$)/.test(value) ? value : `item in ${value}`;
  try {
    san.parseTemplate(`<b s-for="${loop.replace(/"/g, "'")}"></b>`);
    return true;
  } catch {
    return false;
  }
}

function validate(source: string, walk: (node: Expression) => void): string | null {
  if (!source.trim()) return 'the expression is empty';
  try {
    walk(parse(source));
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return `"${source.trim()}": ${error.message}`;
    const hint = /\{[^}]*$/.test(source) ? '; an object inside an object needs a space between its }' : '';
    return `"${source.trim()}" is not an expression Swan can read${hint}`;
  }
}

/** Words that JavaScript reserves and Swan does not: names of data like any other, unless an operand follows an operator. */
const RESERVED =
  /(?<![\w$.])(?:(?:break|case|catch|class|const|continue|debugger|default|do|else|enum|export|extends|finally|for|function|if|import|return|super|switch|throw|try|var|while|with)(?![\w$])|(?:delete|new|typeof|void)(?![\w$]|\s+[\w$]|\s*[({'"]))/g;

/** The source with other names in their place, which are as long. */
const withoutReserved = (source: string): string =>
  source.replace(RESERVED, word => word.slice(0, -1) + word.slice(-1).toUpperCase());

function parse(source: string): Expression {
  const node = parseExpressionAt(withoutReserved(source), 0, {
    ecmaVersion: 'latest',
    preserveParens: true,
    onComment: () => refuse('comments are not allowed'),
  });
  if (source.slice(node.end).trim()) refuse(`"${source.slice(node.end).trim()}" does not belong here`);
  return node;
}

interface Context {
  source: string;
  modules: Modules;
}

function check(node: Expression | SpreadElement | PrivateIdentifier, context: Context): void {
  switch (node.type) {
    case 'Identifier':
      if (!/^[$\w]+$/.test(node.name)) refuse(`the name ${node.name} may use letters, digits, _ and $ only`);
      return;
    case 'Literal':
      return checkLiteral(node.raw ?? '', typeof node.value);
    case 'ParenthesizedExpression':
      return check(node.expression, context);
    case 'MemberExpression':
      return checkMember(node, context);
    case 'UnaryExpression':
      if (!['!', '-', '+'].includes(node.operator)) refuse(`${node.operator} is not supported`);
      return check(node.argument, context);
    case 'BinaryExpression':
      return checkBinary(node, context);
    case 'LogicalExpression':
      if (node.operator === '??') refuse('?? is not supported, write a ? a : b');
      check(node.left, context);
      return check(node.right, context);
    case 'ConditionalExpression':
      check(node.test, context);
      check(node.consequent, context);
      return check(node.alternate, context);
    case 'ArrayExpression':
      for (const element of node.elements) check(element ?? refuse('an array cannot have holes'), context);
      return;
    case 'ObjectExpression':
      for (const property of node.properties) checkProperty(property, context);
      return;
    case 'SpreadElement':
      return check(node.argument, context);
    case 'CallExpression':
      return checkCall(node, context);
    case 'ChainExpression':
      return refuse('?. is not supported');
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return refuse('an expression cannot assign');
    default:
      return refuse(`${describe(node)} is not supported`);
  }
}

function checkCall(node: Extract<Expression, { type: 'CallExpression' }>, context: Context): void {
  const { callee } = node;
  const isModule =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    context.modules.has(callee.object.name);
  if (!isModule) refuse('a function call is not supported; compute the value in JavaScript and setData it');
  for (const argument of node.arguments) check(argument, context);
}

function describe(node: Node): string {
  return node.type
    .replace(/(Expression|Literal)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function checkLiteral(raw: string, type: string): void {
  if (type === 'number' && !/^\d+(\.\d+)?$/.test(raw)) refuse(`write the number ${raw} with plain digits`);
  if (type === 'object' && raw !== 'null') refuse('regular expressions are not supported');
  if (type === 'bigint') refuse('big integers are not supported');
}

function checkMember(node: Extract<Expression, { type: 'MemberExpression' }>, context: Context): void {
  const { object, property } = node;
  if (node.optional) refuse('?. is not supported');
  if (object.type !== 'Identifier' && object.type !== 'MemberExpression') {
    refuse('only a name can be followed by . or [ ]');
  }
  if (/\s/.test(context.source.charAt(object.end))) refuse('no space is allowed before . or [');
  check(object, context);
  if (node.computed) check(property, context);
}

function checkBinary(node: Extract<Expression, { type: 'BinaryExpression' }>, context: Context): void {
  if (!BINARY.has(node.operator)) refuse(`${node.operator} is not supported`);
  for (const group of [RELATIONAL, EQUALITY]) {
    if (group.has(node.operator) && node.left.type === 'BinaryExpression' && group.has(node.left.operator)) {
      refuse('comparisons cannot be chained; use parentheses');
    }
  }
  check(node.left, context);
  check(node.right, context);
}

type ObjectMember = Extract<Expression, { type: 'ObjectExpression' }>['properties'][number];

function checkProperty(property: ObjectMember, context: Context): void {
  if (property.type === 'SpreadElement') return check(property, context);
  if (property.computed) refuse('a computed key is not supported');
  if (property.method || property.kind !== 'init') refuse('a function in an object is not supported');
  check(property.value, context);
}
