/** What the shop makes of Baidu's answers, on both databases. Times are moved in the database, whose clock counts. */
import { openDatabase, type Database } from '../../lib/database';
import type { OrderView } from '../../demo/shop';
import type { Reconciliation } from '../../demo/shop/reconcile';
import { signNotification } from '../../merchant';
import { form, json } from '../../scripts/support/http';
import { paid, platformKeys, startShop, type RunningShop } from '../../scripts/support/shop-server';
import {
  accepted,
  order,
  refusal,
  startFakeBaidu,
  success,
  type FakeBaidu,
  type Params,
} from '../helpers/fake-baidu';
import { waitFor } from '../helpers/wait-for';
import { requirePglite } from '../helpers/pglite';
import { createDatabase, describeOnPostgres } from '../helpers/postgres-server';

requirePglite();
jest.setTimeout(180_000);

const nowInSeconds = () => String(Math.floor(Date.now() / 1000));
const down = () => 'Bad Gateway';

let baidu: FakeBaidu;
beforeAll(async () => {
  baidu = await startFakeBaidu();
});
afterAll(() => baidu.close());

describe('with PGlite', () => followsBaidu(() => openDatabase()));

describeOnPostgres('with a PostgreSQL server', () => {
  followsBaidu(async () => openDatabase({ url: await createDatabase() }));
});

