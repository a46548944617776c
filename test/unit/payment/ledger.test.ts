/** What may follow from what is known of an order: its claim, and what the backend’s word makes of it. */
import fc from 'fast-check';
import {
  ageOf,
  type Claim,
  claimOf,
  needsQuestion,
  isOfGoods,
  isSameOwner,
  isUnsettled,
  shouldReplace,
  type LedgerOrder,
  settlementOf,
  withAnswer,
  withCall,
  withLostCall,
} from '../../../utils/payment/ledger';
import type { CashierResult } from '../../../utils/payment/pay-button-events';
import { call, NOW, order } from './samples';

const CLAIMS: Claim[] = ['cancelled', 'unanswered', 'lost', 'doubtful', 'success'];
const RANK: Record<Claim, number> = { cancelled: 0, unanswered: 1, lost: 1, doubtful: 2, success: 3 };
const RESULTS: CashierResult[] = ['success', 'cancel', 'paying', 'rejected', 'not-logged-in', 'failed'];
const claims = fc.array(fc.constantFrom(...CLAIMS), { maxLength: 4 });
const orders = claims.chain(list =>
  fc
    .record({ accepted: fc.constantFrom('', 'tea'), settled: fc.boolean() })
    .map(own => order({ ...own, calls: list.map((claim, index) => call(claim, index + 1)) })),
);
const frozen = (one: LedgerOrder): LedgerOrder =>
  Object.freeze({ ...one, calls: Object.freeze(one.calls.map(each => Object.freeze(each))) }) as LedgerOrder;

describe('claimOf()', () => {
  test('is the highest of its calls, and cancelled when it has none', () => {
    expect(claimOf(order({ calls: [] }))).toBe('cancelled');
    fc.assert(
      fc.property(orders, one => {
        const highest = Math.max(0, ...one.calls.map(({ claim }) => RANK[claim]));
        expect(RANK[claimOf(one)]).toBe(highest);
      }),
    );
  });
});

describe('an order', () => {
  test.each<[Claim, boolean]>([
    ['cancelled', false],
    ['unanswered', true],
    ['lost', true],
    ['doubtful', true],
    ['success', true],
  ])('is unsettled when its claim is %s: %s', (claim, unsettled) => {
    expect(isUnsettled(order({ calls: [call(claim)] }))).toBe(unsettled);
    expect(isUnsettled(order({ calls: [call(claim)], settled: true }))).toBe(false);
    expect(needsQuestion(order({ calls: [call(claim)] }))).toBe(unsettled);
    expect(needsQuestion(order({ calls: [call(claim)], accepted: 'tea' }))).toBe(false);
  });

  test.each([
    ['tea', true],
    ['T1', true],
    ['cup', false],
    ['', false],
  ])('is found when it is looked up by %j: %s', (goods, found) => {
    expect(isOfGoods(order(), goods)).toBe(found);
    expect(isOfGoods(order({ goods: '' }), '')).toBe(false);
  });

  test('is as old as its latest call when the clock was set either way', () => {
    expect([ageOf({ calledAt: NOW }, NOW + 5), ageOf({ calledAt: NOW }, NOW - 5)]).toEqual([5, 5]);
  });

  test.each([
    ['ann', 'ann', true],
    ['ann', 'bob', false],
    ['', 'bob', true],
    ['ann', '', true],
    ['', '', true],
  ])('has the same owner when the owners are %j and %j: %s', (one, other, same) => {
    expect(isSameOwner(one, other)).toBe(same);
  });

  test('should be replaced when two of its calls were not cancelled', () => {
    const replaced = (...list: Claim[]): boolean =>
      shouldReplace(order({ calls: list.map((claim, id) => call(claim, id)) }), NOW);
    expect(replaced('lost')).toBe(false);
    expect(replaced('lost', 'cancelled', 'cancelled')).toBe(false);
    expect(replaced('lost', 'doubtful')).toBe(true);
  });

  test('is worth replacing after 30 min only when there is no status-url', () => {
    const after = (ms: number, statusUrl: string): boolean => shouldReplace(order({ statusUrl }), NOW + ms);
    expect([after(1800000, ''), after(1800001, ''), after(1800001, '/status')]).toEqual([false, true, false]);
    expect(after(-1800001, '')).toBe(true);
  });
});

describe('withCall()', () => {
  test('adds an unanswered call and clears accepted and settled when an order is called', () => {
    const before = frozen(order({ calls: [call('cancelled')], accepted: 'tea', settled: true, calledAt: 1 }));
    expect(withCall(before, 7, NOW)).toEqual({
      ...before,
      calls: [call('cancelled'), call('unanswered', 7)],
      calledAt: NOW,
      accepted: '',
      settled: false,
    });
  });
});

describe('withLostCall()', () => {
  test.each<[Claim, Claim]>([
    ['unanswered', 'lost'],
    ['cancelled', 'cancelled'],
    ['doubtful', 'doubtful'],
    ['success', 'success'],
  ])('changes only that call when its claim is %s: %s', (claim, next) => {
    const before = frozen(order({ calls: [call(claim), call('unanswered', 2)] }));
    expect(withLostCall(before, 1).calls).toEqual([call(next), call('unanswered', 2)]);
  });
});

