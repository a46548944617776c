import { configure } from 'swan-cashier';
import { sandboxCashier } from 'swan-cashier/sandbox-cashier';
import { BACKEND, shopperHeader } from './lib/shop-api';

const { platform } = Object(swan.getSystemInfoSync()) as Partial<swan.SystemInfo>;

configure({
  baseUrl: BACKEND,
  header: shopperHeader,
  // DevTools only simulates a payment, so there it waits in the sandbox, at BACKEND/baidu/console. Leave it out of a release.
  requestPayment: platform === 'devtools' ? sandboxCashier(BACKEND) : null,
});

App({});
