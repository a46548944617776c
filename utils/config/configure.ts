/** `configure()`: what an app says once about its backend, its user and its words. */
import { toText } from '../coerce';
import { type AppState, getAppState } from '../host/app-state';
import { isCashierResult } from '../host/cashier';
import { type Config, DEFAULTS, TIMING, type Timing } from './config';

type Values = Record<string, unknown>;

/** What `typeof` may say where the default does not tell; 'null' stands for null. */
const TYPES: Partial<Record<string, string>> = {
  header: 'object, function, null',
  idempotencyHeader: 'string, null',
  userId: 'string, number, null',
};

/**
 * Sets what is given and leaves the rest; messages, timing and outcomes are merged key by key. undefined puts a setting back
 * to its default. Throws nothing: a wrong setting is named in the console, with the fix, and what was there before stays.
 */
export function configure(settings: Partial<Config>): void {
  const state = getAppState();
  merge(state.config as Values, (settings || {}) as Values, '', problemOf);
  // app.js runs before App(): its settings join those of other copies of this package as soon as there is an App.
  setTimeout(() => notifyManager(getAppState()), 0);
  notifyManager(state);
}

function notifyManager({ manager }: AppState): void {
  if (manager) manager.configChanged();
}

/** @param path of `target` within the settings, for the console */
function merge(
  target: Values,
  given: Values,
  path: string,
  problemIn: (name: string, value: unknown) => string,
): void {
  Object.keys(given).forEach(name => {
    const value = given[name];
    const problem = value === undefined ? '' : problemIn(name, value);
    if (problem) {
      console.error('swan-cashier: configure({ ' + path + name + ' }) is ignored: it must be ' + problem);
    } else if (value === undefined) {
      delete target[name];
    } else if (!path && /^(messages|timing|outcomes)$/.test(name)) {
      const merged = (target[name] = { ...(target[name] as Values) });
      merge(merged, value as Values, name + '.', PROBLEMS[name] as () => string);
    } else {
      target[name] = value;
    }
  });
}

const PROBLEMS: Record<string, (name: string, value: unknown) => string> = {
  messages: (_name, value) => (typeof value === 'string' ? '' : 'text'),
  outcomes: (_name, value) =>
    isCashierResult(toText(value)) ? '' : 'success, cancel, paying, rejected, not-logged-in or failed',
  timing(name, value) {
    if (!hasOwn(TIMING, name)) return oneOf(TIMING);
    const isList = TIMING[name as keyof Timing] instanceof Array;
    const isValid = value instanceof Array ? isList && value.every(isTime) : !isList && isTime(value);
    return isValid ? '' : isList ? 'an array of ms' : 'ms';
  },
};

function problemOf(name: string, value: unknown): string {
  if (!hasOwn(DEFAULTS, name)) return oneOf(DEFAULTS);
  const usual = DEFAULTS[name as keyof Config];
  const types = TYPES[name] || (usual === null ? 'function, null' : typeof usual);
  const type = value === null ? 'null' : typeof value;
  return types.split(', ').indexOf(type) < 0 ? types : '';
}

/** A longer timer fires at once. */
const isTime = (ms: unknown): boolean => typeof ms === 'number' && ms >= 0 && ms < 2147483648;

const hasOwn = (holder: object, name: string): boolean => Object.keys(holder).indexOf(name) >= 0;

const oneOf = (holder: object): string => 'one of ' + Object.keys(holder).join(', ');
