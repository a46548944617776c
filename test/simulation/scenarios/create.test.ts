/** The order of an attempt, and the key it is made with. */
import { CREATE, Scenario } from '../scenario';
import { ordercreated, paycancel, payfail, paysuccess, paytap, phase } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './story-helpers';

const keysOf = (scenario: Scenario): (string | undefined)[] =>
  scenario.backend.received
    .filter(({ url }) => /orders/.test(url))
    .map(({ header }) => header!['Idempotency-Key']);

test('ordercreated is told before the cashier opens', () => {
  const scenario = new Scenario();
  openButton(scenario, { ...TEA, orderKey: 'desk-7' }).tap();
  const events = scenario.eventsAfter(1000);
  expect(events.slice(0, 2)).toMatchObject([paytap('idle'), phase('idle', 'ordering')]);
  const created = events.findIndex(entry => 'event' in entry && entry.event === 'ordercreated');
  const called = events.findIndex(entry => 'cashier' in entry);
  expect(events[created]).toMatchObject(
    ordercreated('T1', { totalAmount: 1999, dealTitle: 'tea', reused: false, orderKey: 'desk-7' }),
  );
  expect(created).toBeLessThan(called);
});

test('the same order is called again, without a request, when it was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  button.tap();
  scenario.advance(5000);
  expect(scenario.backend.creates).toBe(1);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

test('the key is kept when the answer was lost: the same order comes', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.backend.mode = 'lost-answer';
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    payfail('', { reason: 'order-request', retryable: true }),
  ]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(new Set(keysOf(scenario)).size).toBe(1);
});

test('P11 a clear refusal frees the key when the backend replays its first answer for a key', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { replaysRefusal: true };
  scenario.backend.mode = 'sold-out';
  const button = openButton(scenario);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'order-rejected' })]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(new Set(keysOf(scenario)).size).toBe(2);
});

test('a clear refusal keeps the key when an order of that key may be paid', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.kill(); // what was in memory is gone, so the order is asked for again
  const button = openButton(scenario);
  scenario.advance(10000);
  scenario.backend.respond = ({ url }) =>
    /orders/.test(url) ? { statusCode: 200, data: { errno: 1003, msg: '商品已售罄' } } : undefined;
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'order-rejected', mayBePaid: true }),
  ]);
  scenario.backend.respond = null;
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(10000);
  expect(new Set(keysOf(scenario)).size).toBe(1);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

test('P20 the page gets the body of a refusal when its words are too long for a toast', () => {
  const scenario = new Scenario();
  const body = {
    errno: 1003,
    msg: '这件商品已经售罄，补货之后我们会在第一时间通知你，请你耐心等待',
    data: { stock: 0 },
  };
  scenario.backend.respond = () => ({ statusCode: 200, data: body });
  openButton(scenario).tap();
  const events = scenario.eventsAfter(5000);
  expect(events).toContainEqual({ toast: '暂时无法下单，请稍后再试' });
  expect(events).toContainEqual({
    event: 'payfail',
    detail: expect.objectContaining({ raw: body, code: 1003 }),
  });
});

test('an attempt succeeds, without a call, when create-url says that its order is paid by now', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.backend.mode = 'lost-answer';
  button.tap();
  scenario.advance(20000);
  scenario.backend.mode = 'ok';
  scenario.backend.notify('T1'); // paid on another phone
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true, totalAmount: 1999 })]);
  expect(scenario.cashier.calls).toHaveLength(0);
});

test('a new key is taken once when create-url says that the order is closed', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  scenario.kill();
  scenario.backend.expire();
  scenario.takeEvents();
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(new Set(keysOf(scenario)).size).toBe(2);
});

test('an attempt fails as closed when the order of the new key is closed, too', () => {
  const scenario = new Scenario();
  scenario.backend.respond = ({ url }, good) =>
    /orders/.test(url)
      ? {
          statusCode: 200,
          data: {
            errno: 0,
            data: { orderInfo: (good as { data: object }).data, order: { status: 'closed' } },
          },
        }
      : undefined;
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'closed', mayBePaid: false })]);
  expect(keysOf(scenario)).toHaveLength(2);
  expect(new Set(keysOf(scenario)).size).toBe(2);
});

test('P16 the cashier is called when the backend answers with a status of its own beside the orderInfo', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { ownStatus: true };
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { resumed: false })]);
});

test('each goods have a key of their own when two buttons are tapped', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel', { openFor: 500 }), unpaid('cancel', { openFor: 500 }));
  tea!.tap();
  scenario.advance(3000);
  cup!.tap();
  scenario.advance(3000);
  expect(new Set(keysOf(scenario)).size).toBe(2);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('P12 the console names the header when a shop without status-url answers another order for the key', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { ignoresKey: true };
  const properties = { ...TEA, statusUrl: '' };
  openUnsettled(scenario, properties);
  scenario.kill();
  const button = openButton(scenario, properties);
  scenario.host.modal.answer = 'yes';
  button.tap();
  const news = newsAfter(scenario, 10000);
  expect(news).toMatchObject([
    { question: { content: expect.stringContaining('「tea」¥19.99 未收到付款') as string } },
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
  expect(scenario.console('error').join()).toMatch(/Idempotency-Key/);
});

test('ordercreated is told once when the order is in memory at the next tap', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  button.tap();
  const created = scenario
    .eventsAfter(10000)
    .filter(entry => 'event' in entry && entry.event === 'ordercreated');
  expect(created).toMatchObject([ordercreated('T1', { reused: false })]);
});

test('an attempt tells the payment, and asks, when create-url says that an order called 11 min ago is paid', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, CREATE);
  scenario.kill();
  scenario.world.jumpDevice(11 * 60000);
  scenario.backend.notify('T1');
  const button = openButton(scenario, CREATE);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    paysuccess('T1', { resumed: true }),
    asks('已支付'),
    paycancel('T2', { by: 'user' }),
  ]);
});
