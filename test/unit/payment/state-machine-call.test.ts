/** One attempt from its question to its call and its end. */
import { isBeforeCashier, takesSettlement } from '../../../utils/payment/state-machine';
import { attempt, created, cup, GOODS, INVALID, turn } from './attempts';
import { call, NOW, order } from './orders';

describe('replied', () => {
  const asking = attempt({ step: 'asking', tpOrderId: 'T2', named: ['T9'] });

  test('ends as cancelled by the person when the answer is no', () => {
    expect(turn(asking, { type: 'replied', yes: false }, [cup]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'cancel', by: 'user' }, resumed: false },
    ]);
  });

  test('ends as pending when the answer is no and its own order may be paid', () => {
    const same = attempt({ step: 'asking', tpOrderId: 'T1', named: ['T1'] });
    expect(turn(same, { type: 'replied', yes: false }, [order()]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'pending' } },
    ]);
  });

  test('accepts what was named, and waits, when the answer is yes', () => {
    const other = order({ tpOrderId: 'T7', goods: 'pot' });
    const { state, effects } = turn(asking, { type: 'replied', yes: true }, [cup, other]);
    expect(state).toMatchObject({ step: 'waiting', asked: true });
    expect(effects).toEqual([{ type: 'accept', orders: [cup] }, { type: 'gate' }]);
  });

  test('accepts nothing when the yes is to the same order', () => {
    const same = attempt({ step: 'asking', tpOrderId: 'T1', named: ['T1'] });
    expect(turn(same, { type: 'replied', yes: true }, [order()]).effects).toEqual([
      { type: 'accept', orders: [] },
      { type: 'gate' },
    ]);
  });

  test('takes a new key when the yes is to replacing its own order', () => {
    const twice = order({ calls: [call('lost'), call('doubtful', 2)] });
    const same = attempt({ step: 'asking', tpOrderId: 'T1', named: ['T1'] });
    const { state, effects } = turn(same, { type: 'replied', yes: true }, [twice]);
    expect(effects).toEqual([
      { type: 'accept', orders: [twice] },
      { type: 'create', renew: true },
    ]);
    // Nothing is asked about it again.
    expect(
      turn(state, created('T2', { idempotencyKey: 'k2' }), [{ ...twice, accepted: true }]).effects[1],
    ).toEqual({ type: 'gate' });
  });
});

describe('clear', () => {
  const waiting = attempt({ step: 'waiting', tpOrderId: 'T1' });
  const clear = { type: 'clear', call: 7 } as const;

  test('calls the cashier when nothing became unsettled', () => {
    const { state, effects } = turn(waiting, clear);
    expect([state.step, state.call, effects]).toEqual(['paying', 7, [{ type: 'call' }]]);
  });

  test('checks again when something became unsettled, and gives up when the person was asked already', () => {
    expect(turn(waiting, clear, [cup]).effects).toEqual([{ type: 'check', orders: [cup] }]);
    expect(turn({ ...waiting, asked: true, named: ['T8'] }, clear, [cup]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'cancel', by: 'changed' } },
    ]);
  });

  test('calls when what is unsettled was named in the question', () => {
    expect(turn({ ...waiting, asked: true, named: ['T9'] }, clear, [cup]).effects).toEqual([
      { type: 'call' },
    ]);
  });

  test('looks again at what was found paid meanwhile and not delivered, and calls when it was', () => {
    const settled = { ...cup, settled: true };
    const found = [{ order: settled, status: 'paid' as const }];
    expect(turn({ ...waiting, found }, clear, [settled]).effects).toMatchObject([{ type: 'create' }]);
    expect(turn({ ...waiting, found }, clear).effects).toEqual([{ type: 'call' }]);
  });
});

describe('goods-changed', () => {
  const event = { type: 'goods-changed', goods: { ...GOODS, goods: 'cup' } } as const;

  test('creates anew for the goods that are there now', () => {
    const { state, effects } = turn(attempt({ step: 'waiting', tpOrderId: 'T1', totalAmount: 5 }), event);
    expect(state).toMatchObject({
      step: 'creating',
      goods: 'cup',
      recreated: true,
      tpOrderId: '',
      totalAmount: 0,
    });
    expect(effects).toEqual([{ type: 'create', renew: false }]);
  });

  test('ends as pending when the person agreed to pay the same order', () => {
    expect(turn(attempt({ step: 'waiting', tpOrderId: 'T1' }), event, [order()]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'pending' } },
    ]);
  });
});

