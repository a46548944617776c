import { isSwanTag } from '../compiler/builtin-tags';
import { createAccount } from './account';
import { addAfter } from './after';
import { createAnimation } from './animation';
import { getOptions } from './callbacks';
import { createAppEvents } from './app-events';
import { createFeedback } from './feedback';
import type { HostAdapter } from './host-adapter';
import { createNavigation, createTabBar } from './navigation';
import { createPageApi } from './top-page';
import { createRequest } from './request';
import { createStorage } from './storage';
import { createSystem } from './system';
import { createUnsupported } from './unsupported';

/** Functions of a mini-program's `swan` object. */
export type Swan = Record<string, unknown>;

/** The swan object of a mini-program on this host. Functions that the preview lacks fail with a message. */
export function createSwan(host: HostAdapter): Swan {
  const supported: Swan = {
    ...createFeedback(host),
    ...createNavigation(host),
    ...createStorage(host),
    ...createAccount(host),
    ...createSystem(host, name => Object.hasOwn(swan, name) || isSwanTag(name)),
    ...createPageApi(host),
    ...createTabBar(host),
    ...createAppEvents(),
    createAnimation,
    request: createRequest(host),
    requestPolymerPayment(given?: unknown): void {
      host.onCall('requestPolymerPayment', given);
      host.pay(getOptions(given));
    },
  };
  const swan: Swan = {
    ...createUnsupported(host),
    ...supported,
    after: (actions: unknown) => addAfter(swan, actions),
  };
  return swan;
}
