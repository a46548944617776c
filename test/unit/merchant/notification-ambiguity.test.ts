/**
 * Splits signed texts in every way that keeps the order of names, with texts of an attacker in returnData, promoDetail and
 * new parameters. Only the original parameters may be accepted.
 */
import fc from 'fast-check';
import { canonicalText, loadPublicKey, signText, verifyNotification } from '../../../merchant';
import {
  findAmbiguousParameter,
  findMalformedParameter,
  findParameterWithSeparator,
} from '../../../merchant/notification-ambiguity';
import type { NotificationKind } from '../../../merchant/notification-ambiguity';
import { platform, required } from './vectors';

const platformKey = loadPublicKey(required(platform.publicKeyPem));
const platformPrivate = required(platform.privateKeyPem);

type Params = Record<string, string>;

/** Each run tries up to a thousand splits. */
const RUNS = Number(process.env.RUNS ?? 100);

const UNSIGNED = ['sign', 'sign_type', 'rsaSign'];
const DECIDING: Record<NotificationKind, string[]> = {
  pay: [
    'orderId',
    'tpOrderId',
    'dealId',
    'totalMoney',
    'payMoney',
    'status',
    'userId',
    'payTime',
    'applyRefundMoney',
  ],
  refund: ['orderId', 'tpOrderId', 'userId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['orderId', 'tpOrderId', 'userId', 'refundBatchId', 'applyRefundMoney'],
};

/** The fewest parameters of each kind, so that every split can be tried. */
const GENUINE: Record<NotificationKind, Params> = {
  pay: {
    dealId: '470',
    orderId: '800',
    payMoney: '1',
    payTime: '16',
    promoDetail: '',
    returnData: '',
    status: '2',
    totalMoney: '1',
    tpOrderId: 'CHEAP',
    unitPrice: '1',
    userId: '149',
  },
  refund: { orderId: '800', refundBatchId: '15', refundStatus: '2', tpOrderId: 'CHEAP', userId: '149' },
  'refund-audit': {
    applyRefundMoney: '1',
    orderId: '800',
    refundBatchId: '15',
    tpOrderId: 'CHEAP',
    userId: '149',
  },
};

/** Every set of parameters with this text in which the names are sorted. */
function splitsOf(signedText: string): Params[] {
  const pieces = signedText.split('&');
  const ends = pieces.map((_, index) => pieces.slice(0, index + 1).join('&').length);
  const splits: Params[] = [];
  const entries: [string, string][] = [];
  const split = (from: number, previous: string): void => {
    if (from === pieces.length) splits.push(Object.fromEntries(entries));
    const start = from ? (ends[from - 1] as number) + 1 : 0;
    const equals = signedText.indexOf('=', start);
    for (let to = from + 1; to <= pieces.length; to++) {
      const end = ends[to - 1] as number;
      if (equals < 0 || equals >= end) continue;
      const name = signedText.slice(start, equals);
      if (UNSIGNED.includes(name) || name <= previous) return;
      entries.push([name, signedText.slice(equals + 1, end)]);
      split(to, name);
      entries.pop();
    }
  };
  split(0, '');
  return splits;
}

const kindOf = (params: Params): NotificationKind => {
  if ('refundStatus' in params) return 'refund';
  return 'refundBatchId' in params ? 'refund-audit' : 'pay';
};

/** The values that a shop acts on. */
const decision = (params: Params): string => {
  const kind = kindOf(params);
  return JSON.stringify([kind, ...DECIDING[kind].map(name => params[name] ?? '')]);
};

type Rule = (params: Params) => boolean;

const noSeparators: Rule = params =>
  findParameterWithSeparator(params) === null && findMalformedParameter(params) === null;
const rule: Rule = params => noSeparators(params) && findAmbiguousParameter(params, kindOf(params)) === null;

const REQUIRED: Record<NotificationKind, string[]> = {
  pay: ['dealId', 'orderId', 'payMoney', 'status', 'totalMoney', 'tpOrderId', 'userId'],
  refund: ['orderId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['orderId', 'refundBatchId'],
};
const has = (params: Params, names: string[]): boolean => names.every(name => name in params);
/** Returns true if the parameters are there without which a notification is refused anyway. */
const isComplete = (params: Params): boolean => has(params, REQUIRED[kindOf(params)]);

/** The splits of a genuine notification that a rule accepts although their deciding values differ. */
function attacks(genuine: Params, accepts: Rule): Params[] {
  return splitsOf(canonicalText(genuine)).filter(
    params => isComplete(params) && accepts(params) && decision(params) !== decision(genuine),
  );
}

const chain = '&status=2&totalMoney=9&tpOrderId=VICTIM&unitPrice=9&userId=7';
const samples: [string, Params][] = [
  ['a chain before a new parameter', { ...GENUINE.pay, returnData: `x${chain}&zz=` }],
  ['a chain within JSON', { ...GENUINE.pay, returnData: `{"a":"${chain}&zz=x"}` }],
  ['JSON that ends in another parameter', { ...GENUINE.pay, returnData: `${chain}&v=["`, zNote: 'x"]' }],
  ['JSON that begins in another parameter', { ...GENUINE.pay, promoDetail: '["', returnData: `${chain}"]` }],
  [
    'text that goes on in an order number',
    { ...GENUINE.pay, returnData: `x&status=3&t=["`, tpOrderId: 'A"]' },
  ],
  ['a payment that ends as a refund', { ...GENUINE.pay, promoDetail: 'x&refundBatchId=1&refundStatus=1' }],
  [
    'a payment inside a refund',
    { ...GENUINE.refund, aNew: `1&dealId=1&orderId=1&payMoney=1&payTime=1&r=x${chain}&v=` },
  ],
  ['an audit that became a result', { ...GENUINE['refund-audit'], refundReason: 'x&refundStatus=1' }],
  [
    'an amount of the attacker',
    { ...GENUINE['refund-audit'], aNew: '1&applyRefundMoney=900&b=["', bNew: '"]' },
  ],
  ['an amount to refund in a payment', { ...GENUINE.pay, aNew: '&applyRefundMoney=3' }],
  ['a refund with amounts of a payment', { ...GENUINE.refund, returnData: `${chain}&v=["`, zNew: 'x"]' }],
  [
    'a chain with a parameter that the genuine one lacks',
    {
      ...GENUINE.pay,
      aNew: `&count=1&dealId=470&orderId=9&payMoney=9${chain}&v=["`,
      zNew: 'x"]',
    },
  ],
  [
    'an order number inside another value',
    { ...GENUINE.refund, sNew: '["&tpOrderId=VICTIM&userId=1&v=', zNew: '"]' },
  ],
];

describe('verifyNotification', () => {
  test.each(samples)(
    'accepts no split that changes a deciding value when the text has %s',
    (_what, genuine) => {
      expect(splitsOf(canonicalText(genuine)).length).toBeGreaterThan(10);
      expect(attacks(genuine, rule)).toEqual([]);
      const rsaSign = signText(canonicalText(genuine), platformPrivate);
      const accepts: Rule = params => verifyNotification({ ...params, rsaSign }, platformKey).ok;
      expect(attacks(genuine, accepts)).toEqual([]);
    },
  );

  test('would accept an attack when its rules were weaker', () => {
    const found = (weak: Rule): string[] =>
      samples.filter(([, genuine]) => attacks(genuine, weak).length > 0).map(([name]) => name);
    expect(found(() => true)).toEqual(samples.map(([name]) => name));
    expect(found(params => findMalformedParameter(params) === null)).toEqual(samples.map(([name]) => name));
    expect(found(noSeparators)).toEqual(
      expect.arrayContaining([
        'JSON that ends in another parameter',
        'a payment that ends as a refund',
        'an audit that became a result',
      ]),
    );
  });
});

const token = fc.constantFrom(
  ...[
    '&',
    '&',
    '=',
    '{',
    '}',
    '"',
    '"',
    '[',
    ']',
    '\\',
    ',',
    ':',
    'x',
    '1',
    chain,
    '{"a":"',
    '"}',
    '["',
    '"]',
  ],
  ...['&status=2', '&totalMoney=5', '&tpOrderId=V', '&userId=9', '&orderId=4', '&dealId=6', '&payMoney=8'],
  ...['&payTime=3', '&refundBatchId=1', '&refundStatus=1', '&applyRefundMoney=3', '&sign=1', '&returnData='],
  ...['&a=', '&c=', '&p=', '&q=', '&s=', '&t=', '&tn=', '&u=', '&v=', '&z='],
);
const hostile = fc.oneof(
  fc.array(token, { maxLength: 6 }).map(tokens => tokens.join('')),
  fc.constantFrom(
    `${chain}&v=["`,
    'x"]',
    '["',
    `${chain}"]`,
    'x&refundBatchId=1&refundStatus=1',
    '&refundStatus=1',
  ),
);
const genuine = fc
  .record({
    kind: fc.constantFrom<NotificationKind>('pay', 'pay', 'refund', 'refund-audit'),
    values: fc.record(
      { promoDetail: hostile, returnData: hostile, aNew: hostile, refundReason: hostile, zNew: hostile },
      { requiredKeys: [] },
    ),
  })
  .map(({ kind, values }): Params => ({ ...GENUINE[kind], ...values }))
  .filter(params => canonicalText(params).split('&').length <= 16);

test('verifyNotification accepts no split that changes a deciding value when the text is random and hostile', () => {
  fc.assert(
    fc.property(genuine, params => {
      expect(attacks(params, rule)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('the random texts contain an attack when the rules are weaker', () => {
  const property = fc.property(genuine, params => attacks(params, noSeparators).length === 0);
  expect(fc.check(property, { numRuns: 300, seed: 1 }).failed).toBe(true);
});

describe('findAmbiguousParameter', () => {
  const WHOLE = [...new Set([...Object.values(DECIDING).flat(), 'unitPrice'])];
  const OF_KIND = { ...REQUIRED, 'refund-audit': ['applyRefundMoney', ...REQUIRED['refund-audit']] };

  /** The definition of ambiguity: tries every split. */
  const isAmbiguous = (params: Params): boolean => {
    const own = OF_KIND[kindOf(params)];
    const splits = splitsOf(canonicalText(params)).filter(
      split =>
        findMalformedParameter(split) === null &&
        WHOLE.every(name => !split[name]?.includes('&')) &&
        Object.keys(split).every(name => !name.includes('&')),
    );
    const others = Object.keys(OF_KIND).filter(kind => kind !== kindOf(params)) as NotificationKind[];
    return (
      (kindOf(params) === 'pay' && 'applyRefundMoney' in params) ||
      splits.some(
        split => has(split, own) && WHOLE.some(name => name in split && split[name] !== params[name]),
      ) ||
      others.some(kind => splits.some(split => has(split, OF_KIND[kind])))
    );
  };

  test('finds the same as the definition when the texts are the samples or random', () => {
    for (const [, params] of samples) {
      expect(findAmbiguousParameter(params, kindOf(params)) !== null).toBe(isAmbiguous(params));
    }
    let ambiguous = 0;
    fc.assert(
      fc.property(genuine, params => {
        const expected = isAmbiguous(params);
        ambiguous += Number(expected);
        expect(findAmbiguousParameter(params, kindOf(params)) !== null).toBe(expected);
      }),
      { numRuns: RUNS },
    );
    expect(ambiguous).toBeGreaterThan(5);
  });
});

test('verifyNotification accepts a payment when every other split of its text has the same deciding values', () => {
  const params = { ...GENUINE.pay, promoDetail: '["&status=2&t="]' };
  const rsaSign = signText(canonicalText(params), platformPrivate);
  expect(verifyNotification({ ...params, rsaSign }, platformKey)).toMatchObject({ ok: true });
  const other = { ...params, promoDetail: '["&status=3&t="]' };
  expect(findAmbiguousParameter(other, 'pay')).toBe('promoDetail');
});

// Quadratic work would take minutes, so that Jest would end the test.
test('findAmbiguousParameter works in linear time when the text has thousands of separators', () => {
  for (const hostileText of ['&'.repeat(60_000), '&a='.repeat(20_000), '&z=1'.repeat(15_000)]) {
    expect(findAmbiguousParameter({ ...GENUINE.pay, returnData: hostileText }, 'pay')).toBeNull();
    findAmbiguousParameter({ ...GENUINE.refund, aNew: hostileText + chain }, 'refund');
  }
});
