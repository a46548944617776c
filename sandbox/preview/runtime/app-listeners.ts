/** The functions that swan.onAppShow() and its like were given, by the function of App() that runs before them. */
type Listener = (argument: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

export const appListeners = (lifetime: string): Listener[] => [...(listeners.get(lifetime) ?? [])];

export function addAppListener(lifetime: string, listener: Listener): void {
  listeners.set(lifetime, (listeners.get(lifetime) ?? new Set()).add(listener));
}

/** Removes one listener; all of them when none is named. */
export function removeAppListener(lifetime: string, listener?: Listener): void {
  if (listener) listeners.get(lifetime)?.delete(listener);
  else listeners.delete(lifetime);
}

/** A new mini-program starts. */
export const resetAppListeners = (): void => listeners.clear();
