import fc from 'fast-check';
import { createClock } from '../../components/order-summary/clock';
import { isEmpty, readOrder, readOrderInfoRows, sumOf } from '../../components/order-summary/order-view';
import { formatLeft, showOrder } from '../../components/order-summary/show';
import { apologise, texts } from '../../components/order-summary/texts';
import { refusalOf, statusOf } from '../../components/order-summary/verdict';

const fen = fc.oneof(fc.maxSafeNat(), fc.nat(10_000), fc.constant(Number.MAX_SAFE_INTEGER));
const charges = fc.array(fc.record({ title: fc.string(), amount: fen }), { maxLength: 30 });
const lines = fc.array(
  fc.record({ title: fc.string(), unitAmount: fen, quantity: fc.integer({ min: 1, max: 999 }), amount: fen }),
  { maxLength: 30 },
);
const parts = fc.record({ lines, fees: charges, discounts: charges });
const total = (list: { amount: number }[]): bigint =>
  list.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

describe('A sum', () => {
  test('is what exact arithmetic says, or null where a number could not hold it', () => {
    fc.assert(
      fc.property(parts, order => {
        const exact = total(order.lines) + total(order.fees) - total(order.discounts);
        const held = exact <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= -BigInt(Number.MAX_SAFE_INTEGER);
        expect(sumOf(order)).toBe(held ? Number(exact) : null);
      }),
      { numRuns: 500 },
    );
  });

  test('that adds up to one fen more or less is never taken for the total', () => {
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

describe('Reading an order', () => {
  test('keeps every order that follows the rules as it is', () => {
    fc.assert(
      fc.property(parts, fen, (order, totalAmount) => {
        const { order: read, problem } = readOrder({ ...order, title: 't', totalAmount, status: 'unpaid' });
        expect(problem).toBe('');
        expect(read).toMatchObject({ totalAmount, fees: order.fees, discounts: order.discounts });
        expect(read?.lines.map(({ amount }) => amount)).toEqual(order.lines.map(({ amount }) => amount));
      }),
    );
  });

  test('never throws and never shows NaN, undefined or null, whatever arrives', () => {
    const words = texts();
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (whole, amount, list) => {
        for (const value of [
          whole,
          { lines: list, totalAmount: amount },
          { lines: [{ amount, title: list }], totalAmount: 1, refundedAmount: amount },
        ]) {
          const { order, sum, problem } = readOrder(value);
          expect(order === null).toBe(problem !== '');
          if (order && !JSON.stringify(value).match(/NaN|undefined|null/)) {
            expect(JSON.stringify(showOrder(order, sum, '', words))).not.toMatch(/NaN|undefined|null/);
          }
          expect(() => readOrderInfoRows(value)).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [
      { totalAmount: 1, lines: [{ quantity: 1, unitAmount: 1, amount: 1.5 }] },
      'lines[0].amount must be integer fen, got 1.5',
    ],
    [{ totalAmount: 1, fees: [{ amount: '0.50' }] }, 'fees[0].amount must be integer fen, got "0.50"'],
    [{ totalAmount: 1, discounts: {} }, 'discounts must be a list, got {}'],
    [{ title: 't' }, 'totalAmount must be integer fen, got undefined'],
    [{ totalAmount: 1, status: 'shipped' }, 'status must be a known status, got "shipped"'],
    ...[1764300000, '2026-11-23T09:00:00Z', NaN, 1e300].map<[object, string]>(expiresAt => [
      { totalAmount: 1, expiresAt },
      `expiresAt must be ms since the epoch, as a number, got ${JSON.stringify(expiresAt)}`,
    ]),
    ['nonsense', 'order must be an object, got "nonsense"'],
    [[], 'order must be an object, got []'],
  ])('%j names the field and what is wrong with it', (value, problem) => {
    expect(readOrder(value).problem).toBe(problem);
  });

  test('Baidu’s own numbers for a status are understood', () => {
    expect(readOrder({ totalAmount: 1, status: 2 }).order?.status).toBe('paid');
    expect(readOrder({ totalAmount: 1, status: -1 }).order?.status).toBe('closed');
  });

  test('the number of an order that cannot be believed is known all the same', () => {
    expect(readOrder({ tpOrderId: 'T1', totalAmount: -1 })).toMatchObject({ order: null, tpOrderId: 'T1' });
  });

  test('only an order with nothing in it is empty', () => {
    const empty = (value: object): boolean => isEmpty(readOrder(value).order as never);
    expect(empty({})).toBe(true);
    expect(empty({ totalAmount: 0, lines: [] })).toBe(true);
    expect(empty({ totalAmount: 0, title: '赠品' })).toBe(false);
    expect(empty({ totalAmount: 1 })).toBe(false);
    expect(empty({ totalAmount: 0, details: [{ title: '房间', text: '201' }] })).toBe(false);
  });
});

describe('The status', () => {
  test.each([
    ['unpaid', 'idle', 'unpaid'],
    ['unpaid', 'ordering', 'unpaid'],
    ['unpaid', 'paying', 'paying'],
    ['unpaid', 'confirming', 'paying'],
    ['unpaid', 'pending', 'paying'],
    ['unpaid', 'paid', 'paid'],
    ['closed', 'paid', 'paid'],
    ['closed', 'pending', 'closed'],
    ['refunding', 'paid', 'refunding'],
    ['refunded', 'paid', 'refunded'],
    ['paid', 'idle', 'paid'],
    ['paying', 'idle', 'paying'],
  ] as const)('of an order told %s while its purchase is %s is %s', (told, phase, status) => {
    expect(statusOf(told, phase)).toBe(status);
  });

  test('an order that may be paid is not refused', () => {
    expect(refusalOf('unpaid', true, '')).toBeNull();
    expect(refusalOf('paying', true, '')).toBeNull();
  });

  test('an order that does not add up is refused first of all', () => {
    expect(refusalOf('closed', false, '')).toMatchObject({ reason: 'order-invalid' });
  });
});

describe('The server’s clock', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => jest.useRealTimers());

  test('is the device’s until the server tells the time', () => {
    const clock = createClock();
    expect(clock.now()).toBe(1_000_000);
    clock.hear(undefined);
    expect(clock.now()).toBe(1_000_000);
    clock.hear(5_000_000);
    jest.advanceTimersByTime(10);
    expect(clock.now()).toBe(5_000_010);
  });

  test('never runs ahead of the server, and the quickest answer counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.nat(4000), { minLength: 1 }),
        (wrong, delays) => {
          const clock = createClock();
          let now = 2_000_000_000;
          for (const delay of delays) {
            const answered = now;
            now += delay + 1;
            jest.setSystemTime(now + wrong);
            clock.hear(answered);
          }
          expect(clock.now()).toBe(now - Math.min(...delays) - 1);
        },
      ),
    );
  });

  test('an answer of before says nothing, a device that was set again is noticed', () => {
    const clock = createClock();
    clock.hear(5_000_000);
    clock.hear(4_000_000);
    expect(clock.now()).toBe(5_000_000);
    jest.setSystemTime(9_000_000);
    clock.hear(5_000_001);
    expect(clock.now()).toBe(5_000_001);
  });
});

describe('Words', () => {
  const words = texts();

  test.each([
    [1, '00:01'],
    [1000, '00:01'],
    [1001, '00:02'],
    [3_599_001, '01:00:00'],
    [86_400_000, '1 天 00:00:00'],
    [172_799_000, '1 天 23:59:59'],
  ])('%d ms left read %s', (left, text) => {
    expect(formatLeft(left, words)).toBe(text);
  });

  test('no failure makes a person read a code', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('order-request', 'order-rejected', 'order-invalid'),
        fc.option(fc.integer({ min: 100, max: 999 })),
        (reason, code) => {
          const said = apologise({ reason, code, message: '' }, words);
          expect(said).toMatch(/^[\u4e00-\u9fff，]+$/);
          expect(said.length).toBeLessThanOrEqual(28);
        },
      ),
    );
  });
});
