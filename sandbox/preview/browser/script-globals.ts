/** What scripts of a mini-program see in place of the browser's own globals. */

/** What a library looks for in the global object, as lodash does. */
const LANGUAGE =
  'Array ArrayBuffer BigInt Boolean DataView Date Error EvalError Float32Array Float64Array Function Int16Array ' +
  'Int32Array Int8Array Intl JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set ' +
  'String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef ' +
  'WeakSet console decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt ' +
  'unescape';

/** The browser refuses these as methods of another object. */
const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

type Call = (...args: unknown[]) => unknown;

/** The global object of a mini-program: the language and `globals`, and nothing of the browser. */
export function globalObject(globals: object): object {
  const browser = window as unknown as Record<string, unknown>;
  return {
    ...Object.fromEntries(LANGUAGE.split(' ').map(name => [name, browser[name]])),
    ...Object.fromEntries(
      TIMERS.map(name => [name, (...args: unknown[]) => (browser[name] as Call)(...args)]),
    ),
    ...globals,
  };
}

/**
 * Function for scripts. The page's policy allows no code made of text, so the two texts that libraries use are understood:
 * `return this`, which asks for the global object, and regenerator-runtime's `r`, `regeneratorRuntime = r`.
 */
export function functionOfScripts(global: object): FunctionConstructor {
  const create = (given: unknown[]): Call => {
    const [parameter, text = parameter] = given.map(String);
    if (given.length === 1 && /^\s*return this\s*;?\s*$/.test(text ?? '')) return () => global;
    const [, name, value] = /^\s*(\w+)\s*=\s*(\w+)\s*;?\s*$/.exec(text ?? '') ?? [];
    if (name !== undefined && value === parameter) {
      return assigned => void Object.assign(window, { [name]: assigned });
    }
    return Reflect.construct(Function, given) as Call;
  };
  return new Proxy(Function, {
    apply: (_function, _this, given: unknown[]) => create(given),
    construct: (_function, given: unknown[]) => create(given),
  });
}
