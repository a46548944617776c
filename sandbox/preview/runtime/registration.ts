import { isPlainObject, type Values } from './values';

/** What a script said it is, by calling Page(), Component() or App(). */
export interface Registration {
  kind: 'app' | 'page' | 'component';
  definition: Values;
}

let captured: Registration | null = null;

function register(kind: Registration['kind']): (definition: unknown) => void {
  const name = { app: 'App', page: 'Page', component: 'Component' }[kind];
  return definition => {
    if (!isPlainObject(definition)) throw new TypeError(`${name}() needs an object`);
    captured = { kind, definition };
  };
}

/** The globals a mini-program's scripts register themselves with. */
export const registrars = {
  App: register('app'),
  Page: register('page'),
  Component: register('component'),
  Behavior: (definition: unknown): unknown => definition,
};

/** Runs a script and answers what it registered last, or null when it registered nothing. */
export function capture(run: () => void): Registration | null {
  captured = null;
  run();
  const result = captured as Registration | null;
  captured = null;
  return result;
}
