/** What can happen to the orders of a shop, in any order, and runs that play it on two shop processes. */
import * as fc from 'fast-check';
import type { Reconciliation } from '../../demo/shop/reconcile';
import { json } from '../../scripts/support/http';
import type { Created } from '../../scripts/support/shop-server';
import type { TwoShopProcesses } from '../helpers/two-shop-processes';

const STEPS = [
  ...([
    'order',
    'order-again',
    'pay',
    'pay',
    'pay',
    'pay-other-user',
    'pay-unnotified',
    'pay-closed',
    'pay-closed-unnotified',
  ] as const),
  ...(['close', 'query', 'expire', 'work', 'work', 'kill'] as const),
];

export type Action = { wait: boolean; process: 0 | 1; order: number } & (
  | { do: (typeof STEPS)[number] }
  | { do: 'refund'; amount: number | null }
  | { do: 'fault'; fault: Record<string, unknown> }
);

const api = fc.record({
  method: fc.constantFrom('findByTpOrderId', 'cancelOrder', 'applyOrderRefund', 'findOrderRefund'),
  fault: fc.constantFrom(
    'gateway',
    'business',
    'http',
    'invalid-json',
    'disconnect',
    'lose-response',
    'expire-token',
  ),
});
const codes = fc.constantFrom(10002, 10003, 5010003, 60008);
const faults = fc.oneof(
  fc.tuple(api, codes).map(([fault, code]) => ({
    api: [{ ...fault, code: { business: code, http: 503 }[fault.fault as string] ?? 4 }],
  })),
  fc
    .record({
      kind: fc.constantFrom('pay', 'refund'),
      fault: fc.constantFrom('timeout', 'duplicate', 'bad-signature', 'ignore-response'),
    })
    .map(fault => ({ notifications: [fault] })),
  fc.constant({ refunds: ['fail'] }),
);
const common = { wait: fc.boolean(), process: fc.constantFrom(0 as const, 1 as const), order: fc.nat(2) };
export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...common,
      do: fc.constantFrom(...STEPS),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('refund' as const),
      amount: fc.constantFrom(null, 100, 200),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...common, do: fc.constant('fault' as const), fault: faults }) },
);

/** An order as the shop and the cashier have it. Amounts in fen. */
interface BothBooks {
  id: string;
  status: string;
  refunded: number;
  /** accepted when one of them is */
  payment: 'accepted' | 'rejected' | null;
  payments: number;
  charges: number;
  charged: number;
  returned: number;
  applied: number;
  accepted: number;
}

const BOTH_BOOKS = `SELECT o.tp_order_id AS id, o.status, o.refunded_amount AS refunded,
   (SELECT min(p.status) FROM shop.payments p WHERE p.tp_order_id = o.tp_order_id) AS payment,
   (SELECT count(*) FROM shop.payments p WHERE p.tp_order_id = o.tp_order_id)::int8 AS payments,
   (SELECT count(*) FROM baidu.charges JOIN baidu.orders b USING (order_id)
    WHERE b.tp_order_id = o.tp_order_id)::int8 AS charges,
   (SELECT coalesce(sum(total_money), 0) FROM baidu.charges JOIN baidu.orders b USING (order_id)
    WHERE b.tp_order_id = o.tp_order_id)::int8 AS charged,
   (SELECT coalesce(sum(money), 0) FROM baidu.refunds r JOIN baidu.orders b USING (order_id)
    WHERE b.tp_order_id = o.tp_order_id AND r.status = 2)::int8 AS returned,
   (SELECT count(*) FROM baidu.refunds r JOIN baidu.orders b USING (order_id)
    WHERE b.tp_order_id = o.tp_order_id AND r.biz_refund_batch_id IS NOT NULL)::int8 AS applied,
   (SELECT count(*) FROM shop.refunds r WHERE r.tp_order_id = o.tp_order_id
    AND r.refund_batch_id IS NOT NULL)::int8 AS accepted
 FROM shop.orders o WHERE o.tp_order_id = ANY($1)`;

const PRICE = 300;