describe('settled', () => {
  test('ends with that outcome, and what the cashier handed over', () => {
    const paying = attempt({ step: 'confirming', call: 7, tpOrderId: 'T1', raw: 'raw' });
    const result = { outcome: 'success', verified: true, raw: undefined } as const;
    expect(turn(paying, { type: 'settled', order: order(), result }, [order()]).effects).toMatchObject([
      { type: 'end', result: { ...result, raw: 'raw' }, resumed: false },
    ]);
  });

  test('is resumed when this attempt has not called the cashier', () => {
    const result = { outcome: 'success', verified: true, raw: undefined } as const;
    const { state, effects } = turn(attempt(), { type: 'settled', order: order(), result });
    expect(effects).toMatchObject([{ resumed: true }]);
    expect(state).toMatchObject({ tpOrderId: 'T1', totalAmount: 1999 });
  });

  const paid = { outcome: 'success', verified: true, raw: undefined } as const;
  const failed = { outcome: 'fail', failure: INVALID, mayBePaid: true } as const;
  test.each([
    ['its own order', {}, { tpOrderId: 'T1' }, paid, true],
    ['its own order at the cashier', {}, { tpOrderId: 'T1', call: 7 }, paid, true],
    ['another order while its own is at the cashier', {}, { tpOrderId: 'T2', call: 7 }, paid, false],
    ['fresh goods of it', {}, {}, paid, true],
    ['goods of it that were called 10 min ago', { calledAt: NOW - 600000 }, {}, paid, false],
    ['such goods with an order-key', { calledAt: NOW - 600000 }, { orderKey: 'cart' }, paid, true],
    ['such goods that are ready', { calledAt: NOW - 600000 }, { isReady: true }, paid, true],
    ['such goods, when they are not paid', { calledAt: NOW - 600000 }, {}, failed, true],
    [
      'goods of it that the person agreed to pay beside',
      {},
      { asked: true, named: ['T1'], tpOrderId: 'T2' },
      paid,
      false,
    ],
    ['other goods', { goods: 'cup' }, {}, paid, false],
    ['anything after the end', {}, { step: 'ended', tpOrderId: 'T1' }, paid, false],
  ] as const)('of %s %j ends an attempt %j with %j: %s', (_what, orderOf, attemptOf, result, takes) => {
    expect(takesSettlement(attempt(attemptOf as object), order(orderOf), result, NOW)).toBe(takes);
  });
});

describe('any time', () => {
  test.each(['superseded', 'left', 'detached', 'reset'] as const)('cancel(%s) ends it', by => {
    expect(turn(attempt({ step: 'creating' }), { type: 'cancel', by }).effects).toMatchObject([
      { type: 'end', result: { outcome: 'cancel', by }, resumed: false },
    ]);
  });

  test('cancel ends as pending when its own order may be paid', () => {
    const waiting = attempt({ step: 'waiting', tpOrderId: 'T1' });
    expect(turn(waiting, { type: 'cancel', by: 'left' }, [order()]).effects).toMatchObject([
      { result: { outcome: 'pending' } },
    ]);
  });

  test('found is kept for the question', () => {
    const found = { order: cup, status: 'paid' as const };
    expect(turn(attempt({ step: 'creating' }), { type: 'found', found })).toMatchObject({
      state: { step: 'creating', found: [found] },
      effects: [],
    });
  });

  test('nothing follows the end', () => {
    const ended = attempt({ step: 'ended' });
    for (const event of [
      { type: 'start' },
      created(),
      { type: 'clear', call: 1 },
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
  ] as const)('%s with call %i is before the cashier: %s', (step, id, before) => {
    expect(isBeforeCashier(attempt({ step, call: id }))).toBe(before);
  });
});
