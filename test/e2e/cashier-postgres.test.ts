import { openDatabase, type Database } from '../../lib/database';
import { waitFor } from '../helpers/wait-for';
import {
  APP_KEY,
  call,
  CLIENT,
  order,
  pay,
  startCashierServer,
  state,
  stopServers,
  type CashierServer,
} from '../helpers/cashier-server';
import { describeOnPostgres, startPostgres, type PostgresServer } from '../helpers/postgres-server';

jest.setTimeout(180_000);

/** Here statements really run at the same moment. */
describeOnPostgres('two cashiers on one PostgreSQL', () => {
  let postgres: PostgresServer;
  let databases: Database[] = [];
  let servers: CashierServer[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    // A default of some servers, under which a transaction does not see what others commit while it waits for a lock.
    const administrator = await openDatabase({ url: postgres.url });
    await administrator.query(
      `ALTER ROLE CURRENT_USER SET default_transaction_isolation = 'repeatable read'`,
    );
    await administrator.close();
    // A slow machine must not look like a merchant that does not answer.
    const settings = { replyTimeout: 10_000 };
    databases = [await openDatabase({ url: postgres.url }), await openDatabase({ url: postgres.url })];
    const first = await startCashierServer({ database: databases[0], settings });
    servers = [
      first,
      await startCashierServer({ database: databases.at(-1), merchant: first.merchant, settings }),
    ];
  });
  afterAll(async () => {
    await stopServers();
    for (const database of databases) await database.close();
    await postgres?.stop();
  });

  const either = (index: number): CashierServer => {
    const server = servers[index % servers.length];
    if (!server) throw new Error('no cashier runs');
    return server;
  };

  it('an order is charged once, with one notification, when it is confirmed many times at both cashiers', async () => {
    for (let round = 0; round < 5; round++) {
      const orderInfo = order();
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, i) =>
          i % 4 === 0 ? call(either(i), 'POST', '/_simulate', { orderInfo }) : pay(either(i), orderInfo),
        ),
      );
      const taken = answers.filter(answer =>
        'status' in answer
          ? (answer.data as { charged?: boolean }).charged
          : 'callbacks' in answer && answer.callbacks[0]?.type === 'success',
      );
      expect(taken).toHaveLength(1);
      const found = await waitFor(async () => {
        const seen = await state(either(0), orderInfo.tpOrderId);
        return seen.orders[0]?.consumed === true && seen;
      });
      expect(found.charges).toHaveLength(1);
      expect(found.notifications).toMatchObject([{ state: 'done' }]);
    }
  });

  it('each notification is sent once when both cashiers poll', async () => {
    const orders = Array.from({ length: 20 }, () => order());
    await Promise.all(orders.map((orderInfo, i) => pay(either(i), orderInfo)));
    await waitFor(async () => (await state(either(0))).notifications.every(({ state }) => state === 'done'));
    const names = new Set(orders.map(({ tpOrderId }) => tpOrderId));
    const requests = either(0).merchant.requests.filter(({ params }) => names.has(params.tpOrderId ?? ''));
    expect(requests).toHaveLength(orders.length);
  });

  it('refunds never exceed the payment, and a paid order is never closed, when both cashiers get requests at once', async () => {
    const query = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    });
    const granted = (await (await fetch(`${either(0).url}/oauth/2.0/token?${query.toString()}`)).json()) as {
      access_token: string;
    };
    const service = '/rest/2.0/smartapp/pay/paymentservice';
    const params = { access_token: granted.access_token, pmAppKey: APP_KEY };

    const orderInfo = order();
    await pay(either(0), orderInfo);
    const orderId = String((await state(either(0), orderInfo.tpOrderId)).orders[0]?.orderId);
    const refunds = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const fields = {
          orderId,
          tpOrderId: orderInfo.tpOrderId,
          userId: '149235070',
          refundType: '1',
          refundReason: 'x',
          isSkipAudit: '1',
          applyRefundMoney: '5000',
        };
        const body = new URLSearchParams({
          ...params,
          ...fields,
          bizRefundBatchId: `R${i}-${orderInfo.tpOrderId}`,
        });
        const response = await fetch(
          `${either(i).url}${service}/applyOrderRefund?access_token=${granted.access_token}`,
          { method: 'POST', body },
        );
        return (await response.json()) as { errno: number };
      }),
    );
    expect(refunds.filter(({ errno }) => errno === 0)).toHaveLength(2);

    for (let round = 0; round < 5; round++) {
      const other = order();
      await call(either(0), 'POST', '/cashier/open', { orderInfo: other });
      const id = String((await state(either(0), other.tpOrderId)).orders[0]?.orderId);
      const closing = fetch(
        `${either(1).url}${service}/cancelOrder?${new URLSearchParams({ ...params, orderId: id }).toString()}`,
      );
      const [response, answer] = await Promise.all([closing, pay(either(0), other)]);
      const closed = ((await response.json()) as { data: unknown }).data === true;
      const paid = 'callbacks' in answer && answer.callbacks[0]?.type === 'success';
      expect(closed).toBe(!paid);
    }
  });

  it('the cashiers respond with 503 when the database is away, and go on when it is back', async () => {
    const orderInfo = order();
    await postgres.kill();
    const away = await call(either(0), 'POST', '/cashier/pay', { orderInfo, channel: 'WeChat' });
    expect(away).toMatchObject({ status: 503, errno: 503, data: null });
    await postgres.restart();
    await waitFor(async () => 'callbacks' in (await pay(either(0), orderInfo)));
    await waitFor(async () => (await state(either(1), orderInfo.tpOrderId)).orders[0]?.consumed === true);
  });
});
