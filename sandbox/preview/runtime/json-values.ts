/** Plain values as they travel between a page's script and its view: what JSON keeps. */
export type Values = Record<string, unknown>;

/** A copy as the bridge makes it: a Date becomes text, functions and undefined are dropped. */
export function cloneThroughJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value) ?? 'null') as T);
}

/**
 * Length of a value as JSON, for recorders. They are called before a value crosses the bridge, so the length of one that
 * cannot cross is 0 here, and the error is reported there.
 */
export function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    return 0;
  }
}

/** A deep copy that keeps functions, as Page() makes of the object it is given. */
export function cloneFields<T>(value: T): T {
  if (Array.isArray(value)) return value.map(item => cloneFields<unknown>(item)) as T;
  if (!isPlainObject(value)) return value;
  const copy: Values = {};
  for (const [key, item] of Object.entries(value)) copy[key] = cloneFields(item);
  return copy as T;
}

export function isPlainObject(value: unknown): value is Values {
  return Object.prototype.toString.call(value) === '[object Object]';
}

export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => key in b && deepEqual(a[key], b[key]));
}

/** `a.b[0].c` as its steps. */
export function parsePath(path: string): string[] {
  return path.split(/[.[\]]+/).filter(step => step !== '');
}

/** A path as the view engine reads it; setData also takes `a.[0]`, and steps that are no names. */
export function viewPath(path: string): string {
  return parsePath(path)
    .map((step, index) => {
      if (/^\d+$/.test(step)) return `[${step}]`;
      if (/^[$\w]+$/.test(step)) return index ? `.${step}` : step;
      return `['${step.replace(/['\\]/g, '\\$&')}']`;
    })
    .join('');
}

/** Whether one of two paths leads through the other, so that it matters which one is set last. */
function overlap(one: string, other: string): boolean {
  const [steps, others] = [parsePath(one), parsePath(other)];
  return steps.every((step, index) => (others[index] ?? step) === step);
}

/**
 * The changes of a page in the order in which a phone sets them in the view: the last one first, which is the order in
 * which components get their properties. Paths that overlap keep their order.
 */
export function viewOrder(changes: Values): [path: string, value: unknown][] {
  const ordered: [string, unknown][] = [];
  for (const change of Object.entries(changes)) {
    const after = ordered.map(([path]) => overlap(path, change[0])).lastIndexOf(true) + 1;
    ordered.splice(after, 0, change);
  }
  return ordered;
}

export function getPath(source: unknown, steps: string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (value == null ? undefined : (value as Values)[step]),
    source,
  );
}

/**
 * Sets the value at `steps` of `source`, in place. Objects that are missing on the way are made.
 * @throws TypeError when a step leads through null, a text, a number or a boolean, as on a phone
 */
export function setPath(source: Values, steps: string[], value: unknown): void {
  let holder: unknown = source;
  for (const [index, step] of steps.entries()) {
    if (holder === null || !/^(object|function)$/.test(typeof holder))
      throw new TypeError(`setData: cannot set "${step}" of ${JSON.stringify(holder)}`);
    const values = holder as Values;
    if (index === steps.length - 1) values[step] = value;
    else if (values[step] === undefined) values[step] = {};
    holder = values[step];
  }
}
