/** One attempt up to its question: what each event makes of each state, and what it asks for. */
import type { AlreadySettled } from '../../../utils/backend/create-order';
import type { AttemptEvent } from '../../../utils/payment/attempt-state';
import { attempt, call, checked, created, cup, INVALID, NOW, order, turn } from './samples';

describe('start', () => {
  test('goes on to create when nothing is unsettled', () => {
    for (const orders of [[], [order({ settled: true })], [order({ calls: [call('cancelled')] })]]) {
      const { state, effects } = turn(attempt(), { type: 'start' }, orders);
      expect([state.step, effects]).toEqual(['creating', [{ type: 'create', isNew: false }]]);
    }
  });

  test('checks every unsettled order with a status-url when an attempt starts, accepted or not', () => {
    const accepted = order({ tpOrderId: 'T3', goods: 'pot', accepted: 'tea' });
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
      { type: 'end', result: { outcome: 'fail', failure: INVALID, mayBePaid: false }, isResumed: false },
    ]);
  });
});

describe('checked', () => {
  const checking = attempt({ step: 'checking' });

  test('creates when every check was answered', () => {
    expect(turn(checking, checked(), [order(), cup]).effects).toEqual([{ type: 'create', isNew: false }]);
  });

  test('ends as pending when an order of its goods is unreachable', () => {
    const { state, effects } = turn(checking, checked(['T1']), [order()]);
    expect(effects).toMatchObject([{ type: 'end', result: { outcome: 'pending' } }]);
    expect(state).toMatchObject({ step: 'ended', tpOrderId: 'T1', totalAmount: 1999 });
  });

  test.each([
    ['of other goods', checked(['T9']), [cup]],
    [
      'but was called twice and accepted',
      checked(['T1']),
      [
        order({
          accepted: 'tea',
          calls: [
            { id: 1, claim: 'doubtful' },
            { id: 2, claim: 'doubtful' },
          ],
        }),
      ],
    ],
  ])('creates when an order is unreachable %s', (_which, event, orders) => {
    expect(turn(checking, event, orders).effects).toEqual([{ type: 'create', isNew: false }]);
  });

  test('fails with mayBePaid when it cannot be paid and its order may be', () => {
    expect(turn(attempt({ step: 'checking', refusal: INVALID }), checked(), [order()]).effects).toMatchObject(
      [{ type: 'end', result: { outcome: 'fail', failure: INVALID, mayBePaid: true }, isResumed: false }],
    );
  });
});

describe('created', () => {
  const creating = attempt({ step: 'creating' });

  test('waits for its turn when nothing is unsettled', () => {
    const { state, effects } = turn(creating, created());
    expect(state).toMatchObject({ step: 'waiting', tpOrderId: 'T1', totalAmount: 1999, dealTitle: '茶' });
    expect(effects).toEqual([{ type: 'ordercreated', reused: false }, { type: 'wait' }]);
  });

  test('emits ordercreated only when the backend has answered, with reused when the order was known before', () => {
    expect(turn(creating, created('T1', { reused: null })).effects).toEqual([{ type: 'wait' }]);
    expect(turn(creating, created('T1', { reused: true })).effects[0]).toEqual({
      type: 'ordercreated',
      reused: true,
    });
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
    expect(state).toMatchObject({
      step: 'asking',
      askedAbout: subjects,
      hasAgreed: false,
    });
  });

  test.each(['paid', 'refunded', 'closed'] as const)(
    'asks about the settled order when it was found %s',
    status => {
      const settledOrders = [{ order: { ...cup, settled: true }, status }];
      expect(turn(attempt({ step: 'creating', settled: settledOrders }), created()).effects[1]).toEqual({
        type: 'ask',
        question: { kind: status, orders: [settledOrders[0]!.order] },
      });
    },
  );

  test('names the newest first when one was found paid and a newer one is unsettled', () => {
    const settledOrders = [{ order: { ...cup, settled: true, calledAt: NOW - 5 }, status: 'paid' as const }];
    const newer = order({ tpOrderId: 'T8', goods: 'pot', idempotencyKey: 'k8', calledAt: NOW });
    const { effects } = turn(attempt({ step: 'creating', settled: settledOrders }), created(), [newer]);
    expect(effects[1]).toMatchObject({ question: { kind: 'mixed', orders: [newer, { tpOrderId: 'T9' }] } });
  });

  test('asks about a new order when its own was called twice or cannot be checked for 30 min', () => {
    const twice = order({ calls: [call('lost'), call('doubtful', 2)] });
    const old = order({ statusUrl: '', calledAt: NOW - 1800001 });
    for (const one of [twice, old]) {
      expect(turn(creating, created(), [one]).effects[1]).toMatchObject({ question: { kind: 'other' } });
      expect(
        turn(attempt({ step: 'creating' }, { isReady: true }), created(), [one]).effects[1],
      ).toMatchObject({
        question: { kind: 'same' },
      });
    }
  });

  test('asks nothing when the unsettled order was accepted', () => {
    expect(turn(creating, created(), [{ ...cup, accepted: 'tea' }]).effects[1]).toEqual({
      type: 'wait',
    });
  });

  test('asks no second question when the user has said yes to one', () => {
    const asked = attempt({ step: 'creating', hasAgreed: true, askedAbout: [order()] });
    expect(turn(asked, created('T2'), [cup]).effects[1]).toEqual({ type: 'wait' });
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
    ['order-rejected', [], [{ type: 'discard-key' }, { type: 'end' }]],
    ['order-rejected', [order()], [{ type: 'end' }]],
    ['order-request', [], [{ type: 'end' }]],
  ] as const)(
    'fails, and discards the key only when no order is unsettled (%s)',
    (reason, orders, effects) => {
      const result = { failure: { reason, code: 7 } };
      expect(turn(creating, created('T1', { result }), [...orders]).effects).toMatchObject(effects);
    },
  );

  const over = (status: AlreadySettled['status'], tpOrderId = 'T1'): AttemptEvent => ({
    type: 'already-settled',
    result: { status, tpOrderId, totalAmount: 680 },
    wasPaid: false,
  });

  test('is a verified success when the backend says paid of an order that was never called', () => {
    const { state, effects } = turn(creating, over('paid'));
    expect(effects).toMatchObject([
      { type: 'end', result: { outcome: 'success', verified: true }, isResumed: true },
    ]);
    expect(state).toMatchObject({ tpOrderId: 'T1', totalAmount: 680 });
  });

  test.each([
    ['closed', 'closed'],
    ['refunded', 'refunded'],
    ['refunding', 'refunded'],
  ] as const)('takes a new key once when the order is %s, then fails', (status, reason) => {
    const first = turn(creating, over(status));
    expect([first.state.step, first.effects]).toEqual(['creating', [{ type: 'create', isNew: true }]]);
    const second = turn(first.state, over(status, 'T2'));
    expect(second.effects).toMatchObject([{ type: 'end', result: { outcome: 'fail', failure: { reason } } }]);
  });

  test('takes a new key when the paid order was settled a moment ago', () => {
    const settled = order({ settled: true });
    const settledOrders = [{ order: settled, status: 'paid' as const }];
    expect(
      turn(attempt({ step: 'creating', settled: settledOrders }), over('paid'), [settled]).effects,
    ).toEqual([{ type: 'create', isNew: true }]);
  });
});
