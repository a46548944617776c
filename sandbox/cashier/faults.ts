import type { OutcomeName } from './outcomes';

/** What the next call of the cashier does. `sheet` is the honest way: the person decides. */
export interface PaymentStep {
  outcome: OutcomeName | 'sheet';
  /** the sheet opens first, and the outcome follows its 确认支付 */
  sheet: boolean;
}

export const NOTIFICATION_KINDS = ['pay', 'refund'] as const;
type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/**
 * What goes wrong with the next outgoing notification attempt: `delay` waits `ms`, `drop` never sends it (the sender sees
 * a timeout), `twice` sends it two times at once, `forge` signs it with another key, `lose-reply` sends it and ignores the answer.
 */
export const NOTIFICATION_FAULTS = ['delay', 'drop', 'twice', 'forge', 'lose-reply'] as const;

export interface NotificationFault {
  kind: NotificationKind;
  fault: (typeof NOTIFICATION_FAULTS)[number];
  ms: number;
}

/** The interfaces of the server API, by Baidu's own names, and the token call. */
export const API_METHODS = [
  'token',
  'findByTpOrderId',
  'cancelOrder',
  'applyOrderRefund',
  'findOrderRefund',
  'orderBill',
  'capitaBill',
] as const;
export type ApiMethod = (typeof API_METHODS)[number];

/**
 * What the next call of `method` gets instead of, or around, its answer: `gateway` error_code, `business` errno, `http`
 * a bare status, `garbage` no JSON, `drop` a cut connection before anything was done, `lose-reply` the work is done and
 * the connection cut, `delay` waits `ms` first, `expire-token` answers 111 and forgets the token.
 */
export const API_FAULTS = [
  'gateway',
  'business',
  'http',
  'garbage',
  'drop',
  'lose-reply',
  'delay',
  'expire-token',
] as const;

export interface ApiFault {
  method: ApiMethod;
  fault: (typeof API_FAULTS)[number];
  /** error_code, errno or HTTP status */
  code: number;
  ms: number;
}

export const REFUND_RESULTS = ['succeed', 'fail'] as const;
type RefundResult = (typeof REFUND_RESULTS)[number];

export interface FaultScript {
  /** the next payments, in order */
  payments: PaymentStep[];
  /** every payment after them */
  always: PaymentStep;
  /** platform promotion in fen taken off every payment: payMoney = totalMoney - promoMoney */
  promoMoney: number;
  notifications: NotificationFault[];
  api: ApiFault[];
  /** the next refunds, in order */
  refunds: RefundResult[];
}

export const noFaults = (): FaultScript => ({
  payments: [],
  always: { outcome: 'sheet', sheet: true },
  promoMoney: 0,
  notifications: [],
  api: [],
  refunds: [],
});

/** The script of a running cashier. It lives in memory: a restart clears it, the books stay. */
export class Faults {
  private script = noFaults();

  get current(): FaultScript {
    return this.script;
  }

  replace(script: FaultScript): void {
    this.script = script;
  }

  nextPayment(): PaymentStep {
    return this.script.payments.shift() ?? this.script.always;
  }

  nextNotification(kind: NotificationKind): NotificationFault | undefined {
    return takeFirst(this.script.notifications, fault => fault.kind === kind);
  }

  nextApi(method: ApiMethod): ApiFault | undefined {
    return takeFirst(this.script.api, fault => fault.method === method);
  }

  nextRefund(): RefundResult {
    return this.script.refunds.shift() ?? 'succeed';
  }
}

function takeFirst<T>(list: T[], wanted: (item: T) => boolean): T | undefined {
  const index = list.findIndex(wanted);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}
