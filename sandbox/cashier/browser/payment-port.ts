import { CANCELLED, FAILED_CODE, type Callback } from '../outcomes';
import type { Sheet } from '../sheet';
import type { CashierApi } from './http-client';

/** What the mini-program gave to swan.requestPolymerPayment. */
export interface PaymentOptions {
  orderInfo?: unknown;
  bannedChannels?: unknown;
  success?: unknown;
  fail?: unknown;
  complete?: unknown;
}

/** Draws the cashier over the phone's screen. One at a time: a new one replaces what is shown. */
export interface CashierView {
  /** the sheet; exactly one of the two is called, at most once each */
  showSheet(sheet: Sheet, on: { confirm(channel: string): void; cancel(): void }): void;
  /** the confirm button waits and nothing else can be tapped */
  showBusy(): void;
  /** what went wrong, in the person's words */
  showPopup(message: string): void;
  close(): void;
}

export type PaymentPort = (options: PaymentOptions, screen: HTMLElement) => void;

/** ms. The Android cashier ignores a call that comes sooner after the previous one, and calls no callback. */
const CALL_INTERVAL = 1000;

const argumentError = (errMsg: string): Callback => ({ type: 'fail', errCode: 904, errMsg });
const connectionLost: Callback = { type: 'fail', errCode: FAILED_CODE, errMsg: '支付结果查询失败，请重试' };
const unreachable: Callback = { type: 'fail', errCode: FAILED_CODE, errMsg: '网络请求失败' };

/**
 * `swan.requestPolymerPayment` as a phone has it: argument errors 904, calls within a second ignored, a call over an
 * open cashier cancels the earlier one with code 2.
 */
export function createPort(
  api: CashierApi,
  viewOn: (screen: HTMLElement) => CashierView,
  { now, log }: { now: () => number; log: (line: string) => void },
): PaymentPort {
  let previousCall = -Infinity;
  /** ends the payment whose cashier is open, as cancelled */
  let cancelOpen: (() => void) | undefined;

  return (options, screen) => {
    const wrong = argumentProblem(options);
    if (wrong) {
      void Promise.resolve().then(() => deliver(Object(options) as PaymentOptions, argumentError(wrong)));
      return;
    }
    const elapsed = now() - previousCall;
    if (elapsed < CALL_INTERVAL) {
      log(
        `requestPolymerPayment ignored: ${Math.round(elapsed)} ms after the previous call, less than ${CALL_INTERVAL}`,
      );
      return;
    }
    previousCall = now();
    cancelOpen?.();

    const view = viewOn(screen);
    let over = false;
    const end = (callbacks: Callback[], popup: string | null): void => {
      if (over) return;
      over = true;
      cancelOpen = undefined;
      if (popup === null) view.close();
      else view.showPopup(popup);
      callbacks.forEach(callback => deliver(options, callback));
    };
    cancelOpen = () => end([CANCELLED], null);

    const confirm = (channel: string): void => {
      view.showBusy();
      api.pay(options.orderInfo, channel).then(
        answer => 'callbacks' in answer && end(answer.callbacks, answer.popup),
        () => end([connectionLost], '支付结果查询失败，请稍后查看订单'),
      );
    };
    api.open(options.orderInfo, options.bannedChannels).then(
      answer => {
        if (over) return;
        if ('callbacks' in answer) end(answer.callbacks, answer.popup);
        else view.showSheet(answer.sheet, { confirm, cancel: () => end([CANCELLED], null) });
      },
      () => end([unreachable], '网络不给力，请稍后重试'),
    );
  };
}

function argumentProblem(options: unknown): string | null {
  const { orderInfo, success, fail } = Object(options) as PaymentOptions;
  if ([success, fail].some(callback => callback && typeof callback !== 'function'))
    return 'params type error';
  if (!orderInfo || typeof orderInfo !== 'object' || Array.isArray(orderInfo)) {
    return '[jsNative Argument Error]orderInfo is required.';
  }
  return null;
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
