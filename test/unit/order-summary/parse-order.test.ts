import fc from 'fast-check';
import { getMessages } from '../../../components/order-summary/messages';
import { isEmpty, parseOrder, parseOrderOfInfo, sumOf } from '../../../components/order-summary/parse-order';
import { toViewModel } from '../../../components/order-summary/view-model';

const fen = fc.oneof(fc.maxSafeNat(), fc.nat(10_000), fc.constant(Number.MAX_SAFE_INTEGER));
const charges = fc.array(fc.record({ title: fc.string(), amount: fen }), { maxLength: 30 });
const lines = fc.array(
  fc.record({ title: fc.string(), unitAmount: fen, quantity: fc.integer({ min: 1, max: 999 }), amount: fen }),
  { maxLength: 30 },
);
const parts = fc.record({ lines, fees: charges, discounts: charges });
const total = (list: { amount: number }[]): bigint =>
  list.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const line = { title: 't', quantity: 1, unitAmount: 1, amount: 1 };
/** What a backend writes for a snowflake id, as JSON reads it. */
const LOST = JSON.parse('1349625084474417153') as number;

describe('sumOf', () => {
  test('returns the exact sum when every part is a safe integer', () => {
    fc.assert(
      fc.property(parts, order => {
        const added = total(order.lines) + total(order.fees);
        const exact = added - total(order.discounts);
        const fits = added <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= -BigInt(Number.MAX_SAFE_INTEGER);
        expect(sumOf(order)).toBe(fits ? Number(exact) : null);
      }),
      { numRuns: 500 },
    );
  });

  test('is never the total when the parts are one fen off', () => {
    fc.assert(
      fc.property(parts, fc.constantFrom(-1, 1), (order, off) => {
        const exact = total(order.lines) + total(order.fees) - total(order.discounts);
        const claimed = Number(exact) + off;
        fc.pre(exact >= 1n && claimed <= Number.MAX_SAFE_INTEGER);
        expect(sumOf(order) === claimed).toBe(false);
      }),
    );
  });
});

describe('parseOrder', () => {
  test('keeps every value when the order follows the rules', () => {
    fc.assert(
      fc.property(parts, fen, (order, totalAmount) => {
        const { order: read, problem } = parseOrder({ ...order, title: 't', totalAmount, status: 'unpaid' });
        expect(problem).toBe('');
        expect(read).toMatchObject({ totalAmount, fees: order.fees, discounts: order.discounts });
        expect(read?.lines.map(({ amount }) => amount)).toEqual(order.lines.map(({ amount }) => amount));
      }),
    );
  });

  test('throws nothing and shows no NaN, undefined or null when the value is arbitrary', () => {
    const messages = getMessages();
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (whole, amount, list) => {
        for (const value of [
          whole,
          { lines: list, totalAmount: amount },
          { lines: [{ amount, title: list }], totalAmount: 1, refundedAmount: amount },
        ]) {
          const { order, mismatch, problem } = parseOrder(value);
          expect(order === null).toBe(problem !== '');
          if (order && !JSON.stringify(value).match(/NaN|undefined|null/)) {
            expect(JSON.stringify(toViewModel(order, mismatch, '', messages))).not.toMatch(
              /NaN|undefined|null/,
            );
          }
          expect(() => parseOrderOfInfo(value)).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ totalAmount: 1, lines: [{ ...line, amount: 1.5 }] }, 'lines[0].amount must be integer fen, got 1.5'],
    [{ totalAmount: 1, fees: [{ amount: '0.50' }] }, 'fees[0].amount must be integer fen, got "0.50"'],
    [{ totalAmount: 1e17 }, 'totalAmount must be integer fen, got 100000000000000000'],
    [{ totalAmount: 1, discounts: {} }, 'discounts must be a list, got {}'],
    [{ totalAmount: 1, details: ['x'] }, 'details[0] must be an object, got "x"'],
    [{ title: 't' }, 'totalAmount must be integer fen, got undefined'],
    [{ totalAmount: 1, status: 'shipped' }, 'status must be a known status, got "shipped"'],
    ...[1764300000, '1764300000', 1795424400000000, '2026-11-23T09:00:00Z', NaN, 1e300, true].map<
      [object, string]
    >(expiresAt => [
      { totalAmount: 1, expiresAt },
      `expiresAt must be ms since the epoch, got ${JSON.stringify(expiresAt)}`,
    ]),
    [{ totalAmount: 1, serverTime: '09:00' }, 'serverTime must be ms since the epoch, got "09:00"'],
    [
      { totalAmount: 1, lines: [{ ...line, quantity: 2 ** 53 }] },
      'lines[0].quantity must be a number above 0, got 9007199254740992',
    ],
    ['nonsense', 'order must be an object, got "nonsense"'],
    [[{}], 'order must be an object, got [{}]'],
  ])('names the field and what is wrong with it when it is given %j', (value, problem) => {
    expect(parseOrder(value)).toMatchObject({ order: null, problem });
  });

  test.each([
    ['tpOrderId', { tpOrderId: LOST }],
    ['title', { title: LOST }],
    ['note', { note: LOST }],
    ['lines[0].title', { lines: [{ ...line, title: LOST }] }],
    ['lines[0].spec', { lines: [{ ...line, spec: LOST }] }],
    ['fees[0].title', { fees: [{ title: LOST, amount: 0 }] }],
    ['details[0].title', { details: [{ title: LOST, text: '' }] }],
    ['details[0].text', { details: [{ title: '券码', text: LOST }] }],
  ])('refuses the order, and never rounds, when %s is a number beyond 2^53', (field, more) => {
    const { order, tpOrderId, problem } = parseOrder({ totalAmount: 1, ...more });
    expect([order, tpOrderId]).toEqual([null, '']);
    expect(problem).toBe(
      `${field} must be in quotes: a number beyond 2^53 loses digits, got 1349625084474417200`,
    );
  });

  test('writes the digits of an order number that is a number when it has all of them', () => {
    expect(parseOrder({ tpOrderId: Number.MAX_SAFE_INTEGER, totalAmount: 1 }).tpOrderId).toBe(
      '9007199254740991',
    );
  });

  test('returns the tpOrderId when the rest of the order is invalid', () => {
    expect(parseOrder({ tpOrderId: 'T1', totalAmount: -1 })).toMatchObject({ order: null, tpOrderId: 'T1' });
  });

  test.each(['createdAt', 'expiresAt', 'serverTime'] as const)(
    'takes %s as a number or as its digits, and as none when it is empty, null or 0',
    key => {
      const read = (value: unknown): number | undefined =>
        parseOrder({ totalAmount: 1, [key]: value }).order?.[key];
      expect([1795424400000, '1795424400000'].map(read)).toEqual([1795424400000, 1795424400000]);
      expect(['', null, undefined, 0, '0'].map(read)).toEqual(Array(5).fill(undefined));
      expect(parseOrder({ totalAmount: 1, [key]: '' }).problem).toBe('');
    },
  );

  test.each([1764300000, '2026-11-23T09:00:00Z', {}, 1e300])(
    'leaves createdAt out when it is %j, which no clock can read',
    createdAt => {
      const { order, problem } = parseOrder({ totalAmount: 1, createdAt });
      expect([problem, order?.createdAt]).toEqual(['', undefined]);
    },
  );

  test.each([
    [2, 'paid'],
    ['-1', 'closed'],
    [undefined, 'unpaid'],
    [null, 'unpaid'],
    ['paying', 'paying'],
  ])('reads the status when it is %p: %s', (status, expected) => {
    expect(parseOrder({ totalAmount: 1, status }).order?.status).toBe(expected);
  });

  test('finds a mismatch only when there are lines', () => {
    const mismatch = (value: object): unknown => parseOrder({ totalAmount: 5, ...value }).mismatch;
    expect(mismatch({})).toBeNull();
    expect(mismatch({ lines: null, fees: [{ title: '运费', amount: 600 }] })).toBeNull();
    expect(mismatch({ lines: [] })).toEqual({ sum: 0, totalAmount: 5 });
    expect(mismatch({ lines: [{ ...line, amount: 4 }] })).toEqual({ sum: 4, totalAmount: 5 });
    expect(mismatch({ lines: [{ ...line, amount: 5 }] })).toBeNull();
    const huge = { ...line, amount: Number.MAX_SAFE_INTEGER };
    expect(mismatch({ lines: [huge, huge] })).toEqual({ sum: null, totalAmount: 5 });
  });

  test('finds no mismatch when a line has an error', () => {
    expect(parseOrder({ totalAmount: 5, lines: [{ ...line, quantity: 0 }] }).mismatch).toBeNull();
  });
});

