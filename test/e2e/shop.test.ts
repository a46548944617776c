import type { KeyObject } from 'node:crypto';
import { verifyOrderInfo } from '../../merchant';
import type { OrderView } from '../../demo/shop';
import { form, json } from '../../scripts/support/http';
import { requirePglite } from '../helpers/pglite';
import {
  merchantKeys,
  paid,
  startShop,
  type Created,
  type RunningShop,
} from '../../scripts/support/shop-server';

requirePglite();
jest.setTimeout(180_000);

let shop: RunningShop;

beforeAll(async () => {
  shop = await startShop({ orderLifetime: 60_000 });
});
afterAll(() => shop.close());

const TWO_CUPS = [{ sku: 'cup', quantity: 2 }];

/** As the worker does once the time to pay is over and Baidu has been asked. */
async function close(tpOrderId: string): Promise<void> {
  const sql = `UPDATE shop.orders SET status = 'closed', close_reason = 'expired' WHERE tp_order_id = $1`;
  await shop.database.query(sql, [tpOrderId]);
}

async function rows(): Promise<unknown> {
  const { rows } = await shop.database.query(
    'SELECT (SELECT count(*) FROM shop.orders) AS orders, (SELECT count(*) FROM shop.payments) AS payments',
  );
  return rows[0];
}

