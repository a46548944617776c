/** What scripts of a mini-program register by calling App(), Page() and Component(). */
import { addAppHook, resetAppListeners } from './app-listeners';
import { isPlainObject, type Values } from './json-values';
import { addPageHook, resetPageHooks } from './page-hooks';

/** What a script registered by calling Page(), Component() or App(). */
export interface Registration {
  kind: 'app' | 'page' | 'component';
  definition: Values;
}

let collected: Registration | null = null;
let app: Values | undefined;

/** What App() was called with; undefined before it was called, also for getApp(). */
export const registeredApp = (): Values | undefined => app;

/** A new mini-program starts. */
export function resetApp(): void {
  app = undefined;
  resetAppListeners();
  resetPageHooks();
}

function register(kind: Registration['kind']): (definition: unknown) => void {
  const name = { app: 'App', page: 'Page', component: 'Component' }[kind];
  return definition => {
    if (!isPlainObject(definition)) throw new TypeError(`${name}() needs an object`);
    collected = { kind, definition };
    if (kind === 'app') app = definition;
  };
}

/** The globals that scripts of a mini-program call. A script may replace them for all scripts. */
export const registrationGlobals = {
  App: Object.assign(register('app'), { after: (options: unknown) => addAppHook(options, registeredApp) }),
  Page: Object.assign(register('page'), { after: addPageHook }),
  Component: register('component'),
  Behavior: (definition: unknown): unknown => definition,
};

/** Runs a script and answers what it registered last, or null when it registered nothing. */
export function collectRegistration(run: () => void): Registration | null {
  collected = null;
  run();
  const result = collected as Registration | null;
  collected = null;
  return result;
}
