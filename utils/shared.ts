/**
 * What all copies of this package in one mini-program have in common. Module state is per copy (a sub-package or a
 * copied folder has its own), so it lives on the App instance under a versioned key; before App() has run, and where
 * there is none, in this module.
 */
import type { Config } from './config';
import { appInstance } from './host';
import type { Registry } from './registry';

export interface Shared {
  config: Partial<Config>;
  registry?: Registry;
}

const KEY = '__swanCashier1';
const local: Shared = { config: {} };
let joined = false;

export function shared(): Shared {
  const app = appInstance();
  if (!app) return local;
  const common = (app[KEY] = (app[KEY] as Shared | undefined) || local);
  if (common !== local && !joined) {
    // configure() in app.js runs before App(): what this copy was told until now goes to the others too.
    common.config = { ...common.config, ...local.config };
  }
  joined = true;
  return common;
}
