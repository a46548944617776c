/** `configure()`: the settings of the whole mini-program: its backend, its user and its texts. */
import { toText } from '../coerce';
import { type AppState, getAppState, hasApp, mergeConfigs } from '../host/app-state';
import { CASHIER_RESULTS, isCashierResult } from '../host/cashier';
import { appInstance } from '../host/swan';
import { type Config, DEFAULTS, TIMING, type Timing } from './config';

type Values = Record<string, unknown>;

/** half-width characters that a button of swan.showModal takes */
const MAX_BUTTON = 8;

/** What `typeof` may say where the default does not tell; 'null' stands for null. */
const TYPES: Partial<Record<string, string>> = {
  header: 'object, function or null',
  idempotencyHeader: 'string or null',
  userId: 'string, number or null',
};

/**
 * Sets what is given and leaves the rest; messages, timing and outcomes are merged key by key. undefined puts a setting back
 * to its default. Throws nothing: a wrong setting is named in the console, with the fix, and what was there before stays.
 */
export function configure(settings: { [Name in keyof Config]?: Config[Name] | undefined }): void {
  const state = getAppState();
  const problems: string[] = [];
  const given = validEntries((settings || {}) as Values, '', problemOf, problems);
  state.config = mergeConfigs(state.config, given);
  if (hasApp()) state.latest = mergeConfigs(state.latest || {}, given);
  // Afterwards: a console of the app's own may read settings, or configure.
  problems.forEach(problem => console.error('swan-cashier: configure(' + problem));
  notifyManager(state);
  joinOtherCopies(0);
}

/**
 * app.js runs before App(): its settings join those of other copies of this package as soon as there is an App, which is in
 * the next task, or some ms later where a host starts the app on its own time.
 */
function joinOtherCopies(delay: number): void {
  setTimeout(() => {
    if (appInstance()) notifyManager(getAppState());
    else if (delay < 100) joinOtherCopies(delay * 2 + 10);
  }, delay);
}

function notifyManager({ manager }: AppState): void {
  if (manager) manager.configChanged();
}

/**
 * The entries of `given` that are right, and undefined, which puts a setting back to its default.
 * @param path of `given` within the settings, for the console
 * @param problems gets what is wrong with the others
 */
function validEntries(
  given: Values,
  path: string,
  problemIn: (name: string, value: unknown) => string,
  problems: string[],
): Values {
  const valid: Values = {};
  Object.keys(given).forEach(name => {
    const value = given[name];
    const problem = value === undefined ? '' : problemIn(name, value);
    const problemInTable = path ? undefined : PROBLEMS[name];
    if (problem) problems.push('{ ' + path + name + ' }) is ignored: it must be ' + problem);
    else if (value && problemInTable)
      valid[name] = validEntries(value as Values, name + '.', problemInTable, problems);
    else valid[name] = value;
  });
  return valid;
}

/** What is wrong with an entry of these settings, which are tables. */
const PROBLEMS: Partial<Record<string, (name: string, value: unknown) => string>> = {
  messages(name, value) {
    if (typeof value !== 'string' || (!value && /^ask/.test(name))) return 'text';
    // A question with another one would fail, and count as a no.
    const width = value.replace(/[^\0-\xff]/g, '  ').length;
    return /^ask(Confirm|Cancel)$/.test(name) && width > MAX_BUTTON
      ? '1 to 4 Chinese characters, or 8 letters'
      : '';
  },
  outcomes: (_name, value) => (isCashierResult(toText(value)) ? '' : CASHIER_RESULTS.join(', ')),
  timing(name, value) {
    if (!hasOwn(TIMING, name)) return oneOf(TIMING);
    const isList = TIMING[name as keyof Timing] instanceof Array;
    const isValid = value instanceof Array ? isList && value.every(isTime) : !isList && isTime(value);
    const expected = isList ? 'an array of ms' : 'ms';
    return isValid ? '' : expected;
  },
};

function problemOf(name: string, value: unknown): string {
  if (!hasOwn(DEFAULTS, name)) return oneOf(DEFAULTS);
  const defaultValue = DEFAULTS[name as keyof Config];
  const types = TYPES[name] || (defaultValue === null ? 'function or null' : typeof defaultValue);
  const type = value === null ? 'null' : typeof value;
  return types.split(/, | or /).indexOf(type) < 0 ? types : '';
}

/** A longer timer fires at once. */
const isTime = (ms: unknown): boolean => typeof ms === 'number' && ms >= 0 && ms < 2147483648;

const hasOwn = (holder: object, name: string): boolean => Object.keys(holder).indexOf(name) >= 0;

const oneOf = (holder: object): string => 'named one of ' + Object.keys(holder).join(', ');
