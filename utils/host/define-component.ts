/**
 * `Component()` with types that hold: `this.data` knows the properties, `triggerEvent` knows the events and what they
 * carry, `observer` names a method, `export` exists. The published typings of Swan have none of that.
 */
import type { PageInstance } from './swan';

/** ms in which what a page sets at once arrives at its components: each property in a task of its own, the last one first */
export const PROPERTY_DELAY = 200;

type PropertyType = StringConstructor | BooleanConstructor | ObjectConstructor | ArrayConstructor | null;

export interface PropertyOption {
  type: PropertyType;
  value?: unknown;
  observer?: string;
}

/** What Swan gives every component instance. */
export interface ComponentThis<Data, Events> {
  data: Data;
  /** its page, the very entry of getCurrentPages(); undocumented */
  pageinstance?: PageInstance;
  setData(changes: Partial<Data>): void;
  triggerEvent<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

/** What only the compiler needs: fields kept on the instance beside `data` (they start undefined), event -> detail. */
export interface Types<Own, Events> {
  own: Own;
  events: Events;
}

/** Swan does not convert property values to their declared type: read them through coerce.ts. */
export type Untrusted<Properties> = { readonly [Name in keyof Properties]: unknown };

export interface Definition<Properties, Data, Methods> {
  properties: Properties;
  data: Data;
  behaviors?: string[];
  externalClasses?: string[];
  lifetimes: { created?(): void; attached?(): void; ready?(): void; detached?(): void };
  pageLifetimes?: { show?(): void; hide?(): void };
  methods: Methods;
  export?(): object;
}

export function defineComponent<
  Properties extends Record<string, PropertyOption>,
  Data extends object,
  Methods extends Record<string, (...args: never[]) => unknown>,
  Own extends object,
  Events extends object,
>(
  definition: Definition<Properties, Data, Methods> &
    ThisType<ComponentThis<Data & Untrusted<Properties>, Events> & Methods & Own>,
  _types?: Types<Own, Events>,
): void {
  Component(definition as object);
}