describe('isEmpty', () => {
  test('is true only when nothing was ordered', () => {
    const empty = (value: object): boolean => isEmpty(parseOrder(value).order as never);
    expect(empty({})).toBe(true);
    expect(empty({ totalAmount: 0, lines: [] })).toBe(true);
    expect(empty({ totalAmount: 0, title: '赠品' })).toBe(false);
    expect(empty({ totalAmount: 1 })).toBe(false);
    for (const [key, item] of Object.entries({
      lines: line,
      fees: { title: 't', amount: 0 },
      discounts: { title: 't', amount: 0 },
      details: { title: '房间', text: '201' },
    })) {
      expect([key, empty({ totalAmount: 0, [key]: [item] })]).toEqual([key, false]);
    }
  });
});

describe('parseOrderOfInfo', () => {
  const info = { dealTitle: '爱鲜蜂', totalAmount: '11300', tpOrderId: 'T1' };
  const withRows = (cashierTopBlock: unknown): object => ({
    ...info,
    bizInfo: JSON.stringify({ tpData: { displayData: { cashierTopBlock } } }),
  });

  test('reads title, amount, tpOrderId and rows when the orderInfo has them', () => {
    const rows = [[{ leftCol: '数量', rightCol: 1 }], [{ leftCol: '地址', rightCol: '上地十街' }]];
    expect(parseOrderOfInfo(withRows(rows))).toMatchObject({
      tpOrderId: 'T1',
      mismatch: null,
      order: {
        title: '爱鲜蜂',
        totalAmount: 11300,
        details: [
          { title: '数量', text: '1' },
          { title: '地址', text: '上地十街' },
        ],
      },
    });
  });

  test('keeps the rows before the first invalid one when a row has another shape', () => {
    const rows = [[{ leftCol: '数量', rightCol: 1 }, null], 'nonsense'];
    expect(parseOrderOfInfo(withRows(rows)).order?.details).toEqual([{ title: '数量', text: '1' }]);
  });

  test('returns no order when the tpOrderId is a number beyond 2^53', () => {
    expect(parseOrderOfInfo({ ...info, tpOrderId: LOST })).toMatchObject({ order: null, tpOrderId: '' });
  });
});
