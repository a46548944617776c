/**
 * 百度收银台 as phones have it (docs/compatibility.md, Hosts): it swallows a call that comes within a second,
 * gives the open one a code 2 when another comes, loses callbacks, repeats them, reports cancel for what was paid.
 * It charges an order once.
 */
import type { Backend } from './backend';
import type { Clock } from './clock';

export interface Plan {
  /** what the person or the cashier does */
  pays: boolean;
  /** what the page is told */
  says:
    | 'success'
    | 'cancel'
    | 'cancel-text'
    | 'paying'
    | 'failed'
    | 'string-6'
    | 'nothing'
    | 'denied'
    | 'login'
    | 'throw'
    | 'empty';
  /** a second callback follows */
  again: boolean;
  /** ms the sheet is open */
  open: number;
  /** ms from the sheet's end to the callback */
  late: number;
  /** ms from the charge to the notification */
  notify: number;
  /** ms the sheet stays open after the charge (the page that says "paid") */
  stays?: number;
  /** instead of what `says` stands for: which callback, and what it is handed */
  answer?: [ok: boolean, payload?: unknown];
}

/** Pays after two seconds, and everybody is told. */
export const PAYS: Plan = { pays: true, says: 'success', again: false, open: 2000, late: 0, notify: 200 };

export interface Charge {
  tpOrderId: string;
  at: number;
}

export interface Call {
  tpOrderId: string;
  at: number;
  open: boolean;
}

export interface CashierOptions {
  orderInfo: { tpOrderId: string };
  success: (res?: unknown) => void;
  fail: (err?: unknown) => void;
}

const ANSWERS: Record<Plan['says'], [ok: boolean, payload?: unknown]> = {
  success: [true, '{not json'],
  cancel: [false, { errCode: '2', errMsg: '' }],
  'cancel-text': [false, { errCode: 999, errMsg: '用户取消' }],
  paying: [false, { errCode: 1, errMsg: '支付失败' }],
  failed: [false, { errCode: 6, errMsg: '支付失败' }],
  'string-6': [false, { errCode: '6' }],
  nothing: [false],
  denied: [false, { errCode: '1001', errMsg: '执行失败' }],
  login: [false, { errCode: 5 }],
  throw: [false],
  empty: [false, {}],
};

export class Cashier {
  readonly charges: Charge[] = [];
  readonly calls: Call[] = [];
  readonly plans: Plan[] = [];
  /** how often it told, truly or not, that a person closed it */
  cancels = 0;
  private current: { call: Call; end: (code2: boolean) => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly backend: Backend,
    private readonly world: object,
  ) {}

  isOpen(): boolean {
    return !!this.current;
  }

  /** ms since the latest call */
  age(): number {
    const last = this.calls[this.calls.length - 1];
    return last ? this.clock.now() - last.at : Infinity;
  }

  /** The app or the page died under it: nobody pays, nobody is called back. */
  drop(): void {
    if (this.current) this.current.call.open = false;
    this.current = null;
  }

  request({ orderInfo, success, fail }: CashierOptions): void {
    const plan = this.plans.shift() ?? PAYS;
    if (plan.says === 'throw') throw new Error('host is in no mood');
    const tooSoon = this.age() < 1000;
    const call: Call = { tpOrderId: orderInfo.tpOrderId, at: this.clock.now(), open: true };
    this.calls.push(call);
    if (tooSoon) return;
    if (this.current) this.current.end(true);

    const [ok, payload] = plan.answer ?? ANSWERS[plan.says];
    const tell = (): void => (ok ? success(payload) : fail(payload));
    const opens = plan.says !== 'denied';
    const stays = plan.stays ?? 0;
    let refused = false;
    const pay = (): void => {
      if (call.open) refused = opens && plan.pays && !this.charge(call.tpOrderId, plan.notify);
    };
    const end = (replaced: boolean): void => {
      if (!call.open) return;
      if (!replaced && !stays) pay();
      call.open = false;
      if (this.current?.call === call) this.current = null;
      if (replaced) {
        fail({ errCode: 2, errMsg: 'repeat_pay_cancel' });
        return;
      }
      if (/cancel/.test(plan.says)) this.cancels++;
      if (plan.says === 'nothing') return;
      this.clock.after(
        plan.late,
        () => {
          if (refused) fail({ errCode: 6, errMsg: '订单已支付' });
          else tell();
          if (plan.again) (ok ? fail : success)({ errCode: 6 });
        },
        this.world,
      );
    };
    this.current = { call, end };
    if (stays) this.clock.after(plan.open, pay, this.world);
    this.clock.after(opens ? plan.open + stays : 0, () => end(false), this.world);
  }

  /** @returns false when the order is paid already or can no longer be paid */
  private charge(tpOrderId: string, notify: number): boolean {
    if (this.charges.some(charge => charge.tpOrderId === tpOrderId)) return false;
    this.charges.push({ tpOrderId, at: this.clock.now() });
    this.clock.after(notify, () => this.backend.notify(tpOrderId), this.world);
    return true;
  }
}
