/** Hosts that lack something, or do it differently: a payment works all the same. */
import type { HostOptions } from '../fakes/fake-host';
import { CREATE, Scenario, settled } from '../scenario';
import { on, paycancel, paycomplete, payfail, paysuccess } from '../timeline-events';
import { newsAfter, openButton, TEA } from './story-helpers';

const BOUGHT = [{ cashier: 'T1' }, paysuccess('T1', { verified: true, resumed: false })];

test.each<[string, HostOptions]>([
  ['has no getApp', { noGetApp: true }],
  ['has no getCurrentPages', { noGetCurrentPages: true }],
  ['tells components nothing of pages', { noPageLifetimes: true }],
  ['has a page in its stack while that is closed', { hideBeforeClose: true }],
  ['has components ready 100 ms after they are attached', { ready: 'late' }],
  ['lets what a handler throws come out of triggerEvent', { handlersThrow: true }],
  ['is an iPhone', { platform: 'ios' }],
])('a payment is the same when the host %s', (_what, host) => {
  const scenario = new Scenario({ host });
  const button = openButton(scenario);
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
  expect(button.data.label).toBe('已支付');
});

test('a button works after hide and show when the host has no getCurrentPages', () => {
  const scenario = new Scenario({ host: { noGetCurrentPages: true } });
  const button = openButton(scenario);
  scenario.host.hide();
  scenario.host.show();
  scenario.advance(10);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test.each<[string, HostOptions]>([
  ['tells components nothing of pages', { noPageLifetimes: true }],
  ['has a page in its stack while that is closed', { hideBeforeClose: true }],
])('the cashier stays closed when the page was left, and the host %s', (_what, host) => {
  const scenario = new Scenario({ host });
  const button = openButton(scenario, CREATE);
  button.tap();
  scenario.advance(20);
  scenario.open();
  expect(newsAfter(scenario, 3000)).toMatchObject([paycancel('T1', { by: 'left' })]);
  scenario.host.closePage();
  scenario.advance(50);
  button.tap();
  expect(newsAfter(scenario, 200)).toMatchObject([{ cashier: 'T1' }]);
});

test('nothing is set, and the next page finds the payment, when a page closed in mid-payment and its hide comes first', () => {
  const scenario = new Scenario({ host: { hideBeforeClose: true } });
  scenario.open();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  scenario.backend.notify('T1');
  scenario.host.closePage();
  scenario.takeEvents();
  scenario.label(openButton(scenario), 'next');
  expect(newsAfter(scenario, 10000)).toMatchObject([on('next', paysuccess('T1', { verified: true }))]);
  expect(button.data.label).toBe('支付中');
});

test('a button is in front when the app is shown before the timer of its hide has run', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  // A process that is suspended meanwhile gets both messages at once, and its timers after them.
  scenario.host.hide();
  scenario.host.show();
  scenario.advance(5000);
  void button.pay();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test('an outcome that waits is delivered when the component is ready, and not before, when the host is late with that', () => {
  const scenario = new Scenario({ host: { ready: 'late' } });
  scenario.open();
  const first = openButton(scenario);
  scenario.advance(100);
  scenario.plan({ callbackDelay: 1000 });
  first.tap();
  scenario.advance(2500);
  first.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 40)).toEqual([]);
  expect(newsAfter(scenario, 100)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('a button that appeared on a page below another pays when the person is back', () => {
  for (const noPageLifetimes of [false, true]) {
    const scenario = new Scenario({ host: { noPageLifetimes } });
    const below = scenario.openPage([]);
    scenario.open();
    const button = scenario.host.addComponent(below, { properties: TEA });
    scenario.advance(50);
    scenario.host.closePage();
    scenario.advance(50);
    button.tap();
    expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
  }
});

test('a closed page has no say about an order-key when the host does not report the close', () => {
  const scenario = new Scenario({ host: { noPageLifetimes: true } });
  scenario.open();
  scenario.open({ ...CREATE, orderKey: 'cart' });
  scenario.host.closePage();
  const { orderInfo } = scenario.createOrder();
  openButton(scenario, { ...TEA, createUrl: '', orderInfo, orderKey: 'cart' }).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test('nobody is asked to pay when the base library has no cashier: no order is made', () => {
  const scenario = new Scenario({ host: { noCashier: true } });
  openButton(scenario).tap();
  expect(scenario.eventsAfter(60000).slice(1)).toMatchObject([
    { toast: '请升级百度 App 后再支付' },
    payfail('', { reason: 'unsupported', message: '请升级百度 App 后再支付', retryable: false }),
    paycomplete('fail', { elapsed: 0 }),
  ]);
  expect(scenario.backend.received).toEqual([]);
});

describe('Virtual goods', () => {
  const goods = { ...CREATE, virtualGoods: true };

  test('are not sold when the phone runs iOS: nothing is drawn, and pay() says so, without an order', async () => {
    const scenario = new Scenario({ host: { platform: 'ios' } });
    const button = openButton(scenario, goods);
    expect(button.data.hidden).toBe(true);
    const promise = button.pay();
    expect(scenario.eventsAfter(5000)).toMatchObject([
      { toast: 'iOS 暂不支持购买此商品' },
      payfail('', { reason: 'virtual-goods-ios', message: 'iOS 暂不支持购买此商品', retryable: false }),
      paycomplete('fail'),
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
    expect(scenario.backend.received).toEqual([]);
  });

  test('are sold when the phone runs Android, and real goods on both', () => {
    const ios = new Scenario({ host: { platform: 'ios' } });
    expect(openButton(ios, CREATE).data.hidden).toBe(false);
    expect(openButton(ios, { ...CREATE, virtualGoods: 'false' }).data.hidden).toBe(false);
    expect(openButton(new Scenario(), goods).data.hidden).toBe(false);
  });
});
