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

/** undefined puts a setting back to its default; the entries of tables are merged one by one. */
export function mergeConfigs(before: object, changes: object): object {
  const config = { ...before } as Record<string, object | undefined>;
  Object.keys(changes).forEach(name => {
    const value = (changes as typeof config)[name];
    if (value === undefined) delete config[name];
    else
      config[name] = /^(messages|timing|outcomes)$/.test(name)
        ? mergeConfigs(config[name] || {}, value)
        : value;
  });
  return config;
}
