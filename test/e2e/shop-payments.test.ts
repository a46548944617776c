import { openDatabase, type Database } from '../../lib/database';
import { paid, startShop, type RunningShop } from '../../scripts/support/shop-server';
import { waitFor } from '../helpers/wait-for';
import { requirePglite } from '../helpers/pglite';
import { createDatabase, describeOnPostgres } from '../helpers/postgres-server';

requirePglite();
jest.setTimeout(180_000);

interface Engine {
  database: Database;
  /** How many notifications have reached an order that is held. */
  waiting(): Promise<number>;
}

describe('payments at the same moment, on the embedded database', () => countOnce(openEmbedded));

describeOnPostgres('payments at the same moment, on a PostgreSQL server', () => {
  countOnce(async () => openServer(await createDatabase()));
});

/** It has one connection: what comes while a transaction runs waits in this process. */
async function openEmbedded(): Promise<Engine> {
  const database = await openDatabase();
  let waiting = 0;
  const query: Database['query'] = async (sql, params) => {
    waiting++;
    try {
      return await database.query(sql, params);
    } finally {
      waiting--;
    }
  };
  return { database: { ...database, query }, waiting: async () => waiting };
}

async function openServer(url: string): Promise<Engine> {
  const database = await openDatabase({ url });
  const waiting = async () => {
    const { rows } = await database.query<{ waiting: number }>(
      `SELECT count(*) AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]?.waiting ?? 0;
  };
  return { database, waiting };
}

function countOnce(open: () => Promise<Engine>): void {
  let engine: Engine;
  let shop: RunningShop;

  beforeAll(async () => {
    engine = await open();
    shop = await startShop({ database: engine.database });
  });
  afterAll(async () => {
    await shop?.close();
    await engine?.database.close();
  });

  /** Holds the orders until every notification waits for one of them. */
  async function notifyAtOnce(tpOrderIds: string[], notifications: Record<string, string>[]) {
    const answers = await engine.database.transaction(async tx => {
      await tx.query('SELECT FROM shop.orders WHERE tp_order_id = ANY($1) FOR UPDATE', [tpOrderIds]);
      const begun = notifications.map(params => shop.notify(params));
      await waitFor(async () => (await engine.waiting()) === notifications.length);
      return () => Promise.all(begun);
    });
    return answers();
  }

  it('count once and the others are returned when they are for one order', async () => {
    const { order } = (await shop.order()).data;
    const notifications = Array.from({ length: 8 }, () => paid(order));
    const answers = await notifyAtOnce([order.tpOrderId], notifications);
    expect(answers.map(({ errno }) => errno)).toEqual(Array(8).fill(0));
    expect(answers.filter(({ data }) => data.isErrorOrder === 1)).toHaveLength(7);
    const { rows } = await engine.database.query(
      `SELECT reject_reason, count(*) AS payments FROM shop.payments WHERE tp_order_id = $1
       GROUP BY reject_reason ORDER BY payments`,
      [order.tpOrderId],
    );
    expect(rows).toEqual([
      { reject_reason: null, payments: 1 },
      { reject_reason: 'duplicate', payments: 7 },
    ]);
  });

  it('count for one order only when one orderId is for two', async () => {
    const orders = [(await shop.order()).data.order, (await shop.order()).data.order] as const;
    const params = paid(orders[0]);
    const stolen = paid(orders[1], { orderId: params.orderId ?? '' });
    const notifications = Array.from({ length: 8 }, (_, at) => (at % 2 ? stolen : params));
    const ids = orders.map(({ tpOrderId }) => tpOrderId);
    const answers = await notifyAtOnce(ids, notifications);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.filter(({ errno }) => errno === 0)).toHaveLength(4);
    expect((await Promise.all(ids.map(shop.status))).sort()).toEqual(['paid', 'unpaid']);
  });
}
