/** What the cashier's callback claims, and one call of it, with anything that the host may do. */
import fc from 'fast-check';
import { configure } from '../../../utils/config/configure';
import {
  callCashier,
  type CashierAnswer,
  hasCashier,
  isCashierResult,
  readFailure,
} from '../../../utils/host/cashier';
import type { PaymentOptions } from '../../../utils/host/swan';
import type { OrderInfo } from '../../../utils/order/order-info';
import type { OutcomeTable } from '../../../utils/payment/pay-button-events';

const resultOf = (raw: unknown, table: OutcomeTable = {}): string => readFailure(raw, table).result;

describe('readFailure()', () => {
  test.each([
    [1, 'paying'],
    [2, 'cancel'],
    [3, 'failed'],
    [5, 'not-logged-in'],
    [6, 'failed'],
    ...[101, 201, 202, 301, 302, 401, 402, 403, 904, 1001, 1002].map(code => [code, 'rejected'] as const),
    [0, 'failed'],
    [4, 'failed'],
    [40, 'failed'],
    [404, 'failed'],
    [1003, 'failed'],
    [10002, 'failed'],
    [-1, 'failed'],
  ] as const)('reads code %i as %s when it is a number and when it is text', (code, result) => {
    for (const errCode of [code, `${code}`, ` ${code}`]) {
      const raw = { errCode, errMsg: '支付失败' };
      expect(readFailure(raw, {})).toEqual({ result, code, raw });
    }
  });

  test('reads 取消 in the message as cancel when the code does not say otherwise', () => {
    expect(resultOf({ errCode: 6, errMsg: '支付取消' })).toBe('cancel');
    expect(resultOf({ errMsg: '用户主动取消支付' })).toBe('cancel');
    expect(resultOf({ errCode: 1, errMsg: '支付取消' })).toBe('paying');
    expect(resultOf({ errCode: 5, errMsg: '取消' })).toBe('not-logged-in');
    expect(resultOf({ errCode: 1001, errMsg: '取消' })).toBe('rejected');
  });

  test.each([
    {},
    null,
    undefined,
    '',
    'fail',
    0,
    [],
    { errCode: null },
    { errCode: {} },
    { errCode: true },
    { errMsg: {} },
    { errCode: Object.create(null) as unknown, errMsg: Object.create(null) as unknown },
  ])('reads a failure without a code when it is handed %j', raw => {
    expect(readFailure(raw, {})).toEqual({ result: 'failed', code: null, raw });
  });

  test('keeps the text of a code when that is no number', () => {
    expect(readFailure({ errCode: 'E_77' }, {}).code).toBe('E_77');
  });

  test('returns one of the results when it gets an arbitrary value', () => {
    const name = fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf');
    const raw = fc.oneof(
      fc.anything(),
      fc.record({ errCode: fc.oneof(fc.anything(), name), errMsg: fc.oneof(fc.string(), fc.jsonValue()) }),
    );
    fc.assert(fc.property(raw, value => void expect(isCashierResult(resultOf(value))).toBe(true)));
  });

  test('follows the table of a team only when that names a result', () => {
    const table = { 6: 'cancel', 7: 'nonsense', 2: 'failed', E_77: 'success' } as unknown as OutcomeTable;
    expect(resultOf({ errCode: '6' }, table)).toBe('cancel');
    expect(resultOf({ errCode: 7 }, table)).toBe('failed');
    expect(resultOf({ errCode: 2, errMsg: '取消' }, table)).toBe('failed');
    expect(resultOf({ errCode: 'E_77' }, table)).toBe('success');
    expect(resultOf({}, table)).toBe('failed');
  });
});

describe('callCashier()', () => {
  const orderInfo = { tpOrderId: 'T1' } as OrderInfo;
  const call = (
    requestPayment: (options: PaymentOptions) => void,
    channels: string[] = [],
  ): CashierAnswer[] => {
    const responses: CashierAnswer[] = [];
    configure({ requestPayment });
    callCashier(orderInfo, channels, response => responses.push(response));
    return responses;
  };

  afterEach(() => configure({ requestPayment: undefined, outcomes: undefined }));

  test('passes the order, and bannedChannels only when there are some', () => {
    const seen: PaymentOptions[] = [];
    call(options => void seen.push(options), ['Alipay']);
    call(options => void seen.push(options));
    expect(seen[0]).toMatchObject({ orderInfo, bannedChannels: ['Alipay'] });
    expect(Object.keys(seen[1]!).sort()).toEqual(['fail', 'orderInfo', 'success']);
  });

  test('reports each callback, as it came, when the host calls back twice', () => {
    expect(
      call(({ success, fail }) => {
        success('ok');
        fail({ errCode: 2 });
      }),
    ).toEqual([
      { result: 'success', code: 0, raw: 'ok' },
      { result: 'cancel', code: 2, raw: { errCode: 2 } },
    ]);
  });

  test('follows configure({ outcomes }) when a code is in it', () => {
    configure({ outcomes: { 10005: 'cancel' } });
    expect(call(({ fail }) => fail({ errCode: '10005' }))).toMatchObject([{ result: 'cancel', code: 10005 }]);
  });

  test('reports failed when an adapter throws, because its cashier may be open, and rejected when there is none', () => {
    const error = new Error('no');
    expect(
      call(() => {
        throw error;
      }),
    ).toEqual([{ result: 'failed', code: null, raw: error }]);
    Object.assign(globalThis, { swan: {} });
    configure({ requestPayment: undefined });
    expect(hasCashier()).toBe(false);
    const responses: CashierAnswer[] = [];
    callCashier(orderInfo, [], response => responses.push(response));
    expect(responses).toMatchObject([{ result: 'rejected', code: null }]);
    Reflect.deleteProperty(globalThis, 'swan');
  });
});
