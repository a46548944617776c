import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../lib/database';
import type { ShopOrder } from '../../scripts/support/shop-server';
import { json } from '../../scripts/support/http';
import { endPrograms } from '../helpers/child-process';
import { describeOnPostgres, startPostgres, type PostgresServer } from '../helpers/postgres-server';
import {
  becomes,
  createOrder,
  newFolder,
  pay,
  startDemoProcess,
  type DemoProcess,
} from '../helpers/demo-server';

jest.setTimeout(180_000);

const MINUTE = 60_000;

/** Run in a process before anything else: its clock is ahead. */
const clockAhead = (ms: number): string => `
  const RealDate = Date;
  const now = () => RealDate.now() + ${ms};
  globalThis.Date = class extends RealDate {
    static now = now;
    constructor(...args) {
      if (args.length > 0) super(...args);
      else super(now());
    }
  };`;

describeOnPostgres('two shops on one PostgreSQL, a minute apart by their own clocks', () => {
  let postgres: PostgresServer;
  let folder: ReturnType<typeof newFolder>;
  let database: Database;
  let demos: DemoProcess[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = newFolder();
    database = await openDatabase({ url: postgres.url });
    // Both at once, on an empty database and an empty folder: they race for tables and keys.
    demos = await Promise.all(
      [0, MINUTE].map(offset => {
        const clock = join(folder.path, `clock-${offset}.js`);
        writeFileSync(clock, clockAhead(offset));
        return startDemoProcess(['--data', join(folder.path, 'data')], {
          DATABASE_URL: postgres.url,
          NODE_OPTIONS: `--require ${clock}`,
        });
      }),
    );
    await Promise.all(demos.map(demo => demo.ready()));
  });
  afterAll(async () => {
    endPrograms();
    await database?.close();
    await postgres?.stop();
    folder.remove();
  });

  const shop = (n: number): string => demos[n % 2]?.origin ?? '';

  async function refund(origin: string, tpOrderId: string): Promise<number> {
    return (await fetch(`${origin}/shop/orders/${tpOrderId}/refund`, json({}))).status;
  }

  it('use the clock of the database when their own clocks differ', async () => {
    const times = async (path: string, init?: RequestInit) =>
      Promise.all(
        [0, 1].map(async n => {
          const { data } = (await (await fetch(shop(n) + path, init)).json()) as { data: ShopOrder };
          return data;
        }),
      );
    const cart = json({ items: [{ sku: 'postcard', quantity: 1 }] });
    const [early, late] = await times('/shop/quote', cart);
    expect(Number(late?.serverTime) - Number(early?.serverTime)).toBeGreaterThan(MINUTE / 2);

    const orders = [await createOrder(shop(0), 'clock-0'), await createOrder(shop(1), 'clock-1')];
    for (const { order } of orders) {
      const views = await times(`/shop/orders/${order.tpOrderId}`);
      for (const { serverTime } of views) {
        expect(serverTime - order.createdAt).toBeGreaterThanOrEqual(0);
        expect(serverTime - order.createdAt).toBeLessThan(MINUTE / 2);
      }
    }
  });

  it('make one order, one payment and one refund when both get the same requests', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, (_, n) => createOrder(shop(n), 'shared')));
    const [first] = made;
    expect(new Set(made.map(({ order }) => order.tpOrderId)).size).toBe(1);
    expect(new Set(made.map(({ orderInfo }) => orderInfo.rsaSign)).size).toBe(1);
    if (!first) return;
    const { tpOrderId } = first.order;

    await pay(shop(0), first);
    await becomes(shop(1), tpOrderId, 'paid');
    const asked = await Promise.all(Array.from({ length: 10 }, (_, n) => refund(shop(n), tpOrderId)));
    expect(asked.every(status => status === 200)).toBe(true);
    await becomes(shop(1), tpOrderId, 'refunded');
    const { rows } = await database.query(
      `SELECT (SELECT count(*) FROM shop.payments WHERE tp_order_id = $1) AS payments,
              (SELECT count(*) FROM shop.refunds WHERE tp_order_id = $1) AS refunds,
              (SELECT count(*) FROM baidu.charges JOIN baidu.orders USING (order_id) WHERE tp_order_id = $1) AS charges,
              (SELECT count(*) FROM baidu.refunds JOIN baidu.orders USING (order_id) WHERE tp_order_id = $1) AS given_back`,
      [tpOrderId],
    );
    expect(rows).toEqual([{ payments: 1, refunds: 1, charges: 1, given_back: 1 }]);
  });

  it('respond with 503 when the server is away, and go on when it is back', async () => {
    const created = await createOrder(shop(0), 'interrupted');
    await postgres.kill();
    const away = await fetch(`${shop(0)}/shop/orders/${created.order.tpOrderId}`);
    expect(away.status).toBe(503);
    expect(await away.json()).toEqual({ errno: 50300, msg: '服务繁忙，请稍后再试', data: {} });
    await postgres.restart();
    await pay(shop(1), created);
    await becomes(shop(0), created.order.tpOrderId, 'paid');
  });

  it('refund each order when one of them is killed during refunds', async () => {
    const orders = await Promise.all(
      Array.from({ length: 6 }, (_, n) => createOrder(shop(1), `killed-${n}`)),
    );
    for (const created of orders) await pay(shop(1), created);
    for (const { order } of orders) await becomes(shop(1), order.tpOrderId, 'paid');

    const inFlight = orders.map(({ order }) => refund(shop(0), order.tpOrderId).catch(() => 0));
    await inFlight[0];
    await demos[0]?.kill('SIGKILL');
    await Promise.all(inFlight);
    // The lease of what it had begun would be over in half a minute.
    await database.query('UPDATE shop.refunds SET run_at = now() WHERE run_at IS NOT NULL');

    // What was stored is finished by the other one; what was not is requested again, as a user would.
    for (const { order } of orders) {
      expect(await refund(shop(1), order.tpOrderId)).toBe(200);
      await becomes(shop(1), order.tpOrderId, 'refunded');
    }
    const given = await database.query(
      `SELECT tp_order_id FROM baidu.refunds JOIN baidu.orders USING (order_id) WHERE tp_order_id = ANY($1)`,
      [orders.map(({ order }) => order.tpOrderId)],
    );
    expect(given.rows).toHaveLength(orders.length);
  });
});
