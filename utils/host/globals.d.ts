/**
 * The few globals of the Swan JS layer that are not in lib ES5. There is no DOM there, so lib DOM stays out:
 * it would let `document` or `window` slip through the type check.
 */
declare const console: {
  log(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
};
declare function setTimeout(callback: () => void, ms?: number): number;
declare function clearTimeout(timer: number | undefined): void;
