/** One attempt, step by step: what each event makes of each state, and what it asks for. */
import { isBeforeCashier, takesSettlement } from '../../../utils/payment/state-machine';
import { attempt, GOODS, INVALID, orderInfo, turn } from './attempts';
import { call, NOW, order } from './orders';

const cup = order({ tpOrderId: 'T9', goods: 'cup', idempotencyKey: 'k9' });
const created = (tpOrderId = 'T1', own: object = {}) =>
  ({ type: 'created', result: { orderInfo: orderInfo(tpOrderId) }, idempotencyKey: 'k1', isNews: true, ...own }) as const;
const checked = (unreachable: string[] = [], before: string[] = []) => ({ type: 'checked', unreachable, before }) as const;

describe('start', () => {
  test('goes on to create when nothing is unsettled', () => {
    for (const orders of [[], [order({ settled: true })], [order({ calls: [call('cancelled')] })]]) {
      const { state, effects } = turn(attempt(), { type: 'start' }, orders);
      expect([state.step, effects]).toEqual(['creating', [{ type: 'create', renew: false }]]);
    }
  });

  test('checks every unsettled order that has a status-url, whatever its goods and whether accepted or not', () => {
    const accepted = order({ tpOrderId: 'T3', goods: 'pot', accepted: true });
    const silent = order({ tpOrderId: 'T4', goods: 'pot', statusUrl: '' });
    const { state, effects } = turn(attempt(), { type: 'start' }, [cup, accepted, silent]);
    expect([state.step, effects]).toEqual(['checking', [{ type: 'check', orders: [cup, accepted] }]]);
  });

  test('checks only orders of its own goods when it cannot be paid', () => {
    const { state, effects } = turn(attempt({ refusal: INVALID }), { type: 'start' }, [cup, order()]);
    expect([state.step, effects]).toEqual(['checking', [{ type: 'check', orders: [order()] }]]);
  });

  test('fails at once when it cannot be paid and nothing of its goods is unsettled', () => {
    expect(turn(attempt({ refusal: INVALID }), { type: 'start' }, [cup]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'fail', failure: INVALID, mayBePaid: false }, resumed: false },
    ]);
  });
});

describe('checked', () => {
  const checking = attempt({ step: 'checking' });

  test('creates when every check was answered', () => {
    expect(turn(checking, checked(), [order(), cup]).effects).toEqual([{ type: 'create', renew: false }]);
  });

  test('ends as pending when an order of its goods is unreachable', () => {
    const { state, effects } = turn(checking, checked(['T1']), [order()]);
    expect(effects).toMatchObject([{ type: 'end', result: { outcome: 'pending' } }]);
    expect(state).toMatchObject({ step: 'ended', tpOrderId: 'T1', totalAmount: 1999 });
  });

  test.each([
    ['for the second time running', checked(['T1'], ['T1']), [order()]],
    ['of other goods', checked(['T9']), [cup]],
    ['but accepted', checked(['T1']), [order({ accepted: true })]],
  ])('creates when an order is unreachable %s', (_which, event, orders) => {
    expect(turn(checking, event, orders).effects).toEqual([{ type: 'create', renew: false }]);
  });

  test('fails with mayBePaid when it cannot be paid and its order may be', () => {
    expect(turn(attempt({ step: 'checking', refusal: INVALID }), checked(), [order()]).effects).toMatchObject([
      { type: 'end', result: { outcome: 'fail', failure: INVALID, mayBePaid: true }, resumed: false },
    ]);
  });
});

