import type { Callback } from '../outcomes';

/** What the mini-program gave to swan.requestPolymerPayment. */
export interface PaymentOptions {
  orderInfo?: unknown;
  bannedChannels?: unknown;
  success?: unknown;
  fail?: unknown;
  complete?: unknown;
}

/** Runs success or fail, then complete. One that throws is logged, and the next one runs all the same. */
export function deliver(options: PaymentOptions, callback: Callback): void {
  if (callback.type === 'success') {
    run(options.success, callback.payload);
    run(options.complete, callback.payload);
  } else {
    const error = { errCode: callback.errCode, errMsg: callback.errMsg };
    run(options.fail, error);
    run(options.complete, error);
  }
}

function run(callback: unknown, argument: unknown): void {
  if (typeof callback !== 'function') return;
  try {
    (callback as (argument: unknown) => void)(argument);
  } catch (error) {
    console.error('A callback of requestPolymerPayment threw', error);
  }
}
