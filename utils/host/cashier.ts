/**
 * One call of 百度收银台. The callback's result is a claim; only the backend's status is authoritative. Codes were read from
 * the Android SDK and Baidu's host guide; iOS codes for cancel and paying are unknown, so the message is read, too.
 * `configure({ outcomes })` overrides the table.
 */
import { toText } from '../coerce';
import { settings } from '../config/config';
import type { OrderInfo } from '../order/order-info';
import type { CashierResult, OutcomeTable } from '../payment/pay-button-events';
import { isDevtools, type PaymentOptions, swanPayment } from './swan';

export interface CashierAnswer {
  result: CashierResult;
  /** the cashier's own code, a number where it can be read as one */
  code: number | string | null;
  /** what the host returned, untouched */
  raw: unknown;
}

export const CASHIER_RESULTS = ['success', 'cancel', 'paying', 'rejected', 'not-logged-in', 'failed'];

const NEVER_OPENED = ' 101 201 202 301 302 401 402 403 904 1001 1002 ';

export function hasCashier(): boolean {
  return !!(settings().requestPayment || swanPayment());
}

/** DevTools' own cashier only simulates: it reports success without a charge. */
export function isSimulated(): boolean {
  return !settings().requestPayment && isDevtools();
}

/** @param onAnswer called with each callback; a host may call back twice, late or never */
export function callCashier(
  orderInfo: OrderInfo,
  bannedChannels: string[],
  onAnswer: (answer: CashierAnswer) => void,
): void {
  const { requestPayment, outcomes } = settings();
  // Without `complete`: it adds nothing to success and fail.
  const options: PaymentOptions = {
    orderInfo,
    success: raw => onAnswer({ result: 'success', code: 0, raw }),
    fail: raw => onAnswer(readFailure(raw, outcomes)),
  };
  if (bannedChannels.length) options.bannedChannels = bannedChannels;
  try {
    const returned = (requestPayment || swanPayment() || unsupported)(options) as unknown;
    const { then } = (returned || {}) as { then?: (this: unknown, done: undefined, fail: unknown) => void };
    // An adapter may be async. A rejection counts as a call of fail, not as a cashier that never opened.
    if (typeof then === 'function') then.call(returned, undefined, options.fail);
  } catch (error) {
    // An adapter may throw when the cashier is open already.
    if (requestPayment) {
      console.error('swan-cashier: configure({ requestPayment }) threw', error);
      options.fail(error);
    } else onAnswer({ result: 'rejected', code: null, raw: error });
  }
}

function unsupported(): void {
  throw new Error('swan.requestPolymerPayment is missing');
}

/** Reads what `fail` was called with. Codes come as number or string, and `err` may be anything. */
export function readFailure(raw: unknown, table: OutcomeTable): CashierAnswer {
  const { errCode, errMsg } = (raw || {}) as { errCode?: unknown; errMsg?: unknown };
  const word = toText(errCode);
  const code = word && !isNaN(+word) ? +word : word || null;
  const own = toText(code !== null && table[code]);
  return { result: isCashierResult(own) ? own : defaultResult(code, toText(errMsg)), code, raw };
}

function defaultResult(code: number | string | null, message: string): CashierResult {
  if (code === 1) return 'paying';
  if (code === 5) return 'not-logged-in';
  if (NEVER_OPENED.indexOf(' ' + code + ' ') >= 0) return 'rejected';
  return code === 2 || /取消/.test(message) ? 'cancel' : 'failed';
}

/** A table a team wrote may hold anything, and inherits names such as toString. */
export function isCashierResult(word: string): word is CashierResult {
  return CASHIER_RESULTS.indexOf(word) >= 0;
}