function addsUp({ lines, fees, discounts, totalAmount }: OrderView): boolean {
  const sum = (list: { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);
  return sum(lines) + sum(fees) - sum(discounts) === totalAmount;
}

describe('the catalog', () => {
  it('lists eight products with whole fen and an image each', async () => {
    const { data } =
      await shop.call<{ sku: string; unitAmount: number; thumbnail: string }[]>('/shop/products');
    expect(data).toHaveLength(8);
    for (const product of data) {
      expect(Number.isSafeInteger(product.unitAmount)).toBe(true);
      expect(product.thumbnail).toBe(`http://127.0.0.1:8790/shop/pictures/${product.sku}.svg`);
      const picture = await fetch(`${shop.origin}/shop/pictures/${product.sku}.svg`);
      expect(picture.headers.get('content-type')).toContain('image/svg+xml');
      expect(await picture.text()).toContain('stroke-width');
    }
    expect(data.filter(({ unitAmount }) => unitAmount < 1000).length).toBeGreaterThanOrEqual(3);
  });

  it('quotes a cart and stores nothing when it has delivery and a coupon', async () => {
    const before = await rows();
    const cart = { items: [{ sku: 'white-tea', quantity: 1 }], coupon: 'hello' };
    const { data } = await shop.call<OrderView>('/shop/quote', json(cart));
    expect(data).toMatchObject({
      lines: [{ title: '老白茶小饼', unitAmount: 6800, quantity: 1, amount: 6800 }],
      fees: [{ title: '运费', amount: 600 }],
      discounts: [{ title: '新客立减', amount: 200 }],
      totalAmount: 7200,
      status: 'unpaid',
      serverTime: expect.any(Number),
    });
    expect(data.tpOrderId).toBeUndefined();
    expect(await rows()).toEqual(before);
  });

  it('charges no delivery when all is picked up, or above the limit', async () => {
    const fees = async (sku: string, quantity: number) =>
      (await shop.call<OrderView>('/shop/quote', json({ items: [{ sku, quantity }] }))).data.fees;
    expect(await fees('postcard', 1)).toEqual([]);
    expect(await fees('cup', 1)).toEqual([{ title: '运费', amount: 0 }]);
    expect(await fees('pine-smoke', 1)).toEqual([{ title: '运费', amount: 600 }]);
  });
});

describe('an order', () => {
  it('is signed by the merchant for the price of the catalog when it is created', async () => {
    const { data } = await shop.order(TWO_CUPS);
    expect(data.order).toMatchObject({ totalAmount: 25800, status: 'unpaid' });
    expect(data.order.expiresAt - data.order.createdAt).toBe(60_000);
    expect(addsUp(data.order)).toBe(true);
    expect(data.orderInfo).toMatchObject({
      totalAmount: '25800',
      tpOrderId: data.order.tpOrderId,
      dealTitle: '青瓷品茗杯 等 2 件',
      signFieldsRange: '1',
    });
    expect(verifyOrderInfo(data.orderInfo, merchantKeys.publicKey)).toBe(true);
  });

  it('is the same order when 12 requests with one key and cart come at once', async () => {
    const key = { 'Idempotency-Key': 'same-cart' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => shop.order(TWO_CUPS, key)));
    const [first] = answers;
    expect(new Set(answers.map(({ data }) => data.order.tpOrderId)).size).toBe(1);
    expect(answers.every(({ data }) => data.orderInfo.rsaSign === first?.data.orderInfo.rsaSign)).toBe(true);
  });

  it('is refused when its key was used with another cart or by another shopper', async () => {
    const key = { 'Idempotency-Key': 'one-cart' };
    await shop.order(TWO_CUPS, key);
    const before = await rows();
    const other = await shop.order([{ sku: 'cup', quantity: 3 }], key);
    expect(other).toMatchObject({ status: 409, data: { field: 'Idempotency-Key' } });
    const stranger = await shop.order(TWO_CUPS, { ...key, 'X-Shopper': 'somebody-else' });
    expect(stranger.status).toBe(409);
    expect(await rows()).toEqual(before);
  });

  it('is returned with its status and no orderInfo when it is paid or closed', async () => {
    const key = { 'Idempotency-Key': 'present-status' };
    const { data } = await shop.order(TWO_CUPS, key);
    await shop.notify(paid(data.order));
    const { tpOrderId } = data.order;
    const again = (await shop.order(TWO_CUPS, key)).data;
    expect(again.order).toMatchObject({ tpOrderId, status: 'paid', totalAmount: 25800 });
    expect(again.orderInfo).toBeUndefined();

    const other = { 'Idempotency-Key': 'present-status-closed' };
    await close((await shop.order(TWO_CUPS, other)).data.order.tpOrderId);
    const closed = (await shop.order(TWO_CUPS, other)).data;
    expect(closed.order).toMatchObject({ status: 'closed', note: '超过支付时间，订单已关闭' });
    expect(closed.orderInfo).toBeUndefined();
  });

  it('has its orderInfo at /pay when it is unpaid', async () => {
    const { data } = await shop.order(TWO_CUPS);
    const path = `/shop/orders/${data.order.tpOrderId}/pay`;
    expect((await shop.call<Created>(path)).data.orderInfo).toEqual(data.orderInfo);
    await shop.notify(paid(data.order));
    expect((await shop.call<Created>(path)).data).toMatchObject({ order: { status: 'paid' } });
    expect((await shop.call<Created>(path)).data.orderInfo).toBeUndefined();
    expect(await shop.call('/shop/orders/none/pay')).toMatchObject({ status: 404 });
  });

  it('is a new one each time when there is no key', async () => {
    const [first, second] = [await shop.order(), await shop.order()];
    expect(first.data.order.tpOrderId).not.toBe(second.data.order.tpOrderId);
  });

  it('appears only in the list of its shopper, newest first, when it is created', async () => {
    const mine = { 'X-Shopper': 'shopper-1' };
    const first = await shop.order(TWO_CUPS, mine);
    const second = await shop.order(undefined, mine);
    const list = await shop.call<OrderView[]>('/shop/orders?shopper=shopper-1');
    expect(list.data.map(({ tpOrderId }) => tpOrderId)).toEqual([
      second.data.order.tpOrderId,
      first.data.order.tpOrderId,
    ]);
    expect((await shop.call('/shop/orders', { headers: { 'X-Shopper': 'shopper-2' } })).data).toEqual([]);
    expect((await shop.call(`/shop/orders/${first.data.order.tpOrderId}`)).data).toMatchObject({
      tpOrderId: first.data.order.tpOrderId,
      totalAmount: 25800,
    });
  });
});

