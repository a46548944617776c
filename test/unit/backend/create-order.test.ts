/** What create-url is asked, and what its answers mean. */
import {
  createOrder,
  type CreateRequest,
  type CreateResult,
  readOrderInfo,
} from '../../../utils/backend/create-order';
import { configure } from '../../../utils/config/configure';
import { consoleErrors, sent } from './adapter';

const ORDER = {
  dealId: '470193086',
  appKey: 'MMUBBH',
  totalAmount: '1999',
  tpOrderId: 'T1',
  dealTitle: '茶',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
};
const REQUEST: CreateRequest = {
  createUrl: '/orders',
  method: 'POST',
  payload: { goods: 'tea' },
  header: null,
  amount: null,
};

function create(request: Partial<CreateRequest> = {}, key = 'key'): CreateResult[] {
  const found: CreateResult[] = [];
  createOrder({ ...REQUEST, ...request }, key, result => found.push(result));
  return found;
}

/** What an answer with this data comes to. */
function resultOf(data: unknown, amount: number | null = null): CreateResult {
  const found = create({ amount });
  sent[sent.length - 1]!.answer({ errno: 0, data });
  return found[0]!;
}

describe('createOrder()', () => {
  test('sends the payload, and the key under configure({ idempotencyHeader }), when that is set', () => {
    create({ header: { cookie: 'a' } });
    configure({ idempotencyHeader: 'X-Once' });
    create({ method: 'PUT' });
    configure({ idempotencyHeader: null });
    create();
    expect(sent).toMatchObject([
      {
        url: 'https://shop.example/orders',
        method: 'POST',
        data: { goods: 'tea' },
        header: { cookie: 'a', 'Idempotency-Key': 'key' },
      },
      { method: 'PUT', header: { 'X-Once': 'key' } },
      { header: {} },
    ]);
    expect(sent.slice(1).map(({ header }) => Object.keys(header!))).toEqual([['X-Once'], []]);
  });

  test.each([null, undefined])('sends an empty body when the payload is %p', payload => {
    create({ payload });
    expect(sent[0]!.data).toEqual({});
  });

  test('fails when no response comes within 15 s or createTimeout, and ignores a later one', () => {
    const found = create();
    jest.advanceTimersByTime(14999);
    expect(found).toEqual([]);
    jest.advanceTimersByTime(1);
    sent[0]!.answer({ errno: 0, data: ORDER });
    expect(found).toEqual([{ failure: { reason: 'order-request', code: null, message: '' } }]);
    configure({ timing: { createTimeout: 100 } });
    const other = create();
    jest.advanceTimersByTime(100);
    expect(other).toHaveLength(1);
  });

  test.each([
    ['as it is', ORDER],
    ['alone in orderInfo', { orderInfo: ORDER }],
    ['as text', JSON.stringify(ORDER)],
    ['with a number for its amount', { ...ORDER, totalAmount: 1999 }],
    ['beside an unpaid order', { orderInfo: ORDER, order: { status: 'unpaid' } }],
    ['beside an order without a status', { orderInfo: ORDER, order: { note: 'before six' } }],
    ['beside something else called order', { orderInfo: ORDER, order: 'T1' }],
    ['with a status of the shop’s own', { ...ORDER, status: 2 }],
    ['with the status of something else', { orderInfo: ORDER, status: 'paid' }],
  ])('returns the orderInfo when it comes %s', (_how, data) => {
    expect(resultOf(data)).toMatchObject({ orderInfo: { tpOrderId: 'T1', totalAmount: '1999' } });
  });

  test.each([
    [{ orderInfo: ORDER, order: { status: 'paid' } }, 'paid', 'T1', 1999],
    [{ order: { status: 'paid', tpOrderId: 'T2', totalAmount: '680' } }, 'paid', 'T2', 680],
    [{ order: { status: 'closed', tpOrderId: 'T2' } }, 'closed', 'T2', 0],
    [{ orderInfo: ORDER, order: { status: 2, tpOrderId: 'T3' } }, 'paid', 'T3', 1999],
    [{ orderInfo: ORDER, order: { status: 'paid', tpOrderId: 2 ** 60 } }, 'paid', 'T1', 1999],
    [{ order: { status: 'paid', tpOrderId: 2 ** 60 } }, 'paid', '', 0],
    [{ orderInfo: null, order: { status: 'refunded' } }, 'refunded', '', 0],
    [{ order: { status: 'refunding', tpOrderId: 7, totalAmount: '6.80' } }, 'refunding', '7', 0],
  ])('says that the order is over when the answer is %j', (data, status, tpOrderId, totalAmount) => {
    expect(resultOf(data)).toEqual({ status, tpOrderId, totalAmount });
  });

  test.each([
    [{}, { status: 'limbo' }],
    [{}, { status: null }],
    [{ mapStatus: () => null }, { state: 'unpaid' }],
  ])('fails, and names mapStatus, when the status is unknown (%j)', (settings, order) => {
    configure(settings);
    const data = { orderInfo: ORDER, order };
    expect(resultOf(data)).toEqual({ failure: { reason: 'order-request', code: null, raw: data } });
    expect(consoleErrors.warn).toEqual([
      expect.stringMatching(/^pay-button: \/orders .*configure\(\{ mapStatus \}\)/),
    ]);
  });

  test('passes only the order to configure({ mapStatus }) when the response has one', () => {
    const seen: unknown[] = [];
    configure({ mapStatus: data => (seen.push(data), 'paid') });
    const order = { state: 'SETTLED', tpOrderId: 'T1' };
    expect(resultOf({ orderInfo: ORDER, order })).toMatchObject({ status: 'paid' });
    expect(resultOf(ORDER)).toMatchObject({ orderInfo: ORDER });
    expect(seen).toEqual([order]);
  });

  test.each([
    [{ errno: 1, msg: '库存不足' }, '库存不足', 1],
    [{ errno: 2, msg: '很'.repeat(28) }, '很'.repeat(28), 2],
    [{ errno: 3, msg: '很'.repeat(29) }, '', 3],
    [{ errno: 4 }, '', 4],
    [{ code: 200, msg: '操作成功' }, '', 200],
  ])('passes on the message of a refusal when the response is %j', (body, message, code) => {
    const found = create();
    sent[0]!.answer(body);
    expect(found).toEqual([{ failure: { reason: 'order-rejected', code, message, raw: body } }]);
  });

  test('drops the message of the backend, and warns in the console, when the HTTP status is 503', () => {
    const found = create();
    sent[0]!.answer({ errno: 1, msg: '维护中' }, { statusCode: 503 });
    expect(found).toMatchObject([{ failure: { reason: 'order-request', code: 503, message: '' } }]);
    expect(consoleErrors.warn).toEqual(['pay-button: no order from /orders: HTTP 503']);
  });

  test.each([
    ['nothing', null],
    ['a number', 7],
    ['no signature', { ...ORDER, rsaSign: '' }],
    ['yuan', { ...ORDER, totalAmount: '19.99' }],
    ['null for the order', { orderInfo: null }],
    ['half a text', '{"tpOrderId":'],
  ])('is order-invalid, and the console says why, when the answer holds %s', (_what, data) => {
    expect(resultOf(data)).toEqual({ failure: { reason: 'order-invalid', code: null, raw: data } });
    expect(consoleErrors.error[0]).toMatch(/^pay-button: .*\[.+\], see docs\/signature-codes\.md$/);
    expect(JSON.stringify(consoleErrors)).not.toContain(ORDER.rsaSign);
  });

  test('fails as amount-changed with the amount of the order when another one was shown', () => {
    expect(resultOf(ORDER, 1999)).toMatchObject({ orderInfo: ORDER });
    expect(consoleErrors.error).toEqual([]);
    expect(resultOf(ORDER, 1998)).toEqual({
      failure: { reason: 'amount-changed', code: null, totalAmount: 1999, raw: ORDER },
    });
    expect(consoleErrors.error).toEqual(['pay-button: amount shows 1998 fen, the order says 1999']);
    expect(resultOf(ORDER, 0)).toMatchObject({ failure: { reason: 'amount-changed' } });
  });
});

describe('readOrderInfo()', () => {
  test('returns the orderInfo, and warns, when a field has another type than Baidu requires', () => {
    expect(readOrderInfo({ ...ORDER, totalAmount: 1999 }, null)).toMatchObject({
      orderInfo: { totalAmount: '1999' },
    });
    expect(consoleErrors.error).toEqual([]);
    expect(consoleErrors.warn).toEqual([expect.stringMatching(/^pay-button: .*totalAmount/)]);
  });
});