describe('withAnswer()', () => {
  const answered = (claim: Claim, result: CashierResult): Claim | null =>
    withAnswer(frozen(order({ calls: [call(claim)] })), 1, result).calls[0]?.claim ?? null;

  test.each<[Claim, Record<CashierResult, Claim | null>]>([
    [
      'unanswered',
      {
        success: 'success',
        cancel: 'cancelled',
        paying: 'doubtful',
        failed: 'doubtful',
        rejected: null,
        'not-logged-in': null,
      },
    ],
    [
      'lost',
      {
        success: 'success',
        cancel: 'lost',
        paying: 'doubtful',
        failed: 'doubtful',
        rejected: null,
        'not-logged-in': null,
      },
    ],
    [
      'cancelled',
      {
        success: 'success',
        cancel: 'cancelled',
        paying: 'doubtful',
        failed: 'doubtful',
        rejected: 'cancelled',
        'not-logged-in': 'cancelled',
      },
    ],
    [
      'doubtful',
      {
        success: 'success',
        cancel: 'doubtful',
        paying: 'doubtful',
        failed: 'doubtful',
        rejected: 'doubtful',
        'not-logged-in': 'doubtful',
      },
    ],
    [
      'success',
      {
        success: 'success',
        cancel: 'success',
        paying: 'success',
        failed: 'success',
        rejected: 'success',
        'not-logged-in': 'success',
      },
    ],
  ])('returns the new claim when that of the call is %s', (claim, expected) => {
    const found = Object.fromEntries(RESULTS.map(result => [result, answered(claim, result)]));
    expect(found).toEqual(expected);
  });

  test('never lowers a claim and changes no other call when calls and answers are arbitrary', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom(...RESULTS), fc.nat(5), (one, result, id) => {
        const after = withAnswer(frozen(one), id, result);
        for (const { id: other, claim } of one.calls) {
          const next = after.calls.find(each => each.id === other)?.claim;
          if (other !== id) expect(next).toBe(claim);
          else if (claim !== 'unanswered' && next) expect(RANK[next]).toBeGreaterThanOrEqual(RANK[claim]);
          if (!next) expect(['unanswered', 'lost']).toContain(claim);
        }
      }),
    );
  });

  test('is not accepted any more exactly when the claim of the order rises', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom(...RESULTS), fc.nat(5), (one, result, id) => {
        const after = withAnswer(frozen(one), id, result);
        const rises = RANK[claimOf(after)] > RANK[claimOf(one)];
        expect(after.accepted).toBe(rises ? '' : one.accepted);
      }),
    );
  });

  test('leaves an order unsettled unless each call was cancelled or rejected when answers come in any order', () => {
    const events = fc.array(
      fc.record({
        call: fc.integer({ min: 1, max: 3 }),
        result: fc.constantFrom(...RESULTS, 'lost' as const),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(events, list => {
        let one = [1, 2, 3].reduce((before, id) => withCall(before, id, NOW), order({ calls: [] }));
        for (const { call: id, result } of list) {
          one = result === 'lost' ? withLostCall(frozen(one), id) : withAnswer(frozen(one), id, result);
        }
        const mayBePaid = [1, 2, 3].some(id => {
          const own = list.filter(each => each.call === id);
          const success = own.findIndex(({ result }) => result === 'success');
          // A success of a call that was taken back before: cashier-call.ts puts the call back.
          if (success >= 0)
            return !own.slice(0, success).some(({ result }) => /rejected|logged/.test(result));
          const first = own[0]?.result;
          return first === undefined || first === 'failed' || first === 'paying';
        });
        if (mayBePaid) expect(isUnsettled(one)).toBe(true);
        const isClear = [1, 2, 3].every(id => {
          const own = list.filter(each => each.call === id).map(({ result }) => result);
          return (
            own[0] === 'cancel' && own.every(result => /cancel|lost|rejected|not-logged-in/.test(result))
          );
        });
        if (isClear) expect(isUnsettled(one)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('settlementOf()', () => {
  const settlement = (
    claim: Claim,
    status: Parameters<typeof settlementOf>[1],
    isAwaited = false,
    isOld = false,
  ) => settlementOf(order({ calls: [call(claim)] }), status, isAwaited, isOld);

  test.each(CLAIMS)('is paid or refunded when the backend says so, with any claim (%s)', claim => {
    for (const [isAwaited, isOld] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      expect(settlement(claim, 'paid', isAwaited, isOld)).toBe('paid');
      expect(settlement(claim, 'refunding', isAwaited, isOld)).toBe('refunded');
      expect(settlement(claim, 'refunded', isAwaited, isOld)).toBe('refunded');
    }
  });

  test.each<[Claim, string | null]>([
    ['cancelled', 'dropped'],
    ['unanswered', 'closed'],
    ['lost', 'closed'],
    ['doubtful', 'closed'],
    ['success', null],
  ])('settles a closed order when its claim is %s: %s', (claim, expected) => {
    expect(settlement(claim, 'closed')).toBe(expected);
  });

  test.each(CLAIMS)('is none when the order is closed and an attempt is running (%s)', claim => {
    expect(settlement(claim, 'closed', true)).toBe(null);
    expect(settlement(claim, 'closed', true, true)).toBe(null);
  });

  test.each(CLAIMS)('of an unpaid order is none, and dropped when it is old (%s)', claim => {
    expect(settlement(claim, 'unpaid')).toBe(null);
    expect(settlement(claim, 'unpaid', false, true)).toBe('dropped');
    expect(settlement(claim, 'unpaid', true, true)).toBe(null);
  });

  test('is dropped when an old order whose success was claimed is closed', () => {
    expect(settlement('success', 'closed', false, true)).toBe('dropped');
  });

  test.each(CLAIMS)('is none when the backend is unreachable, however old the order (%s)', claim => {
    expect(settlement(claim, 'unreachable')).toBe(null);
    expect(settlement(claim, 'unreachable', false, true)).toBe(null);
  });
});
