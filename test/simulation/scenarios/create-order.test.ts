/** The order of an attempt, and the key it is made with. */
import { CREATE, Scenario } from '../scenario';
import { ordercreated, paycancel, payfail, paysuccess, paytap, phase } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  killAndExpire,
  newsAfter,
  openButton,
  openUnsettled,
  payElsewhere,
  sentKeys,
  TEA,
  unpaid,
} from './scenario-helpers';

test('ordercreated is fired before the cashier opens when an order is created', () => {
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

test('a cancelled order is called again without a create request when its button is tapped again', () => {
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

test('the next tap sends the same key when the create response was lost', () => {
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
  expect(new Set(sentKeys(scenario)).size).toBe(1);
});

test('the next tap sends a new key when the backend refused the order', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { replaysRefusal: true };
  scenario.backend.mode = 'sold-out';
  const button = openButton(scenario);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'order-rejected' })]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(new Set(sentKeys(scenario)).size).toBe(2);
});

test('the next tap sends the same key when the backend refused an order that may be paid', () => {
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
  expect(new Set(sentKeys(scenario)).size).toBe(1);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

test('payfail has the response body as raw when the msg of a refusal is too long for a toast', () => {
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

test('an attempt succeeds without a cashier call when create-url says paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  payElsewhere(scenario, button);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true, totalAmount: 1999 })]);
  expect(scenario.cashier.calls).toHaveLength(0);
  expect(button.phase).toBe('paid');
});

test('the order of a new key is paid when create-url says closed', () => {
  const scenario = new Scenario();
  killAndExpire(scenario);
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(new Set(sentKeys(scenario)).size).toBe(2);
});

test('an attempt fails as closed when create-url says closed for the new key, too', () => {
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
  expect(sentKeys(scenario)).toHaveLength(2);
  expect(new Set(sentKeys(scenario)).size).toBe(2);
});

test('the cashier is called when the create response has a status of the shop inside the orderInfo', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { ownStatus: true };
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { resumed: false })]);
});

test('two buttons send different keys when their goods differ', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel', { openFor: 500 }), unpaid('cancel', { openFor: 500 }));
  tea!.tap();
  scenario.advance(3000);
  cup!.tap();
  scenario.advance(3000);
  expect(new Set(sentKeys(scenario)).size).toBe(2);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('the console names Idempotency-Key when a backend without status-url returns another order for the same key', () => {
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

test('ordercreated is fired once when the next tap reuses the order', () => {
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

test('ordercreated says reused when an order that was never called is asked for again after 10 min', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1);
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(11 * 60000);
  expect(scenario.cashier.calls).toEqual([]);
  scenario.takeEvents();
  button.tap();
  const created = scenario
    .eventsAfter(5000)
    .filter(entry => 'event' in entry && entry.event === 'ordercreated');
  expect(created).toMatchObject([ordercreated('T1', { reused: true })]);
});

test('paysuccess is fired, and the question says paid, when create-url says that an order called 11 min ago is paid', () => {
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

test('a new order is made when a check found the cancelled one closed while a question was read', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel'), unpaid('failed'));
  tea!.tap();
  scenario.advance(5000);
  cup!.tap();
  scenario.advance(12000);
  scenario.backend.order('T1')!.status = 'closed';
  tea!.tap();
  scenario.advance(5000);
  scenario.host.modal.answer = 'yes';
  scenario.takeEvents();
  tea!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「cup」'), { cashier: 'T3' }, paysuccess('T3')]);
});
