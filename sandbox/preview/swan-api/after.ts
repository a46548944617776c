import { getOptions, type Options } from './callbacks';

type Hook = (context: object) => unknown;

const isHook = (value: unknown): value is Hook => typeof value === 'function';

/**
 * swan.after: functions that run after those of the swan object.
 * @param actions by name, a function that runs after the call, or { success, fail, returning }
 */
export function addAfter(swan: Record<string, unknown>, actions: unknown): void {
  for (const [name, action] of Object.entries(getOptions(actions))) {
    const original = swan[name];
    if (typeof original !== 'function') continue;
    const { success, fail, returning } = isHook(action) ? { returning: action } : getOptions(action);
    swan[name] = (...args: unknown[]): unknown => {
      const [given, ...rest] = args;
      const callbacks = followed(swan, getOptions(given), { success, fail });
      const isFollowed = Object.keys(callbacks).length > 0;
      const returnValue: unknown = original(
        ...(isFollowed ? [{ ...getOptions(given), ...callbacks }, ...rest] : args),
      );
      return isHook(returning) ? returning({ args, returnValue, thisObject: swan }) : returnValue;
    };
  }
}

/** The callbacks of a call with what runs after them. */
function followed(swan: object, options: Options, hooks: Options): Options {
  const callbacks = Object.entries(hooks).flatMap(([name, hook]) => {
    if (!isHook(hook)) return [];
    const callback = (...args: unknown[]): void => {
      const own = options[name];
      if (typeof own === 'function') own(...args);
      hook({ args, thisObject: swan });
    };
    return [[name, callback] as const];
  });
  return Object.fromEntries(callbacks);
}
