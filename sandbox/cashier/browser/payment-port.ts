import { listedNumber } from '../rejection-log';
import { CANCELLED, FAILED_CODE, type Callback } from '../payment-outcomes';
import type { PaymentOptions, PaymentPort } from '../../preview/browser/host';
import type { Sheet } from '../sheet';
import type { CashierApi } from './cashier-api';

/** Draws the cashier over the phone's screen. One at a time: a new one replaces what is shown. */
export interface CashierView {
  /** the sheet; exactly one of the two is called, at most once each */
  showSheet(sheet: Sheet, on: { confirm(channel: string): void; cancel(): void }): void;
  /** the confirm button waits and nothing else can be tapped */
  showBusy(): void;
  /** what went wrong, in words for the user */
  showPopup(message: string): void;
  close(): void;
}

/** ms. The Android cashier ignores a call that comes sooner after the previous one, and calls no callback. */
const CALL_INTERVAL = 1000;

const argumentError = (errMsg: string): Callback => ({ type: 'fail', errCode: 904, errMsg });
const connectionLost: Callback = { type: 'fail', errCode: FAILED_CODE, errMsg: '支付结果查询失败，请重试' };
const unreachable: Callback = { type: 'fail', errCode: FAILED_CODE, errMsg: '网络请求失败' };

/**
 * `swan.requestPolymerPayment` as a phone has it: argument errors 904, calls within a second ignored, a call over an
 * open cashier cancels the earlier one with code 2.
 */
export function createPaymentPort(
  api: CashierApi,
  viewOn: (screen: HTMLElement) => CashierView,
  { now, log }: { now: () => number; log: (line: string) => void },
): PaymentPort {
  let previousCall = -Infinity;
  let latest: Payment | undefined;

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
    latest?.cancel();
    latest = new Payment(api, viewOn(screen), options, log);
    latest.open();
  };
}

/** One call of the cashier, from its opening until its callbacks have run. */
class Payment {
  private isOver = false;

  constructor(
    private readonly api: CashierApi,
    private readonly view: CashierView,
    private readonly options: PaymentOptions,
    private readonly log: (line: string) => void,
  ) {}

  open(): void {
    const { orderInfo, bannedChannels } = this.options;
    const on = { confirm: (channel: string) => this.confirm(channel), cancel: () => this.cancel() };
    this.api.open(orderInfo, bannedChannels).then(
      answer => {
        if (this.isOver) return;
        if (!('callbacks' in answer)) return this.view.showSheet(answer.sheet, on);
        this.end(answer.callbacks, answer.popup);
        if (answer.popup !== null) this.explain(answer.popup);
      },
      () => this.end([unreachable], '网络不给力，请稍后重试'),
    );
  }

  /** On a narrow screen the developer panel is closed, so the browser's console says why an order was refused, too. */
  private explain(popup: string): void {
    const tpOrderId = listedNumber(this.options.orderInfo);
    this.api.state(1).then(
      ({ rejections: [latest] }) => {
        if (latest?.tpOrderId !== tpOrderId || latest?.errMsg !== popup) return;
        latest.reasons.forEach(reason => this.log(`${popup}: ${reason}`));
      },
      () => undefined,
    );
  }

  /** Has no effect when the payment is over. */
  cancel(): void {
    this.end([CANCELLED], null);
  }

  private confirm(channel: string): void {
    this.view.showBusy();
    this.api.pay(this.options.orderInfo, channel).then(
      answer => 'callbacks' in answer && this.end(answer.callbacks, answer.popup),
      () => this.end([connectionLost], '支付结果查询失败，请稍后查看订单'),
    );
  }

  private end(callbacks: Callback[], popup: string | null): void {
    if (this.isOver) return;
    this.isOver = true;
    if (popup === null) this.view.close();
    else this.view.showPopup(popup);
    callbacks.forEach(callback => deliver(this.options, callback));
  }
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
function deliver(options: PaymentOptions, callback: Callback): void {
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
