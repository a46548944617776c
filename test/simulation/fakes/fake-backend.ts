/**
 * A shop's backend as the library sees it, with every fault of its own: slow, lost, out of order, 500 with a good body,
 * HTML, unknown words, a shop that ignores the Idempotency-Key or replays a refusal for it.
 */
import type { Clock } from './clock';

export type BackendMode =
  | 'ok'
  /** an order takes 5 s, a status too: longer than the library waits for it */
  | 'slow'
  /** longer than the library waits for anything */
  | 'too-slow'
  /** the connection breaks at once */
  | 'lost'
  /** the request arrives, the answer does not */
  | 'lost-answer'
  /** nothing comes back until the host gives up */
  | 'timeout'
  | 'http-500'
  | 'html'
  | 'denied'
  | 'unknown-status'
  /** refuses orders in the envelope */
  | 'sold-out'
  /** an order without what an order needs */
  | 'nonsense';

export type OrderState = 'unpaid' | 'paid' | 'closed' | 'refunding' | 'refunded';

export interface ShopOrder {
  tpOrderId: string;
  /** what it is for */
  goods: string;
  status: OrderState;
  totalAmount: number;
  dealTitle: string;
  /** Baidu takes money for it: a shop that closes an order does not always close it there */
  openAtBaidu: boolean;
}

export interface ShopTraits {
  /** a new order for each request */
  ignoresKey?: boolean;
  /** as Stripe-like servers do: the first answer for a key is its answer for ever, a refusal too */
  replaysRefusal?: boolean;
  /** its own enumeration beside the orderInfo, which the library must ignore */
  ownStatus?: boolean;
}

interface BackendRequest {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
}

export interface BackendResponse {
  statusCode: number;
  data: unknown;
}

export type BackendObservation =
  /** a status the backend gave away, at the moment it reached the phone */
  | { kind: 'check'; tpOrderId: string; status: OrderState }
  /** an order answered to create-url, at the moment it reached the phone */
  | { kind: 'created'; tpOrderId: string; status: OrderState };

/** Must never be found in storage, in a trace or in the console. */
export const SECRETS = { rsaSign: 'U0VDUkVUU0lH', payload: 'secret-of-the-cart', header: 'secret-session' };

const SLOW: Partial<Record<BackendMode, number>> = { slow: 5000, 'too-slow': 20000 };
/** ms until a host gives a request up */
const HOST_TIMEOUT = 60000;
/** ms one way */
const LATENCY = 40;

