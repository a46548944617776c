/** The ledger in storage that refuses, lies, holds what we did not write, or can be read again later. */
import { Scenario } from '../scenario';
import { on, paycancel, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

test.each(['refuses-reads', 'refuses', 'returns-null', 'throws'] as const)(
  'the stored order of an earlier run is kept when storage %s',
  mode => {
    const scenario = new Scenario();
    openUnsettled(scenario);
    scenario.kill();
    scenario.host.storage.mode = mode;
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
    expect(scenario.host.storage.text()).toContain('T1');
  },
);

test.each(['refuses-reads', 'returns-null'] as const)(
  'the question counts the stored order when storage that %s can be read again',
  mode => {
    const scenario = new Scenario();
    openUnsettled(scenario);
    scenario.kill();
    scenario.host.storage.mode = mode;
    const [cup, mug] = scenario.open(CUP, { ...TEA, orderPayload: { goods: 'mug' } });
    scenario.plan(unpaid('failed'));
    cup!.tap();
    scenario.advance(15000);
    scenario.host.storage.mode = 'ok';
    scenario.takeEvents();
    mug!.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('「cup」¥19.99 等 2 笔'), paycancel('T3')]);
    expect(scenario.host.storage.text()).toContain('T1');
  },
);

test.each(['refuses-writes', 'refuses', 'loses-writes', 'throws', 'returns-null'] as const)(
  'the cashier is called, and the order kept in memory, when storage %s',
  mode => {
    const scenario = new Scenario();
    scenario.host.storage.mode = mode;
    const button = openUnsettled(scenario);
    expect(calledOrders(scenario)).toEqual(['T1']);
    expect(scenario.host.traces).toContainEqual(expect.objectContaining({ event: 'call', durable: false }));
    expect(button.phase).toBe('pending');
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('同一笔'), paypending('T1')]);
  },
);

test('an order survives a kill when storage accepts writes again before it', () => {
  const scenario = new Scenario();
  scenario.host.storage.mode = 'refuses-writes';
  const button = openUnsettled(scenario);
  scenario.host.storage.mode = 'ok';
  button.tap();
  scenario.advance(10000);
  scenario.kill();
  expect(openButton(scenario).phase).toBe('pending');
});

test.each([
  ['text that is no JSON', { text: '{' }],
  ['another version', { text: JSON.stringify({ v: 99, orders: { T9: {} } }) }],
  ['a text', 'hello'],
  ['a list', []],
  ['a number', 7],
  ['a record of the first version', { text: JSON.stringify({ v: 1, entries: [] }) }],
  [
    'orders without required fields',
    { text: JSON.stringify({ v: 2, orders: { T9: { tpOrderId: 'T9' }, T8: null } }) },
  ],
])('the record is replaced when storage holds %s', (_, value) => {
  const scenario = new Scenario();
  scenario.host.storage.put('swan-cashier', value);
  const button = openUnsettled(scenario);
  expect(button.phase).toBe('pending');
  expect(scenario.host.storage.text()).toContain('T1');
  scenario.kill();
  expect(openButton(scenario).phase).toBe('pending');
});

test('a valid order is kept when another one of the record is damaged', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const stored = JSON.parse(scenario.host.storage.text()) as [string, { text: string }][];
  const record = JSON.parse(stored[0]![1].text) as { orders: Record<string, unknown> };
  record.orders.T9 = { tpOrderId: 'T9', calls: 'none' };
  scenario.kill();
  scenario.host.storage.put(stored[0]![0], { text: JSON.stringify(record) });
  const cup = openButton(scenario, CUP);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」¥19.99 未收到'), paycancel('T2')]);
});

test.each([
  ['calls', 'none'],
  ['totalAmount', '19.99'],
  ['calledAt', null],
  ['dealTitle', 7],
  ['goods', undefined],
  ['calls', [{ id: 1, claim: 'rich' }]],
])('an order is dropped when its %s is damaged: %j', (field, value) => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const stored = JSON.parse(scenario.host.storage.text()) as [string, { text: string }][];
  const record = JSON.parse(stored[0]![1].text) as { orders: Record<string, Record<string, unknown>> };
  record.orders.T1![field] = value;
  scenario.kill();
  scenario.host.storage.put(stored[0]![0], { text: JSON.stringify(record) });
  scenario.world.invariant.history.order('T1').destroy();
  openButton(scenario).tap();
  const news = newsAfter(scenario, 10000);
  expect(news.filter(entry => 'question' in entry)).toEqual([]);
});

test('the record is ignored when a newer version wrote it', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const [[key, { text }]] = JSON.parse(scenario.host.storage.text()) as [[string, { text: string }]];
  scenario.kill();
  scenario.host.storage.put(key, { text: JSON.stringify({ ...(JSON.parse(text) as object), v: 99 }) });
  scenario.world.invariant.history.order('T1').destroy();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('other goods are paid without a question when storage was cleared before a restart', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.storage.clear();
  scenario.world.invariant.history.order('T1').destroy();
  scenario.kill();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('an order is deleted from storage when it is paid and delivered', () => {
  const scenario = new Scenario();
  openButton(scenario).tap();
  scenario.advance(1000);
  expect(scenario.host.storage.text()).toContain('T1');
  scenario.advance(10000);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('storage holds neither order nor key when the cashier was not called yet', () => {
  const scenario = new Scenario();
  openButton(scenario).tap();
  scenario.advance(60);
  expect(scenario.host.storage.text()).not.toContain('T1');
  expect(scenario.host.storage.text()).not.toMatch(/idempotency/i);
});

/** A ready order that may be paid, of an earlier run, and storage that cannot be read now. */
function unreadable() {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  openUnsettled(scenario, { orderInfo });
  scenario.kill();
  scenario.host.storage.mode = 'refuses-reads';
  const [tea, cup] = scenario.open({ orderInfo }, CUP);
  scenario.label(tea!, 'tea');
  scenario.label(cup!, 'cup');
  scenario.takeEvents();
  return { scenario, tea: tea!, cup: cup! };
}

test('an order counts the calls of both runs when it was called again before storage could be read', () => {
  const { scenario, tea, cup } = unreadable();
  scenario.plan(unpaid('cancel', { openFor: 5000 }));
  tea.tap();
  scenario.advance(2000);
  scenario.host.storage.mode = 'ok';
  expect(newsAfter(scenario, 8000)).toMatchObject([{ cashier: 'T1' }, on('tea', paypending('T1'))]);
  cup.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
});

test('a paid order stays settled when storage with its earlier record can be read again', () => {
  const { scenario, tea, cup } = unreadable();
  tea.tap();
  expect(newsAfter(scenario, 6000)).toMatchObject([{ cashier: 'T1' }, on('tea', paysuccess('T1'))]);
  scenario.host.storage.mode = 'ok';
  scenario.advance(4000);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, on('cup', paysuccess('T2'))]);
  expect(tea.phase).toBe('paid');
});
