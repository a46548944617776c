import { HttpError, formatValue, readObject } from './http';
import { isOutcomeName, OUTCOMES, type OutcomeName } from './payment-outcomes';

/** What the next call of the cashier does. */
export type PaymentStep =
  /** no fault: the sheet opens, and the user decides */
  | { outcome: 'sheet' }
  /** `sheet`: it opens first, and the outcome follows its 确认支付 */
  | { outcome: OutcomeName; sheet: boolean };

const NOTIFICATION_KINDS = ['pay', 'refund'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/**
 * What goes wrong with the next outgoing notification attempt: `delay` waits `ms`, `timeout` never sends it, `duplicate`
 * sends it two times at once, `bad-signature` signs it with another key, `ignore-response` sends it and ignores the
 * answer.
 */
export const NOTIFICATION_FAULTS = [
  'delay',
  'timeout',
  'duplicate',
  'bad-signature',
  'ignore-response',
] as const;

export interface NotificationFault {
  kind: NotificationKind;
  fault: (typeof NOTIFICATION_FAULTS)[number];
  ms: number;
}

/** The interfaces of the server API, by Baidu's own names, and the token call. */
const API_METHODS = [
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
 * What goes wrong with the next call of `method`: `gateway` error_code, `business` errno, `http`
 * a bare status, `invalid-json` a page of HTML, `disconnect` closes the connection before the call is carried out,
 * `lose-response` after it, `delay` waits `ms` first, `expire-token` answers 111 and invalidates the token.
 */
export const API_FAULTS = [
  'gateway',
  'business',
  'http',
  'invalid-json',
  'disconnect',
  'lose-response',
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
  always: { outcome: 'sheet' },
  promoMoney: 0,
  notifications: [],
  api: [],
  refunds: [],
});

/** The script of a running cashier. It lives in memory: a restart clears it, the database stays. */
export class FaultStore {
  private script = noFaults();

  get current(): FaultScript {
    return this.script;
  }

  replace(script: FaultScript): void {
    this.script = script;
  }

  takePayment(): PaymentStep {
    return this.script.payments.shift() ?? this.script.always;
  }

  takeNotification(kind: NotificationKind): NotificationFault | undefined {
    return takeFirst(this.script.notifications, fault => fault.kind === kind);
  }

  takeApi(method: ApiMethod): ApiFault | undefined {
    return takeFirst(this.script.api, fault => fault.method === method);
  }

  takeRefund(): RefundResult {
    return this.script.refunds.shift() ?? 'succeed';
  }
}

function takeFirst<T>(list: T[], wanted: (item: T) => boolean): T | undefined {
  const index = list.findIndex(wanted);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

const MAX_STEPS = 1000;
const MAX_DELAY = 600_000;

/**
 * Reads the body of `PUT _faults`. Absent parts are empty, so `{}` clears everything.
 *
 * @throws HttpError naming the part that is wrong and what it may be
 */
export function parseFaults(body: unknown): FaultScript {
  const none = noFaults();
  const fields = readObject(body, 'The body', Object.keys(none));
  return {
    payments: readList(fields.payments, 'payments', readPaymentStep),
    always: fields.always === undefined ? none.always : readPaymentStep(fields.always, 'always'),
    promoMoney: readInteger(fields.promoMoney, 'promoMoney', Number.MAX_SAFE_INTEGER),
    notifications: readList(fields.notifications, 'notifications', readNotificationFault),
    api: readList(fields.api, 'api', readApiFault),
    refunds: readList(fields.refunds, 'refunds', (item, path) => readChoice(item, path, REFUND_RESULTS)),
  };
}

function readPaymentStep(value: unknown, path: string): PaymentStep {
  const step = typeof value === 'string' ? { outcome: value } : readObject(value, path, ['outcome', 'sheet']);
  const { outcome } = step;
  if (outcome === 'sheet') return { outcome };
  if (!isOutcomeName(outcome)) {
    throw new HttpError(
      400,
      `${path} must be one of sheet, ${Object.keys(OUTCOMES).join(', ')}; got ${formatValue(outcome)}`,
    );
  }
  const sheet = 'sheet' in step ? step.sheet : false;
  if (typeof sheet !== 'boolean') throw new HttpError(400, `${path}.sheet must be true or false`);
  return { outcome, sheet };
}

function readNotificationFault(item: unknown, path: string): NotificationFault {
  const part = readObject(item, path, ['kind', 'fault', 'ms']);
  return {
    kind: readChoice(part.kind ?? 'pay', `${path}.kind`, NOTIFICATION_KINDS),
    fault: readChoice(part.fault, `${path}.fault`, NOTIFICATION_FAULTS),
    ms: readDelay(part, path),
  };
}

function readApiFault(item: unknown, path: string): ApiFault {
  const part = readObject(item, path, ['method', 'fault', 'code', 'ms']);
  const fault = readChoice(part.fault, `${path}.fault`, API_FAULTS);
  const code = readInteger(part.code, `${path}.code`, 99_999_999);
  if (fault === 'http' && code !== 0 && (code < 300 || code > 599)) {
    throw new HttpError(400, `${path}.code must be an HTTP status from 300 to 599; got ${code}`);
  }
  const method = readChoice(part.method, `${path}.method`, API_METHODS);
  if (fault === 'expire-token' && method === 'token') {
    throw new HttpError(
      400,
      `${path}.method must be a call that sends an access_token; token, which asks for one, has none to expire`,
    );
  }
  return { method, fault, code, ms: readDelay(part, path) };
}

function readList<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new HttpError(400, `${path} must be a list`);
  if (value.length > MAX_STEPS) throw new HttpError(400, `${path} may hold at most ${MAX_STEPS} entries`);
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

function readChoice<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    throw new HttpError(400, `${path} must be one of ${allowed.join(', ')}; got ${formatValue(value)}`);
  }
  return found;
}

function readInteger(value: unknown, path: string, max: number): number {
  if (value === undefined) return 0;
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw new HttpError(400, `${path} must be a whole number from 0 to ${max}; got ${formatValue(value)}`);
  }
  return value as number;
}

/** The `ms` of a fault; a delay of none would change nothing. */
function readDelay({ fault, ms }: Record<string, unknown>, path: string): number {
  const delay = readInteger(ms, `${path}.ms`, MAX_DELAY);
  if (fault === 'delay' && delay === 0)
    throw new HttpError(400, `${path}.ms must say how long to wait, such as 5000`);
  return delay;
}
