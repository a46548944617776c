/**
 * A signed text is cut in every way that keeps the order of names, with texts of an attacker in returnData, promoDetail
 * and new parameters. What is accepted must be what was signed.
 */
import fc from 'fast-check';
import { canonicalText, loadPublicKey, signText, verifyNotification } from '../../../merchant';
import {
  findAmbiguousParameter,
  findMalformedParameter,
  findSeparator,
} from '../../../merchant/notification-ambiguity';
import type { NotificationKind } from '../../../merchant/notification-ambiguity';
import { platform, text } from './vectors';

const platformKey = loadPublicKey(text(platform.publicKeyPem));
const platformPrivate = text(platform.privateKeyPem);

type Params = Record<string, string>;

/** Each tries up to a thousand cuts. */
const RUNS = Number(process.env.RUNS ?? 100);

const UNSIGNED = ['sign', 'sign_type', 'rsaSign'];
const DECIDING: Record<NotificationKind, string[]> = {
  pay: [
    ...['orderId', 'tpOrderId', 'dealId', 'totalMoney', 'payMoney', 'status', 'userId', 'payTime'],
    'applyRefundMoney',
  ],
  refund: ['orderId', 'tpOrderId', 'userId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['orderId', 'tpOrderId', 'userId', 'refundBatchId', 'applyRefundMoney'],
};

/** As few as each kind allows, so that every cut can be tried. */
const GENUINE: Record<NotificationKind, Params> = {
  pay: {
    ...{ dealId: '470', orderId: '800', payMoney: '1', payTime: '16', promoDetail: '', returnData: '' },
    ...{ status: '2', totalMoney: '1', tpOrderId: 'CHEAP', unitPrice: '1', userId: '149' },
  },
  refund: { orderId: '800', refundBatchId: '15', refundStatus: '2', tpOrderId: 'CHEAP', userId: '149' },
  'refund-audit': {
    ...{ applyRefundMoney: '1', orderId: '800', refundBatchId: '15', tpOrderId: 'CHEAP', userId: '149' },
  },
};

/** Every set of parameters that has this text, each name greater than the one before. */
function cutsOf(signedText: string): Params[] {
  const pieces = signedText.split('&');
  const cuts: Params[] = [];
  const cut = (from: number, previous: string, params: [string, string][]): void => {
    if (from === pieces.length) cuts.push(Object.fromEntries(params));
    for (let to = from + 1; to <= pieces.length; to++) {
      const [name = '', ...value] = pieces.slice(from, to).join('&').split('=');
      if (!value.length || UNSIGNED.includes(name) || name <= previous) continue;
      cut(to, name, [...params, [name, value.join('=')]]);
    }
  };
  cut(0, '', []);
  return cuts;
}

const kindOf = (params: Params): NotificationKind =>
  'refundStatus' in params ? 'refund' : 'refundBatchId' in params ? 'refund-audit' : 'pay';

/** What a shop acts on. */
const decision = (params: Params): string => {
  const kind = kindOf(params);
  return JSON.stringify([kind, ...DECIDING[kind].map(name => params[name] ?? '')]);
};

type Rule = (params: Params) => boolean;

const noSeparators: Rule = params =>
  findSeparator(params) === null && findMalformedParameter(params) === null;
const rule: Rule = params => noSeparators(params) && findAmbiguousParameter(params, kindOf(params)) === null;

const REQUIRED: Record<NotificationKind, string[]> = {
  pay: ['dealId', 'orderId', 'payMoney', 'status', 'totalMoney', 'tpOrderId', 'userId'],
  refund: ['orderId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['orderId', 'refundBatchId'],
};
const has = (params: Params, names: string[]): boolean => names.every(name => name in params);
/** Without these it is refused anyway. */
const isComplete = (params: Params): boolean => has(params, REQUIRED[kindOf(params)]);

/** The cuts of a genuine notification that a rule accepts and that say something else. */
function attacks(genuine: Params, accepts: Rule): Params[] {
  return cutsOf(canonicalText(genuine)).filter(
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
    'a payment in a refund',
    { ...GENUINE.refund, aNew: `1&dealId=1&orderId=1&payMoney=1&payTime=1&r=x${chain}&v=` },
  ],
  ['an audit that became a result', { ...GENUINE['refund-audit'], refundReason: 'x&refundStatus=1' }],
  ['an amount of its own', { ...GENUINE['refund-audit'], aNew: '1&applyRefundMoney=900&b=["', bNew: '"]' }],
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
  ['an order swallowed', { ...GENUINE.refund, sNew: '["&tpOrderId=VICTIM&userId=1&v=', zNew: '"]' }],
];

describe('no cut that changes a decision is accepted', () => {
  test.each(samples)('%s', (_what, genuine) => {
    expect(cutsOf(canonicalText(genuine)).length).toBeGreaterThan(10);
    expect(attacks(genuine, rule)).toEqual([]);
    const rsaSign = signText(canonicalText(genuine), platformPrivate);
    const accepts: Rule = params => verifyNotification({ ...params, rsaSign }, platformKey).ok;
    expect(attacks(genuine, accepts)).toEqual([]);
  });

  test('the search finds what weaker rules accept', () => {
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

test('no cut of any hostile text changes a decision', () => {
  fc.assert(
    fc.property(genuine, params => {
      expect(attacks(params, rule)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('a weaker rule does not pass that', () => {
  const property = fc.property(genuine, params => attacks(params, noSeparators).length === 0);
  expect(fc.check(property, { numRuns: 300, seed: 1 }).failed).toBe(true);
});

describe('the search from both ends is the definition', () => {
  const WHOLE = [...new Set([...Object.values(DECIDING).flat(), 'unitPrice'])];
  const OF_KIND = { ...REQUIRED, 'refund-audit': ['applyRefundMoney', ...REQUIRED['refund-audit']] };

  /** Every cut, one after the other. */
  const isAmbiguous = (params: Params): boolean => {
    const own = OF_KIND[kindOf(params)];
    const cuts = cutsOf(canonicalText(params)).filter(
      cut =>
        findMalformedParameter(cut) === null &&
        WHOLE.every(name => !cut[name]?.includes('&')) &&
        Object.keys(cut).every(name => !name.includes('&')),
    );
    const others = Object.keys(OF_KIND).filter(kind => kind !== kindOf(params)) as NotificationKind[];
    return (
      (kindOf(params) === 'pay' && 'applyRefundMoney' in params) ||
      cuts.some(cut => has(cut, own) && WHOLE.some(name => name in cut && cut[name] !== params[name])) ||
      others.some(kind => cuts.some(cut => has(cut, OF_KIND[kind])))
    );
  };

  test('for the samples and for any text', () => {
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

// Quadratic work would take minutes, which Jest does not wait for.
test('the work grows with the length of the text only', () => {
  for (const hostileText of ['&'.repeat(60_000), '&a='.repeat(20_000), '&z=1'.repeat(15_000)]) {
    expect(findAmbiguousParameter({ ...GENUINE.pay, returnData: hostileText }, 'pay')).toBeNull();
    findAmbiguousParameter({ ...GENUINE.refund, aNew: hostileText + chain }, 'refund');
  }
});
