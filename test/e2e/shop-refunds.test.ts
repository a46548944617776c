import type { OrderView } from '../../demo/shop';
import type { Reconciliation } from '../../demo/shop/reconcile';
import { signNotification } from '../../merchant';
import { form, json } from '../../scripts/requests';
import { DEAL_ID, paid, platformKeys } from '../../scripts/running-shop';
import { eventually } from '../support/eventually';
import { startShopTown, type ShopTown } from './shop-town';

jest.setTimeout(60_000);

let town: ShopTown;
beforeAll(async () => {
  town = await startShopTown({ orderLifetime: 600_000 });
});
afterEach(() => town.faults({}));
afterAll(() => town.close());

async function count(sql: string, tpOrderId: string): Promise<number> {
  const { rows } = await town.database.query<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, [tpOrderId]);
  return rows[0]?.n ?? -1;
}
const refundsAtBaidu = (tpOrderId: string) =>
  count('baidu.refunds JOIN baidu.orders USING (order_id) WHERE tp_order_id = $1', tpOrderId);

describe('a refund', () => {
  it('goes back to the person, and the order says so', async () => {
    const tpOrderId = await town.paidOrder();
    const asked = await town.refund(tpOrderId);
    expect(asked).toMatchObject({
      status: 200,
      data: { status: 'refunding', note: '退款处理中，将原路退回' },
    });
    await town.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('of the whole order is one refund, however often and at once it is asked for', async () => {
    const tpOrderId = await town.paidOrder();
    const answers = await Promise.all(Array.from({ length: 10 }, () => town.refund(tpOrderId)));
    expect(answers.every(({ errno }) => errno === 0)).toBe(true);
    await town.becomes(tpOrderId, { status: 'refunded' });
    expect((await town.refund(tpOrderId)).data).toMatchObject({ status: 'refunded', refundedAmount: 300 });
    expect(await refundsAtBaidu(tpOrderId)).toBe(1);
  });

  it('of a part leaves the order paid; the rest can follow, and no more than the rest', async () => {
    const tpOrderId = await town.paidOrder();
    expect((await town.refund(tpOrderId, { amount: 100 }, `${tpOrderId}-1`)).errno).toBe(0);
    await town.becomes(tpOrderId, { status: 'paid', refundedAmount: 100, note: '已部分退款' });
    const more = await town.refund(tpOrderId, { amount: 201 }, `${tpOrderId}-2`);
    expect(more).toMatchObject({
      status: 409,
      data: { field: 'amount', reason: '200 fen are left to refund' },
    });
    await town.refund(tpOrderId);
    await town.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('never gives back more than was paid, when many parts are asked for at once', async () => {
    const tpOrderId = await town.paidOrder();
    const parts = Array.from({ length: 8 }, (_, n) =>
      town.refund(tpOrderId, { amount: 100 }, `${tpOrderId}-${n}`),
    );
    const answers = await Promise.all(parts);
    expect(answers.filter(({ errno }) => errno === 0)).toHaveLength(3);
    await town.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
  });

  it('with a key is the same refund for the same key, and refused for another amount or order', async () => {
    const [one, two] = [await town.paidOrder(), await town.paidOrder()];
    const key = `${one}-key`;
    await town.refund(one, { amount: 100 }, key);
    expect((await town.refund(one, { amount: 100 }, key)).errno).toBe(0);
    expect(await refundsAtBaidu(one)).toBe(1);
    expect(await town.refund(one, { amount: 200 }, key)).toMatchObject({ status: 409, errno: 40900 });
    expect(await town.refund(two, { amount: 100 }, key)).toMatchObject({ status: 409, errno: 40900 });
  });

  it.each([
    ['yuan', { amount: 1.5 }, 'k', 'amount'],
    ['yuan as text', { amount: '1.00' }, 'k', 'amount'],
    ['nothing', { amount: 0 }, 'k', 'amount'],
    ['a part without a key', { amount: 100 }, undefined, 'Idempotency-Key'],
    ['a reason that is no text', { reason: 5 }, undefined, 'reason'],
    ['an unknown field', { sum: 100 }, undefined, 'sum'],
  ])('names the field: %s', async (_name, body, key, field) => {
    const tpOrderId = await town.paidOrder();
    expect(await town.refund(tpOrderId, body, key)).toMatchObject({ status: 400, data: { field } });
    expect(await refundsAtBaidu(tpOrderId)).toBe(0);
  });

  it('is refused for an order that is not paid or not there', async () => {
    const { order } = await town.order();
    expect(await town.refund(order.tpOrderId)).toMatchObject({ status: 409, errno: 40902 });
    expect(await town.refund('nothing-here')).toMatchObject({ status: 404, errno: 40401 });
  });

  it('that Baidu refuses says so, and may be asked for again', async () => {
    const tpOrderId = await town.paidOrder();
    await town.faults({ api: [{ method: 'applyOrderRefund', fault: 'business', code: 10003 }] });
    expect(await town.refund(tpOrderId)).toMatchObject({ status: 502, msg: '百度收银台未接受请求' });
    expect(await town.view(tpOrderId)).toMatchObject({
      status: 'paid',
      note: '上次退款没有成功，可以重新申请',
    });
    expect((await town.refund(tpOrderId)).data.status).toBe('refunding');
    await town.becomes(tpOrderId, { status: 'refunded' });
  });

  it('that fails later leaves the order paid, and may be asked for again', async () => {
    const tpOrderId = await town.paidOrder();
    await town.faults({ refunds: ['fail'] });
    await town.refund(tpOrderId);
    await town.becomes(tpOrderId, { status: 'paid', note: '上次退款没有成功，可以重新申请' });
    await town.refund(tpOrderId);
    await town.becomes(tpOrderId, { status: 'refunded' });
  });

  it.each(['lose-reply', 'drop', 'http', 'garbage'])(
    'is carried out once when the answer to applying for it goes wrong: %s',
    async fault => {
      const tpOrderId = await town.paidOrder();
      await town.faults({ api: [{ method: 'applyOrderRefund', fault, code: 500 }] });
      expect((await town.refund(tpOrderId)).data.status).toBe('refunding');
      await town.becomes(tpOrderId, { status: 'refunded', refundedAmount: 300 });
      expect(await refundsAtBaidu(tpOrderId)).toBe(1);
    },
  );

  it('is learnt by asking when its notification does not come', async () => {
    const tpOrderId = await town.paidOrder();
    const silence = Array.from({ length: 50 }, () => ({ kind: 'refund', fault: 'drop' }));
    await town.faults({ notifications: silence });
    await town.refund(tpOrderId);
    await town.becomes(tpOrderId, { status: 'refunded' });
    expect(await count("shop.refund_notices WHERE source = 'asked' AND $1 <> ''", tpOrderId)).toBe(1);
  });
});

describe('a refund notification', () => {
  const refunded = (changes: Record<string, string>) =>
    signNotification(
      { orderId: '1', userId: '149235070', tpOrderId: '', refundBatchId: '7', refundStatus: '1', ...changes },
      platformKeys.privateKey,
    );

  it('that is not believed gets one and the same answer, and changes nothing', async () => {
    const tpOrderId = await town.paidOrder();
    const { rows } = await town.database.query<{ order_id: string }>(
      'SELECT order_id FROM shop.payments WHERE tp_order_id = $1',
      [tpOrderId],
    );
    const genuine = refunded({ orderId: rows[0]?.order_id ?? '' });
    const answers = await Promise.all([
      town.call('/shop/notify/refund', form({ ...genuine, refundStatus: '2' })),
      town.call('/shop/notify/refund', form({})),
      town.call('/shop/notify/refund', form(refunded({ orderId: '12345' }))),
      town.call('/shop/notify/refund', form(paid({ tpOrderId, totalAmount: 300 }, { dealId: DEAL_ID }))),
      town.call('/shop/notify/pay', form(genuine)),
    ]);
    for (const { status, errno, msg, data } of answers) {
      expect({ status, errno, msg, data }).toEqual({ status: 200, errno: 1, msg: 'refused', data: {} });
    }
    expect((await town.view(tpOrderId)).status).toBe('paid');
  });
});

describe('closing', () => {
  const close = (tpOrderId: string) =>
    town.call<OrderView>(`/shop/orders/${tpOrderId}/close`, { method: 'POST' });

  it('closes an order here and at Baidu, and again changes nothing', async () => {
    const created = await town.order();
    const { tpOrderId } = created.order;
    expect(await close(tpOrderId)).toMatchObject({
      status: 200,
      data: { status: 'closed', note: '订单已取消' },
    });
    expect((await close(tpOrderId)).data.status).toBe('closed');
    expect(await close('nothing-here')).toMatchObject({ status: 404 });
  });

  it('gives back a payment of an order that was closed before the cashier ever saw it', async () => {
    const created = await town.order();
    await close(created.order.tpOrderId);
    await town.pay(created);
    await town.becomes(created.order.tpOrderId, {
      status: 'closed',
      note: '付款时订单已关闭，款项将原路退回',
    });
  });

  it('is refused for a paid order, also while its notification is on the way', async () => {
    const tpOrderId = await town.paidOrder();
    expect(await close(tpOrderId)).toMatchObject({ status: 409, msg: '订单已支付，不能关闭' });

    await town.faults({ notifications: [{ kind: 'pay', fault: 'drop' }] });
    const created = await town.order();
    await town.pay(created);
    expect(await close(created.order.tpOrderId)).toMatchObject({ status: 409, errno: 40901 });
    expect((await town.view(created.order.tpOrderId)).status).toBe('paid');
  });

  it('says when Baidu cannot be reached, and closes nothing', async () => {
    const { order } = await town.order();
    const fault = { method: 'findByTpOrderId', fault: 'drop' };
    await town.faults({ api: [fault, fault, fault] });
    expect(await close(order.tpOrderId)).toMatchObject({ status: 502, msg: '暂时无法连接百度收银台' });
    expect((await town.view(order.tpOrderId)).status).toBe('unpaid');
  });
});

describe('asking Baidu', () => {
  const query = (tpOrderId: string) => town.call<OrderView>(`/shop/orders/${tpOrderId}/query`);

  it('finds a payment whose notification is lost, once', async () => {
    const lost = Array.from({ length: 50 }, () => ({ kind: 'pay', fault: 'drop' }));
    await town.faults({ notifications: lost });
    const created = await town.order();
    const { tpOrderId } = created.order;
    expect(await query(tpOrderId)).toMatchObject({ data: { status: 'unpaid', baidu: null } });
    await town.pay(created);
    const baidu = { status: 'paid', totalMoney: 300, payMoney: 300 };
    expect((await query(tpOrderId)).data).toMatchObject({ status: 'paid', baidu });
    expect((await query(tpOrderId)).data.status).toBe('paid');
    expect(await count('shop.payments WHERE tp_order_id = $1', tpOrderId)).toBe(1);
  });

  it('says when Baidu cannot be reached or the order is not there', async () => {
    const { order } = await town.order();
    const fault = { method: 'findByTpOrderId', fault: 'http', code: 503 };
    await town.faults({ api: [fault, fault, fault] });
    expect(await query(order.tpOrderId)).toMatchObject({ status: 502, errno: 50200 });
    expect(await query('nothing-here')).toMatchObject({ status: 404 });
  });
});

describe('reconciling', () => {
  const reconcile = async () => (await town.call<Reconciliation>('/shop/_reconcile')).data;

  it('finds nothing where the books agree, and names what they do not agree on', async () => {
    const agreed = await reconcile();
    const names = new Set(agreed.differences.map(({ tpOrderId }) => tpOrderId));
    const lost = Array.from({ length: 50 }, () => ({ kind: 'pay', fault: 'drop' }));
    await town.faults({ notifications: lost });
    const created = await town.order();
    const { tpOrderId } = created.order;
    await town.pay(created);
    const { compared, differences } = await reconcile();
    expect(compared).toBe(agreed.compared + 1);
    const fresh = differences.filter(difference => !names.has(difference.tpOrderId));
    expect(fresh).toMatchObject([{ tpOrderId, what: 'paid-only-at-baidu', here: 'no payment' }]);
  });

  it('is for the operator only', async () => {
    const closedTown = await startShopTown({ operatorRoutes: false, idle: true });
    expect((await closedTown.call('/shop/_reconcile')).status).toBe(404);
    await closedTown.close();
  });
});

it('shows orders that are hard to come by, none of which can be paid', async () => {
  const names = (await town.call<string[]>('/shop/samples')).data;
  expect(names).toEqual(expect.arrayContaining(['expired', 'mismatch', 'refund']));
  const sums = async (name: string) => {
    const { lines, fees, discounts, totalAmount, status } = (
      await town.call<OrderView>(`/shop/samples/${name}`)
    ).data;
    const sum = (list: { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);
    return { status, difference: totalAmount - (sum(lines) + sum(fees) - sum(discounts)) };
  };
  expect(await sums('expired')).toEqual({ status: 'closed', difference: 0 });
  expect(await sums('mismatch')).toEqual({ status: 'unpaid', difference: 100 });
  expect(await sums('refund')).toEqual({ status: 'paid', difference: 0 });
  expect(await town.call('/shop/samples/toString')).toMatchObject({ status: 404, errno: 40403 });
  expect(await town.call('/shop/orders/sample-expired')).toMatchObject({ status: 404 });
});

it('closes at Baidu what has expired here, so that the cashier refuses it', async () => {
  const short = await startShopTown({ orderLifetime: 400, settings: { notifyRetryLimit: 1 } });
  const created = await short.order();
  const { tpOrderId } = created.order;
  // The cashier opens and is left again: from then on Baidu knows the order.
  await short.faults({ payments: [{ outcome: 'cancelled', sheet: false }] });
  await short.call('/baidu/cashier/open', json({ orderInfo: created.orderInfo }));
  await short.becomes(tpOrderId, { status: 'closed' });
  const closed = 'SELECT outcome FROM shop.closings_at_baidu WHERE tp_order_id = $1';
  await eventually(async () => (await short.database.query(closed, [tpOrderId])).rows[0]);
  await expect(short.pay(created)).rejects.toThrow('订单已关闭');
  expect((await short.view(tpOrderId)).status).toBe('closed');
  await short.close();
});
