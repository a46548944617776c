/**
 * What all copies of this package in one mini-program share. Module state is per copy (a sub-package, a copied folder or a
 * bundler has its own), so it lives on the App instance under a versioned key; before App() has run, in this module.
 */
import { appInstance } from './swan';

export interface AppState {
  /** as config.ts has it; never changed in place, configure() puts another one here */
  config: object;
  /** what configure() was given since there is an App */
  latest?: object;
  /** of the copy that made it first; every copy calls it when a setting changed */
  manager?: { configChanged(): void };
}

const KEY = '__swanCashier2';
const local: AppState = { config: {} };
let hasJoined = false;

/** Joins the state of the other copies once there is an App; the settings of this copy until then become theirs, too. */
export function getAppState(): AppState {
  const app = appInstance();
  if (!app) return local;
  const state = (app[KEY] = (app[KEY] as AppState | undefined) || local);
  if (state !== local && !hasJoined) {
    state.config = mergeConfigs(mergeConfigs(state.config, local.config), state.latest || {});
  }
  hasJoined = true;
  return state;
}

export const hasApp = (): boolean => !!appInstance();

type Values = Record<string, object | undefined>;

/** Tables (messages, timing, outcomes) are merged key by key, as configure() does it. */
function mergeConfigs(one: object, other: object): object {
  const shared = one as Values;
  const own = other as Values;
  const config = { ...shared, ...own };
  ['messages', 'timing', 'outcomes'].forEach(name => {
    if (shared[name] && own[name]) config[name] = { ...shared[name], ...own[name] };
  });
  return config;
}
