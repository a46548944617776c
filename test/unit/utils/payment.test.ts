/** The machine itself, under events in any order: the few sentences that hold for every one of them. */
import fc from 'fast-check';
import type { OrderInfo } from '../../../utils/order-info';
import {
  type Effect,
  isLive,
  isUnsettled,
  newPayment,
  type Payment,
  type PaymentEvent,
  QUIET,
  remembered,
  step,
} from '../../../utils/payment';

const WINDOWS = { confirm: [0, 1000], shortConfirm: [0, 3000] };
const orderInfo = (tpOrderId: string): OrderInfo => ({
  dealId: '1',
  appKey: 'MMM',
  totalAmount: '1999',
  tpOrderId,
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'SECRET',
});

/** @param waits what the present ticket was given out for; null when nobody holds it */
type Make = (now: Payment, waits: Effect['type'] | null) => PaymentEvent;
const order = fc.constantFrom('T1', 'T1', 'T2');
/** Answers to what is waited for now, and to what nobody waits for any more. */
const late = fc.boolean();
const ticketOf = (now: Payment, isLate: boolean): number => (isLate ? now.ticket - 1 : now.ticket);

const event: fc.Arbitrary<Make> = fc.oneof(
  fc
    .record({
      canLook: fc.boolean(),
      canCreate: fc.boolean(),
      ready: fc.option(order),
      changed: fc.boolean(),
      recreates: fc.boolean(),
      refused: fc.nat(9),
    })
    .map<Make>(
      ({ canLook, canCreate, ready, changed, recreates, refused }) =>
        now =>
          // Whoever asks while something is under way, or paid, joins it.
          isLive(now) || now.phase === 'paid'
            ? { type: 'tapped' }
            : {
                type: 'pay',
                changed,
                recreates: changed && recreates,
                newKey: 'next',
                canLook,
                canCreate,
                orderInfo: ready && orderInfo(ready),
                refusal: refused ? null : { reason: 'order-invalid', code: null },
              },
    ),
  fc.tuple(order, late).map<Make>(([id, old]) => (now, waits) => ({
    type: 'ordered',
    ticket: ticketOf(now, old || waits !== 'create'),
    orderInfo: orderInfo(id),
  })),
  fc.tuple(order, fc.boolean(), late).map<Make>(([tpOrderId, closed, old]) => (now, waits) => ({
    type: 'settled-order',
    ticket: ticketOf(now, old || waits !== 'create'),
    tpOrderId,
    totalAmount: 1,
    closed,
  })),
  late.map<Make>(old => (now, waits) => ({
    type: 'order-failed',
    ticket: ticketOf(now, old || waits !== 'create'),
    failure: { reason: 'order-request', code: 500 },
  })),
  late.map<Make>(old => (now, waits) => ({
    type: 'enter',
    ticket: ticketOf(now, old || waits !== 'queue'),
    call: now.call + 1,
  })),
  late.map<Make>(old => (now, waits) => ({ type: 'left', ticket: ticketOf(now, old || waits !== 'queue') })),
  fc
    .tuple(
      fc.constantFrom('success', 'cancel', 'paying', 'rejected', 'not-logged-in', 'failed' as const),
      fc.boolean(),
      fc.boolean(),
    )
    .map<Make>(([claim, superseded, old]) => now => ({
      type: 'answer',
      call: old ? now.call - 1 : now.call,
      answer: { claim, code: 0, raw: 'raw' },
      superseded,
    })),
  fc
    .tuple(
      fc.constantFrom('unpaid', 'paid', 'closed', 'refunded', 'unreachable' as const),
      fc.constantFrom('now', 'late', 'quiet'),
      fc.boolean(),
    )
    .map<Make>(([status, when, other]) => (now, waits) => ({
      type: 'looked',
      ticket: when === 'quiet' ? QUIET : ticketOf(now, when === 'late' || waits !== 'look'),
      tpOrderId: other ? 'T9' : now.tpOrderId,
      status,
    })),
  fc.tuple(fc.boolean(), late).map<Make>(([yes, old]) => (now, waits) => ({
    type: 'asked',
    ticket: ticketOf(now, old || waits !== 'ask'),
    yes,
  })),
  fc.constantFrom('tapped', 'close', 'undelivered' as const).map<Make>(type => () => ({ type })),
  fc.boolean().map<Make>(again => () => ({ type: 'uncovered', again })),
  fc.boolean().map<Make>(canLook => () => ({ type: 'show', canLook })),
  fc.constant<Make>(now => ({ type: 'watchdog', call: now.call })),
);

interface Step {
  before: Payment;
  event: PaymentEvent;
  after: Payment;
  effects: Effect[];
}

