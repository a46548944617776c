import { getOptions } from './callbacks';
import type { HostAdapter } from './host-adapter';

/** The cashier, which is the host's. */
export function createPayment(host: HostAdapter) {
  return {
    requestPolymerPayment(given?: unknown): void {
      host.onCall('requestPolymerPayment', given);
      host.pay(getOptions(given));
    },
  };
}