export class FakeBackend {
  mode: BackendMode = 'ok';
  traits: ShopTraits = {};
  readonly orders: ShopOrder[] = [];
  /** everything that arrived, in order */
  readonly received: BackendRequest[] = [];
  /** fen, of the orders to come that name no amount */
  totalAmount: number | string = 1999;
  /** how an order is named where people see it */
  titleOf: (goods: string, tpOrderId: string) => string = goods => goods;
  /** answers in place of the backend, given what it would have said */
  respond: ((request: BackendRequest, good: unknown) => BackendResponse | undefined) | null = null;
  private readonly byKey = new Map<string, ShopOrder>();
  private readonly refusedKeys = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly world: object,
    private readonly observe: (observation: BackendObservation) => void,
  ) {}

  get creates(): number {
    return this.received.filter(({ url }) => !/tpOrderId=/.test(url)).length;
  }

  /** requests of a status */
  get checks(): BackendRequest[] {
    return this.received.filter(({ url }) => /status.*tpOrderId=/.test(url));
  }

  order(tpOrderId: string): ShopOrder | undefined {
    return this.orders.find(order => order.tpOrderId === tpOrderId);
  }

  createOrder(goods: string, totalAmount = Number(this.totalAmount)): ShopOrder {
    const tpOrderId = `T${this.orders.length + 1}`;
    const order: ShopOrder = {
      tpOrderId,
      goods,
      status: 'unpaid',
      totalAmount,
      dealTitle: this.titleOf(goods, tpOrderId),
      openAtBaidu: true,
    };
    this.orders.push(order);
    return order;
  }

  /** Money arrived for this order: Baidu's notification. Paid too late, it goes back. */
  notify(tpOrderId: string): void {
    const order = this.order(tpOrderId);
    if (!order) return;
    if (order.status === 'closed') order.status = 'refunded';
    else if (order.status === 'unpaid') order.status = 'paid';
  }

  /** Every unpaid order runs out of time. */
  expire(atBaiduToo = true): void {
    for (const order of this.orders.filter(({ status }) => status === 'unpaid')) {
      order.status = 'closed';
      if (atBaiduToo) order.openAtBaidu = false;
    }
  }

  /** The shop sends back the money of what is paid: first it says refunding, then refunded. */
  refund(): void {
    for (const order of this.orders) {
      if (order.status === 'refunding') order.status = 'refunded';
      else if (order.status === 'paid') order.status = 'refunding';
    }
  }

  orderInfo({ tpOrderId, totalAmount, dealTitle }: ShopOrder): Record<string, string> {
    return {
      dealId: '470193086',
      appKey: 'MMMabc',
      totalAmount: typeof this.totalAmount === 'string' ? this.totalAmount : String(totalAmount),
      tpOrderId,
      dealTitle,
      signFieldsRange: '1',
      rsaSign: SECRETS.rsaSign,
    };
  }

  orderView({ tpOrderId, totalAmount, dealTitle, status }: ShopOrder): object {
    return {
      tpOrderId,
      title: dealTitle,
      totalAmount,
      status,
      lines: [{ title: dealTitle, unitAmount: totalAmount, quantity: 1, amount: totalAmount }],
    };
  }

  request(
    request: BackendRequest,
    answer: (response: BackendResponse) => void,
    fail: (error: unknown) => void,
    /** whether the process that asked is still there */
    isAlive: () => boolean,
  ): void {
    const { mode } = this;
    this.received.push({ ...request });
    const later = (ms: number, action: () => void): void => void this.clock.after(ms, action, this.world);
    const breaks = (ms: number): void => later(ms, () => fail({ errCode: '1001', errMsg: 'net' }));
    if (mode === 'lost') return breaks(300);
    if (mode === 'timeout') return breaks(HOST_TIMEOUT);
    later(LATENCY, () => {
      const good = this.handle(request, mode);
      if (mode === 'lost-answer') return breaks(HOST_TIMEOUT);
      const response = this.respond?.(request, good.body) ?? spoil(mode, request, good.body);
      later(SLOW[mode] ?? LATENCY, () => {
        if (response.data === good.body && response.statusCode === 200 && isAlive()) good.arrived?.();
        answer(response);
      });
    });
  }

  private handle({ url, data, header }: BackendRequest, mode: BackendMode): Handled {
    const tpOrderId = /tpOrderId=(\w+)/.exec(url)?.[1];
    if (tpOrderId) return this.handleQuery(url, tpOrderId);
    const key = header?.['Idempotency-Key'] ?? '';
    if (mode === 'sold-out' || this.refusedKeys.has(key)) {
      if (this.traits.replaysRefusal) this.refusedKeys.add(key);
      return { body: { errno: 1003, msg: '商品已售罄', data: { stock: 0 } } };
    }
    const known = key && !this.traits.ignoresKey ? this.byKey.get(key) : undefined;
    const { goods, amount } = data as { goods: string; amount?: number };
    const order = known ?? this.createOrder(goods, amount);
    this.byKey.set(key, order);
    const { status } = order;
    const arrived = (): void => this.observe({ kind: 'created', tpOrderId: order.tpOrderId, status });
    if (mode === 'nonsense') return { body: { errno: 0, data: { tpOrderId: 7, dealTitle: null } } };
    const orderInfo = this.orderInfo(order);
    const own = this.traits.ownStatus ? { status: 2 } : {};
    if (!known) return { body: { errno: 0, msg: 'ok', data: { ...orderInfo, ...own } }, arrived };
    return { body: { code: '0', data: { orderInfo, order: { status } } }, arrived };
  }

  private handleQuery(url: string, tpOrderId: string): Handled {
    const order = this.order(tpOrderId);
    if (!order) return { body: { errno: 404, msg: 'no such order' } };
    const { status } = order;
    const data = /status/.test(url) ? { status } : this.orderView(order);
    return { body: { errno: 0, data }, arrived: () => this.observe({ kind: 'check', tpOrderId, status }) };
  }
}

interface Handled {
  body: unknown;
  /** what it says has reached the phone */
  arrived?: () => void;
}

function spoil(mode: BackendMode, { url }: BackendRequest, good: unknown): BackendResponse {
  if (mode === 'http-500') return { statusCode: 500, data: good };
  if (mode === 'html') return { statusCode: 200, data: '<html>busy</html>' };
  if (mode === 'denied') return { statusCode: 403, data: { errno: 403, msg: 'no' } };
  if (mode === 'unknown-status' && /status/.test(url)) {
    return { statusCode: 200, data: { errno: 0, data: { status: 'limbo' } } };
  }
  return { statusCode: 200, data: good };
}
