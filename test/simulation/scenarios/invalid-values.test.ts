/** Values that no shop, page or storage should hand over, and one day does. */
import { CREATE, Scenario, settled } from '../scenario';
import { payfail, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

test.each(['constructor', '__proto__', 'raw'])(
  'an order is found after a restart when its tpOrderId is %s',
  tpOrderId => {
    const scenario = new Scenario();
    const create = scenario.backend.createOrder.bind(scenario.backend);
    scenario.backend.createOrder = (goods, amount) =>
      Object.assign(create(goods, amount), goods === 'tea' ? { tpOrderId } : {});
    const button = openButton(scenario);
    scenario.plan(unpaid('failed'));
    button.tap();
    expect(newsAfter(scenario, 12000)).toMatchObject([
      { cashier: tpOrderId },
      payfail(tpOrderId, { reason: 'cashier', mayBePaid: true }),
    ]);
    expect(button.phase).toBe('pending');
    scenario.kill();
    const [cup] = scenario.open(CUP);
    scenario.takeEvents();
    cup!.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
  },
);

test('paysuccess is fired once when storage holds an order under another key than its tpOrderId', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const [[name, { text }]] = JSON.parse(scenario.host.storage.text()) as [[string, { text: string }]];
  scenario.kill();
  scenario.host.storage.put(name, { text: text.replace('"T1":{', '"X":{') });
  scenario.backend.notify('T1');
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  scenario.openPage([]);
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

const throwing = new Proxy(
  {},
  {
    get() {
      throw new Error('a getter of the page');
    },
  },
);

test.each<[string, object]>([
  ['amount is a BigInt', { payload: { goods: 'tea' }, amount: BigInt(1999) }],
  ['amount has a toString that is no function', { amount: { toString: 1 } }],
  ['amount has no prototype', { payload: { goods: 'tea' }, amount: Object.create(null) as object }],
  ['totalAmount is a symbol', { orderInfo: { tpOrderId: 'T1', totalAmount: Symbol('fen') } }],
  ['orderInfo has no prototype', { orderInfo: Object.create(null) as object }],
  ['orderInfo throws when it is read', { orderInfo: throwing }],
  ['payload throws when it is read', { payload: throwing }],
])('pay() resolves as order-invalid when its %s', async (_what, input) => {
  const scenario = new Scenario();
  const promise = openButton(scenario).pay(input);
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'order-invalid', mayBePaid: false }),
  ]);
  await scenario.clock.advanceAsync(10);
  expect(await settled(promise)).toMatchObject({ outcome: 'fail', reason: 'order-invalid' });
});

test('the console names the properties when their values cannot be converted to text', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, {
    ...TEA,
    amount: { toString: 1 },
    bannedChannels: { toString: 1 },
  });
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'order-invalid' })]);
  expect(scenario.console('error').join()).toMatch(
    /amount must be integer fen.*banned-channels must be an array/s,
  );
});

test('other buttons stay idle when create-url says paid without tpOrderId', async () => {
  const scenario = new Scenario();
  const [tea, awaited, broken] = scenario.open(
    TEA,
    { orderInfo: null },
    { orderInfo: { dealTitle: 'no number' } },
  );
  scenario.backend.respond = ({ url }) =>
    /orders/.test(url)
      ? { statusCode: 200, data: { errno: 0, data: { order: { status: 'paid' } } } }
      : undefined;
  tea!.tap();
  expect(newsAfter(scenario, 8000)).toMatchObject([paysuccess('')]);
  expect([awaited!.phase, broken!.phase]).toEqual(['idle', 'idle']);
  const promise = broken!.pay();
  await scenario.clock.advanceAsync(1000);
  expect(await settled(promise)).toMatchObject({ outcome: 'fail', reason: 'order-invalid' });
  // The oracle reads no answer that a scenario made up.
  scenario.world.invariant.violations.splice(0);
});

test('the order of the idempotency key is settled when create-url says paid without tpOrderId', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, CREATE);
  scenario.kill();
  const [tea, cup] = scenario.open(CREATE, CUP);
  scenario.backend.notify('T1');
  scenario.backend.respond = (_request, good) => {
    const body = good as { data: object };
    body.data = { order: { status: 'paid' } };
    return { statusCode: 200, data: good };
  };
  scenario.takeEvents();
  tea!.tap();
  expect(newsAfter(scenario, 8000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
  scenario.backend.respond = null;
  cup!.tap();
  expect(newsAfter(scenario, 8000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});
