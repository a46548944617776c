import { verifyOrderInfo } from '../../merchant';
import type { OrderView } from '../../demo/shop';
import { form, json } from '../../scripts/requests';
import { merchantKeys, paid, startShop, type Created, type RunningShop } from '../../scripts/running-shop';

jest.setTimeout(60_000);

let shop: RunningShop;
let now = Date.UTC(2026, 10, 23, 8);

beforeAll(async () => {
  shop = await startShop({ clock: () => now, orderLifetime: 60_000 });
});
afterAll(() => shop.close());

const TWO_CUPS = [{ sku: 'cup', quantity: 2 }];

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

describe('the shelf', () => {
  it('shows eight products with whole fen and a picture each', async () => {
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

  it('quotes a cart with delivery and coupon, and stores nothing', async () => {
    const before = await rows();
    const cart = { items: [{ sku: 'white-tea', quantity: 1 }], coupon: 'hello' };
    const { data } = await shop.call<OrderView>('/shop/quote', json(cart));
    expect(data).toMatchObject({
      lines: [{ title: '老白茶小饼', unitAmount: 6800, quantity: 1, amount: 6800 }],
      fees: [{ title: '运费', amount: 600 }],
      discounts: [{ title: '新客立减', amount: 200 }],
      totalAmount: 7200,
      status: 'unpaid',
      serverTime: now,
    });
    expect(data.tpOrderId).toBeUndefined();
    expect(await rows()).toEqual(before);
  });

  it('charges no delivery for what is picked up, nor above the limit', async () => {
    const fees = async (sku: string, quantity: number) =>
      (await shop.call<OrderView>('/shop/quote', json({ items: [{ sku, quantity }] }))).data.fees;
    expect(await fees('postcard', 1)).toEqual([]);
    expect(await fees('cup', 1)).toEqual([{ title: '运费', amount: 0 }]);
    expect(await fees('pine-smoke', 1)).toEqual([{ title: '运费', amount: 600 }]);
  });
});

describe('an order', () => {
  it('is signed by the merchant for the price of the catalogue', async () => {
    const { data } = await shop.order(TWO_CUPS);
    expect(data.order).toMatchObject({ totalAmount: 25800, status: 'unpaid', expiresAt: now + 60_000 });
    expect(addsUp(data.order)).toBe(true);
    expect(data.orderInfo).toMatchObject({
      totalAmount: '25800',
      tpOrderId: data.order.tpOrderId,
      dealTitle: '青瓷品茗杯 等 2 件',
      signFieldsRange: '1',
    });
    expect(verifyOrderInfo(data.orderInfo, merchantKeys.publicKey)).toBe(true);
  });

  it('is the same order for the same key and cart, however many requests come at once', async () => {
    const key = { 'Idempotency-Key': 'same-cart' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => shop.order(TWO_CUPS, key)));
    const [first] = answers;
    expect(new Set(answers.map(({ data }) => data.order.tpOrderId)).size).toBe(1);
    expect(answers.every(({ data }) => data.orderInfo.rsaSign === first?.data.orderInfo.rsaSign)).toBe(true);
  });

  it('is refused for the same key with another cart, or from another shopper', async () => {
    const key = { 'Idempotency-Key': 'one-cart' };
    await shop.order(TWO_CUPS, key);
    const before = await rows();
    const other = await shop.order([{ sku: 'cup', quantity: 3 }], key);
    expect(other).toMatchObject({ status: 409, data: { field: 'Idempotency-Key' } });
    const stranger = await shop.order(TWO_CUPS, { ...key, 'X-Shopper': 'somebody-else' });
    expect(stranger.status).toBe(409);
    expect(await rows()).toEqual(before);
  });

  it('tells a repeated request how the order stands now', async () => {
    const key = { 'Idempotency-Key': 'present-status' };
    const { data } = await shop.order(TWO_CUPS, key);
    await shop.notify(paid(data.order));
    expect((await shop.order(TWO_CUPS, key)).data.order.status).toBe('paid');

    const late = { 'Idempotency-Key': 'present-status-late' };
    await shop.order(TWO_CUPS, late);
    now += 60_000;
    expect((await shop.order(TWO_CUPS, late)).data.order.status).toBe('closed');
  });

  it('is a new one each time without a key', async () => {
    const [first, second] = [await shop.order(), await shop.order()];
    expect(first.data.order.tpOrderId).not.toBe(second.data.order.tpOrderId);
  });

  it('appears in the list of its shopper, newest first, and in nobody else’s', async () => {
    const mine = { 'X-Shopper': 'shopper-1' };
    const first = await shop.order(TWO_CUPS, mine);
    now += 1;
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

  it('closes when its time is over, and says so', async () => {
    const { data } = await shop.order();
    const { tpOrderId } = data.order;
    expect(await shop.status(tpOrderId)).toBe('unpaid');
    now += 60_000;
    expect(await shop.status(tpOrderId)).toBe('closed');
    const view = await shop.call<OrderView>(`/shop/orders/${tpOrderId}`);
    expect(view.data).toMatchObject({ status: 'closed', note: '超过支付时间，订单已关闭' });
  });
});

describe('a request that is wrong', () => {
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
  ])('names the field: %s', async (_name, body, field) => {
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
  ])('gets an envelope: %s', async (_name, init, status, errno) => {
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
    ['an address that cannot be decoded', '/shop/orders/%zz', 400, 40000],
  ])('gets an envelope: %s', async (_name, path, status, errno) => {
    expect(await shop.call(path)).toMatchObject({ status, errno, data: { reason: expect.any(String) } });
  });

  it('is told what only a person can settle, in words for the person', async () => {
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
    expect(words.map(({ msg }) => msg.split('：')[0])).toEqual([
      '商品已售罄',
      '优惠码不存在',
      '未达到优惠码使用金额',
      '价格有变化，请重新确认',
    ]);
  });
});

describe('a payment notification', () => {
  let order: Created['order'];
  beforeEach(async () => {
    order = (await shop.order(TWO_CUPS)).data.order;
  });

  const kept = async (orderId: string) =>
    (
      await shop.database.query(
        'SELECT tp_order_id, user_id, total_money, returned_because FROM shop.payments WHERE order_id = $1',
        [orderId],
      )
    ).rows;

  it('makes the order paid and keeps what a refund will need', async () => {
    const params = paid(order);
    expect(await shop.notify(params)).toMatchObject({ status: 200, errno: 0, data: { isConsumed: 2 } });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
    expect(await kept(params.orderId ?? '')).toEqual([
      { tp_order_id: order.tpOrderId, user_id: '149235070', total_money: 25800, returned_because: null },
    ]);
  });

  it('counts once, however often and at once it comes', async () => {
    const params = paid(order);
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.notify(params)));
    expect(
      answers.every(({ errno, data }) => errno === 0 && data.isConsumed === 2 && !data.isErrorOrder),
    ).toBe(true);
    expect(await kept(params.orderId ?? '')).toHaveLength(1);
  });

  it('keeps a paid order paid for good, after its time is over too', async () => {
    const params = paid(order);
    await shop.notify(params);
    now += 120_000;
    expect(await shop.status(order.tpOrderId)).toBe('paid');
    expect((await shop.notify(params)).data).toEqual({ isConsumed: 2 });
  });

  it('gives back what arrives after closing, and stays with that decision', async () => {
    now += 60_000;
    const params = paid(order);
    expect((await shop.notify(params)).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect((await shop.notify(params)).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    const view = await shop.call<OrderView>(`/shop/orders/${order.tpOrderId}`);
    expect(view.data).toMatchObject({ status: 'closed', note: '付款时订单已关闭，款项将原路退回' });
  });

  it('gives back a second payment of the same order', async () => {
    await shop.notify(paid(order));
    expect((await shop.notify(paid(order))).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
  });

  it.each([
    ['another amount', { totalMoney: '1' }],
    ['a discount that is larger than the price', { payMoney: '-1' }],
  ])('gives back a genuine payment of %s', async (_name, changes) => {
    expect((await shop.notify(paid(order, changes))).data).toEqual({ isErrorOrder: 1, isConsumed: 2 });
    expect(await shop.status(order.tpOrderId)).toBe('unpaid');
  });

  it('counts in full when Baidu paid a part of it as a promotion', async () => {
    expect((await shop.notify(paid(order, { payMoney: '25000', promoMoney: '800' }))).data).toEqual({
      isConsumed: 2,
    });
    expect(await shop.status(order.tpOrderId)).toBe('paid');
  });

  it('gets one and the same answer for everything that is not believed, and changes nothing', async () => {
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

  it('ignores the parameters of the address, and must be a form', async () => {
    const query = await shop.call(`/shop/notify/pay?${new URLSearchParams(paid(order))}`, form({}));
    expect(query.errno).toBe(1);
    expect((await shop.call('/shop/notify/pay', json(paid(order)))).status).toBe(415);
    const large = await shop.notify(paid(order, { returnData: JSON.stringify({ a: 'x'.repeat(66_000) }) }));
    expect(large.status).toBe(413);
    expect(await shop.status(order.tpOrderId)).toBe('unpaid');
  });

  it('belongs to one order only: the same orderId for another order is ignored', async () => {
    const params = paid(order);
    await shop.notify(params);
    const other = (await shop.order(TWO_CUPS)).data.order;
    const stolen = await shop.notify(paid(other, { orderId: params.orderId ?? '' }));
    expect(stolen.errno).toBe(1);
    expect(await shop.status(other.tpOrderId)).toBe('unpaid');
  });
});

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

it('writes facts that nobody can change afterwards', async () => {
  const change = 'UPDATE shop.orders SET total_amount = 1';
  await expect(shop.database.query(change)).rejects.toThrow('only takes new rows');
  await expect(shop.database.query('DELETE FROM shop.payments')).rejects.toThrow('only takes new rows');
});

it('keeps out of the database an order that does not add up', async () => {
  const insert = `INSERT INTO shop.orders VALUES ('x', NULL, NULL, '', 't', '[{"amount":1}]', '[]', '[]', 2, 1, 2)`;
  await expect(shop.database.query(insert)).rejects.toMatchObject({ code: '23514' });
});

it('answers 503 in the envelope while the database is away, and shows nobody why', async () => {
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
