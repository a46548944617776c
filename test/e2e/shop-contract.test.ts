import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { readCart } from '../../demo/shop/cart';
import { ERRORS, ShopError, type ErrorName } from '../../demo/shop/errors';
import type { OrderView as ShopOrder } from '../../demo/shop';
import { form, json } from '../../scripts/support/http';
import { paid, startShop, type RunningShop } from '../../scripts/support/shop-server';
import { readInterface } from '../../scripts/docs/source';
import type { OrderView } from '../../utils/order/order-view';

jest.setTimeout(180_000);

interface Operation {
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
}
interface Contract {
  info: { description: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, Operation['responses'][string]>;
    schemas: Record<string, { properties?: Record<string, { enum?: string[] }>; required?: string[] }>;
  };
}

const contract = parse(readFileSync(join(__dirname, '../../docs/openapi.yaml'), 'utf8')) as Contract;
// OpenAPI adds words of its own to JSON Schema.
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'contract', ...contract });

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

/** Sends a request and holds the answer against the contract; an answer the contract does not name fails. */
async function answer(path: string, method: string, url: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(shop.origin + url, { ...init, method: method.toUpperCase() });
  const body: unknown = await response.json();
  const described = contract.paths[path]?.[method]?.responses[String(response.status)];
  const pointer = described?.$ref
    ? `${described.$ref}/content/application~1json/schema`
    : `#/paths/${path.replace(/\//g, '~1')}/${method}/responses/${response.status}/content/application~1json/schema`;
  if (!described)
    throw new Error(`${method} ${url}: ${response.status} is not in the contract: ${JSON.stringify(body)}`);
  const valid = ajv.validate({ $ref: `contract${encodeURI(pointer)}` }, body);
  if (!valid) throw new Error(`${method} ${url}: ${ajv.errorsText()}: ${JSON.stringify(body)}`);
  return response.status;
}

const orders = (init: RequestInit) => answer('/shop/orders', 'post', '/shop/orders', init);
const status = (query: string) => answer('/shop/orders/status', 'get', `/shop/orders/status${query}`);
const order = (tpOrderId: string) => answer('/shop/orders/{tpOrderId}', 'get', `/shop/orders/${tpOrderId}`);
const pay = (tpOrderId: string) =>
  answer('/shop/orders/{tpOrderId}/pay', 'get', `/shop/orders/${tpOrderId}/pay`);
const notify = (init: RequestInit) => answer('/shop/notify/pay', 'post', '/shop/notify/pay', init);

const allows = (schema: string, value: unknown): boolean =>
  ajv.validate({ $ref: `contract#/components/schemas/${schema}` }, value);

/** What only other routes than these answer. */
const ELSEWHERE: ErrorName[] = [
  ...(['ROUTE_NOT_FOUND', 'PICTURE_NOT_FOUND', 'SAMPLE_NOT_FOUND', 'ALREADY_PAID'] as const),
  ...(['NOT_REFUNDABLE', 'REFUND_TOO_LARGE', 'BAIDU_UNREACHABLE', 'BAIDU_REFUSED'] as const),
];

it('lists every errno of its routes with its HTTP status, and no other', () => {
  const rows = [...contract.info.description.matchAll(/^\| (\d+) \| (\d+) \|/gm)];
  const here = (Object.keys(ERRORS) as ErrorName[])
    .filter(name => !ELSEWHERE.includes(name))
    .map(name => `${ERRORS[name].errno} ${ERRORS[name].status}`);
  expect(rows.map(([, errno, http]) => `${errno} ${http}`).sort()).toEqual(['0 200', ...here].sort());
  const answered = Object.values(contract.paths).flatMap(path =>
    Object.values(path).flatMap(({ responses }) => Object.keys(responses)),
  );
  expect(new Set(rows.map(([, , http]) => http))).toEqual(new Set(answered));
});

it.each([
  ['OrderView', 'utils/order/order-view.ts'],
  ['OrderLine', 'utils/order/order-view.ts'],
  ['OrderCharge', 'utils/order/order-view.ts'],
  ['OrderDetail', 'utils/order/order-view.ts'],
  ['OrderInfo', 'utils/order/order-info.ts'],
])('describes %s as %s declares it', (name, file) => {
  const fields = readInterface(join(__dirname, '../..', file), name);
  const { properties = {}, required = [] } = contract.components.schemas[name] ?? {};
  expect(Object.keys(properties).sort()).toEqual(fields.map(field => field.name).sort());
  const needed = fields.filter(({ optional }) => !optional).map(field => field.name);
  expect([...required].sort()).toEqual(needed.sort());
});

it('lists the statuses of order-summary', () => {
  const known: Record<OrderView['status'], true> = {
    unpaid: true,
    paying: true,
    paid: true,
    closed: true,
    refunding: true,
    refunded: true,
  };
  expect(contract.components.schemas.OrderView?.properties?.status?.enum).toEqual(Object.keys(known));
});

