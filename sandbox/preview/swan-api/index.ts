import type { Device } from './device';
import { createFeedback } from './feedback';
import { createNavigation } from './navigation';
import { createRequest } from './request';
import { createStorage } from './storage';
import { createSystem } from './system';

/** Functions of a mini-program's `swan` object. */
export type Swan = Record<string, unknown>;

/** Names JavaScript itself asks objects for; nobody means a function of swan by them. */
const NOT_APIS = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  '$$typeof',
  'asymmetricMatch',
  'nodeType',
]);

/** The swan object of a mini-program on this device. A function it does not have is named on the console. */
export function createSwan(device: Device): Swan {
  const swan: Swan = {
    ...createFeedback(device),
    ...createNavigation(device),
    ...createStorage(device),
    ...createSystem(device, name => name in swan),
    request: createRequest(device),
  };
  return new Proxy(swan, {
    get(target, name) {
      if (typeof name === 'string' && !(name in target) && !NOT_APIS.has(name)) {
        console.error(`swan.${name} is not part of the preview; test on it with swan.canIUse('${name}')`);
      }
      return Reflect.get(target, name) as unknown;
    },
  });
}
