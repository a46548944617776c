/**
 * 百度收银台 as phones have it (docs/compatibility.md, Hosts): it swallows a call that comes within a second, gives the
 * open one a code 2 when another comes, loses callbacks, repeats them, reports cancel for what was paid. It charges an
 * order once, and only one that is open at Baidu.
 */
import type { Clock } from './clock';
import type { FakeBackend } from './fake-backend';

/** What a person and 百度收银台 do with one call, and what its callback reports. */
export type CashierCallback =
  | 'success'
  | 'cancel'
  | 'cancel-text'
  | 'paying'
  | 'failed'
  | 'string-6'
  | 'none'
  | 'rejected'
  | 'not-logged-in'
  | 'throws'
  | 'empty';

export interface CashierPlan {
  charges: boolean;
  callback: CashierCallback;
  /** instead of what `callback` stands for: which callback, and what it is handed */
  response?: [ok: boolean, payload?: unknown];
  /** a second callback follows, of the other kind */
  duplicate: boolean;
  /** ms until the sheet can be seen: taps get through until then */
  showDelay: number;
  /** ms the sheet is open */
  openFor: number;
  /** ms the sheet stays open after the charge (the page that says "paid") */
  closeDelay: number;
  /** ms from the sheet's end to the callback */
  callbackDelay: number;
  /** ms from the charge to the notification at the shop */
  notifyDelay: number;
  /** paying by WeChat hides the app while the cashier works, and shows it before the cashier has answered */
  hidesApp: boolean;
}

/** Pays after two seconds; the callback and the notification follow. */
export const SUCCESS: CashierPlan = {
  charges: true,
  callback: 'success',
  duplicate: false,
  showDelay: 0,
  openFor: 2000,
  closeDelay: 0,
  callbackDelay: 0,
  notifyDelay: 200,
  hidesApp: false,
};

const RESPONSES: Record<CashierCallback, [ok: boolean, payload?: unknown]> = {
  success: [true, '{not json'],
  cancel: [false, { errCode: '2', errMsg: '' }],
  'cancel-text': [false, { errCode: 999, errMsg: '用户取消' }],
  paying: [false, { errCode: 1, errMsg: '支付失败' }],
  failed: [false, { errCode: 6, errMsg: '支付失败' }],
  'string-6': [false, { errCode: '6' }],
  none: [false],
  rejected: [false, { errCode: '1001', errMsg: '执行失败' }],
  'not-logged-in': [false, { errCode: 5 }],
  throws: [false],
  empty: [false, {}],
};

export interface CashierOptions {
  orderInfo: { tpOrderId: string };
  success: (response?: unknown) => void;
  fail: (error?: unknown) => void;
  /** whether the process that called is still there to be called back */
  isAlive: () => boolean;
}

export interface CashierCall {
  tpOrderId: string;
  at: number;
  /** the sheet is there, or on its way */
  open: boolean;
  plan: CashierPlan;
}

interface Charge {
  tpOrderId: string;
  at: number;
}

export type CashierObservation =
  /** the cashier was called */
  | { kind: 'call'; call: CashierCall }
  /** the cashier called back into the process that called it */
  | { kind: 'callback'; call: CashierCall; ok: boolean; payload: unknown }
  | { kind: 'charge'; tpOrderId: string };

/** The app around the cashier, which WeChat hides. */
interface AppVisibility {
  hide(): void;
  show(): void;
}