it('allows the example order of the order-summary page', () => {
  const page = readFileSync(join(__dirname, '../../components/order-summary/README.md'), 'utf8');
  const [example = ''] = page.match(/\{\s*"tpOrderId"[^]*?(?=\n```)/) ?? [];
  expect(allows('OrderView', JSON.parse(example))).toBe(true);
  expect(allows('OrderView', { ...JSON.parse(example), details: [{ title: '收货人' }] })).toBe(false);
});

/** The compiler says whether an order of the shop is one that order-summary shows. */
const asShown = (order: ShopOrder): OrderView => order;

it('allows an orderInfo alone or beside its order, in both spellings of the envelope', async () => {
  const { orderInfo, order } = (await shop.order()).data;
  const { rsaSign, ...unsigned } = orderInfo;
  const allowed = (answer: object): boolean => allows('CreatedEnvelope', answer);
  expect(rsaSign).toMatch(/./);
  expect(allows('OrderView', asShown(order))).toBe(true);
  expect(allowed({ errno: 0, msg: 'success', data: orderInfo })).toBe(true);
  expect(allowed({ code: 0, message: 'success', data: { orderInfo } })).toBe(true);
  expect(allowed({ errno: 0, data: { orderInfo, order: { status: 'paid' } } })).toBe(true);
  expect(allowed({ errno: 0, data: { orderInfo, order } })).toBe(true);
  for (const data of [
    undefined,
    {},
    unsigned,
    { orderInfo: unsigned },
    { orderInfo, order: { status: 2 } },
  ]) {
    expect([data, allowed({ errno: 0, data })]).toEqual([data, false]);
  }
  expect(allowed({ errno: 1, data: orderInfo })).toBe(false);
  expect(allowed({ data: orderInfo })).toBe(false);
});

it('describes the responses of the running shop', async () => {
  const cart = { items: [{ sku: 'cup', quantity: 1 }], coupon: 'TEA90' };
  const key = { 'Idempotency-Key': 'contract' };
  expect(await orders(json(cart, key))).toBe(200);
  expect(await orders(json({ ...cart, coupon: null }, key))).toBe(409);
  expect(await orders(json({ ...cart, coupon: 'NONE' }))).toBe(200);
  expect(await orders(json('{'))).toBe(400);
  expect(await orders(form({}))).toBe(415);
  expect(await orders(json('x'.repeat(70_000)))).toBe(413);
  const elsewhere = { Origin: 'https://elsewhere.example' };
  expect(await orders(json(cart, elsewhere))).toBe(403);

  const { data } = await shop.order();
  const { tpOrderId } = data.order;
  expect(await status(`?tpOrderId=${tpOrderId}`)).toBe(200);
  expect(await status('')).toBe(400);
  expect(await status('?tpOrderId=none')).toBe(404);
  expect(await order(tpOrderId)).toBe(200);
  expect(await pay(tpOrderId)).toBe(200);
  expect(await notify({ ...form(paid(data.order)), headers: elsewhere })).toBe(403);
  expect(await notify(form(paid(data.order)))).toBe(200);
  expect(await order(tpOrderId)).toBe(200);
  expect(await order('none')).toBe(404);
  expect(await pay(tpOrderId)).toBe(200);
  expect(await pay('none')).toBe(404);
  expect(await notify(form(paid(data.order)))).toBe(200);
  expect(await notify(form({ a: 'b' }))).toBe(200);
  expect(await notify(json({}))).toBe(415);
});

async function rowCounts(): Promise<unknown> {
  const { rows } = await shop.database.query(`SELECT (SELECT count(*) FROM shop.orders) AS orders,
    (SELECT count(*) FROM shop.orders WHERE status <> 'unpaid') AS changed,
    (SELECT count(*) FROM shop.payments) AS payments, (SELECT count(*) FROM shop.refunds) AS refunds`);
  return rows[0];
}

const item = fc.record(
  {
    sku: fc.oneof(fc.constantFrom('cup', 'kettle', 'postcard'), fc.string()),
    quantity: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.double(), fc.string()),
    price: fc.integer(),
  },
  { requiredKeys: [] },
);
const cart = fc.record(
  {
    items: fc.oneof(fc.array(item, { maxLength: 3 }), fc.jsonValue()),
    coupon: fc.oneof(fc.constantFrom('HELLO', 'TEA90'), fc.jsonValue()),
    totalAmount: fc.oneof(fc.integer(), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const sound = fc.record({
  items: fc.array(
    fc.record({ sku: fc.constantFrom('cup', 'jasmine'), quantity: fc.integer({ min: 1, max: 99 }) }),
    { minLength: 1, maxLength: 20 },
  ),
  coupon: fc.constantFrom('', 'HELLO', 'TEA90'),
});

const takes = (cart: unknown): boolean => {
  try {
    return !!readCart(cart);
  } catch (error) {
    if (error instanceof ShopError) return false;
    throw error;
  }
};

/** Carts at the borders of what is taken. */
const cup = { sku: 'cup', quantity: 1 };
const CARTS = [
  { items: [cup] },
  { items: Array(20).fill(cup), coupon: null, totalAmount: null },
  { items: [{ sku: 'no such thing', quantity: 99 }], coupon: '', totalAmount: 1 },
  { items: [cup], coupon: 'ANY', totalAmount: Number.MAX_SAFE_INTEGER },
  { items: [{ ...cup, quantity: 2.0 }] },
  { items: [] },
  { items: Array(21).fill(cup) },
  { items: [{ sku: '', quantity: 1 }] },
  { items: [{ sku: 'cup' }] },
  { items: [{ ...cup, price: 1 }] },
  ...[0, 100, 1.5, '1', null].map(quantity => ({ items: [{ ...cup, quantity }] })),
  ...[0, -1, 1.5, '680', Number.MAX_SAFE_INTEGER + 1].map(totalAmount => ({ items: [cup], totalAmount })),
  { items: [cup], coupon: 1 },
  { items: [cup], price: 1 },
];

it('describes exactly the carts that the shop accepts', () => {
  const value = fc
    .oneof(cart, sound, fc.jsonValue())
    .map(sent => JSON.parse(JSON.stringify(sent)) as unknown);
  fc.assert(fc.property(value, sent => expect([sent, takes(sent)]).toEqual([sent, allows('Cart', sent)])));
  for (const sent of CARTS) expect([sent, takes(sent)]).toEqual([sent, allows('Cart', sent)]);
  expect(CARTS.filter(takes)).toHaveLength(5);
});

describe('an arbitrary request', () => {
  const RUNS = { numRuns: 150 };

  it('gets a response of the contract when it creates an order', async () => {
    const body = fc.oneof(
      fc.oneof(cart, sound).map(value => JSON.stringify(value)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    const property = fc.asyncProperty(body, async text => {
      expect(await orders(json(text))).toBeLessThan(500);
    });
    await fc.assert(property, RUNS);
  });

  it('gets a response of the contract when it reads an order', async () => {
    const property = fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async text => {
      expect(await status(`?tpOrderId=${encodeURIComponent(text)}`)).toBeLessThan(500);
      expect(await status(`?${new URLSearchParams({ tpOrderId: text, [text]: text })}`)).toBeLessThan(500);
    });
    await fc.assert(property, RUNS);
  });

  it('changes nothing when it is a notification without the signature of the platform', async () => {
    const { data } = await shop.order();
    const genuine = paid(data.order);
    const before = await rowCounts();
    const names = fc.oneof(fc.constantFrom(...Object.keys(genuine)), fc.string());
    const changed = fc
      .tuple(names, fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String)))
      .filter(([name, value]) => genuine[name] !== value && !['sign', 'sign_type'].includes(name))
      .map(([name, value]) => new URLSearchParams({ ...genuine, [name]: value }).toString());
    const body = fc.oneof(changed, fc.string({ unit: 'binary' }), fc.webQueryParameters());
    const property = fc.asyncProperty(body, fc.constantFrom('pay', 'refund'), async (text, kind) => {
      const init = {
        method: 'POST',
        body: text,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      };
      const { status, errno, msg } = await shop.call(`/shop/notify/${kind}`, init);
      expect({ status, errno, msg }).toEqual({ status: 200, errno: 1, msg: 'refused' });
    });
    await fc.assert(property, RUNS);
    expect(await rowCounts()).toEqual(before);
    expect(await shop.status(data.order.tpOrderId)).toBe('unpaid');
  });

  it('gets an envelope below HTTP 500 and changes nothing when it goes to another route', async () => {
    const { data } = await shop.order();
    const before = await rowCounts();
    const id = fc.oneof(
      fc.constant(data.order.tpOrderId),
      fc.string({ unit: 'binary' }).map(encodeURIComponent),
    );
    const path = fc.oneof(
      id.map(text => `/shop/orders/${text}/refund`),
      id.map(text => `/shop/orders/${text}`),
      id.map(text => `/shop/orders?shopper=${text}`),
      id.map(text => `/shop/pictures/${text}`),
      id.map(text => `/shop/samples/${text}`),
      id.map(text => `/shop/${text}`),
    );
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE');
    const property = fc.asyncProperty(path, method, fc.json(), async (url, verb, body) => {
      const response = await fetch(shop.origin + url, {
        ...(verb === 'GET' ? {} : json(body)),
        method: verb,
      });
      const { errno, msg } = (await response.json()) as { errno: unknown; msg: unknown };
      expect({ errno: typeof errno, msg: typeof msg, status: response.status }).toEqual({
        errno: 'number',
        msg: 'string',
        status: expect.any(Number),
      });
      expect([500, 503]).not.toContain(response.status);
    });
    await fc.assert(property, RUNS);
    expect(await rowCounts()).toEqual(before);
  });
});