function run(events: Make[], start = newPayment('key')): Step[] {
  let before = start;
  let waits: Effect['type'] | null = null;
  return events.map(make => {
    const made = make(before, waits);
    const [after, effects] = step(before, made, WINDOWS);
    if (after.ticket !== before.ticket) waits = null;
    for (const effect of effects)
      if ('ticket' in effect && effect.ticket === after.ticket) waits = effect.type;
    const taken = { before, event: made, after, effects };
    before = after;
    return taken;
  });
}

const holds = (rule: (steps: Step[]) => void): void =>
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), events => rule(run(events))),
    { numRuns: 2000 },
  );

const settles = ({ effects }: Step): Extract<Effect, { type: 'settle' }>[] =>
  effects.filter(effect => effect.type === 'settle');

describe('in any order of events', () => {
  test('nothing is thrown, and the state before is left alone', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), events => {
        let before = newPayment('key');
        for (const make of events) {
          const frozen = Object.freeze({ ...before });
          [before] = step(frozen, make(frozen, 'create'), WINDOWS);
        }
      }),
    );
  });

  test('an accepted attempt settles at most once, and one step settles once', () => {
    holds(steps => {
      let owed = 0;
      for (const one of steps) {
        if (one.event.type === 'pay') owed = 1;
        if (one.event.type === 'undelivered' && one.after.open) owed = 1;
        expect(settles(one).length).toBeLessThanOrEqual(1);
        for (const { verdict, resumed, speaks } of settles(one)) {
          // What comes on top of an outcome is marked, and never another pending.
          if (!owed) expect([resumed, verdict.outcome === 'pending' && speaks]).toEqual([true, false]);
          owed = 0;
        }
        expect(!!one.after.open).toBe(!!owed);
      }
    });
  });

  test('paid is final', () => {
    holds(steps => {
      for (const { before, after, effects } of steps) {
        if (before.phase === 'paid') expect([after.phase, effects]).toEqual(['paid', []]);
      }
    });
  });

  test('success is told only by the cashier or by the backend', () => {
    holds(steps => {
      for (const one of steps) {
        for (const { verdict } of settles(one)) {
          if (verdict.outcome !== 'success') continue;
          const { event: cause } = one;
          const byBackend =
            (cause.type === 'looked' && /paid|refund/.test(cause.status) && cause.status !== 'unpaid') ||
            (cause.type === 'settled-order' && !cause.closed);
          const byCashier =
            cause.type === 'answer' && cause.answer.claim === 'success' && !one.before.canLook;
          expect(verdict.verified ? byBackend : byCashier).toBe(true);
        }
      }
    });
  });

  test('the cashier is called once for one entrance, with an order, after it was saved', () => {
    holds(steps => {
      for (const { before, event: cause, after, effects } of steps) {
        const calls = effects.filter(({ type }) => type === 'call');
        expect(calls.length).toBe(
          cause.type === 'enter' &&
            before.phase === 'ordering' &&
            cause.ticket === before.ticket &&
            effects.length
            ? 1
            : 0,
        );
        if (calls.length) {
          expect(effects.map(({ type }) => type)).toEqual(['save', 'call']);
          expect(after.orderInfo!.tpOrderId).toBe(after.tpOrderId);
        }
      }
    });
  });

  test('an order that may be paid keeps its key and its number until the backend speaks or a person agrees', () => {
    holds(steps => {
      for (const { before, event: cause, after } of steps) {
        if (
          !isUnsettled(before) ||
          cause.type === 'looked' ||
          cause.type === 'asked' ||
          cause.type === 'settled-order'
        )
          continue;
        expect([after.idempotencyKey, after.tpOrderId]).toEqual([before.idempotencyKey, before.tpOrderId]);
      }
    });
  });

  test('a page that closes while the cashier is silent leaves a pending purchase', () => {
    holds(steps => {
      for (const { before, event: cause, after } of steps) {
        if (cause.type === 'close' && before.phase === 'paying') expect(after.phase).toBe('pending');
      }
    });
  });

  test('a busy phase always waits for something that ends', () => {
    holds(steps => {
      for (const { after } of steps) {
        if (after.phase === 'confirming') expect(after.looking).not.toBeNull();
        if (after.phase === 'idle' || after.phase === 'paid') expect(after.looking).toBeNull();
      }
    });
  });

  test('what is remembered holds no signature, is at rest, and is still in doubt', () => {
    holds(steps => {
      for (const { after } of steps) {
        const kept = remembered(after);
        expect(JSON.stringify(kept)).not.toMatch(/SECRET|raw/);
        expect(kept.phase).toMatch(/^(idle|pending|paid)$/);
        const again = { ...newPayment('other'), ...kept };
        expect(isLive(again)).toBe(false);
        expect(isUnsettled(again)).toBe(isUnsettled(after));
        expect([again.idempotencyKey, again.tpOrderId]).toEqual([after.idempotencyKey, after.tpOrderId]);
      }
    });
  });
});