export class FakeCashier {
  readonly calls: CashierCall[] = [];
  readonly charges: Charge[] = [];
  readonly plans: CashierPlan[] = [];
  app: AppVisibility = { hide: () => undefined, show: () => undefined };
  /** DevTools show a dialog, charge nothing and report success */
  simulated = false;
  private current: CashierCall | null = null;
  private endCurrent: (replaced: boolean) => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly backend: FakeBackend,
    private readonly world: object,
    private readonly observe: (observation: CashierObservation) => void,
  ) {}

  plan(...plans: Partial<CashierPlan>[]): void {
    this.plans.push(...plans.map(plan => ({ ...SUCCESS, ...plan })));
  }

  get isOpen(): boolean {
    return !!this.current;
  }

  /** what is under it cannot be tapped */
  get isShown(): boolean {
    const { current } = this;
    return !!current && this.clock.now() >= current.at + Math.max(current.plan.showDelay, 300);
  }

  /** The app or the page died under it: no charge and no callback follow. */
  drop(): void {
    if (this.current) this.current.open = false;
    this.current = null;
  }

  request({ orderInfo, success, fail, isAlive }: CashierOptions): void {
    const plan = this.plans.shift() ?? SUCCESS;
    const last = this.calls[this.calls.length - 1];
    const call: CashierCall = {
      tpOrderId: orderInfo.tpOrderId,
      at: this.clock.now(),
      open: plan.callback !== 'throws',
      plan,
    };
    this.calls.push(call);
    this.observe({ kind: 'call', call });
    const answer = (ok: boolean, payload?: unknown): void => {
      if (!isAlive()) return;
      this.observe({ kind: 'callback', call, ok, payload });
      (ok ? success : fail)(payload);
    };
    if (plan.callback === 'throws') {
      this.observe({ kind: 'callback', call, ok: false, payload: { errCode: '1001' } });
      throw new Error('the host cannot');
    }
    if (last && call.at - last.at < 1000) {
      call.open = false;
      return;
    }
    if (this.current) this.endCurrent(true);
    this.open(call, answer);
  }

  private open(call: CashierCall, answer: (ok: boolean, payload?: unknown) => void): void {
    const { plan } = call;
    const { showDelay, openFor, closeDelay } = plan;
    const opens = plan.callback !== 'rejected';
    let refused = false;
    let paid = false;
    const later = (ms: number, action: () => void): void => void this.clock.after(ms, action, this.world);
    const pay = (): void => {
      if (!call.open || paid || !opens || !plan.charges || this.simulated) return;
      paid = true;
      refused = !this.charge(call.tpOrderId, plan.notifyDelay);
    };
    const end = (replaced: boolean): void => {
      if (!call.open) return;
      if (!replaced) pay();
      call.open = false;
      if (this.current === call) this.current = null;
      if (plan.hidesApp) this.app.show();
      if (replaced) answer(false, { errCode: 2, errMsg: 'repeat_pay_cancel' });
      else this.callBack(plan, refused, answer);
    };
    this.current = call;
    this.endCurrent = end;
    if (plan.hidesApp && opens) later(showDelay + 200, () => call.open && this.app.hide());
    if (closeDelay) later(showDelay + openFor, pay);
    later(opens ? showDelay + openFor + closeDelay : 0, () => end(false));
  }

  private callBack(
    plan: CashierPlan,
    refused: boolean,
    answer: (ok: boolean, payload?: unknown) => void,
  ): void {
    if (plan.callback === 'none' && !plan.response) return;
    const [ok, payload] = plan.response ?? RESPONSES[plan.callback];
    const respond = (): void => {
      if (refused) answer(false, { errCode: 6, errMsg: '订单已支付' });
      else answer(ok, payload);
      if (plan.duplicate) answer(refused || !ok, { errCode: 6 });
    };
    if (plan.callbackDelay) this.clock.after(plan.callbackDelay, respond, this.world);
    else respond();
  }

  /** @returns false when the order is paid already or can no longer be paid */
  private charge(tpOrderId: string, notifyDelay: number): boolean {
    const order = this.backend.order(tpOrderId);
    if (!order?.openAtBaidu || this.charges.some(charge => charge.tpOrderId === tpOrderId)) return false;
    this.charges.push({ tpOrderId, at: this.clock.now() });
    this.observe({ kind: 'charge', tpOrderId });
    this.clock.after(notifyDelay, () => this.backend.notify(tpOrderId), this.world);
    return true;
  }
}
