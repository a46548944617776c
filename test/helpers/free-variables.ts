/** What a script names that it does not declare itself. */
import { parse, type Node } from 'acorn';

interface Scope {
  names: Set<string>;
  outer: Scope | null;
}

type Fields = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof (value as Fields | null)?.type === 'string';

/** Parses as ES5; anything newer is an error that names the line. */
function parseEs5(code: string): Node {
  return parse(code, { ecmaVersion: 5, sourceType: 'script', allowReturnOutsideFunction: false });
}

/**
 * Names a script takes from outside, each once. Reads ES5, where only functions, `catch` and parameters make a scope.
 * @throws SyntaxError when the code is newer than ES5
 */
export function freeVariables(code: string): string[] {
  const free = new Set<string>();
  const program = parseEs5(code);
  visit(program, { names: declaredIn(program), outer: null }, free);
  return [...free].sort();
}

const nameOf = (node: unknown): string => String((node as Fields).name);

function children(node: Node): [string, Node][] {
  return Object.entries(node).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child): [string, Node] => [key, child]),
  );
}

/** `var` and function names of one function, without those of functions inside it. */
function declaredIn(root: Node): Set<string> {
  const names = new Set<string>();
  const walk = (node: Node): void => {
    const { id } = node as unknown as { id?: unknown };
    if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') names.add(nameOf(id));
    if (node !== root && /Function/.test(node.type)) return;
    children(node).forEach(([, child]) => walk(child));
  };
  walk(root);
  return names;
}

function visit(node: Node, scope: Scope, free: Set<string>): void {
  const { id, params, param, computed } = node as unknown as {
    id?: unknown;
    params?: unknown[];
    param?: unknown;
    computed?: boolean;
  };
  let inner = scope;
  if (/Function/.test(node.type)) {
    const names = declaredIn(node);
    params?.forEach(name => names.add(nameOf(name)));
    if (id) names.add(nameOf(id));
    inner = { names, outer: scope };
  }
  if (node.type === 'CatchClause') inner = { names: new Set([nameOf(param)]), outer: scope };
  if (node.type === 'Identifier' && !isKnown(nameOf(node), scope)) free.add(nameOf(node));
  for (const [key, child] of children(node)) {
    const isLabel = /^(property|key)$/.test(key) && !computed;
    if (!isLabel) visit(child, inner, free);
  }
}

const isKnown = (name: string, scope: Scope | null): boolean =>
  scope !== null && (scope.names.has(name) || isKnown(name, scope.outer));

/** What a script requires or imports, each as often as it does. */
export function requiresOf(code: string): string[] {
  const written = /\brequire\(\s*(['"])([^'"]+)\1\s*\)|^import\b[^'"]*?(['"])([^'"]+)\3/gm;
  return [...code.matchAll(written)].map(([, , required, , imported]) => required ?? imported ?? '');
}
