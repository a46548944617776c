/** One attempt from its question to its call and its end. */
import { isBeforeCashier } from '../../../utils/payment/attempt-state';
import { isEndedBy } from '../../../utils/payment/state-machine';
import { attempt, call, created, cup, INVALID, NOW, order, PURCHASE, turn } from './samples';

describe('user-answered', () => {
  const asking = attempt({ step: 'asking', tpOrderId: 'T2', askedAbout: [cup] });

  test('ends as cancelled by the user when the answer is no', () => {
    expect(turn(asking, { type: 'user-answered', yes: false }, [cup]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'cancel', by: 'user' }, isResumed: false },
    ]);
  });

  test('ends as pending when the answer is no and its own order may be paid', () => {
    const same = attempt({ step: 'asking', tpOrderId: 'T1', askedAbout: [order()] });
    expect(turn(same, { type: 'user-answered', yes: false }, [order()]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'pending' } },
    ]);
  });

  test('accepts what was named, and waits, when the answer is yes', () => {
    const other = order({ tpOrderId: 'T7', goods: 'pot' });
    const { state, effects } = turn(asking, { type: 'user-answered', yes: true }, [cup, other]);
    expect(state).toMatchObject({ step: 'waiting', hasAgreed: true });
    expect(effects).toEqual([{ type: 'accept', orders: [cup] }, { type: 'wait' }]);
  });

  test('accepts nothing that is claimed to be paid since the question', () => {
    const news = { ...cup, calls: [call('success')] };
    expect(turn(asking, { type: 'user-answered', yes: true }, [news]).effects[0]).toEqual({
      type: 'accept',
      orders: [],
    });
  });

  test.each([cup, { ...cup, settled: true }])('accepts nothing that is settled since the question', named => {
    const news = { ...cup, settled: true };
    const settled = { order: news, status: 'paid' as const };
    const before = { ...asking, askedAbout: [named] };
    const { state } = turn(before, { type: 'other-settled', settled }, [news]);
    expect(turn(state, { type: 'user-answered', yes: true }, [news]).effects[0]).toEqual({
      type: 'accept',
      orders: [],
    });
  });

  test('accepts nothing when the yes is to the same order', () => {
    const same = attempt({ step: 'asking', tpOrderId: 'T1', askedAbout: [order()] });
    expect(turn(same, { type: 'user-answered', yes: true }, [order()]).effects).toEqual([
      { type: 'accept', orders: [] },
      { type: 'wait' },
    ]);
  });

  test('takes a new key when the yes is to replacing its own order', () => {
    const twice = order({ calls: [call('lost'), call('doubtful', 2)] });
    const same = attempt({ step: 'asking', tpOrderId: 'T1', askedAbout: [twice] });
    const { state, effects } = turn(same, { type: 'user-answered', yes: true }, [twice]);
    expect(effects).toEqual([
      { type: 'accept', orders: [twice] },
      { type: 'create', isNew: true },
    ]);
    // Nothing is asked about it again.
    expect(
      turn(state, created('T2', { idempotencyKey: 'k2' }), [{ ...twice, accepted: 'tea' }]).effects[1],
    ).toEqual({ type: 'wait' });
  });
});

describe('ready', () => {
  const waiting = attempt({ step: 'waiting', tpOrderId: 'T1' });
  const ready = { type: 'ready', callId: 7 } as const;

  test('calls the cashier when nothing became unsettled', () => {
    const { state, effects } = turn(waiting, ready);
    expect([state.step, state.callId, effects]).toEqual(['paying', 7, [{ type: 'call' }]]);
  });

  test('checks again when an order became unsettled, and ends as changed when the user was already asked', () => {
    expect(turn(waiting, ready, [cup]).effects).toEqual([{ type: 'check', orders: [cup] }]);
    expect(
      turn({ ...waiting, hasAgreed: true, askedAbout: [order({ tpOrderId: 'T8' })] }, ready, [cup]).effects,
    ).toMatchObject([
      { type: 'warn-changed' },
      { type: 'end', result: { outcome: 'cancel', by: 'changed' } },
    ]);
  });

  test('calls the cashier when the user accepted what is unsettled', () => {
    const agreed = { ...waiting, hasAgreed: true, askedAbout: [cup] };
    expect(turn(agreed, ready, [{ ...cup, accepted: 'tea' }]).effects).toEqual([{ type: 'call' }]);
  });

  test('cancels as changed when an accepted order blocks again, because a claim of it rose', () => {
    const agreed = { ...waiting, hasAgreed: true, askedAbout: [cup] };
    expect(turn(agreed, ready, [cup]).effects).toMatchObject([
      { type: 'warn-changed' },
      { type: 'end', result: { outcome: 'cancel', by: 'changed' } },
    ]);
  });

  test('creates again when an order found paid is undelivered, and calls the cashier when it was delivered', () => {
    const settled = { ...cup, settled: true };
    const settledOrders = [{ order: settled, status: 'paid' as const }];
    expect(turn({ ...waiting, settled: settledOrders }, ready, [settled]).effects).toMatchObject([
      { type: 'create', isNew: false },
    ]);
    expect(turn({ ...waiting, settled: settledOrders }, ready).effects).toEqual([{ type: 'call' }]);
  });
});

