/** The functions that swan.onAppShow() and its like, and App.after(), were given, by the function of App() that runs before them. */
type Listener = (argument: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

/** Those of App.after() stay when swan.offAppShow() takes the others off. */
const afterOf = (lifetime: string): string => `after ${lifetime}`;

export const appListeners = (lifetime: string): Listener[] => [
  ...(listeners.get(lifetime) ?? []),
  ...(listeners.get(afterOf(lifetime)) ?? []),
];

export function addAppListener(lifetime: string, listener: Listener): void {
  listeners.set(lifetime, (listeners.get(lifetime) ?? new Set()).add(listener));
}

/** Removes one listener; all of them when none is named. */
export function removeAppListener(lifetime: string, listener?: Listener): void {
  if (listener) listeners.get(lifetime)?.delete(listener);
  else listeners.delete(lifetime);
}

/** What App.after() was given. @param app answers what getApp() answers */
export function addAppHook(options: unknown, app: () => unknown): void {
  const { methods } = Object(options) as { methods?: object };
  for (const [lifetime, method] of Object.entries(methods ?? {}) as [string, unknown][]) {
    if (typeof method !== 'function') continue;
    addAppListener(afterOf(lifetime), args => method({ args, returnValue: null, thisObject: app() }));
  }
}

/** A new mini-program starts. */
export const resetAppListeners = (): void => listeners.clear();
