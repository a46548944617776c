/**
 * A shop's backend as the library sees it, with every fault of its own: slow, lost, out of order, 500 with a good body,
 * HTML, unknown words. It keeps its contract: one Idempotency-Key, one order.
 */
import type { Clock } from './clock';

export type BackendMood =
  'well' | 'slow' | 'lost' | 'lost-answer' | 'http-500' | 'html' | 'denied' | 'unknown-status';

export interface Order {
  tpOrderId: string;
  /** what it is for: order-key and payload */
  purchase: string;
  status: 'unpaid' | 'paid' | 'closed' | 'refunded';
  /** when the notification came, ms */
  paidAt?: number;
}

export interface Request {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
}

export interface Answer {
  statusCode: number;
  data: unknown;
}

/** Must never be found in storage or in a trace. */
export const SECRETS = { rsaSign: 'U0VDUkVUU0lH', payload: 'secret-of-the-cart', header: 'secret-session' };

/** The longest a look of the library takes, and a little more. */
const LOOK = 6000;

/** For so long a purchase is remembered. */
export const DAY = 86400000;

/** Longer than any time-out of the library. */
const SLOW = 20000;

export class Backend {
  private moodNow: BackendMood = 'well';
  /** since when every look is answered, ms */
  private wellSince = 0;
  readonly orders: Order[] = [];
  creates = 0;
  /** everything that arrived, in order */
  readonly received: Request[] = [];
  /** fen, of every order */
  totalAmount: unknown = '1999';
  /** answers in place of the backend, given what it would have said */
  instead: ((request: Request, good: unknown) => Answer | undefined) | null = null;
  private readonly byKey = new Map<string, Order>();

  constructor(
    private readonly clock: Clock,
    private readonly world: object,
  ) {}

  get mood(): BackendMood {
    return this.moodNow;
  }

  set mood(mood: BackendMood) {
    if (mood !== this.moodNow) this.wellSince = mood === 'well' ? this.clock.now() : Infinity;
    this.moodNow = mood;
  }

  /** Whether whoever looked at this order lately must have seen that it is paid. */
  isKnownPaid(tpOrderId: string, now = this.clock.now()): boolean {
    const order = this.order(tpOrderId);
    if (order?.status !== 'paid') return false;
    const paidAt = order.paidAt as number;
    return now - Math.max(this.wellSince, paidAt) > LOOK && now - paidAt < DAY;
  }

  order(tpOrderId: string): Order | undefined {
    return this.orders.find(order => order.tpOrderId === tpOrderId);
  }

  open(purchase: string): Order {
    const order: Order = { tpOrderId: `T${this.orders.length + 1}`, purchase, status: 'unpaid' };
    this.orders.push(order);
    return order;
  }

  /** Money arrived for this order: Baidu's notification. */
  notify(tpOrderId: string): void {
    const order = this.order(tpOrderId)!;
    order.paidAt = this.clock.now();
    // Paid too late: a shop answers isErrorOrder and Baidu gives the money back.
    order.status = order.status === 'closed' ? 'refunded' : order.status === 'unpaid' ? 'paid' : order.status;
  }

  /** Every unpaid order runs out of time. */
  expire(): void {
    for (const order of this.orders) if (order.status === 'unpaid') order.status = 'closed';
  }

  orderInfo({ tpOrderId }: Order): Record<string, string> {
    return {
      dealId: '470193086',
      appKey: 'MMMabc',
      totalAmount: this.totalAmount as string,
      tpOrderId,
      dealTitle: 'tea',
      signFieldsRange: '1',
      rsaSign: SECRETS.rsaSign,
    };
  }

  request(options: Request, answer: (answer: Answer) => void, fail: (error: unknown) => void): void {
    const { mood } = this;
    this.received.push({ ...options });
    const later = (ms: number, action: () => void): void => void this.clock.after(ms, action, this.world);
    if (mood === 'lost') {
      later(300, () => fail({ errCode: '1001', errMsg: 'net' }));
      return;
    }
    later(40, () => {
      const good = this.handle(options);
      if (mood === 'lost-answer') return;
      const other = this.instead?.(options, good);
      const reply =
        other ??
        (mood === 'http-500'
          ? { statusCode: 500, data: good }
          : mood === 'html'
            ? { statusCode: 200, data: '<html>busy</html>' }
            : mood === 'denied'
              ? { statusCode: 403, data: { errno: 403, msg: 'no' } }
              : mood === 'unknown-status' && /status/.test(options.url)
                ? { statusCode: 200, data: { errno: 0, data: { status: 'limbo' } } }
                : { statusCode: 200, data: good });
      later(mood === 'slow' ? SLOW : 40, () => answer(reply));
    });
  }

  private handle({ url, data, header }: Request): unknown {
    const tpOrderId = /tpOrderId=(\w+)/.exec(url)?.[1];
    if (tpOrderId) return { errno: 0, data: { status: this.order(tpOrderId)?.status ?? 'limbo' } };
    this.creates++;
    const key = header?.['Idempotency-Key'] ?? `none ${this.creates}`;
    const known = this.byKey.get(key);
    const order = known ?? this.open((data as { purchase: string }).purchase);
    this.byKey.set(key, order);
    if (!known) return { errno: 0, msg: 'ok', data: this.orderInfo(order) };
    return { code: '0', data: { orderInfo: this.orderInfo(order), order: { status: order.status } } };
  }
}
