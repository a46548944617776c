/**
 * What all copies of this package in one mini-program share. Module state is per copy (a sub-package, a copied folder or a
 * bundler has its own), so it lives on the App instance under a versioned key; before App() has run, in this module.
 */
import { appInstance } from './swan';

/** What every copy may call, whichever copy made it. */
interface SharedManager {
  /** a setting changed */
  configChanged(): void;
}

export interface AppState<Manager extends SharedManager = SharedManager> {
  /** as config.ts has it */
  config: object;
  manager?: Manager;
}

const KEY = '__swanCashier2';
const local: AppState = { config: {} };
let joined = false;

/** Joins the state of the other copies once there is an App: what this copy was told until then goes to them, too. */
export function getAppState(): AppState {
  const app = appInstance();
  if (!app) return local;
  const state = (app[KEY] = (app[KEY] as AppState | undefined) || local);
  if (state !== local && !joined) state.config = { ...state.config, ...local.config };
  joined = true;
  return state;
}
