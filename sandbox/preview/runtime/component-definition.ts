import { cloneFields, cloneThroughJson, isPlainObject, type Values } from './json-values';

export type Method = (...args: unknown[]) => unknown;

const LIFETIMES = ['onInit', 'created', 'attached', 'ready', 'detached'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

interface Property {
  /** What the property holds when the tag does not give it. */
  initial: unknown;
  observer: Method | string | null;
}

interface Observer {
  pattern: string;
  handler: Method;
}

/** What a component's script registered, behaviors merged in, in the order things run. */
export interface ComponentDefinition {
  properties: Record<string, Property>;
  data: Values;
  methods: Record<string, Method>;
  /** All else that the script gave to Component(), and its lifetimes: instances have them, too. */
  fields: Values;
  lifetimes: Record<Lifetime, Method[]>;
  pageLifetimes: Record<'show' | 'hide', Method[]>;
  observers: Observer[];
  messages: Record<string, Method>;
  externalClasses: string[];
  addGlobalClass: boolean;
  /** Answers what selectComponent gives instead of the instance. */
  exported: Method | null;
}

const EXPORT_BEHAVIOR = 'swan://component-export';

const isMethod = (value: unknown): value is Method => typeof value === 'function';
const objectAt = (source: Values, key: string): Values => {
  const value = source[key];
  return isPlainObject(value) ? value : {};
};

const behaviorsOf = ({ behaviors }: Values): unknown[] => (Array.isArray(behaviors) ? behaviors : []);

const filtersOf = (source: Values): Method[] =>
  behaviorsOf(source).flatMap(behavior =>
    isPlainObject(behavior) && isMethod(behavior.definitionFilter) ? [behavior.definitionFilter] : [],
  );

/** What is left of a definition when its behaviors have changed it; each gets the filters of its own behaviors, too. */
function filtered(given: Values): Values {
  if (!filtersOf(given).length) return given;
  const source: Values = {
    ...given,
    data: isMethod(given.data) ? given.data() : { ...objectAt(given, 'data') },
  };
  for (const key of ['properties', 'methods']) source[key] = { ...objectAt(given, key) };
  for (const behavior of behaviorsOf(given)) {
    if (isPlainObject(behavior) && isMethod(behavior.definitionFilter))
      behavior.definitionFilter(source, filtersOf(behavior));
  }
  return source;
}

/** Reads the object given to Component() or Behavior(). */
export function readDefinition(given: Values): ComponentDefinition {
  const source = filtered(given);
  const definition = emptyDefinition();
  const behaviors = behaviorsOf(source);
  for (const behavior of behaviors) {
    if (isPlainObject(behavior)) merge(definition, readDefinition(behavior));
  }
  merge(definition, readOwn(source));
  const { data: _data, properties: _properties, methods: _methods, ...fields } = source;
  definition.fields = { ...fields, ...objectAt(source, 'lifetimes') };
  if (behaviors.includes(EXPORT_BEHAVIOR) && isMethod(source.export)) definition.exported = source.export;
  return definition;
}

function emptyDefinition(): ComponentDefinition {
  return {
    properties: {},
    data: {},
    methods: {},
    fields: {},
    lifetimes: { onInit: [], created: [], attached: [], ready: [], detached: [] },
    pageLifetimes: { show: [], hide: [] },
    observers: [],
    messages: {},
    externalClasses: [],
    addGlobalClass: false,
    exported: null,
  };
}

function merge(into: ComponentDefinition, own: ComponentDefinition): void {
  Object.assign(into.properties, own.properties);
  Object.assign(into.methods, own.methods);
  Object.assign(into.messages, own.messages);
  into.data = mergeData(into.data, own.data);
  for (const name of LIFETIMES) into.lifetimes[name].push(...own.lifetimes[name]);
  into.pageLifetimes.show.push(...own.pageLifetimes.show);
  into.pageLifetimes.hide.push(...own.pageLifetimes.hide);
  into.observers.push(...own.observers);
  into.externalClasses.push(...own.externalClasses);
  into.addGlobalClass ||= own.addGlobalClass;
  into.exported = own.exported ?? into.exported;
}

/** Objects are merged as deep as they go, everything else is replaced. */
function mergeData(before: Values, own: Values): Values {
  const merged = { ...before };
  for (const [key, value] of Object.entries(own)) {
    const old = merged[key];
    merged[key] = isPlainObject(old) && isPlainObject(value) ? mergeData(old, value) : value;
  }
  return merged;
}

/** What an instance has of its definition, as a copy of its own. */
export const membersOf = ({ fields, methods }: ComponentDefinition): Values => ({
  ...cloneFields(fields),
  ...methods,
});

function readOwn(source: Values): ComponentDefinition {
  const definition = emptyDefinition();
  for (const [name, given] of Object.entries(objectAt(source, 'properties'))) {
    definition.properties[name] = readProperty(given);
  }
  const data: unknown = isMethod(source.data) ? source.data() : source.data;
  definition.data = isPlainObject(data) ? cloneThroughJson(data) : {};
  for (const [name, method] of Object.entries(objectAt(source, 'methods'))) {
    definition.methods[name] = cloneFields(method) as Method;
  }
  const lifetimes = objectAt(source, 'lifetimes');
  for (const name of LIFETIMES) {
    const hook = lifetimes[name] ?? source[name];
    if (isMethod(hook)) definition.lifetimes[name].push(hook);
  }
  const pageLifetimes = objectAt(source, 'pageLifetimes');
  for (const name of ['show', 'hide'] as const) {
    const hook = pageLifetimes[name];
    if (isMethod(hook)) definition.pageLifetimes[name].push(hook);
  }
  for (const [pattern, handler] of Object.entries(objectAt(source, 'observers'))) {
    if (isMethod(handler)) definition.observers.push({ pattern, handler });
  }
  for (const [name, handler] of Object.entries(objectAt(source, 'messages'))) {
    if (isMethod(handler)) definition.messages[name] = handler;
  }
  const classes = source.externalClasses;
  if (Array.isArray(classes)) definition.externalClasses = classes.map(String);
  definition.addGlobalClass = objectAt(source, 'options').addGlobalClass === true;
  return definition;
}

function readProperty(given: unknown): Property {
  const long = isPlainObject(given);
  const type = long ? given.type : given;
  const value = long ? given.value : undefined;
  const observer =
    long && (isMethod(given.observer) || typeof given.observer === 'string') ? given.observer : null;
  // The default of the type replaces a falsy one, so a null-typed property with default '' holds null.
  return { initial: value ? cloneThroughJson(value) : defaultOf(type), observer };
}

/** A phone looks for these names, in this order, in the text of a type: a list of types has the first one of them. */
const DEFAULTS: [name: string, value: unknown][] = [
  ['String', ''],
  ['Number', 0],
  ['Boolean', false],
  ['Object', null],
  ['Array', []],
];

function defaultOf(type: unknown): unknown {
  const [, value = null] = DEFAULTS.find(([name]) => String(type).includes(name)) ?? [];
  return cloneThroughJson(value);
}
