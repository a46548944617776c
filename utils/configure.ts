/** `configure()`: what an app says once about its backend, its shopper and its words. */
import { type Config, DEFAULTS, TIMING, type Timing } from './config';
import { MESSAGES } from './messages';
import { toText } from './normalize';
import { isClaim } from './outcome';
import { shared } from './shared';

type Values = Record<string, unknown>;

/** What `typeof` may say where the default does not tell; 'null' stands for null. */
const KINDS: Partial<Record<string, string>> = {
  header: 'object, function or null',
  idempotencyHeader: 'string or null',
  owner: 'string, number or null',
};

/**
 * Sets what is given and leaves the rest; undefined puts a setting back to its default. Throws nothing: a wrong setting
 * is named in the console, with the fix, and what was there before stays.
 */
export function configure(settings: Partial<Config>): void {
  const config = shared().config as Values;
  const given = (settings || {}) as Values;
  Object.keys(given).forEach(key => {
    const value = given[key];
    const problem = value === undefined ? '' : problemOf(key, value);
    if (problem) console.error('swan-cashier: configure({ ' + key + ' }) is ignored: ' + problem);
    else if (value === undefined) delete config[key];
    else config[key] = value;
  });
}

function problemOf(key: string, value: unknown): string {
  if (!has(DEFAULTS, key)) return unknownName(key, DEFAULTS);
  const usual = DEFAULTS[key as keyof Config];
  const kinds = KINDS[key] || (usual === null ? 'function or null' : typeof usual);
  const kind = value === null ? 'null' : typeof value;
  if (kinds.indexOf(kind) < 0) return 'it must be ' + kinds + ', not ' + kind;
  if (key === 'locale' && !has(MESSAGES, value as string)) return 'it must be zh-CN or en, not ' + value;
  if (key === 'timing') return first(value as Values, timeProblem);
  return key === 'outcomes' ? first(value as Values, claimProblem) : '';
}

function timeProblem(name: string, value: unknown): string {
  if (!has(TIMING, name)) return unknownName(name, TIMING);
  const isList = TIMING[name as keyof Timing] instanceof Array;
  const times = isList ? value : [value];
  const valid = times instanceof Array && times.every(isTime);
  return valid ? '' : name + ' must be ' + (isList ? 'an array of ms' : 'ms') + ', below 2147483648';
}

/** A longer timer fires at once. */
const isTime = (ms: unknown): boolean => typeof ms === 'number' && ms >= 0 && ms < 2147483648;

function claimProblem(code: string, claim: unknown): string {
  if (isClaim(toText(claim))) return '';
  return code + ' must be success, cancel, paying, rejected, not-logged-in or failed, not ' + claim;
}

const has = (holder: object, name: string): boolean => Object.keys(holder).indexOf(name) >= 0;

const unknownName = (name: string, known: object): string =>
  'there is no ' + name + ', there are ' + Object.keys(known).join(', ');

const first = (values: Values, problemOfOne: (name: string, value: unknown) => string): string =>
  Object.keys(values)
    .map(name => problemOfOne(name, values[name]))
    .filter(one => one)[0] || '';
