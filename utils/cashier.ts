/**
 * One call of 百度收银台. Whatever the host does (both callbacks, none, a throw, a string for a code), at most one
 * answer comes out.
 */
import { settings } from './config';
import { type PaymentOptions, swanPayment } from './host';
import type { OrderInfo } from './order-info';
import { type Answer, OUTCOMES, readFailure } from './outcome';

export function hasCashier(): boolean {
  return !!(settings().requestPayment || swanPayment());
}

export function callCashier(
  orderInfo: OrderInfo,
  bannedChannels: string[],
  done: (answer: Answer) => void,
): void {
  const { requestPayment, outcomes } = settings();
  let open = true;
  const answer = (value: Answer): void => {
    if (open) {
      open = false;
      done(value);
    }
  };
  const options: PaymentOptions = {
    orderInfo,
    success: raw => answer({ claim: 'success', code: 0, raw }),
    fail: raw => answer(readFailure(raw, { ...OUTCOMES, ...outcomes })),
  };
  // No `complete`: it says nothing that success and fail do not.
  if (bannedChannels.length) options.bannedChannels = bannedChannels;
  try {
    (requestPayment || swanPayment() || unsupported)(options);
  } catch (error) {
    answer({ claim: 'rejected', code: null, raw: error });
  }
}

function unsupported(): void {
  throw new Error('swan.requestPolymerPayment is missing');
}
