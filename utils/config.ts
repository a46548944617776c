/** The settings of the whole mini-program, as `configure()` left them, and their defaults. */
import type { PaymentPort, RequestPort } from './host';
import { type Locale, MESSAGES, type Messages } from './messages';
import type { OrderMessages } from './order-messages';
import type { OutcomeTable } from './outcome';
import type { OrderStatus } from './order-status';
import { shared } from './shared';

/** One step of an attempt; holds no header, no payload and no signature. */
export interface Trace {
  /** ms since the epoch, by the device clock */
  at: number;
  orderKey: string;
  step: string;
  phase: string;
  tpOrderId: string;
  [detail: string]: unknown;
}

export interface Timing {
  /** ms an order request may take */
  order: number;
  /** ms one look at the status may take */
  look: number;
  /** ms between looks after the cashier claimed success. Default: looks at 0, 1, 2, 3, 5 s, then every 5 s to 60 s */
  confirm: number[];
  /** the same after the cashier claimed failure. Default: looks at 0, 3, 6 s */
  shortConfirm: number[];
  /** ms until a cashier call without an answer becomes pending. Default 15 min */
  watchdog: number;
  /** ms between two cashier calls: Android ignores a second one within 1000 ms, without any callback */
  guard: number;
  /** ms an attempt waits for another one's cashier to close */
  turn: number;
  /** ms a remembered purchase can block its key. Default 24 h */
  remember: number;
}

export interface Config {
  /** put before create-url, status-url and order-url that are not absolute */
  baseUrl: string;
  /** sent with every request to the backend; a function is asked each time (a session that changes) */
  header: Record<string, string> | (() => Record<string, string>) | null;
  /** reads the backend's envelope; default: `{ errno | code: 0, msg | message, data }` */
  envelope: ((body: unknown) => { ok: boolean; data?: unknown; message?: string; code?: unknown }) | null;
  /** reads the status out of status-url's data or a create answer's `order`; default: `status` in OrderStatus or Baidu's 1 / 2 / -1 */
  mapStatus: ((data: unknown) => OrderStatus | null | undefined) | null;
  /** name of the header that carries a purchase's random key; null sends none */
  idempotencyHeader: string | null;
  /** stands in for swan.request */
  request: RequestPort | null;
  /** stands in for swan.requestPolymerPayment */
  requestPayment: PaymentPort | null;
  /** who is shopping, e.g. a hashed user id: what another owner left in storage neither blocks nor speaks */
  owner: string | number | null;
  /** cashier code -> meaning, on top of the default table */
  outcomes: OutcomeTable;
  /** texts on top of those of the locale */
  messages: Partial<Messages & OrderMessages>;
  /** language of the texts: 'zh-CN' or 'en' */
  locale: Locale;
  /** how long things may take; see the table of times */
  timing: Partial<Timing>;
  /** told of every step of every attempt */
  onTrace: ((trace: Trace) => void) | null;
}

export const DEFAULTS: Config = {
  baseUrl: '',
  header: null,
  envelope: null,
  mapStatus: null,
  idempotencyHeader: 'Idempotency-Key',
  request: null,
  requestPayment: null,
  owner: '',
  outcomes: {},
  messages: {},
  locale: 'zh-CN',
  timing: {},
  onTrace: null,
};

export const TIMING: Timing = {
  order: 15000,
  look: 5000,
  confirm: [0, 1000, 1000, 1000, 2000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000],
  shortConfirm: [0, 3000, 3000],
  watchdog: 900000,
  guard: 1100,
  turn: 15000,
  remember: 86400000,
};

export function settings(): Config {
  return { ...DEFAULTS, ...shared().config };
}

export function timing(): Timing {
  return { ...TIMING, ...settings().timing };
}

/** A text in the locale of the mini-program. */
export function text(key: keyof Messages): string {
  const { locale, messages } = settings();
  return messages[key] || (MESSAGES[locale] || MESSAGES['zh-CN'])[key];
}
