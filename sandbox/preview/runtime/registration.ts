/**
 * What scripts of a mini-program register: by App(), Page() and Component(), by the after() of App and Page, by
 * swan.onAppShow() and its like.
 */
import { camelCase } from '../compiled-app';
import type { Method } from './component-definition';
import { isPlainObject, type Values } from './json-values';

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
  listeners.clear();
  hooks = [];
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
  App: Object.assign(register('app'), { after: addAppHook }),
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

/** What swan.onAppShow() and its like, and App.after(), were given. */
type Listener = (argument: unknown) => void;

/** By the function of App() that runs before them. */
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

/** For App.after(). */
function addAppHook(options: unknown): void {
  const { methods } = Object(options) as { methods?: object };
  for (const [lifetime, method] of Object.entries(methods ?? {}) as [string, unknown][]) {
    if (typeof method !== 'function') continue;
    addAppListener(afterOf(lifetime), args => method({ args, returnValue: null, thisObject: app }));
  }
}

/** What Page.after() was given: functions that run after those of pages, and after the handlers of events on them. */
interface PageHook {
  /** Which addresses of pages it is for. */
  url: RegExp;
  methods: Values;
  events: Values;
}

let hooks: PageHook[] = [];

const objectOf = (value: unknown): Values => (isPlainObject(value) ? value : {});

function addPageHook(options: unknown): void {
  const { url, methods, events } = objectOf(options);
  const pattern = url instanceof RegExp || typeof url === 'string' ? url : '';
  hooks.push({ url: new RegExp(pattern), methods: objectOf(methods), events: objectOf(events) });
}

const isMethod = (value: unknown): value is Method => typeof value === 'function';

/** Those that run after a function of the page with this address. */
export const methodHooks = (address: string, name: string): Method[] =>
  hooks
    .filter(({ url }) => url.test(address))
    .map(({ methods }) => methods[name])
    .filter(isMethod);

/** How an event is named: [data-name]:tap, or [data-name="value"]:tap */
const EVENT_NAME = /\[(?:data-)?([^=]+?)(?:=['"]([^=]*?)['"])?\]:(.+)$/;

/** Those that run after the handler of an event of a tag with this id and these data-* attributes. */
export function eventHooks(address: string, type: string, attributes: Values): Method[] {
  const isFor = (name: string): boolean => {
    const [, attribute = '', wanted, wantedType] = EVENT_NAME.exec(name) ?? [];
    const key = camelCase(attribute);
    if (wantedType !== type || !(key in attributes)) return false;
    return wanted === undefined || attributes[key] === wanted;
  };
  return hooks
    .filter(({ url }) => url.test(address))
    .flatMap(({ events }) => Object.entries(events))
    .filter(([name]) => isFor(name))
    .map(([, hook]) => hook)
    .filter(isMethod);
}
