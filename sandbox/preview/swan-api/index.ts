import { isSwanTag } from '../compiler/builtin-tags';
import { createAccount } from './account';
import { createAnimation } from './animation';
import { createFeedback } from './feedback';
import type { HostAdapter } from './host-adapter';
import { createNavigation } from './navigation';
import { createPageApi } from './page';
import { createPayment } from './payment';
import { createRequest } from './request';
import { createStorage } from './storage';
import { createSystem } from './system';
import { createTabBar } from './tab-bar';
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
    ...createPayment(host),
    ...createSystem(host, name => Object.hasOwn(swan, name) || isSwanTag(name)),
    ...createPageApi(host),
    ...createTabBar(host),
    createAnimation,
    request: createRequest(host),
  };
  const swan: Swan = { ...createUnsupported(host), ...supported };
  return swan;
}