describe('an invalid request', () => {
  const item = { sku: 'cup', quantity: 1 };
  it.each([
    ['no items', {}, 'items'],
    ['an empty cart', { items: [] }, 'items'],
    ['too many lines', { items: Array(21).fill(item) }, 'items'],
    ['an item that is no object', { items: ['cup'] }, 'items[0]'],
    ['an unknown product', { items: [{ sku: '__proto__x', quantity: 1 }] }, 'items[0].sku'],
    ['no product', { items: [item, { quantity: 1 }] }, 'items[1].sku'],
    ['a quantity of 0', { items: [{ sku: 'cup', quantity: 0 }] }, 'items[0].quantity'],
    ['half a cup', { items: [{ sku: 'cup', quantity: 0.5 }] }, 'items[0].quantity'],
    ['a quantity as text', { items: [{ sku: 'cup', quantity: '1' }] }, 'items[0].quantity'],
    ['a hundred of them', { items: [{ sku: 'cup', quantity: 100 }] }, 'items[0].quantity'],
    ['a price of its own', { items: [{ ...item, unitAmount: 1 }] }, 'items[0].unitAmount'],
    ['an unknown field', { items: [item], price: 1 }, 'price'],
    ['an amount in yuan', { items: [item], totalAmount: 129.5 }, 'totalAmount'],
    ['an amount as text', { items: [item], totalAmount: '129.00' }, 'totalAmount'],
    ['a coupon that is no text', { items: [item], coupon: 5 }, 'coupon'],
    ['a body that is a list', [item], 'body'],
  ])('gets an error with the field when it has %s', async (_name, body, field) => {
    const before = await rows();
    const answer = await shop.call('/shop/orders', json(body));
    expect(answer).toMatchObject({ status: 400, errno: 40000, data: { field } });
    expect(answer.msg).toContain(field);
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['text that is no JSON', json('{"items":'), 400, 40001],
    ['a prototype', json('{"__proto__":{"items":[]}}'), 400, 40001],
    ['an empty body', json(''), 400, 40001],
    ['a form', form({ items: '1' }), 415, 41500],
    ['more than 64 KiB', json({ items: 'x'.repeat(66_000) }), 413, 41300],
  ])('gets its error in the envelope when it is %s', async (_name, init, status, errno) => {
    expect(await shop.call('/shop/orders', init)).toMatchObject({ status, errno });
  });

  it.each([
    ['an unknown route', '/shop/nothing', 404, 40400],
    ['an unknown order', '/shop/orders/20261123000000', 404, 40401],
    ['an unknown order’s status', '/shop/orders/status?tpOrderId=1', 404, 40401],
    ['a number with a NUL', '/shop/orders/status?tpOrderId=%00', 404, 40401],
    ['no number', '/shop/orders/status', 400, 40000],
    ['two numbers', '/shop/orders/status?tpOrderId=1&tpOrderId=2', 400, 40000],
    ['a list without a shopper', '/shop/orders', 400, 40000],
    ['a shopper that is no token', '/shop/orders?shopper=%00', 400, 40000],
    ['an unknown picture', '/shop/pictures/none.svg', 404, 40402],
  ])('gets its error in the envelope when its address has %s', async (_name, path, status, errno) => {
    expect(await shop.call(path)).toMatchObject({ status, errno, data: { reason: expect.any(String) } });
  });

  it('gets a message for the user when only the user can correct it', async () => {
    const refused = async (body: unknown) => {
      const { status, errno, msg } = await shop.call('/shop/orders', json(body));
      return { status, errno, msg };
    };
    const words = await Promise.all([
      refused({ items: [{ sku: 'kettle', quantity: 1 }] }),
      refused({ items: [item], coupon: 'NOPE' }),
      refused({ items: [{ sku: 'postcard', quantity: 1 }], coupon: 'HELLO' }),
      refused({ items: [item], totalAmount: 12800 }),
    ]);
    expect(words.every(({ status, errno, msg }) => status === 200 && errno > 0 && msg.length <= 28)).toBe(
      true,
    );
    expect(words.map(({ msg }) => msg)).toEqual([
      '商品已售罄',
      '优惠码不存在',
      '未达到优惠码使用金额',
      '价格有变化，请重新确认',
    ]);
  });
});

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('a payment notification', () => {
  let order: Created['order'];
  beforeEach(async () => {
    order = (await shop.order(TWO_CUPS)).data.order;
  });

  const kept = async (orderId: string) =>
    (
      await shop.database.query(
        'SELECT tp_order_id, user_id, total_money, status FROM shop.payments WHERE order_id = $1',
        [orderId],
      )
    ).rows;

  it('makes the order paid and keeps what a refund needs when it is genuine', async () => {
    const params = paid(order);
    expect(await shop.notify(params)).toMatchObject({ status: 200, errno: 0, data: { isConsumed: 2 } });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
    expect(await kept(params.orderId ?? '')).toEqual([
      { tp_order_id: order.tpOrderId, user_id: '149235070', total_money: 25800, status: 'accepted' },
    ]);
  });

  it('counts once when it comes 20 times at once', async () => {
    const params = paid(order);
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.notify(params)));
    expect(
      answers.every(({ errno, data }) => errno === 0 && data.isConsumed === 2 && !data.isErrorOrder),
    ).toBe(true);
    expect(await kept(params.orderId ?? '')).toHaveLength(1);
  });

  it('is returned by the reply when the order is closed, also when it is repeated', async () => {
    await close(order.tpOrderId);
    const params = paid(order);
    expect((await shop.notify(params)).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect((await shop.notify(params)).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    const view = await shop.call<OrderView>(`/shop/orders/${order.tpOrderId}`);
    expect(view.data).toMatchObject({ status: 'closed', note: '付款时订单已关闭，款项将原路退回' });
  });

  it('is returned when the order was paid before', async () => {
    await shop.notify(paid(order));
    expect((await shop.notify(paid(order))).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
  });

  it.each([
    ['another amount', { totalMoney: '1' }],
    ['a discount that is larger than the price', { payMoney: '-1' }],
  ])('is returned when it is of %s', async (_name, changes) => {
    expect((await shop.notify(paid(order, changes))).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect(await shop.status(order.tpOrderId)).toBe('unpaid');
  });

  it('counts in full when Baidu paid a part of it as a promotion', async () => {
    expect((await shop.notify(paid(order, { payMoney: '25000', promoMoney: '800' }))).data).toEqual({
      isConsumed: 2,
    });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
  });

  it('gets one response and changes nothing when it is not genuine', async () => {
    const genuine = paid(order);
    const { rsaSign: _, ...unsigned } = genuine;
    const other = (await shop.order()).data.order;
    const before = await rows();
    const refused = await Promise.all([
      shop.notify({ ...genuine, totalMoney: '1' }),
      shop.notify({ ...genuine, tpOrderId: other.tpOrderId }),
      shop.notify({ ...genuine, more: '1' }),
      shop.notify({ ...genuine, rsaSign: 'AAAA' }),
      shop.notify(unsigned),
      shop.notify({}),
      shop.notify(paid({ tpOrderId: 'not-ours', totalAmount: 1 })),
      shop.notify(paid(order, { dealId: '1' })),
      shop.notify(paid(order, { status: '1' })),
      shop.notify(paid(order, { returnData: `x&totalMoney=${order.totalAmount}` })),
      shop.call('/shop/notify/pay', {
        ...form({}),
        body: `${new URLSearchParams(genuine)}&status=2`,
        headers: FORM,
      }),
    ]);
    for (const { status, errno, msg, data } of refused) {
      expect({ status, errno, msg, data }).toEqual({ status: 200, errno: 1, msg: 'refused', data: {} });
    }
    expect(await rows()).toEqual(before);
    expect(await shop.status(order.tpOrderId)).toBe('unpaid');
  });

  it('is refused when its parameters are in the address or it is no form', async () => {
    const query = await shop.call(`/shop/notify/pay?${new URLSearchParams(paid(order))}`, form({}));
    expect(query.errno).toBe(1);
    expect((await shop.call('/shop/notify/pay', json(paid(order)))).status).toBe(415);
    const large = await shop.notify(paid(order, { returnData: JSON.stringify({ a: 'x'.repeat(66_000) }) }));
    expect(large.status).toBe(413);
    expect(await shop.status(order.tpOrderId)).toBe('unpaid');
  });

  it.each([
    ['another Content-Type', { 'Content-Type': 'text/plain' }, 'Content-Type "text/plain"'],
    ['no Content-Type', {}, 'Content-Type is missing'],
    ['the Origin of a page', { ...FORM, Origin: 'https://evil.example' }, 'evil.example'],
  ])('is named in the log when it is refused for %s', async (_what, headers, words) => {
    shop.lines.length = 0;
    const body = new Blob([String(new URLSearchParams(paid(order)))]);
    const answer = await shop.call('/shop/notify/pay', { method: 'POST', headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(shop.lines).toEqual([expect.stringMatching(/^POST \/shop\/notify\/pay refused before .*/)]);
    expect(shop.lines[0]).toContain(words);
  });

  it('is ignored when its orderId has paid another order', async () => {
    const params = paid(order);
    await shop.notify(params);
    const other = (await shop.order(TWO_CUPS)).data.order;
    const stolen = await shop.notify(paid(other, { orderId: params.orderId ?? '' }));
    expect(stolen.errno).toBe(1);
    expect(await shop.status(other.tpOrderId)).toBe('unpaid');
    expect(shop.lines.at(-1)).toBe(
      `payment notification of ${params.orderId} ignored: it names order ${other.tpOrderId}, and this orderId has paid order ${order.tpOrderId}`,
    );
  });
});

describe('a request that changes something', () => {
  const post = (path: string, headers: Record<string, string>) =>
    shop.call(path, { method: 'POST', headers });

  it.each([
    ['another site', 'https://evil.example', 403],
    ['a page without a site', 'null', 403],
    ['the same host on another port', 'http://127.0.0.1:1', 403],
    ['its own host', '', 409],
  ])('is refused unless a page of its own host sends it (%s)', async (_what, origin, status) => {
    const { data } = await shop.order();
    await shop.notify(paid(data.order));
    const headers = { Origin: origin || shop.origin };
    const path = `/shop/orders/${data.order.tpOrderId}`;
    expect((await post(`${path}/close`, headers)).status).toBe(status);
    const orders = await shop.call('/shop/orders', json({ items: TWO_CUPS }, headers));
    expect(orders.status).toBe(status === 403 ? 403 : 200);
    expect((await shop.call(path, { headers })).status).toBe(200);
  });

  it.each(['close', 'refund', 'query'])(
    "is refused when the order is another shopper's: %s",
    async action => {
      const { data } = await shop.order(undefined, { 'X-Shopper': 'me' });
      const path = `/shop/orders/${data.order.tpOrderId}/${action}`;
      expect(await post(path, {})).toMatchObject({ status: 403, errno: 40300 });
      expect(await post(path, { 'X-Shopper': 'you' })).toMatchObject({ status: 403 });
      expect((await post(path, { 'X-Shopper': 'me' })).status).not.toBe(403);
    },
  );

  it('is allowed by the authorize hook when the shop has one', async () => {
    const asked: unknown[] = [];
    const strict = await startShop({
      database: shop.database,
      allowedOrigins: ['https://shop.example'],
      authorize: async (request, order) => {
        asked.push(order);
        return request.headers.authorization === 'Bearer staff';
      },
    });
    const { data } = await strict.order(undefined, { 'X-Shopper': 'me' });
    const path = `/shop/orders/${data.order.tpOrderId}/refund`;
    const refund = (headers: Record<string, string>) => strict.call(path, json({}, headers));
    expect((await refund({ 'X-Shopper': 'me' })).status).toBe(403);
    expect((await refund({ Authorization: 'Bearer staff', Origin: 'https://shop.example' })).status).toBe(
      409,
    );
    expect(asked).toEqual(Array(2).fill({ tpOrderId: data.order.tpOrderId, shopper: 'me' }));
    await strict.close();
  });
});

it('the shop answers 503 in the envelope without the cause when the database is away', async () => {
  const alone = await startShop();
  const { data } = await alone.order();
  await alone.database.close();
  const answers = [
    await alone.order(),
    await alone.call(`/shop/orders/${data.order.tpOrderId}`),
    await alone.notify(paid(data.order)),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, errno: 50300, msg: '服务繁忙，请稍后再试', data: {} });
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  await alone.close();
});

it.each([
  ["the merchant's", merchantKeys.publicKey, /^platformPublicKey is .*平台公钥/],
  ['missing', undefined as unknown as KeyObject, /^No public key was given/],
])(
  'the shop does not start when the key of the platform is %s',
  async (_which, platformPublicKey, message) => {
    const { database } = shop;
    await expect(startShop({ database, platformPublicKey })).rejects.toThrow(message);
  },
);
