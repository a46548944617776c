import type { OrderView } from '../../demo/shop';
import type { Reconciliation } from '../../demo/shop/reconcile';
import { signNotification } from '../../merchant';
import { form, json } from '../../scripts/support/http';
import { DEAL_ID, paid, platformKeys } from '../../scripts/support/shop-server';
import { waitFor } from '../helpers/wait-for';
import { startShopWithCashier, type ShopWithCashier } from '../helpers/shop-with-cashier';

jest.setTimeout(180_000);

let server: ShopWithCashier;
beforeAll(async () => {
  server = await startShopWithCashier();
});
afterEach(() => server.faults({}));
afterAll(() => server.close());

async function count(sql: string, tpOrderId: string): Promise<number> {
  const { rows } = await server.database.query<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, [
    tpOrderId,
  ]);
  return rows[0]?.n ?? -1;
}
const refundsAtBaidu = (tpOrderId: string) =>
  count('baidu.refunds JOIN baidu.orders USING (order_id) WHERE tp_order_id = $1', tpOrderId);

describe('a refund', () => {
  it('refunds the amount and shows it in the order when the order is paid', async () => {
    const tpOrderId = await server.paidOrder();
    const asked = await server.refund(tpOrderId);
    expect(asked).toMatchObject({
      status: 200,
      data: { status: 'refunding', note: '退款处理中，将原路退回' },
    });
    await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('of the whole order is made once when it is requested many times at once', async () => {
    const tpOrderId = await server.paidOrder();
    const answers = await Promise.all(Array.from({ length: 10 }, () => server.refund(tpOrderId)));
    expect(answers.every(({ errno }) => errno === 0)).toBe(true);
    await server.becomes(tpOrderId, { status: 'refunded' });
    expect((await server.refund(tpOrderId)).data).toMatchObject({ status: 'refunded', refundedAmount: 300 });
    expect(await refundsAtBaidu(tpOrderId)).toBe(1);
  });

  it('leaves the order paid, and the rest refundable, when it is of a part', async () => {
    const tpOrderId = await server.paidOrder();
    expect((await server.refund(tpOrderId, { amount: 100 }, `${tpOrderId}-1`)).errno).toBe(0);
    await server.becomes(tpOrderId, { status: 'paid', refundedAmount: 100, note: '已部分退款' });
    const more = await server.refund(tpOrderId, { amount: 201 }, `${tpOrderId}-2`);
    expect(more).toMatchObject({
      status: 409,
      data: { field: 'amount', reason: '200 fen are left to refund' },
    });
    await server.refund(tpOrderId);
    await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('never refunds more than was paid when many parts are requested at once', async () => {
    const tpOrderId = await server.paidOrder();
    const parts = Array.from({ length: 8 }, (_, n) =>
      server.refund(tpOrderId, { amount: 100 }, `${tpOrderId}-${n}`),
    );
    const answers = await Promise.all(parts);
    expect(answers.filter(({ errno }) => errno === 0)).toHaveLength(3);
    await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('is the same refund when the key is the same, and refused when the amount or the order is another', async () => {
    const [one, two] = [await server.paidOrder(), await server.paidOrder()];
    const key = `${one}-key`;
    await server.refund(one, { amount: 100 }, key);
    expect((await server.refund(one, { amount: 100 }, key)).errno).toBe(0);
    expect(await refundsAtBaidu(one)).toBe(1);
    expect(await server.refund(one, { amount: 200 }, key)).toMatchObject({ status: 409, errno: 40900 });
    expect(await server.refund(two, { amount: 100 }, key)).toMatchObject({ status: 409, errno: 40900 });
  });

  it.each([
    ['yuan', { amount: 1.5 }, 'k', 'amount'],
    ['yuan as text', { amount: '1.00' }, 'k', 'amount'],
    ['nothing', { amount: 0 }, 'k', 'amount'],
    ['a part without a key', { amount: 100 }, undefined, 'Idempotency-Key'],
    ['a reason that is no text', { reason: 5 }, undefined, 'reason'],
    ['an unknown field', { sum: 100 }, undefined, 'sum'],
  ])('names the field when it is wrong: %s', async (_name, body, key, field) => {
    const tpOrderId = await server.paidOrder();
    expect(await server.refund(tpOrderId, body, key)).toMatchObject({ status: 400, data: { field } });
    expect(await refundsAtBaidu(tpOrderId)).toBe(0);
  });

  it('is refused when the order is not paid or not there', async () => {
    const { order } = await server.order();
    expect(await server.refund(order.tpOrderId)).toMatchObject({ status: 409, errno: 40902 });
    expect(await server.refund('nothing-here')).toMatchObject({ status: 404, errno: 40401 });
  });

  it('fails, and can be requested again, when Baidu refuses it finally', async () => {
    const tpOrderId = await server.paidOrder();
    await server.faults({ api: [{ method: 'applyOrderRefund', fault: 'business', code: 10002 }] });
    expect(await server.refund(tpOrderId)).toMatchObject({ status: 502, msg: '百度收银台未接受请求' });
    expect(await server.view(tpOrderId)).toMatchObject({
      status: 'paid',
      note: '上次退款没有成功，可以重新申请',
    });
    expect((await server.refund(tpOrderId)).data.status).toBe('refunding');
    await server.becomes(tpOrderId, { status: 'refunded' });
  });

  it.each([
    ['too many requests', 'business', 5010003],
    ['internal trouble', 'business', 10003],
    ['a number on no list', 'business', 77],
    ['trouble of the gateway', 'gateway', 4],
  ])('is repeated until it succeeds when Baidu has a temporary failure: %s', async (_what, fault, code) => {
    const tpOrderId = await server.paidOrder();
    await server.faults({ api: [{ method: 'applyOrderRefund', fault, code }] });
    expect(await server.refund(tpOrderId)).toMatchObject({ status: 200, data: { status: 'refunding' } });
    await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
    expect(await refundsAtBaidu(tpOrderId)).toBe(1);
  });

  it('leaves the order paid and may be requested again when it fails later', async () => {
    const tpOrderId = await server.paidOrder();
    await server.faults({ refunds: ['fail'] });
    await server.refund(tpOrderId);
    await server.becomes(tpOrderId, { status: 'paid', note: '上次退款没有成功，可以重新申请' });
    await server.refund(tpOrderId);
    await server.becomes(tpOrderId, { status: 'refunded' });
  });

  it.each(['lose-response', 'disconnect', 'http', 'invalid-json'])(
    'is made once when the response of Baidu is lost or broken: %s',
    async fault => {
      const tpOrderId = await server.paidOrder();
      await server.faults({ api: [{ method: 'applyOrderRefund', fault, code: 500 }] });
      expect((await server.refund(tpOrderId)).data.status).toBe('refunding');
      await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
      expect(await refundsAtBaidu(tpOrderId)).toBe(1);
    },
  );

  it('is finished by a query when its notification does not come', async () => {
    const tpOrderId = await server.paidOrder();
    const lost = Array.from({ length: 50 }, () => ({ kind: 'refund', fault: 'timeout' }));
    await server.faults({ notifications: lost });
    await server.refund(tpOrderId);
    await server.becomes(tpOrderId, { status: 'refunded' });
  });
});

describe('a refund notification', () => {
  const refunded = (changes: Record<string, string>) =>
    signNotification(
      { orderId: '1', userId: '149235070', tpOrderId: '', refundBatchId: '7', refundStatus: '1', ...changes },
      platformKeys.privateKey,
    );

  it('gets one response and changes nothing when it is not genuine', async () => {
    const tpOrderId = await server.paidOrder();
    const { rows } = await server.database.query<{ order_id: string }>(
      'SELECT order_id FROM shop.payments WHERE tp_order_id = $1',
      [tpOrderId],
    );
    const genuine = refunded({ orderId: rows[0]?.order_id ?? '' });
    const answers = await Promise.all([
      server.call('/shop/notify/refund', form({ ...genuine, refundStatus: '2' })),
      server.call('/shop/notify/refund', form({})),
      server.call('/shop/notify/refund', form(refunded({ orderId: '12345' }))),
      server.call('/shop/notify/refund', form(paid({ tpOrderId, totalAmount: 300 }, { dealId: DEAL_ID }))),
      server.call('/shop/notify/pay', form(genuine)),
    ]);
    for (const { status, errno, msg, data } of answers) {
      expect({ status, errno, msg, data }).toEqual({ status: 200, errno: 1, msg: 'refused', data: {} });
    }
    expect((await server.view(tpOrderId)).status).toBe('paid');
  });
});

describe('POST /close', () => {
  const close = (tpOrderId: string) =>
    server.call<OrderView>(`/shop/orders/${tpOrderId}/close`, { method: 'POST' });

  it('closes the order once when it is unpaid', async () => {
    const created = await server.order();
    const { tpOrderId } = created.order;
    expect(await close(tpOrderId)).toMatchObject({
      status: 200,
      data: { status: 'closed', note: '订单已取消' },
    });
    expect((await close(tpOrderId)).data.status).toBe('closed');
    expect(await close('nothing-here')).toMatchObject({ status: 404 });
  });

  it('returns a later payment when Baidu had not seen the order', async () => {
    const created = await server.order();
    await close(created.order.tpOrderId);
    await server.pay(created);
    await server.becomes(created.order.tpOrderId, {
      status: 'closed',
      note: '付款时订单已关闭，款项将原路退回',
    });
  });

  it('is refused when the order is paid, also while its notification is on the way', async () => {
    const tpOrderId = await server.paidOrder();
    expect(await close(tpOrderId)).toMatchObject({ status: 409, msg: '订单已支付，不能关闭' });

    await server.faults({ notifications: [{ kind: 'pay', fault: 'timeout' }] });
    const created = await server.order();
    await server.pay(created);
    expect(await close(created.order.tpOrderId)).toMatchObject({ status: 409, errno: 40901 });
    expect((await server.view(created.order.tpOrderId)).status).toBe('paid');
  });

  it('closes nothing when Baidu cannot be reached', async () => {
    const { order } = await server.order();
    const fault = { method: 'findByTpOrderId', fault: 'disconnect' };
    await server.faults({ api: Array(50).fill(fault) });
    expect(await close(order.tpOrderId)).toMatchObject({ status: 502, msg: '暂时无法连接百度收银台' });
    expect((await server.view(order.tpOrderId)).status).toBe('unpaid');
  });
});

describe('POST /query', () => {
  const query = (tpOrderId: string) =>
    server.call<OrderView>(`/shop/orders/${tpOrderId}/query`, { method: 'POST' });

  it('records the payment once when its notification is lost', async () => {
    const lost = Array.from({ length: 50 }, () => ({ kind: 'pay', fault: 'timeout' }));
    await server.faults({ notifications: lost });
    const created = await server.order();
    const { tpOrderId } = created.order;
    expect(await query(tpOrderId)).toMatchObject({ data: { status: 'unpaid', baidu: null } });
    // The worker would find the payment as well.
    await server.database.query('UPDATE shop.orders SET run_at = NULL WHERE tp_order_id = $1', [tpOrderId]);
    await server.pay(created);
    const baidu = { status: 'paid', totalMoney: 300, payMoney: 300 };
    expect((await query(tpOrderId)).data).toMatchObject({ status: 'paid', baidu });
    expect((await query(tpOrderId)).data.status).toBe('paid');
    expect(await count('shop.payments WHERE tp_order_id = $1', tpOrderId)).toBe(1);
  });

  it('responds with 502 when Baidu cannot be reached, and 404 when there is no order', async () => {
    const { order } = await server.order();
    const fault = { method: 'findByTpOrderId', fault: 'http', code: 503 };
    // More than one request meets: the worker asks about this order, too.
    await server.faults({ api: Array(50).fill(fault) });
    expect(await query(order.tpOrderId)).toMatchObject({ status: 502, errno: 50200 });
    await server.faults({});
    expect(await query('nothing-here')).toMatchObject({ status: 404 });
  });
});

describe('the payment of a second user', () => {
  const SECOND_USER = 2002;
  interface Refund {
    status: string;
    biz_refund_batch_id: string;
  }
  const refunds = async (tpOrderId: string) => {
    const sql = `SELECT * FROM shop.refunds WHERE tp_order_id = $1 ORDER BY created_at`;
    return (await server.database.query<Refund>(sql, [tpOrderId])).rows;
  };
  /** Looks at the refunds of an order at once, instead of in some minutes. */
  const checkRefunds = async (tpOrderId: string) => {
    const due = `UPDATE shop.refunds SET run_at = now() WHERE tp_order_id = $1 AND run_at IS NOT NULL`;
    await server.database.query(due, [tpOrderId]);
  };
  const payTwice = async () => {
    const created = await server.order();
    const { tpOrderId } = created.order;
    await server.pay(created);
    await server.becomes(tpOrderId, { status: 'paid' });
    return {
      tpOrderId,
      paySecond: async () => {
        const body = { orderInfo: created.orderInfo, userId: SECOND_USER };
        expect(await server.call('/baidu/_simulate', json(body))).toMatchObject({ data: { charged: true } });
        await waitFor(async () => (await refunds(tpOrderId)).length > 0);
      },
    };
  };
  const payments = (tpOrderId: string) => count('shop.payments WHERE tp_order_id = $1', tpOrderId);

  it.each([
    ['once', []],
    ['two times at once', ['duplicate']],
    ['with a wrong signature first', ['bad-signature', 'duplicate']],
  ])(
    'goes back by the reply, once, and the order stays paid when its notification is sent %s',
    async (_how, faults) => {
      const { tpOrderId, paySecond } = await payTwice();
      await server.faults({
        notifications: faults.map(fault => ({ kind: 'pay', fault })),
      });
      await paySecond();
      await waitFor(async () => (await refundsAtBaidu(tpOrderId)) === 1);
      await checkRefunds(tpOrderId);
      await waitFor(async () => (await refunds(tpOrderId))[0]?.status === 'succeeded');
      expect(await refunds(tpOrderId)).toHaveLength(1);
      expect(await refundsAtBaidu(tpOrderId)).toBe(1);
      expect(await payments(tpOrderId)).toBe(2);
      expect(await server.view(tpOrderId)).toMatchObject({ status: 'paid' });
    },
  );

  it('goes back by one refund when every reply to its notification is lost', async () => {
    const { tpOrderId, paySecond } = await payTwice();
    const never = Array.from({ length: 500 }, () => ({ kind: 'pay', fault: 'timeout' }));
    await server.faults({ notifications: [{ kind: 'pay', fault: 'ignore-response' }, ...never] });
    await paySecond();
    await checkRefunds(tpOrderId);
    await waitFor(async () => (await refunds(tpOrderId))[0]?.status === 'accepted');
    // The repeated notification comes after the refund was applied for, and asks for no other one.
    await server.faults({});
    await waitFor(async () => (await refunds(tpOrderId))[0]?.status === 'succeeded');
    expect(await refundsAtBaidu(tpOrderId)).toBe(1);
    expect(await server.view(tpOrderId)).toMatchObject({ status: 'paid' });
  });

  it('goes back also when the order is refunded to the first user, each once', async () => {
    const { tpOrderId, paySecond } = await payTwice();
    await paySecond();
    await server.refund(tpOrderId);
    await server.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
    await checkRefunds(tpOrderId);
    await waitFor(async () => (await refunds(tpOrderId)).every(({ status }) => status === 'succeeded'));
    expect(await refundsAtBaidu(tpOrderId)).toBe(2);
  });
});

describe('GET /_reconcile', () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const reconcile = async () => {
    const found: Reconciliation = { compared: 0, differences: [], next: '' };
    while (found.next !== null) {
      const page = await server.call<Reconciliation>(`/shop/_reconcile?day=${today}&after=${found.next}`);
      found.compared += page.data.compared;
      found.differences.push(...page.data.differences);
      found.next = page.data.next;
    }
    return found;
  };

  it('lists a difference only when shop and cashier do not agree', async () => {
    const before = await reconcile();
    const names = new Set(before.differences.map(({ tpOrderId }) => tpOrderId));
    const lost = Array.from({ length: 50 }, () => ({ kind: 'pay', fault: 'timeout' }));
    await server.faults({ notifications: lost });
    const created = await server.order();
    const { tpOrderId } = created.order;
    await server.database.query('UPDATE shop.orders SET run_at = NULL WHERE tp_order_id = $1', [tpOrderId]);
    await server.pay(created);
    const { compared, differences } = await reconcile();
    expect(compared).toBe(before.compared + 1);
    const fresh = differences.filter(difference => !names.has(difference.tpOrderId));
    expect(fresh).toMatchObject([{ tpOrderId, what: 'paid-only-at-baidu', here: 'no payment' }]);
  });

  it('lists no difference when the payment of an order was returned or refunded', async () => {
    const closed = await server.order();
    await server.call(`/shop/orders/${closed.order.tpOrderId}/close`, { method: 'POST' });
    await server.pay(closed);
    await server.becomes(closed.order.tpOrderId, { note: '付款时订单已关闭，款项将原路退回' });
    const refunded = await server.paidOrder();
    await server.refund(refunded);
    await server.becomes(refunded, { status: 'refunded' });
    await server.database.query('UPDATE shop.refunds SET run_at = now() WHERE tp_order_id = $1', [
      closed.order.tpOrderId,
    ]);
    await server.runDueJobs();
    await waitFor(async () => (await count(RETURNED, closed.order.tpOrderId)) === 1);
    const names = (await reconcile()).differences.map(({ tpOrderId }) => tpOrderId);
    expect(names).not.toContain(closed.order.tpOrderId);
    expect(names).not.toContain(refunded);
  });

  const RETURNED = "shop.refunds WHERE tp_order_id = $1 AND status = 'succeeded'";

  it('is refused when there is no valid day, and a 404 when operatorRoutes is off', async () => {
    for (const query of ['', '?day=2026-02-30', '?day=2026-13-01', '?day=0000-01-01']) {
      expect((await server.call(`/shop/_reconcile${query}`)).data).toMatchObject({ field: 'day' });
    }
    const other = await startShopWithCashier({
      database: server.database,
      operatorRoutes: false,
      idle: true,
    });
    expect((await other.call('/shop/_reconcile')).status).toBe(404);
    await other.close();
  });
});

it('sample orders are shown, but cannot be paid, when they are requested', async () => {
  const names = (await server.call<string[]>('/shop/samples')).data;
  expect(names).toEqual(expect.arrayContaining(['expired', 'mismatch', 'refund']));
  const sums = async (name: string) => {
    const { lines, fees, discounts, totalAmount, status } = (
      await server.call<OrderView>(`/shop/samples/${name}`)
    ).data;
    const sum = (list: { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);
    return { status, difference: totalAmount - (sum(lines) + sum(fees) - sum(discounts)) };
  };
  expect(await sums('expired')).toEqual({ status: 'closed', difference: 0 });
  expect(await sums('mismatch')).toEqual({ status: 'unpaid', difference: 100 });
  expect(await sums('refund')).toEqual({ status: 'paid', difference: 0 });
  expect(await server.call('/shop/samples/toString')).toMatchObject({ status: 404, errno: 40403 });
  expect(await server.call('/shop/orders/sample-expired')).toMatchObject({ status: 404 });
});

it('the cashier refuses an order when it has expired and the shop closed it', async () => {
  const created = await server.order();
  const { tpOrderId } = created.order;
  // The cashier opens and is left again: from then on Baidu knows the order.
  await server.faults({ payments: [{ outcome: 'cancelled', sheet: false }] });
  await server.call('/baidu/cashier/open', json({ orderInfo: created.orderInfo }));
  await server.database.query(
    'UPDATE shop.orders SET expires_at = now(), run_at = now() WHERE tp_order_id = $1',
    [tpOrderId],
  );
  await server.becomes(tpOrderId, { status: 'closed', note: '超过支付时间，订单已关闭' });
  await expect(server.pay(created)).rejects.toThrow('订单已关闭');
  expect(await count('shop.orders WHERE tp_order_id = $1 AND run_at IS NULL', tpOrderId)).toBe(1);
});
