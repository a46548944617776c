/** The sentences that hold for an attempt with any answers, in any order, and with any ledger. */
import fc from 'fast-check';
import type { AlreadySettled, CreateResult } from '../../../utils/backend/create-order';
import { isUnsettled, type LedgerOrder } from '../../../utils/payment/ledger';
import type { AttemptState, AttemptEvent, Effect } from '../../../utils/payment/attempt-state';
import type { CashierResult } from '../../../utils/payment/pay-button-events';
import { attempt, call, INVALID, NOW, order, orderInfo, PURCHASE, turn } from './samples';

const IDS = ['T1', 'T2', 'T3'];
const calls = fc.constantFrom(
  ...(['cancelled', 'unanswered', 'lost', 'doubtful', 'success'] as const).map(claim => [call(claim)]),
  [call('lost'), call('doubtful')],
  [call('cancelled'), call('lost'), call('success')],
);
const known = (tpOrderId: string) =>
  fc
    .record({
      goods: fc.constantFrom('tea', 'cup'),
      idempotencyKey: fc.constantFrom('k1', 'k2'),
      statusUrl: fc.constantFrom('', '/status'),
      calls,
      accepted: fc.constantFrom('', 'tea', 'cup'),
      settled: fc.boolean(),
      age: fc.constantFrom(0, 700000, 4000000),
    })
    .map(({ age, ...one }) => order({ ...one, tpOrderId, calledAt: NOW - age }));
const ledger = fc
  .tuple(...IDS.map(id => fc.option(known(id), { freq: 1 })))
  .map(list => list.filter(one => one !== null).sort((one, other) => other.calledAt - one.calledAt));

const result = fc.constantFrom<CashierResult>(
  'success',
  'cancel',
  'paying',
  'rejected',
  'not-logged-in',
  'failed',
);
const anyTime = fc.constantFrom<AttemptEvent>(
  { type: 'cancel', by: 'superseded' },
  { type: 'cancel', by: 'detached' },
  { type: 'fail', failure: { reason: 'closed', code: null } },
  ...IDS.map(tpOrderId => ({
    type: 'other-settled' as const,
    settled: { order: order({ tpOrderId, settled: true, goods: 'cup' }), status: 'paid' as const },
  })),
);

const toNumber = ({ tpOrderId }: LedgerOrder): string => tpOrderId;
const some = fc.constantFrom<string[]>([], ['T1'], ['T2'], ['T1', 'T2', 'T3']);
const key = fc.constantFrom('', 'k1', 'k2', 'k3');
const made = fc.constantFrom<Exclude<CreateResult, AlreadySettled>>(
  ...IDS.map(tpOrderId => ({ orderInfo: orderInfo(tpOrderId) })),
  { failure: { reason: 'order-rejected', code: 1 } },
  { failure: { reason: 'order-request', code: null } },
);

/** What may answer each effect. */
const answers: fc.Arbitrary<Record<string, AttemptEvent>> = fc.record({
  check: fc.record({ type: fc.constant('checked' as const), unreachable: some }),
  create: fc.oneof(
    fc.record({
      type: fc.constant('created' as const),
      result: made,
      idempotencyKey: key,
      reused: fc.constantFrom(true, false, null),
    }),
    fc.record({
      type: fc.constant('already-settled' as const),
      result: fc.record({
        status: fc.constantFrom('paid' as const, 'closed' as const),
        tpOrderId: fc.constantFrom(...IDS),
        totalAmount: fc.constant(1),
      }),
      wasPaid: fc.boolean(),
    }),
  ),
  ask: fc.constantFrom<AttemptEvent>(
    { type: 'user-answered', yes: true },
    { type: 'user-answered', yes: false },
  ),
  wait: fc.constantFrom<AttemptEvent>(
    ...[1, 2, 3, 4].map(() => ({ type: 'ready' as const, callId: 7 })),
    { type: 'goods-changed', purchase: { ...PURCHASE, goods: 'cup' } },
    { type: 'cancel', by: 'left' },
  ),
  call: fc.oneof(
    fc.record({
      type: fc.constant('cashier-answered' as const),
      result,
      code: fc.constant(6),
      raw: fc.constant('raw'),
      isSimulated: fc.boolean(),
    }),
    fc.constant<AttemptEvent>({ type: 'lost' }),
  ),
  confirm: fc.constantFrom<AttemptEvent>(
    { type: 'polling-ended', status: 'unpaid' },
    { type: 'polling-ended', status: 'closed' },
    { type: 'polling-ended', status: 'unreachable' },
  ),
  settle: fc.constant<AttemptEvent>({
    type: 'settled',
    order: order({ settled: true }),
    result: { outcome: 'success', verified: false, raw: null },
  }),
  interruption: anyTime,
});
const WAITS = /^(check|create|ask|wait|call|confirm|settle)$/;

interface Taken {
  before: AttemptState;
  event: AttemptEvent;
  after: AttemptState;
  effects: Effect[];
  orders: LedgerOrder[];
}

/** A life of one attempt; the ledger may be another one at each step, as time passes between them. */
const life: fc.Arbitrary<Taken[]> = fc
  .record({
    isReady: fc.boolean(),
    canCheck: fc.boolean(),
    orderKey: fc.constantFrom('', 'cart'),
    refusal: fc.constantFrom(null, null, null, INVALID),
    turns: fc.array(fc.record({ orders: ledger, answers, interrupts: fc.nat(9) }), {
      minLength: 3,
      maxLength: 10,
    }),
    keeps: fc.boolean(),
  })
  .map(({ isReady, canCheck, orderKey, refusal, turns, keeps }) => {
    let before = attempt({ refusal }, { isReady, canCheck, orderKey });
    let event: AttemptEvent = { type: 'start' };
    const steps: Taken[] = [];
    for (const { orders: own, answers: next, interrupts } of turns) {
      const orders = keeps ? turns[0]!.orders : own;
      const { state: after, effects } = turn(before, event, orders);
      steps.push({ before, event, after, effects, orders });
      before = after;
      const last = effects[effects.length - 1];
      const isInterrupted = !last || !WAITS.test(last.type) || (interrupts === 0 && !after.callId);
      event = next[isInterrupted ? 'interruption' : last.type]!;
    }
    return steps;
  });

