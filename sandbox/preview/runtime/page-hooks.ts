/** What Page.after() was given: functions that run after those of pages, and after the handlers of events on them. */
import { camelCase } from '../compiled-app';
import type { Method } from './component-definition';
import { isPlainObject, type Values } from './json-values';

interface PageHook {
  /** Which addresses of pages it is for. */
  url: RegExp;
  methods: Values;
  events: Values;
}

let hooks: PageHook[] = [];

const objectOf = (value: unknown): Values => (isPlainObject(value) ? value : {});

export function addPageHook(options: unknown): void {
  const { url, methods, events } = objectOf(options);
  const pattern = url instanceof RegExp || typeof url === 'string' ? url : '';
  hooks.push({ url: new RegExp(pattern), methods: objectOf(methods), events: objectOf(events) });
}

/** A new mini-program starts. */
export function resetPageHooks(): void {
  hooks = [];
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
