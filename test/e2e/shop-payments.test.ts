import { openDatabase, type Database } from '../../demo/database';
import { paid, startShop, type RunningShop } from '../../demo/shop/testing';
import { startPostgres, type Postgres } from './shop-postgres';

jest.setTimeout(60_000);

let postgres: Postgres | undefined;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

describe.each(['the embedded database', 'a PostgreSQL server'])(
  'payments at the same moment, on %s',
  name => {
    let database: Database;
    let shop: RunningShop;

    beforeAll(async () => {
      const url = name === 'a PostgreSQL server' ? postgres?.url : undefined;
      // Without a server on this machine the same promises are checked on the embedded one, twice.
      database = await openDatabase({ url });
      shop = await startShop({ database });
    });
    afterAll(async () => {
      await shop.close();
      await database.close();
    });

    /** Holds the order until all of them are on their way, so that they do meet. */
    async function notifyAtOnce(tpOrderId: string, notifications: Record<string, string>[]) {
      const answers = await database.transaction(async tx => {
        await tx.query('SELECT FROM shop.orders WHERE tp_order_id = $1 FOR UPDATE', [tpOrderId]);
        const begun = notifications.map(params => shop.notify(params));
        await new Promise(resolve => setTimeout(resolve, 500));
        return () => Promise.all(begun);
      });
      return answers();
    }

    it('of many for one order one counts and the others go back', async () => {
      const { order } = (await shop.order()).data;
      const notifications = Array.from({ length: 8 }, () => paid(order));
      const answers = await notifyAtOnce(order.tpOrderId, notifications);
      expect(answers.map(({ errno }) => errno)).toEqual(Array(8).fill(0));
      expect(answers.filter(({ data }) => data.isErrorOrder === 1)).toHaveLength(7);
      const { rows } = await database.query(
        `SELECT returned_because, count(*) AS payments FROM shop.payments WHERE tp_order_id = $1
       GROUP BY returned_because ORDER BY payments`,
        [order.tpOrderId],
      );
      expect(rows).toEqual([
        { returned_because: null, payments: 1 },
        { returned_because: 'paid-before', payments: 7 },
      ]);
    });

    it('with one orderId for two orders only one is believed', async () => {
      const [first, second] = await Promise.all([shop.order(), shop.order()]);
      const params = paid(first.data.order);
      const stolen = paid(second.data.order, { orderId: params.orderId ?? '' });
      const notifications = Array.from({ length: 8 }, (_, at) => (at % 2 ? stolen : params));
      const answers = await notifyAtOnce(first.data.order.tpOrderId, notifications);
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(answers.filter(({ errno }) => errno === 0)).toHaveLength(4);
      const statuses = [first, second].map(({ data }) => shop.status(data.order.tpOrderId));
      expect((await Promise.all(statuses)).sort()).toEqual(['paid', 'unpaid']);
    });
  },
);
