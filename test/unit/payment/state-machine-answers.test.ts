/** The table of section 3: what the cashier says, with and without a status-url, and what the attempt makes of it. */
import type { StatusResult } from '../../../utils/backend/check-status';
import type { LedgerOrder } from '../../../utils/payment/ledger';
import type { Effect } from '../../../utils/payment/attempt-state';
import type { CashierResult } from '../../../utils/payment/pay-button-events';
import { attempt, call, order, turn, type Turn } from './samples';

const paying = (canCheck: boolean) => attempt({ step: 'paying', callId: 7, tpOrderId: 'T1' }, { canCheck });
/** The ledger has noted the answer before the attempt gets it. */
const claimed = (claim: 'cancelled' | 'doubtful' | 'success' | 'lost'): LedgerOrder[] => [
  order({ calls: [call(claim, 7)] }),
];
const CLAIMED: Record<CashierResult | 'lost', LedgerOrder[]> = {
  success: claimed('success'),
  cancel: claimed('cancelled'),
  paying: claimed('doubtful'),
  failed: claimed('doubtful'),
  rejected: [],
  'not-logged-in': [],
  lost: claimed('lost'),
};

const answer = (result: CashierResult, canCheck: boolean, isSimulated = false): Turn =>
  turn(
    paying(canCheck),
    { type: 'cashier-answered', result, code: 6, raw: 'raw', isSimulated },
    CLAIMED[result],
  );
const lost = (canCheck: boolean): Turn => turn(paying(canCheck), { type: 'lost' }, CLAIMED.lost);
const pollingEnded = ({ state }: Turn, result: CashierResult | 'lost', status: StatusResult): Effect[] =>
  turn(state, { type: 'polling-ended', status }, CLAIMED[result]).effects;

const END = (result: object, more: object = { isResumed: false }) => [{ type: 'end', result, ...more }];
const FAILED = { outcome: 'fail', failure: { reason: 'cashier', code: 6, raw: 'raw' }, mayBePaid: true };
const UNVERIFIED = [{ type: 'settle', result: { outcome: 'success', verified: false, raw: 'raw' } }];

describe('Without status-url, an attempt', () => {
  test.each([
    ['cancel', END({ outcome: 'cancel', by: 'user', mayBePaid: false })],
    ['paying', END({ outcome: 'pending' })],
    ['failed', END(FAILED)],
  ] as const)('ends at once when the cashier says %s', (result, effects) => {
    const { state, effects: found } = answer(result, false);
    expect([state.step, found]).toEqual(['ended', effects]);
  });

  test('ends by settling its order when the cashier says success', () => {
    expect(answer('success', false).effects).toEqual(UNVERIFIED);
  });

  test('ends as pending when the call is lost', () => {
    expect(lost(false).effects).toEqual(END({ outcome: 'pending' }));
  });
});

describe('With status-url, an attempt', () => {
  test.each([
    ['success', 'confirmDelays'],
    ['paying', 'confirmDelays'],
    ['failed', 'failureDelays'],
    ['cancel', null],
  ] as const)('is confirmed when the cashier says %s: %s', (result, delays) => {
    const { state, effects } = answer(result, true);
    expect([state.step, effects]).toEqual(['confirming', [{ type: 'confirm', delays }]]);
    expect(state.answer).toMatchObject({ result, code: 6, raw: 'raw' });
  });

  test('is confirmed once when the call is lost', () => {
    expect(lost(true).effects).toEqual([{ type: 'confirm', delays: null }]);
  });

  test.each([
    ['success', 'unpaid', END({ outcome: 'pending' })],
    ['success', 'unreachable', END({ outcome: 'pending' })],
    ['paying', 'unpaid', END({ outcome: 'pending' })],
    ['failed', 'unpaid', END(FAILED)],
    ['failed', 'unreachable', END(FAILED)],
    ['cancel', 'unpaid', END({ outcome: 'cancel', by: 'user', mayBePaid: false })],
    ['cancel', 'unreachable', END({ outcome: 'cancel', by: 'user', mayBePaid: true })],
  ] as const)(
    'that was answered %s ends so when its window is over and the order is %s',
    (result, status, effects) => {
      expect(pollingEnded(answer(result, true), result, status)).toEqual(effects);
    },
  );

  test.each(['unpaid', 'unreachable'] as const)('that was lost is pending when the order is %s', status => {
    expect(pollingEnded(lost(true), 'lost', status)).toEqual(END({ outcome: 'pending' }));
  });
});

describe('With or without status-url, an attempt', () => {
  test.each([true, false])(
    'fails at once when the cashier never opened or no user is logged in (status-url: %s)',
    canCheck => {
      for (const reason of ['rejected', 'not-logged-in'] as const) {
        expect(answer(reason, canCheck).effects).toEqual(
          END({ outcome: 'fail', failure: { reason, code: 6, raw: 'raw' }, mayBePaid: false }),
        );
      }
    },
  );

  test('ends as failed with mayBePaid when it was rejected and an earlier call of its order may be paid', () => {
    const event = {
      type: 'cashier-answered',
      result: 'rejected',
      code: 904,
      raw: null,
      isSimulated: false,
    } as const;
    expect(turn(paying(true), event, claimed('lost')).effects).toMatchObject([
      { result: { mayBePaid: true } },
    ]);
  });

  test('that is cancelled is pending when an earlier call of its order may be paid', () => {
    const orders = [order({ calls: [call('lost', 1), call('cancelled', 7)] })];
    const { state } = turn(
      paying(true),
      { type: 'cashier-answered', result: 'cancel', code: 2, raw: null, isSimulated: false },
      orders,
    );
    expect(turn(state, { type: 'polling-ended', status: 'unpaid' }, orders).effects).toEqual(
      END({ outcome: 'pending' }),
    );
  });

  test('is an unverified success after one check when DevTools’ own cashier says success', () => {
    const simulated = answer('success', true, true);
    expect(simulated.effects).toEqual([{ type: 'confirm', delays: null }]);
    expect(pollingEnded(simulated, 'success', 'unpaid')).toEqual(UNVERIFIED);
    expect(answer('success', false, true).effects).toEqual(UNVERIFIED);
    expect(answer('cancel', true, true).effects).toEqual([{ type: 'confirm', delays: null }]);
  });

  test('is confirmed again only when a later callback of its call says success', () => {
    for (const result of ['cancel', 'failed', 'paying', 'rejected', 'not-logged-in'] as const) {
      const first = answer('failed', true);
      const event = { type: 'cashier-answered', result, code: 2, raw: 'late', isSimulated: false } as const;
      expect(turn(first.state, event, CLAIMED.failed)).toEqual({ state: first.state, effects: [] });
    }
    const event = {
      type: 'cashier-answered',
      result: 'success',
      code: 0,
      raw: 'late',
      isSimulated: false,
    } as const;
    const { state, effects } = turn(answer('failed', true).state, event, CLAIMED.success);
    expect([state.answer.result, state.answer.raw, effects]).toEqual([
      'success',
      'late',
      [{ type: 'confirm', delays: 'confirmDelays' }],
    ]);
  });
});