function followsBaidu(open: () => Promise<Database>): void {
  let database: Database;
  let shop: RunningShop;
  /** another process with the same database */
  let other: RunningShop;

  beforeAll(async () => {
    database = await open();
    const options = { database, baidu: baidu.options, operatorRoutes: true };
    shop = await startShop(options);
    other = await startShop(options);
  });
  afterAll(async () => {
    await shop?.close();
    await other?.close();
    await database?.close();
  });
  beforeEach(async () => {
    baidu.responses = {};
    baidu.calls = [];
    await database.query('UPDATE shop.orders SET run_at = NULL; UPDATE shop.refunds SET run_at = NULL');
  });

  const newOrder = async () => (await shop.order()).data.order.tpOrderId;
  /** Makes an order or a refund due, without or with the time to pay being over. */
  const due = (tpOrderId: string) =>
    database.query(
      `UPDATE shop.orders SET run_at = now() - interval '1 s' WHERE tp_order_id = '${tpOrderId}' AND status IN ('unpaid', 'closed');
       UPDATE shop.refunds SET run_at = now() - interval '1 s' WHERE tp_order_id = '${tpOrderId}' AND status NOT IN ('succeeded', 'failed')`,
    );
  const expire = async (tpOrderId: string, ago = '1 s') => {
    await database.query(
      `UPDATE shop.orders SET expires_at = now() - $2::interval, created_at = now() - interval '31 min' - $2::interval
       WHERE tp_order_id = $1`,
      [tpOrderId, ago],
    );
    await due(tpOrderId);
  };
  const view = async (tpOrderId: string) => (await shop.call<OrderView>(`/shop/orders/${tpOrderId}`)).data;
  const close = (tpOrderId: string) => shop.call(`/shop/orders/${tpOrderId}/close`, { method: 'POST' });
  const refund = (tpOrderId: string) => shop.call(`/shop/orders/${tpOrderId}/refund`, json({}));
  async function rowsOf<Row>(table: 'orders' | 'payments' | 'refunds', tpOrderId: string): Promise<Row[]> {
    return (
      await database.query<Row>(`SELECT * FROM shop.${table} WHERE tp_order_id = $1 ORDER BY created_at`, [
        tpOrderId,
      ])
    ).rows;
  }
  const refundStatuses = async (tpOrderId: string) =>
    (await rowsOf<{ status: string }>('refunds', tpOrderId)).map(({ status }) => status);
  const paidOrder = async () => {
    const tpOrderId = await newOrder();
    await shop.notify(paid({ tpOrderId, totalAmount: 100 }));
    return tpOrderId;
  };
  const called = (name: string) => baidu.calls.filter(call => call.name === name);

  it('an order that has not expired is paid when the clock of Baidu is an hour ahead', async () => {
    const tpOrderId = await newOrder();
    const ahead = String(Math.floor(Date.now() / 1000) + 3600);
    expect((await shop.notify(paid({ tpOrderId, totalAmount: 100 }, { payTime: ahead }))).data).toEqual({
      isConsumed: 2,
    });
    expect(await shop.status(tpOrderId)).toBe('paid');
  });

  describe('an expired order', () => {
    it('is paid when Baidu reports it as paid and no notification came', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: order(2) };
      await shop.runDueJobs();
      expect(await view(tpOrderId)).toMatchObject({ status: 'paid' });
      expect(called('cancelOrder')).toEqual([]);
    });

    it('is paid when its notification comes late but the payment was made in time', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: refusal(10003) };
      await shop.runDueJobs();
      const early = String(Math.floor(Date.now() / 1000) - 60);
      expect((await shop.notify(paid({ tpOrderId, totalAmount: 100 }, { payTime: early }))).data).toEqual({
        isConsumed: 2,
      });
      expect(await shop.status(tpOrderId)).toBe('paid');
    });

    it('is closed and its payment returned when it was made too late', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId, '10 min');
      const late = paid({ tpOrderId, totalAmount: 100 }, { payTime: nowInSeconds() });
      expect((await shop.notify(late)).data).toEqual({ isConsumed: 2, isErrorOrder: 1 });
      expect(await view(tpOrderId)).toMatchObject({
        status: 'closed',
        note: '付款时订单已关闭，款项将原路退回',
      });
    });

    it('is closed at Baidu first when it is unpaid there', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: order(1), cancelOrder: () => success(true) };
      await shop.runDueJobs();
      expect(await view(tpOrderId)).toMatchObject({ status: 'closed', note: '超过支付时间，订单已关闭' });
      expect(await rowsOf('orders', tpOrderId)).toMatchObject([{ run_at: null }]);
    });

    it.each([
      ['an internal error', refusal(10003)],
      ['a service that does not exist', refusal(60008)],
      ['10002 about something else', refusal(10002)],
      [
        '10002 about the user of the order',
        () => ({ errno: 10002, msg: '系统错误: 订单用户不存在', data: null }),
      ],
      ['too many requests', refusal(5010003)],
      ['a status on no list', order(7 as 1)],
      ['no JSON', down],
      ['a page of a gateway', () => ({ error_code: 4, error_msg: 'limit' })],
      ['another order', ({ tpOrderId }: Params) => order(1)({ tpOrderId: `${tpOrderId}1` })],
    ])('stays open when Baidu responds with %s', async (_what, answer) => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: answer };
      await shop.runDueJobs();
      expect(await shop.status(tpOrderId)).toBe('unpaid');
      expect((await close(tpOrderId)).status).toBe(502);
      expect(await shop.status(tpOrderId)).toBe('unpaid');
      expect(called('cancelOrder')).toEqual([]);
      expect((await rowsOf<{ run_at: Date }>('orders', tpOrderId))[0]?.run_at).not.toBeNull();
    });

    it('stays open when Baidu reports the payment of another order for it', async () => {
      const [first, tpOrderId] = [await newOrder(), await newOrder()];
      const params = paid({ tpOrderId: first, totalAmount: 100 });
      await shop.notify(params);
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: order(2, { orderId: params.orderId }) };
      await shop.runDueJobs();
      expect((await close(tpOrderId)).status).toBe(502);
      expect(await shop.status(tpOrderId)).toBe('unpaid');
    });

    it('stays open when Baidu does not close it', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      // Neither an error nor a success: the order was simply not closed.
      baidu.responses = { findByTpOrderId: order(1), cancelOrder: () => success(false) };
      await shop.runDueJobs();
      expect(await close(tpOrderId)).toMatchObject({ status: 502, msg: '百度收银台未接受请求' });
      expect(await shop.status(tpOrderId)).toBe('unpaid');
    });

    it('is checked again after it was closed when Baidu had never seen it', async () => {
      const tpOrderId = await newOrder();
      await expire(tpOrderId);
      await shop.runDueJobs();
      expect(await shop.status(tpOrderId)).toBe('closed');
      baidu.responses = {
        findByTpOrderId: order(2),
        applyOrderRefund: accepted,
        findOrderRefund: () => success([]),
      };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await rowsOf('payments', tpOrderId)).toMatchObject([
        { status: 'rejected', reject_reason: 'closed', source: 'query' },
      ]);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
      expect(called('applyOrderRefund')).toMatchObject([{ params: { tpOrderId, refundType: '3' } }]);
      expect(await view(tpOrderId)).toMatchObject({
        status: 'closed',
        note: '付款时订单已关闭，款项将原路退回',
      });
    });

    it('is returned with its final status and no orderInfo when POST /orders is repeated', async () => {
      const key = { 'Idempotency-Key': `expired-${Math.random()}` };
      const { tpOrderId } = (await shop.order(undefined, key)).data.order;
      await expire(tpOrderId);
      baidu.responses = { findByTpOrderId: refusal(10003) };
      expect(await shop.order(undefined, key)).toMatchObject({ status: 503, errno: 50300 });
      expect(await shop.call(`/shop/orders/${tpOrderId}/pay`)).toMatchObject({ status: 503 });
      baidu.responses = { findByTpOrderId: order(1), cancelOrder: () => success(true) };
      const { data } = await shop.order(undefined, key);
      expect(data).toMatchObject({ order: { tpOrderId, status: 'closed', totalAmount: 100 } });
      expect(data.orderInfo).toBeUndefined();
    });
  });

  describe('a payment to be returned', () => {
    const secondPayment = async (changes: Params = {}) => {
      const tpOrderId = await paidOrder();
      const params = paid({ tpOrderId, totalAmount: 100 }, changes);
      expect((await shop.notify(params)).data.isErrorOrder).toBe(1);
      return { tpOrderId, params, orderId: params.orderId as string };
    };

    it('is refunded when the reply to its notification was lost', async () => {
      const { tpOrderId, params } = await secondPayment();
      baidu.responses = {
        findByTpOrderId: order(2),
        findOrderRefund: () => success([]),
        applyOrderRefund: accepted,
      };
      await due(tpOrderId);
      await shop.runDueJobs();
      // From now on a refund returns it, so the reply must not do it as well.
      expect((await shop.notify(params)).data).toEqual({ isConsumed: 2 });
      await shop.runDueJobs();
      expect(called('applyOrderRefund')).toMatchObject([{ params: { orderId: params.orderId } }]);
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
      expect(await shop.status(tpOrderId)).toBe('paid');
    });

    it('is refunded when Baidu answers null for no refunds', async () => {
      const { tpOrderId, orderId } = await secondPayment();
      baidu.responses = {
        findByTpOrderId: order(2),
        findOrderRefund: () => success(null),
        applyOrderRefund: accepted,
      };
      await due(tpOrderId);
      await shop.runDueJobs();
      await shop.runDueJobs();
      expect(called('applyOrderRefund')).toMatchObject([{ params: { orderId } }]);
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
    });

    it('is not refunded when Baidu lists it as returned', async () => {
      const { tpOrderId, orderId } = await secondPayment();
      baidu.responses = {
        findByTpOrderId: order(2),
        findOrderRefund: () =>
          success([{ bizRefundBatchId: '', refundBatchId: 5, orderId, refundStatus: 2 }]),
      };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['succeeded']);
      expect(called('applyOrderRefund')).toEqual([]);
    });

    describe('that another user made', () => {
      /** Refunds of the second payer; Baidu lists them under that user alone. */
      const listedForOther =
        (...refunds: Record<string, unknown>[]) =>
        ({ userId }: Params) =>
          success(userId === '2002' ? refunds : []);

      it('is not refunded when Baidu lists it as returned under that user', async () => {
        const { tpOrderId, orderId } = await secondPayment({ userId: '2002' });
        baidu.responses = {
          findByTpOrderId: order(2),
          findOrderRefund: listedForOther({
            bizRefundBatchId: '',
            refundBatchId: 5,
            orderId,
            refundStatus: 2,
            userId: 2002,
          }),
        };
        await due(tpOrderId);
        await shop.runDueJobs();
        expect(await refundStatuses(tpOrderId)).toEqual(['succeeded']);
        expect(called('applyOrderRefund')).toEqual([]);
      });

      it('is refunded once when the answer to the first application was lost', async () => {
        const { tpOrderId } = await secondPayment({ userId: '2002' });
        await database.query(`UPDATE shop.refunds SET status = 'requested' WHERE tp_order_id = $1`, [
          tpOrderId,
        ]);
        let number = '';
        baidu.responses = {
          applyOrderRefund(params) {
            number = params.bizRefundBatchId ?? '';
            return down();
          },
        };
        await due(tpOrderId);
        await shop.runDueJobs();
        baidu.responses.findOrderRefund = params =>
          listedForOther({ bizRefundBatchId: number, refundBatchId: 78, refundStatus: 2, userId: 2002 })(
            params,
          );
        await due(tpOrderId);
        await shop.runDueJobs();
        expect(called('applyOrderRefund')).toMatchObject([{ params: { userId: '2002' } }]);
        expect(await refundStatuses(tpOrderId)).toEqual(['succeeded']);
      });

      it('gets its result when Baidu lists the refunds of both users to each of them', async () => {
        const { tpOrderId, orderId } = await secondPayment({ userId: '2002' });
        const [accepted] = await rowsOf<{ order_id: string; user_id: string }>('payments', tpOrderId);
        await database.query(`UPDATE shop.refunds SET status = 'requested' WHERE tp_order_id = $1`, [
          tpOrderId,
        ]);
        const listed: Record<string, unknown>[] = [
          { bizRefundBatchId: 'R1', refundBatchId: 79, refundStatus: 1, ...accepted },
        ].map(({ order_id, user_id, ...item }) => ({ ...item, orderId: order_id, userId: user_id }));
        baidu.responses = {
          findOrderRefund: () => success(listed),
          applyOrderRefund({ bizRefundBatchId, userId }) {
            listed.push({ bizRefundBatchId, refundBatchId: 80, orderId, userId, refundStatus: 2 });
            return success({ refundBatchId: '80', refundPayMoney: 100 });
          },
        };
        for (let run = 0; run < 2; run++) {
          await due(tpOrderId);
          await shop.runDueJobs();
        }
        expect(await refundStatuses(tpOrderId)).toEqual(['succeeded']);
      });

      it('waits when Baidu answers for the first user but not for that one', async () => {
        const { tpOrderId } = await secondPayment({ userId: '2002' });
        baidu.responses = {
          findByTpOrderId: order(2),
          findOrderRefund: ({ userId }) => (userId === '2002' ? refusal(10003)() : success([])),
        };
        await due(tpOrderId);
        await shop.runDueJobs();
        expect(await refundStatuses(tpOrderId)).toEqual(['return-requested']);
      });
    });

    it('waits when Baidu cannot say whether it was returned', async () => {
      const { tpOrderId } = await secondPayment();
      baidu.responses = { findByTpOrderId: refusal(10003), findOrderRefund: () => success([]) };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['return-requested']);
    });

    it('has succeeded when Baidu refuses the refund because the reply had returned it after all', async () => {
      const { tpOrderId, orderId } = await secondPayment();
      await database.query(`UPDATE shop.refunds SET status = 'requested' WHERE tp_order_id = $1`, [
        tpOrderId,
      ]);
      const returned = (refundStatus: number) => () =>
        success([{ bizRefundBatchId: '', refundBatchId: 5, orderId, refundStatus }]);
      baidu.responses = { applyOrderRefund: refusal(10002), findOrderRefund: returned(1) };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['requested']);
      baidu.responses.findOrderRefund = returned(2);
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['succeeded']);
    });

    it('is tried again with a new number when its refund fails or is refused', async () => {
      const { tpOrderId } = await secondPayment();
      await database.query(`UPDATE shop.refunds SET status = 'requested' WHERE tp_order_id = $1`, [
        tpOrderId,
      ]);
      baidu.responses = { applyOrderRefund: refusal(10002), findOrderRefund: () => success([]) };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['refused', 'requested']);
      let number = '';
      baidu.responses = {
        applyOrderRefund: params => {
          number = params.bizRefundBatchId as string;
          return accepted(params);
        },
        findOrderRefund: () =>
          success([
            {
              bizRefundBatchId: number,
              refundBatchId: number.slice(-12).replace(/\D/g, ''),
              refundStatus: 3,
            },
          ]),
      };
      await database.query(
        `UPDATE shop.refunds SET run_at = now() WHERE tp_order_id = $1 AND status IN ('requested', 'accepted')`,
        [tpOrderId],
      );
      await shop.runDueJobs();
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['refused', 'failed', 'requested']);
    });
  });

  describe('a refund', () => {
    const listed =
      (refundStatus: 1 | 2 | 3) =>
      ({ tpOrderId = '' }: Params) =>
        success([{ bizRefundBatchId: numbers.get(tpOrderId), refundBatchId: '77', refundStatus }]);
    const numbers = new Map<string, string>();
    beforeEach(() => numbers.clear());
    const remember = ({ tpOrderId = '', bizRefundBatchId = '' }: Params) =>
      numbers.set(tpOrderId, bizRefundBatchId);

    it.each([5010003, 10003, 60008, 1000, 77])(
      'is not refused finally when Baidu responds with %s',
      async errno => {
        const tpOrderId = await paidOrder();
        baidu.responses = { applyOrderRefund: refusal(errno), findOrderRefund: () => success([]) };
        expect(await refund(tpOrderId)).toMatchObject({ status: 200, data: { status: 'refunding' } });
        baidu.responses = { applyOrderRefund: accepted, findOrderRefund: () => success([]) };
        await due(tpOrderId);
        await shop.runDueJobs();
        expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
      },
    );

    it('is applied for once when two processes find it due', async () => {
      const tpOrderId = await paidOrder();
      baidu.responses = { applyOrderRefund: down };
      await refund(tpOrderId);
      baidu.calls = [];
      baidu.responses = { applyOrderRefund: accepted, findOrderRefund: () => success([]) };
      await due(tpOrderId);
      await Promise.all([shop.runDueJobs(), other.runDueJobs(), shop.runDueJobs(), other.runDueJobs()]);
      expect(called('applyOrderRefund')).toHaveLength(1);
    });

    it('is accepted when a later attempt was refused before the acceptance of the earlier one arrived', async () => {
      const tpOrderId = await paidOrder();
      let accept = () => undefined as void;
      const late = new Promise<void>(resolve => (accept = resolve));
      let attempts = 0;
      baidu.responses = {
        findOrderRefund: () => success([]),
        async applyOrderRefund(params) {
          if (attempts++ > 0) return { errno: 10002, msg: 'bizRefundBatchId used', data: null };
          await late;
          return accepted(params);
        },
      };
      const first = refund(tpOrderId);
      await waitFor(() => attempts > 0);
      await due(tpOrderId);
      await other.runDueJobs();
      expect(await refundStatuses(tpOrderId)).toEqual(['refused']);
      accept();
      expect(await first).toMatchObject({ status: 200, data: { status: 'refunding' } });
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
    });

    it('keeps its acceptance when an earlier attempt is refused afterwards', async () => {
      const tpOrderId = await paidOrder();
      let refuse = () => undefined as void;
      const late = new Promise<void>(resolve => (refuse = resolve));
      let attempts = 0;
      baidu.responses = {
        findOrderRefund: () => success([]),
        async applyOrderRefund(params) {
          if (attempts++ > 0) return accepted(params);
          await late;
          return { errno: 10002, msg: 'refused', data: null };
        },
      };
      const first = refund(tpOrderId);
      await waitFor(() => attempts > 0);
      await due(tpOrderId);
      await other.runDueJobs();
      refuse();
      expect((await first).status).toBe(200);
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
    });

    it('is accepted when Baidu lists it although it refused the request', async () => {
      const tpOrderId = await paidOrder();
      baidu.responses = {
        applyOrderRefund(params) {
          remember(params);
          return { errno: 10002, msg: 'refused', data: null };
        },
        findOrderRefund: listed(1),
      };
      expect((await refund(tpOrderId)).status).toBe(200);
      expect(await refundStatuses(tpOrderId)).toEqual(['accepted']);
    });

    it('gets its result when the notification comes before the acceptance', async () => {
      const tpOrderId = await paidOrder();
      const [payment] = await rowsOf<{ order_id: string }>('payments', tpOrderId);
      baidu.responses = {
        applyOrderRefund(params) {
          remember(params);
          return down();
        },
        findOrderRefund: listed(2),
      };
      expect(await refund(tpOrderId)).toMatchObject({ data: { status: 'refunding' } });
      await database.query(`UPDATE shop.refunds SET run_at = now() + interval '1 h' WHERE tp_order_id = $1`, [
        tpOrderId,
      ]);
      const notice = signNotification(
        { orderId: payment?.order_id ?? '', userId: '1', tpOrderId, refundBatchId: '77', refundStatus: '1' },
        platformKeys.privateKey,
      );
      expect((await shop.call('/shop/notify/refund', form(notice))).errno).toBe(0);
      await other.runDueJobs();
      expect(await view(tpOrderId)).toMatchObject({ status: 'refunded', refundedAmount: 100 });
    });

    it('waits for the userId when the query that found the payment has none', async () => {
      const tpOrderId = await newOrder();
      baidu.responses = { findByTpOrderId: order(2, { userId: undefined }) };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(await refund(tpOrderId)).toMatchObject({ status: 200, data: { status: 'refunding' } });
      expect(called('applyOrderRefund')).toEqual([]);
      baidu.responses = {
        findByTpOrderId: order(2),
        applyOrderRefund: accepted,
        findOrderRefund: () => success([]),
      };
      await due(tpOrderId);
      await shop.runDueJobs();
      expect(called('applyOrderRefund')).toMatchObject([{ params: { userId: '149235070' } }]);
    });
  });

  describe('the worker', () => {
    it('reaches the newest order when all others fail', async () => {
      const orders: string[] = [];
      while (orders.length < 25) orders.push(await newOrder());
      const newest = orders.at(-1) ?? '';
      for (const tpOrderId of orders) await expire(tpOrderId);
      baidu.responses = {
        findByTpOrderId: params => (params.tpOrderId === newest ? order(2)(params) : down()),
      };
      for (let round = 0; round < 3; round++) await shop.runDueJobs();
      expect(await shop.status(newest)).toBe('paid');
    });

    it('checks an order less and less often, and no more when it is paid', async () => {
      const tpOrderId = await newOrder();
      const wait = async () => {
        await due(tpOrderId);
        await shop.runDueJobs();
        const { rows } = await database.query<{ minutes: number }>(
          `SELECT round(extract(epoch FROM run_at - now()) / 60)::int8 AS minutes FROM shop.orders WHERE tp_order_id = $1`,
          [tpOrderId],
        );
        return rows[0]?.minutes;
      };
      await database.query(
        `UPDATE shop.orders SET created_at = now() - interval '8 min' WHERE tp_order_id = $1`,
        [tpOrderId],
      );
      expect(await wait()).toBe(8);
      await expire(tpOrderId);
      expect(await wait()).toBe(31);
      await database.query(
        `UPDATE shop.orders SET created_at = now() - interval '8 days' WHERE tp_order_id = $1`,
        [tpOrderId],
      );
      expect(await wait()).toBeNull();
    });
  });

  describe('GET /_reconcile', () => {
    const DAY = '2031-05-06';
    const reconcile = async (after = '') =>
      (await shop.call<Reconciliation>(`/shop/_reconcile?day=${DAY}&after=${after}`)).data;

    it('compares all orders of the day in pages, and lists what it could not check, when there are many', async () => {
      await database.query(
        `INSERT INTO shop.orders (tp_order_id, request_hash, title, lines, fees, discounts, total_amount, created_at, expires_at)
         SELECT 'many-' || lpad(n::text, 4, '0'), '', 't', '[]', '[]', '[]', 100, '2031-05-05 16:00Z', '2031-05-05 17:00Z'
         FROM generate_series(1, 230) n`,
      );
      baidu.responses = {
        findByTpOrderId: params => {
          if (params.tpOrderId === 'many-0150') return order(2)(params);
          return params.tpOrderId === 'many-0220' ? refusal(10003)() : undefined;
        },
      };
      const pages = [await reconcile()];
      for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await reconcile(next));
      expect(pages.map(({ compared }) => compared)).toEqual([100, 100, 29]);
      expect(pages.flatMap(({ differences }) => differences)).toMatchObject([
        { tpOrderId: 'many-0150', what: 'paid-only-at-baidu' },
        { tpOrderId: 'many-0220', what: 'not-checked' },
      ]);
      await database.query(`DELETE FROM shop.orders WHERE tp_order_id LIKE 'many-%'`);
    });

    it('compares the refunds of each user when two have paid one order', async () => {
      const tpOrderId = await paidOrder();
      const second = paid({ tpOrderId, totalAmount: 100 }, { userId: '2002' });
      await shop.notify(second);
      await database.query(
        `UPDATE shop.payments SET paid_at = '2031-05-06 12:00Z' WHERE tp_order_id = '${tpOrderId}';
         UPDATE shop.refunds SET status = 'succeeded' WHERE tp_order_id = '${tpOrderId}'`,
      );
      const [first] = await rowsOf<{ order_id: string }>('payments', tpOrderId);
      const returned = { bizRefundBatchId: '', refundBatchId: 5, orderId: second.orderId, refundStatus: 2 };
      baidu.responses = {
        findByTpOrderId: order(2, { orderId: first?.order_id }),
        findOrderRefund: ({ userId }) => success(userId === '2002' ? [returned] : []),
      };
      expect((await reconcile()).differences).toEqual([]);
      baidu.responses.findOrderRefund = ({ userId }) => (userId === '2002' ? refusal(10003)() : success([]));
      expect((await reconcile()).differences).toMatchObject([{ tpOrderId, what: 'not-checked' }]);
      // Both lists hold it: Baidu may not separate them by user.
      baidu.responses.findOrderRefund = () => success([returned]);
      expect((await reconcile()).differences).toEqual([]);
      await database.query(`UPDATE shop.payments SET paid_at = NULL WHERE tp_order_id = $1`, [tpOrderId]);
    });

    it('does not say that a payment is missing when Baidu answers about another payment of the order', async () => {
      const tpOrderId = await paidOrder();
      const second = paid({ tpOrderId, totalAmount: 100 });
      await shop.notify(second);
      await database.query(
        `UPDATE shop.payments SET paid_at = '2031-05-06 12:00Z' WHERE tp_order_id = '${tpOrderId}';
         UPDATE shop.refunds SET status = 'succeeded' WHERE tp_order_id = '${tpOrderId}'`,
      );
      const [returned] = await rowsOf<{ biz_refund_batch_id: string }>('refunds', tpOrderId);
      baidu.responses = {
        findByTpOrderId: order(2, { orderId: second.orderId }),
        findOrderRefund: () =>
          success([{ bizRefundBatchId: returned?.biz_refund_batch_id, refundBatchId: 5, refundStatus: 2 }]),
      };
      expect((await reconcile()).differences).toMatchObject([
        { tpOrderId, what: 'not-checked', baidu: `answers about order ${second.orderId}` },
      ]);
      await database.query(`UPDATE shop.payments SET paid_at = NULL WHERE tp_order_id = $1`, [tpOrderId]);
    });

    it('finds an order on the day of its payment and of its refund when it was made on another', async () => {
      const [paidThen, refundedThen] = [await paidOrder(), await paidOrder()];
      await refund(refundedThen);
      await database.query(`UPDATE shop.payments SET paid_at = '2031-05-06 15:59Z' WHERE tp_order_id = $1`, [
        paidThen,
      ]);
      await database.query(
        `UPDATE shop.refunds SET updated_at = '2031-05-05 16:00Z' WHERE tp_order_id = $1`,
        [refundedThen],
      );
      baidu.responses = { findByTpOrderId: order(1), findOrderRefund: () => success([]) };
      const { differences } = await reconcile();
      expect(differences.map(({ tpOrderId, what }) => `${tpOrderId} ${what}`).sort()).toEqual(
        [
          `${paidThen} paid-only-here`,
          `${refundedThen} paid-only-here`,
          `${refundedThen} refund-only-here`,
        ].sort(),
      );
    });
  });
}