const holds = (rule: (steps: Taken[]) => void): void => fc.assert(fc.property(life, rule), { numRuns: 400 });
type Of<Type extends Effect['type']> = Extract<Effect, { type: Type }>;
const effectsOf = <Type extends Effect['type']>({ effects }: Taken, type: Type): Of<Type>[] =>
  effects.filter((effect): effect is Of<Type> => effect.type === type);

describe('an attempt, when its events are arbitrary,', () => {
  test('ends at most once and emits no effect after that', () => {
    holds(steps => {
      const ends = steps.map(one => effectsOf(one, 'end').length);
      expect(ends.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1);
      for (const { before, after, effects } of steps) {
        if (before.step === 'ended') expect([after, effects]).toEqual([before, []]);
        expect(effects.some(({ type }) => type === 'end')).toBe(
          before.step !== 'ended' && after.step === 'ended',
        );
      }
    });
  });

  test('waits for exactly one effect until it ends', () => {
    holds(steps => {
      for (const { before, event, after, effects } of steps) {
        if (after.step === 'ended') continue;
        const waits = effects.filter(({ type }) => WAITS.test(type));
        const isIgnored = event.type === 'other-settled' || before.step === 'ended';
        expect([event.type, waits.length]).toEqual([event.type, isIgnored ? 0 : 1]);
        expect(effects[effects.length - 1]).toBe(waits[0]);
      }
    });
  });

  test('calls the cashier at most once, with an order and no unsettled order that the question did not name', () => {
    holds(steps => {
      const calls = steps.flatMap(one => effectsOf(one, 'call').map(() => one));
      expect(calls.length).toBeLessThanOrEqual(1);
      for (const { before, after, orders } of calls) {
        expect([after.step, after.callId]).toEqual(['paying', 7]);
        expect(after.tpOrderId).not.toBe('');
        for (const one of orders) {
          if (isUnsettled(one) && !one.accepted)
            expect(before.askedAbout.map(toNumber)).toContain(one.tpOrderId);
        }
        if (before.askedAbout.length) expect(before.hasAgreed).toBe(true);
      }
    });
  });

  test('asks only about settled orders, and unsettled ones that are not accepted or about to be called', () => {
    holds(steps => {
      for (const one of steps) {
        for (const { question } of effectsOf(one, 'ask')) {
          expect(question.orders.length).toBeGreaterThan(0);
          const found = one.before.settled.map(({ order: each }) => each);
          for (const each of question.orders) {
            const { tpOrderId, goods } = one.after;
            const isAgreedTo = !!each.accepted && (each.goods !== goods || each.accepted === goods);
            const isAsked = isUnsettled(each) && (!isAgreedTo || each.tpOrderId === tpOrderId);
            expect(found.includes(each) || isAsked).toBe(true);
          }
        }
      }
    });
  });

  test('shows one question at most, and none after a yes', () => {
    holds(steps => {
      const isAsked = steps.map(one => effectsOf(one, 'ask').length > 0);
      const asks = steps.filter((_, index) => isAsked[index]);
      // Goods that change before the call are ordered anew, and only then a question may come again.
      for (const one of asks) expect(one.before.hasAgreed).toBe(false);
      expect(asks.length).toBeLessThanOrEqual(1);
    });
  });

  test('never ends as cancelled, or as failed without mayBePaid, when its own order may be paid', () => {
    holds(steps => {
      for (const one of steps) {
        const own = one.orders.find(({ tpOrderId }) => tpOrderId === one.after.tpOrderId);
        for (const { result: end } of effectsOf(one, 'end')) {
          if (!own || !isUnsettled(own)) continue;
          expect(end.outcome).not.toBe('cancel');
          if (end.outcome === 'fail') expect(end.mayBePaid).toBe(true);
        }
      }
    });
  });

  test('succeeds only when the backend or the cashier says so', () => {
    holds(steps => {
      for (const { before, event, after, effects, orders } of steps) {
        for (const effect of effects) {
          if (effect.type === 'end' && effect.result.outcome === 'success') {
            if (event.type === 'settled') continue;
            expect(event).toMatchObject({ type: 'already-settled', result: { status: 'paid' } });
            expect(orders.some(one => one.tpOrderId === after.tpOrderId)).toBe(false);
          } else if (effect.type === 'settle') {
            expect(after.answer.result).toBe('success');
            expect(before.canCheck && !after.answer.isSimulated).toBe(false);
          }
        }
      }
    });
  });

  test('accepts only orders that its question named', () => {
    holds(steps => {
      for (const one of steps) {
        for (const { orders: accepted } of effectsOf(one, 'accept')) {
          expect(one.event).toEqual({ type: 'user-answered', yes: true });
          for (const each of accepted) expect(one.before.askedAbout.map(toNumber)).toContain(each.tpOrderId);
        }
      }
    });
  });

  test('takes at most two new keys', () => {
    holds(steps => {
      const renewals = steps.flatMap(one => effectsOf(one, 'create')).filter(({ isNew }) => isNew);
      expect(renewals.length).toBeLessThanOrEqual(2);
    });
  });
});