describe('created', () => {
  const creating = attempt({ step: 'creating' });

  test('waits for its turn when nothing is unsettled', () => {
    const { state, effects } = turn(creating, created());
    expect(state).toMatchObject({ step: 'waiting', tpOrderId: 'T1', totalAmount: 1999, dealTitle: '茶' });
    expect(effects).toEqual([{ type: 'ordercreated', reused: false }, { type: 'gate' }]);
  });

  test('is news only when the backend said so now, and reused when the order was called before', () => {
    expect(turn(creating, created('T1', { isNews: false })).effects).toEqual([{ type: 'gate' }]);
    const known = order({ calls: [call('cancelled')] });
    expect(turn(creating, created(), [known]).effects[0]).toEqual({ type: 'ordercreated', reused: true });
  });

  test.each([
    ['same', 'its order is the one that may be paid', order(), created(), [order()]],
    ['other', 'another order may be paid', cup, created(), [cup]],
    ['other', 'two may be paid, its own the newest', order(), created(), [order(), cup]],
  ] as const)('asks about the %s order when %s', (kind, _when, newest, event, orders) => {
    const { state, effects } = turn(creating, event, [...orders]);
    const subjects = [...orders];
    expect(subjects[0]).toEqual(newest);
    expect(effects.slice(1)).toEqual([{ type: 'ask', question: { kind, orders: subjects } }]);
    expect(state).toMatchObject({ step: 'asking', named: subjects.map(({ tpOrderId }) => tpOrderId), asked: false });
  });

  test.each(['paid', 'refunded', 'closed'] as const)('asks about what was found %s', status => {
    const found = [{ order: { ...cup, settled: true }, status }];
    expect(turn(attempt({ step: 'creating', found }), created()).effects[1]).toEqual({
      type: 'ask',
      question: { kind: status, orders: [found[0]!.order] },
    });
  });

  test('names the newest first when one was found paid and a newer one is unsettled', () => {
    const found = [{ order: { ...cup, settled: true, calledAt: NOW - 5 }, status: 'paid' as const }];
    const newer = order({ tpOrderId: 'T8', goods: 'pot', idempotencyKey: 'k8', calledAt: NOW });
    const { effects } = turn(attempt({ step: 'creating', found }), created(), [newer]);
    expect(effects[1]).toMatchObject({ question: { kind: 'other', orders: [newer, { tpOrderId: 'T9' }] } });
  });

  test('asks about a new order when its own was called twice or cannot be checked for 30 min', () => {
    const twice = order({ calls: [call('lost'), call('doubtful', 2)] });
    const old = order({ statusUrl: '', calledAt: NOW - 1800001 });
    for (const one of [twice, old]) {
      expect(turn(creating, created(), [one]).effects[1]).toMatchObject({ question: { kind: 'other' } });
      expect(turn(attempt({ step: 'creating', canCreate: false }), created(), [one]).effects[1]).toMatchObject({
        question: { kind: 'same' },
      });
    }
  });

  test('asks nothing when what is unsettled was accepted', () => {
    expect(turn(creating, created(), [{ ...cup, accepted: true }]).effects[1]).toEqual({ type: 'gate' });
  });

  test('puts no second question when the person has said yes to one', () => {
    const asked = attempt({ step: 'creating', asked: true, named: ['T1'] });
    expect(turn(asked, created('T2'), [cup]).effects[1]).toEqual({ type: 'gate' });
  });

  test('names the header when the backend made another order for the key of one that may be paid', () => {
    expect(turn(creating, created('T2'), [order()]).effects).toMatchObject([
      { type: 'warn-key', tpOrderId: 'T1' },
      { type: 'ordercreated' },
      { type: 'ask', question: { kind: 'other' } },
    ]);
    expect(turn(creating, created('T2'), [order({ idempotencyKey: 'k2' })]).effects[0]).toMatchObject({
      type: 'ordercreated',
    });
  });

  test.each([
    ['order-rejected', [], [{ type: 'free-key' }, { type: 'end' }]],
    ['order-rejected', [order()], [{ type: 'end' }]],
    ['order-request', [], [{ type: 'end' }]],
  ] as const)('fails with %s, and frees the key only of what is not unsettled', (reason, orders, effects) => {
    const result = { failure: { reason, code: 7 } };
    expect(turn(creating, created('T1', { result }), [...orders]).effects).toMatchObject(effects);
  });

  const over = (status: string, tpOrderId = 'T1') =>
    created('', { result: { status, tpOrderId, totalAmount: 680 } });

  test('is a verified success when the backend says paid of an order that was never called', () => {
    const { state, effects } = turn(creating, over('paid'));
    expect(effects).toMatchObject([{ type: 'end', result: { outcome: 'success', verified: true }, resumed: true }]);
    expect(state).toMatchObject({ tpOrderId: 'T1', totalAmount: 680 });
  });

  test.each([
    ['closed', 'closed'],
    ['refunded', 'refunded'],
    ['refunding', 'refunded'],
  ])('takes a new key once when the order is %s, then fails', (status, reason) => {
    const first = turn(creating, over(status));
    expect([first.state.step, first.effects]).toEqual(['creating', [{ type: 'create', renew: true }]]);
    const second = turn(first.state, over(status, 'T2'));
    expect(second.effects).toMatchObject([{ type: 'end', result: { outcome: 'fail', failure: { reason } } }]);
  });

  test('takes a new key when the order that is paid was settled a moment ago, and asks about that one', () => {
    const settled = order({ settled: true });
    const found = [{ order: settled, status: 'paid' as const }];
    expect(turn(attempt({ step: 'creating', found }), over('paid'), [settled]).effects).toEqual([
      { type: 'create', renew: true },
    ]);
  });
});

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
    expect(turn(state, created('T2', { idempotencyKey: 'k2' }), [{ ...twice, accepted: true }]).effects[1]).toEqual({ type: 'gate' });
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
    expect(turn({ ...waiting, asked: true, named: ['T9'] }, clear, [cup]).effects).toEqual([{ type: 'call' }]);
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
    expect(state).toMatchObject({ step: 'creating', goods: 'cup', recreated: true, tpOrderId: '', totalAmount: 0 });
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
    const result = { outcome: 'success', verified: true } as const;
    expect(turn(paying, { type: 'settled', order: order(), result }, [order()]).effects).toMatchObject([
      { type: 'end', result: { ...result, raw: 'raw' }, resumed: false },
    ]);
  });

  test('is resumed when this attempt has not called the cashier', () => {
    const result = { outcome: 'success', verified: true } as const;
    const { state, effects } = turn(attempt(), { type: 'settled', order: order(), result });
    expect(effects).toMatchObject([{ resumed: true }]);
    expect(state).toMatchObject({ tpOrderId: 'T1', totalAmount: 1999 });
  });

  const paid = { outcome: 'success', verified: true } as const;
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
    ['goods of it that the person agreed to pay beside', {}, { asked: true, named: ['T1'], tpOrderId: 'T2' }, paid, false],
    ['other goods', { goods: 'cup' }, {}, paid, false],
    ['anything after the end', {}, { step: 'ended', tpOrderId: 'T1' }, paid, false],
  ] as const)('%s: %#', (_what, orderOf, attemptOf, result, takes) => {
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
    for (const event of [{ type: 'start' }, created(), { type: 'clear', call: 1 }, { type: 'lost' }] as const) {
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