/** Whether the money of one payment at most is kept, for an order that is paid, and all other money was returned once. */
function agrees(row: BothBooks): boolean {
  const isPaid = ['paid', 'refunding', 'refunded'].includes(row.status);
  const kept = isPaid ? PRICE - row.refunded : 0;
  return (
    row.payments === row.charges &&
    row.charged - row.returned === kept &&
    isPaid === (row.payment === 'accepted') &&
    (row.status === 'refunded') === (isPaid && kept === 0) &&
    (row.payment !== 'rejected' || row.status === 'closed') &&
    row.accepted === row.applied
  );
}

/** One run: plays its actions, lets everything come to its end, and compares the shop's orders with the cashier's. */
export class Run {
  private readonly orders: Created[] = [];
  private readonly reportedClosed = new Set<string>();
  private readonly pending: Promise<unknown>[] = [];
  /**
   * Who pays an order besides a notification: a query answers about one payment of an order, so that of two payments it finds
   * one only that is never notified.
   */
  private readonly payers = new Map<string, 'another user' | 'somebody unnotified'>();

  constructor(
    private readonly number: number,
    private readonly shops: TwoShopProcesses,
    /** what the runs have reached, to see that they reach something */
    private readonly seen: Record<string, number>,
  ) {}

  async play(actions: Action[]): Promise<void> {
    await this.act({ do: 'order', wait: true, process: 0, order: 0 });
    for (const action of actions) {
      // An action that fails is a request that fails: what counts is what is stored in the end.
      const done = this.act(action).catch(() => undefined);
      if (action.wait) await done;
      else this.pending.push(done);
    }
    await Promise.all(this.pending);
    await this.shops.setFaults({});
    await this.finish();
    await this.check();
  }

  private get ids(): string[] {
    return this.orders.map(({ order }) => order.tpOrderId);
  }

  private async act(action: Action): Promise<unknown> {
    const { process } = action;
    const created = this.orders[action.order % this.orders.length];
    const tpOrderId = created?.order.tpOrderId ?? '';
    const post = (path: string, body: unknown = {}, headers = {}) =>
      this.shops.call(`/shop/orders/${tpOrderId}${path}`, json(body, headers), process);
    switch (action.do) {
      case 'order':
        return this.create(`${this.number}-${this.orders.length}-${Math.random()}`, process);
      case 'order-again':
        return this.create(`${this.number}-same`, process);
      case 'pay':
        return this.shops.call('/baidu/_simulate', json({ orderInfo: created?.orderInfo }));
      case 'pay-other-user':
        if (!this.isAlone(tpOrderId, 'another user')) return;
        return this.shops.call('/baidu/_simulate', json({ orderInfo: created?.orderInfo, userId: 2002 }));
      case 'pay-unnotified':
        if (!this.isAlone(tpOrderId, 'somebody unnotified')) return;
        await this.shops.setFaults({ payments: [{ outcome: 'never-notified', sheet: false }] });
        return this.shops.call('/baidu/cashier/open', json({ orderInfo: created?.orderInfo }));
      // Closed before Baidu has seen it, so that Baidu lets it be paid.
      case 'pay-closed':
      case 'pay-closed-unnotified': {
        const cart = { items: [{ sku: 'postcard', quantity: 3 }] };
        const late: Partial<Created> = (await this.shops.call('/shop/orders', json(cart), process)).data;
        if (!late.orderInfo) return;
        const again = {
          ...action,
          do: action.do === 'pay-closed' ? ('pay' as const) : ('pay-unnotified' as const),
        };
        this.orders.push(late as Created);
        const at = this.orders.length - 1;
        await this.act({ ...action, do: 'close', order: at });
        return this.act({ ...again, order: at });
      }
      case 'close': {
        const { errno } = await post('/close');
        if (errno === 0) this.reportedClosed.add(tpOrderId);
        return;
      }
      case 'query':
        return post('/query');
      case 'refund':
        return post(
          '/refund',
          action.amount === null ? {} : { amount: action.amount },
          action.amount === null ? {} : { 'Idempotency-Key': `${tpOrderId}-${action.amount}` },
        );
      case 'expire':
        return this.shops.database.query(
          'UPDATE shop.orders SET expires_at = now(), run_at = now() WHERE tp_order_id = $1 AND run_at IS NOT NULL',
          [tpOrderId],
        );
      case 'work':
        await this.makeDue();
        return this.shops.runDueJobs(process);
      case 'kill':
        return this.shops.kill(process);
      case 'fault':
        return this.shops.setFaults(action.fault);
    }
  }