describe('goods-changed', () => {
  const event = { type: 'goods-changed', purchase: { ...PURCHASE, goods: 'cup' } } as const;

  test('creates an order for the new goods when the step is waiting', () => {
    const { state, effects } = turn(attempt({ step: 'waiting', tpOrderId: 'T1', totalAmount: 5 }), event);
    expect(state).toMatchObject({
      step: 'creating',
      goods: 'cup',
      tpOrderId: '',
      totalAmount: 0,
    });
    expect(effects).toEqual([{ type: 'create', isNew: false }]);
  });

  test('ends as pending when the user agreed to pay the same order', () => {
    expect(turn(attempt({ step: 'waiting', tpOrderId: 'T1' }), event, [order()]).effects).toMatchObject([
      { type: 'warn-changed' },
      { type: 'end', result: { outcome: 'pending' } },
    ]);
  });
});

describe('settled', () => {
  test('ends with the outcome and raw of the cashier when its order is settled', () => {
    const paying = attempt({ step: 'confirming', callId: 7, tpOrderId: 'T1' });
    paying.answer = { ...paying.answer, raw: 'raw' };
    const result = { outcome: 'success', verified: true, raw: undefined } as const;
    expect(turn(paying, { type: 'settled', order: order(), result }, [order()]).effects).toMatchObject([
      { type: 'end', result: { ...result, raw: 'raw' }, isResumed: false },
    ]);
  });

  test('is resumed when this attempt has not called the cashier', () => {
    const result = { outcome: 'success', verified: true, raw: undefined } as const;
    const { state, effects } = turn(attempt(), { type: 'settled', order: order(), result });
    expect(effects).toMatchObject([{ isResumed: true }]);
    expect(state).toMatchObject({ tpOrderId: 'T1', totalAmount: 1999 });
  });

  const paid = { outcome: 'success', verified: true, raw: undefined } as const;
  const failed = { outcome: 'fail', failure: INVALID, mayBePaid: true } as const;
  test.each([
    ['its own order', {}, { tpOrderId: 'T1' }, paid, true],
    ['its own order at the cashier', {}, { tpOrderId: 'T1', callId: 7 }, paid, true],
    ['another order while its own is at the cashier', {}, { tpOrderId: 'T2', callId: 7 }, paid, false],
    ['fresh goods of it', {}, {}, paid, true],
    ['goods of it that were called 10 min ago', { calledAt: NOW - 600000 }, {}, paid, false],
    ['such goods with an order-key', { calledAt: NOW - 600000 }, { orderKey: 'cart' }, paid, true],
    ['such goods that are ready', { calledAt: NOW - 600000 }, { isReady: true }, paid, true],
    ['such goods, when they are not paid', { calledAt: NOW - 600000 }, {}, failed, true],
    [
      'goods of it that the user agreed to pay as another order',
      {},
      { hasAgreed: true, askedAbout: [order()], tpOrderId: 'T2' },
      paid,
      true,
    ],
    ['other goods', { goods: 'cup' }, {}, paid, false],
  ] as const)(
    'ends an attempt when the settled order is %s: order %j, attempt %j, result %j, %s',
    (_what, orderOf, attemptOf, result, takes) => {
      expect(isEndedBy(attempt(attemptOf as object), order(orderOf), result, NOW)).toBe(takes);
    },
  );
});

describe('an attempt', () => {
  test.each(['superseded', 'left', 'detached', 'reset'] as const)(
    'ends as cancelled when it gets cancel (%s)',
    by => {
      expect(turn(attempt({ step: 'creating' }), { type: 'cancel', by }).effects).toMatchObject([
        { type: 'end', result: { outcome: 'cancel', by }, isResumed: false },
      ]);
    },
  );

  test('cancel ends as pending when its own order may be paid', () => {
    const waiting = attempt({ step: 'waiting', tpOrderId: 'T1' });
    expect(turn(waiting, { type: 'cancel', by: 'left' }, [order()]).effects).toMatchObject([
      { result: { outcome: 'pending' } },
    ]);
  });

  test('keeps a settled order for its question when it gets other-settled', () => {
    const found = { order: cup, status: 'paid' as const };
    expect(turn(attempt({ step: 'creating' }), { type: 'other-settled', settled: found })).toMatchObject({
      state: { step: 'creating', settled: [found] },
      effects: [],
    });
  });

  test('emits no effect when it has ended', () => {
    const ended = attempt({ step: 'ended' });
    for (const event of [
      { type: 'start' },
      created(),
      { type: 'ready', callId: 1 },
      { type: 'lost' },
    ] as const) {
      expect(turn(ended, event)).toEqual({ state: ended, effects: [] });
    }
  });

  test.each([
    ['checking', 0, true],
    ['waiting', 0, true],
    ['paying', 7, false],
    ['confirming', 7, false],
    ['ended', 0, false],
  ] as const)('is before the cashier when its step is %s and its call %i: %s', (step, id, before) => {
    expect(isBeforeCashier(attempt({ step, callId: id }))).toBe(before);
  });
});
