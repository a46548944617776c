import { configure } from 'swan-cashier';
import { BACKEND, shopperHeader } from './lib/shop-api';
import { simulatedCashier } from './lib/simulated-cashier';

configure({
  baseUrl: BACKEND,
  header: shopperHeader,
  // For production delete this, its import and the file: Baidu notifies the shop of payments.
  requestPayment: simulatedCashier(),
});

App({});