  private isAlone(tpOrderId: string, payer: 'another user' | 'somebody unnotified'): boolean {
    if ((this.payers.get(tpOrderId) ?? payer) !== payer) return false;
    this.payers.set(tpOrderId, payer);
    return true;
  }

  private async create(key: string, process: number): Promise<void> {
    const cart = { items: [{ sku: 'postcard', quantity: 3 }] };
    const { errno, data } = await this.shops.call(
      '/shop/orders',
      json(cart, { 'Idempotency-Key': key }),
      process,
    );
    const created = data as Created;
    if (errno !== 0) return;
    if (created.order.status === 'closed') this.reportedClosed.add(created.order.tpOrderId);
    if (!this.ids.includes(created.order.tpOrderId) && created.orderInfo) this.orders.push(created);
  }

  private async makeDue(): Promise<void> {
    for (const table of ['orders', 'refunds']) {
      await this.shops.database.query(
        `UPDATE shop.${table} SET run_at = now() - interval '1 s' WHERE run_at IS NOT NULL AND tp_order_id = ANY($1)`,
        [this.ids],
      );
    }
  }

  /** Lets everything that is under way come to its end. */
  private async finish(): Promise<void> {
    for (let round = 0; ; round++) {
      await this.makeDue();
      await this.shops.runDueJobs(round % 2);
      const { rows } = await this.shops.database.query<{ open: number }>(
        `SELECT (SELECT count(*) FROM shop.refunds WHERE tp_order_id = ANY($1) AND run_at IS NOT NULL)
              + (SELECT count(*) FROM baidu.refunds JOIN baidu.orders o USING (order_id)
                 WHERE o.tp_order_id = ANY($1) AND baidu.refunds.status = 1)
              + (SELECT count(*) FROM baidu.charges JOIN baidu.orders USING (order_id)
                 LEFT JOIN shop.payments p ON p.order_id = baidu.orders.order_id::text
                 WHERE baidu.orders.tp_order_id = ANY($1) AND p.order_id IS NULL) AS open`,
        [this.ids],
      );
      // A second look at the end, because the first one may itself have begun something.
      if (Number(rows[0]?.open) === 0 && round > 1) return;
      if (round === 100) throw new Error(`never ends:\n${this.shops.log.slice(-60).join('\n')}`);
      await new Promise(next => setTimeout(next, 30));
    }
  }

  private async check(): Promise<void> {
    const { rows } = await this.shops.database.query<BothBooks>(BOTH_BOOKS, [this.ids]);
    for (const row of rows) {
      const key = `${row.status}, ${row.charged > 0 ? `payment ${row.payment}` : 'not paid'}${row.charges > 1 ? ', paid twice' : ''}`;
      this.seen[key] = (this.seen[key] ?? 0) + 1;
      const staysClosed = !this.reportedClosed.has(row.id) || row.status === 'closed';
      if (!agrees(row) || !staysClosed) {
        const history = this.shops.log.filter(line => line.includes(row.id)).join('\n');
        throw new Error(`${JSON.stringify(row)} closed: ${this.reportedClosed.has(row.id)}\n${history}`);
      }
    }
    await this.checkReconciliation();
  }

  private async checkReconciliation(): Promise<void> {
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    for (let after: string | null = ''; after !== null;) {
      const page: Reconciliation = (await this.shops.call(`/shop/_reconcile?day=${day}&after=${after}`)).data;
      const found = page.differences.filter(({ tpOrderId }) => this.ids.includes(tpOrderId));
      // Of two payments of one order Baidu's answer is about one.
      expect(found.filter(({ what }) => what !== 'not-checked')).toEqual([]);
      for (const { tpOrderId } of found) expect(this.payers.get(tpOrderId)).toBe('another user');
      after = page.next;
    }
  }
}
