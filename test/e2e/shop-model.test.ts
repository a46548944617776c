/**
 * Random runs of everything that can happen to orders, on two shop processes with one database: at the end of each, what
 * the shop has stored is compared with what the cashier has. A process is killed by taking its database away, in the
 * middle of whatever it is doing; another one begins in its place.
 *
 * RUNS=500 runs more of them.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { createCashier, type Cashier } from '../../sandbox/cashier';
import { DatabaseError, openDatabase, type Database, type Queryable } from '../../lib/database';
import { createServer as createApp } from '../../sandbox/server';
import { createShop } from '../../demo/shop';
import type { Reconciliation } from '../../demo/shop/reconcile';
import { json } from '../../scripts/requests';
import { APP_KEY, DEAL_ID, merchantKeys, platformKeys, type Created } from '../../scripts/running-shop';
import { describeOnPostgres, startPostgres, type Postgres } from './shop-postgres';

jest.setTimeout(600_000);

const RUNS = Number(process.env.RUNS ?? 0);
const CLIENT = { clientId: 'modelMiniProgramAppKey0000000001', clientSecret: 'model-secret' };

describe('with PGlite', () => agreesWithTheCashier(() => openDatabase(), RUNS || 12));

describeOnPostgres('with a PostgreSQL server', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());
  agreesWithTheCashier(() => openDatabase({ url: postgres.url }), RUNS || 12);
});

const STEPS = [
  ...([
    'order',
    'order-again',
    'pay',
    'pay',
    'pay',
    'pay-unnotified',
    'pay-closed',
    'pay-closed-unnotified',
  ] as const),
  ...(['close', 'query', 'expire', 'work', 'work', 'kill'] as const),
];

type Action = { wait: boolean; process: 0 | 1; order: number } & (
  | { do: (typeof STEPS)[number] }
  | { do: 'refund'; amount: number | null }
  | { do: 'fault'; fault: Record<string, unknown> }
);

const api = fc.record({
  method: fc.constantFrom('findByTpOrderId', 'cancelOrder', 'applyOrderRefund', 'findOrderRefund'),
  fault: fc.constantFrom('gateway', 'business', 'http', 'garbage', 'drop', 'lose-reply', 'expire-token'),
});
const codes = fc.constantFrom(10002, 10003, 5010003, 60008);
const faults = fc.oneof(
  fc.tuple(api, codes).map(([fault, code]) => ({
    api: [{ ...fault, code: fault.fault === 'business' ? code : fault.fault === 'http' ? 503 : 4 }],
  })),
  fc
    .record({
      kind: fc.constantFrom('pay', 'refund'),
      fault: fc.constantFrom('drop', 'twice', 'forge', 'lose-reply'),
    })
    .map(fault => ({ notifications: [fault] })),
  fc.constant({ refunds: ['fail'] }),
);
const common = { wait: fc.boolean(), process: fc.constantFrom(0 as const, 1 as const), order: fc.nat(2) };
const action: fc.Arbitrary<Action> = fc.oneof(
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

interface Process {
  app: FastifyInstance;
  runDueJobs(): Promise<number>;
  kill(): void;
}

function killable(database: Database): { database: Database; kill(): void } {
  let isDead = false;
  const alive = () => {
    if (isDead) throw new DatabaseError('killed');
  };
  // Also after a statement: a process may die before it hears that it was done.
  const guarded = (queryable: Queryable): Queryable => ({
    async query<T>(sql: string, params?: unknown[]) {
      alive();
      const result = await queryable.query<T>(sql, params);
      alive();
      return result;
    },
  });
  return {
    database: {
      ...guarded(database),
      async transaction<T>(work: (tx: Queryable) => Promise<T>) {
        alive();
        const result = await database.transaction(async tx => {
          const done = await work(guarded(tx));
          alive();
          return done;
        });
        alive();
        return result;
      },
      close: async () => undefined,
    },
    kill: () => {
      isDead = true;
    },
  };
}

function agreesWithTheCashier(open: () => Promise<Database>, numRuns: number): void {
  let database: Database;
  let front: Server;
  let origin: string;
  let cashier: Cashier;
  let cashierApp: FastifyInstance;
  let log: string[] = [];
  const processes: Process[] = [];

  async function startProcess(): Promise<Process> {
    const own = killable(database);
    const shop = await createShop({
      database: own.database,
      origin,
      privateKey: merchantKeys.privateKey,
      platformPublicKey: platformKeys.publicKey,
      appKey: APP_KEY,
      dealId: DEAL_ID,
      baidu: { baseUrl: `${origin}/baidu`, ...CLIENT },
      operatorRoutes: true,
      retryAfter: 5000,
      log: line => log.push(line),
    });
    const app = createApp();
    await app.register(shop.plugin, { prefix: '/shop' });
    await app.ready();
    return { app, runDueJobs: shop.runDueJobs, kill: own.kill };
  }

  beforeAll(async () => {
    database = await open();
    front = createServer((request, response) => {
      const { 'x-process': number = '0' } = request.headers;
      const app = request.url?.startsWith('/baidu') ? cashierApp : processes[Number(number)]?.app;
      app?.routing(request, response);
    });
    await new Promise<void>(listening => front.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    cashier = await createCashier({
      database,
      origin,
      platformKeys,
      services: [
        {
          appKey: APP_KEY,
          dealId: DEAL_ID,
          merchantPublicKey: merchantKeys.publicKey,
          payNotifyUrl: `${origin}/shop/notify/pay`,
          refundNotifyUrl: `${origin}/shop/notify/refund`,
          ...CLIENT,
        },
      ],
      clockScale: 6000,
      // Otherwise a refund waits for ever for the notification of a payment that is never notified.
      settings: { replyTimeout: 700, refundBeforeConsumed: 'allow' },
      log: line => log.push(`cashier: ${line}`),
    });
    cashierApp = createApp();
    await cashierApp.register(cashier.plugin, { prefix: '/baidu' });
    await cashierApp.ready();
    cashier.start();
    processes.push(await startProcess(), await startProcess());
  });
  afterAll(async () => {
    await cashier?.stop();
    front?.closeAllConnections();
    front?.close();
    await database?.close();
  });

  const call = async (path: string, init: RequestInit = {}, process = 0) => {
    const headers = { ...(init.headers as Record<string, string>), 'x-process': String(process) };
    const response = await fetch(origin + path, { ...init, headers });
    return (await response.json()) as { errno: number; data: never };
  };
  const setFaults = (script: unknown) => call('/baidu/_faults', { ...json(script), method: 'PUT' });

  it('paid money is fulfilled or returned, once, whatever happens in whatever order', async () => {
    let run = 0;
    const property = fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 30 }), async actions => {
      log = [];
      await setFaults({});
      await new Run(++run).play(actions);
    });
    await fc.assert(property, { numRuns, endOnFailure: true });
    console.log(`${run} runs, ${JSON.stringify(seen)}`);
  });

  /** what the runs have reached, to see that they reach something */
  const seen: Record<string, number> = {};

  class Run {
    private readonly orders: Created[] = [];
    private readonly reportedClosed = new Set<string>();
    private readonly pending: Promise<unknown>[] = [];

    constructor(private readonly number: number) {}

    async play(actions: Action[]): Promise<void> {
      await this.act({ do: 'order', wait: true, process: 0, order: 0 });
      for (const action of actions) {
        // An action that fails is a request that fails: what counts is what is stored in the end.
        const done = this.act(action).catch(() => undefined);
        if (action.wait) await done;
        else this.pending.push(done);
      }
      await Promise.all(this.pending);
      await setFaults({});
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
        call(`/shop/orders/${tpOrderId}${path}`, json(body, headers), process);
      switch (action.do) {
        case 'order':
          return this.create(`${this.number}-${this.orders.length}-${Math.random()}`, process);
        case 'order-again':
          return this.create(`${this.number}-same`, process);
        case 'pay':
          return call('/baidu/_simulate', json({ orderInfo: created?.orderInfo }));
        case 'pay-unnotified':
          await setFaults({ payments: [{ outcome: 'never-notified', sheet: false }] });
          return call('/baidu/cashier/open', json({ orderInfo: created?.orderInfo }));
        // Closed before Baidu has seen it, so that Baidu lets it be paid.
        case 'pay-closed':
        case 'pay-closed-unnotified': {
          const cart = { items: [{ sku: 'postcard', quantity: 3 }] };
          const late = ((await call('/shop/orders', json(cart), process)).data as Created | undefined)?.order;
          if (!late) return;
          const again = {
            ...action,
            do: action.do === 'pay-closed' ? ('pay' as const) : ('pay-unnotified' as const),
          };
          this.orders.push((await call(`/shop/orders/${late.tpOrderId}/pay`)).data as Created);
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
          return database.query(
            'UPDATE shop.orders SET expires_at = now(), run_at = now() WHERE tp_order_id = $1 AND run_at IS NOT NULL',
            [tpOrderId],
          );
        case 'work':
          await this.makeDue();
          return processes[process]?.runDueJobs();
        case 'kill':
          processes[process]?.kill();
          processes[process] = await startProcess();
          return;
        case 'fault':
          return setFaults(action.fault);
      }
    }

    private async create(key: string, process: number): Promise<void> {
      const cart = { items: [{ sku: 'postcard', quantity: 3 }] };
      const { errno, data } = await call('/shop/orders', json(cart, { 'Idempotency-Key': key }), process);
      const created = data as Created;
      if (errno !== 0) return;
      if (created.order.status === 'closed') this.reportedClosed.add(created.order.tpOrderId);
      if (!this.ids.includes(created.order.tpOrderId) && created.orderInfo) this.orders.push(created);
    }

    private async makeDue(): Promise<void> {
      for (const table of ['orders', 'refunds']) {
        await database.query(
          `UPDATE shop.${table} SET run_at = now() - interval '1 s' WHERE run_at IS NOT NULL AND tp_order_id = ANY($1)`,
          [this.ids],
        );
      }
    }

    /** Lets everything that is under way come to its end. */
    private async finish(): Promise<void> {
      for (let round = 0; ; round++) {
        await this.makeDue();
        await processes[round % 2]?.runDueJobs();
        const { rows } = await database.query<{ open: number }>(
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
        if (round === 100) throw new Error(`never ends:\n${log.slice(-60).join('\n')}`);
        await new Promise(next => setTimeout(next, 30));
      }
    }

    private async check(): Promise<void> {
      interface Both {
        id: string;
        status: string;
        refunded: number;
        payment: 'accepted' | 'rejected' | null;
        payments: number;
        charged: number;
        returned: number;
        applied: number;
        accepted: number;
      }
      const { rows } = await database.query<Both>(
        `SELECT o.tp_order_id AS id, o.status, o.refunded_amount AS refunded,
           (SELECT p.status FROM shop.payments p WHERE p.tp_order_id = o.tp_order_id LIMIT 1) AS payment,
           (SELECT count(*) FROM shop.payments p WHERE p.tp_order_id = o.tp_order_id)::int8 AS payments,
           (SELECT coalesce(sum(total_money), 0) FROM baidu.charges JOIN baidu.orders b USING (order_id)
            WHERE b.tp_order_id = o.tp_order_id)::int8 AS charged,
           (SELECT coalesce(sum(money), 0) FROM baidu.refunds r JOIN baidu.orders b USING (order_id)
            WHERE b.tp_order_id = o.tp_order_id AND r.status = 2)::int8 AS returned,
           (SELECT count(*) FROM baidu.refunds r JOIN baidu.orders b USING (order_id)
            WHERE b.tp_order_id = o.tp_order_id AND r.biz_refund_batch_id IS NOT NULL)::int8 AS applied,
           (SELECT count(*) FROM shop.refunds r WHERE r.tp_order_id = o.tp_order_id
            AND r.refund_batch_id IS NOT NULL)::int8 AS accepted
         FROM shop.orders o WHERE o.tp_order_id = ANY($1)`,
        [this.ids],
      );
      for (const row of rows) {
        const key = `${row.status}, ${row.charged > 0 ? `payment ${row.payment}` : 'not paid'}`;
        seen[key] = (seen[key] ?? 0) + 1;
        const isPaid = ['paid', 'refunding', 'refunded'].includes(row.status);
        const right =
          row.charged === 0
            ? !isPaid && row.payments === 0 && row.returned === 0
            : row.payments === 1 &&
              row.accepted === row.applied &&
              (row.payment === 'accepted'
                ? isPaid &&
                  row.refunded === row.returned &&
                  (row.status === 'refunded') === (row.returned === 300)
                : row.status === 'closed' && row.returned === row.charged);
        const staysClosed = !this.reportedClosed.has(row.id) || row.status === 'closed';
        if (!right || !staysClosed) {
          const history = log.filter(line => line.includes(row.id)).join('\n');
          throw new Error(`${JSON.stringify(row)} closed: ${this.reportedClosed.has(row.id)}\n${history}`);
        }
      }
      const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      for (let after: string | null = ''; after !== null;) {
        const page: Reconciliation = (await call(`/shop/_reconcile?day=${day}&after=${after}`)).data;
        expect(page.differences.filter(({ tpOrderId }) => this.ids.includes(tpOrderId))).toEqual([]);
        after = page.next;
      }
    }
  }
}
