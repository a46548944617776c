/** The settings of the whole mini-program, as `configure()` left them, and their defaults. */
import { toText } from '../coerce';
import { getAppState } from '../host/app-state';
import type { PaymentAdapter, RequestAdapter } from '../host/swan';
import type { OrderStatus } from '../order/order-view';
import type { OutcomeTable, PayOutcome } from '../payment/pay-button-events';
import { MESSAGES, type Messages, type OrderMessages } from './messages';

/** One step of a payment; holds no header, no payload and no signature. */
export interface Trace {
  /** ms since the epoch, by the device clock */
  at: number;
  event: string;
  tpOrderId: string;
  [detail: string]: unknown;
}

export interface Timing {
  /** ms a create request may take, and a request of order-summary for its order */
  createTimeout: number;
  /** ms one status check may take */
  statusTimeout: number;
  /** ms between checks after the cashier claimed success. Default: at 0, 1, 2, 3, 5 s, then every 5 s to 60 s */
  confirmDelays: number[];
  /** the same after the cashier claimed failure, and after a restart. Default: at 0, 3, 6 s */
  failureDelays: number[];
  /** ms between two cashier calls: Android ignores a second one within 1000 ms, without any callback */
  minCallInterval: number;
  /** ms until a cashier call without an answer counts as lost. Default 15 min */
  callTimeout: number;
  /** ms since its latest cashier call that an order is remembered without news. Default 24 h */
  recordTtl: number;
}

export interface Config {
  /** put before create-url, status-url and order-url that are not absolute, with one slash between */
  baseUrl: string;
  /** sent with every request to the backend; a function is called each time (a session that changes) */
  header: Record<string, string> | (() => Record<string, string>) | null;
  /** reads the backend's envelope; default: `{ errno | code: 0, msg | message, data }` */
  envelope: ((body: unknown) => { ok: boolean; data?: unknown; message?: string; code?: unknown }) | null;
  /** reads the status out of status-url's data, a create answer's `order` or an OrderView; default: `status` in OrderStatus or Baidu's 1 / 2 / -1 */
  mapStatus: ((data: unknown) => OrderStatus | null | undefined) | null;
  /** name of the header that carries the random key of an order; null sends none */
  idempotencyHeader: string | null;
  /** stands in for swan.request */
  requestAdapter: RequestAdapter | null;
  /** stands in for swan.requestPolymerPayment */
  requestPayment: PaymentAdapter | null;
  /** who is shopping, e.g. a hashed user id: orders of another user neither block nor are delivered */
  userId: string | number | null;
  /** cashier code -> what it means: success, cancel, paying, rejected, not-logged-in or failed; on top of the default table */
  outcomes: OutcomeTable;
  /** texts on top of the Chinese ones; English: `import en from 'swan-cashier/locale/en'` */
  messages: Partial<Messages & OrderMessages>;
  /** how long things may take; see the table of times */
  timing: Partial<Timing>;
  /** called with every outcome, besides the events of components */
  onOutcome: ((outcome: PayOutcome) => void) | null;
  /** called with every step of every payment */
  onTrace: ((trace: Trace) => void) | null;
}

export const DEFAULTS: Config = {
  baseUrl: '',
  header: null,
  envelope: null,
  mapStatus: null,
  idempotencyHeader: 'Idempotency-Key',
  requestAdapter: null,
  requestPayment: null,
  userId: '',
  outcomes: {},
  messages: {},
  timing: {},
  onOutcome: null,
  onTrace: null,
};

export const TIMING: Timing = {
  createTimeout: 15000,
  statusTimeout: 3000,
  confirmDelays: [
    0, 1000, 1000, 1000, 2000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000,
  ],
  failureDelays: [0, 3000, 3000],
  minCallInterval: 1100,
  callTimeout: 900000,
  recordTtl: 86400000,
};

type Settings = Config & { timing: Timing };

/** the settings that `resolved` was computed from */
let resolvedFrom: object;
let resolved: Settings;

/** All settings, with defaults. Read them again after every asynchronous step: configure() may be called any time. */
export function settings(): Settings {
  const { config } = getAppState();
  if (config !== resolvedFrom) {
    resolvedFrom = config;
    resolved = { ...DEFAULTS, ...config } as Settings;
    resolved.timing = { ...TIMING, ...resolved.timing };
  }
  return resolved;
}

/** The current userId, '' while it is not known: backends write 0 for a guest, those in PHP often as text. */
export const currentOwner = (): string => toText(settings().userId).replace(/^(0|NaN)$/, '');

export const timing = (): Timing => settings().timing;

/** A text of pay-button; '' hides a toast. */
export function text(key: keyof Messages): string {
  const own = settings().messages[key];
  return typeof own === 'string' ? own : MESSAGES[key];
}
