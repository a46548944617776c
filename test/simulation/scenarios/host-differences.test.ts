/** Hosts that lack something, or do it differently: a payment works all the same. */
import type { FakeComponent } from '../fakes/fake-component';
import type { HostOptions } from '../fakes/fake-host';
import { CREATE, Scenario, settled } from '../scenario';
import { on, paycancel, paycomplete, payfail, paysuccess } from '../timeline-events';
import { newsAfter, openButton, TEA } from './scenario-helpers';

const BOUGHT = [{ cashier: 'T1' }, paysuccess('T1', { verified: true, resumed: false })];

test.each<[string, HostOptions]>([
  ['has no getApp', { noGetApp: true }],
  ['has no getCurrentPages', { noGetCurrentPages: true }],
  ['fires no page lifetimes', { noPageLifetimes: true }],
  ['keeps a page in its stack while that is closed', { hideBeforeClose: true }],
  ['fires ready 100 ms after attached', { ready: 'late' }],
  ['lets triggerEvent throw the error of a handler', { handlersThrow: true }],
  ['runs on iOS', { platform: 'ios' }],
])('a payment succeeds when the host %s', (_what, host) => {
  const scenario = new Scenario({ host });
  const button = openButton(scenario);
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
  expect(button.data.label).toBe('已支付');
});

test('a payment succeeds after hide and show when the host has no getCurrentPages', () => {
  const scenario = new Scenario({ host: { noGetCurrentPages: true } });
  const button = openButton(scenario);
  scenario.host.hide();
  scenario.host.show();
  scenario.advance(10);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test('a payment succeeds when the button is tapped after a hide without a show', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.pageLifetime('hide');
  scenario.advance(10);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test.each<[string, HostOptions]>([
  ['fires no page lifetimes', { noPageLifetimes: true }],
  ['keeps a page in its stack while that is closed', { hideBeforeClose: true }],
])('the cashier stays closed when the page was left and the host %s', (_what, host) => {
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

test('ordercreated is not fired on a closed page when the host keeps a page in its stack while that is closed', () => {
  const scenario = new Scenario({ host: { hideBeforeClose: true } });
  scenario.open();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(20);
  scenario.takeEvents();
  scenario.host.closePage();
  expect(scenario.eventsAfter(5000)).toEqual([]);
});

test('a closed page keeps its label, and the next page fires paysuccess, when the host keeps a page in its stack while that is closed', () => {
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

test('pay() opens the cashier when the app was hidden and shown at once', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  // A process that is suspended meanwhile gets both messages at once, and its timers after them.
  scenario.host.hide();
  scenario.host.show();
  scenario.advance(5000);
  void button.pay();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test('a button that was added to a page below another pays when the user returns to that page', () => {
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

test('a button pays when a closed page had another button of its order-key and the host does not report the close', () => {
  const scenario = new Scenario({ host: { noPageLifetimes: true } });
  scenario.open();
  scenario.open({ ...CREATE, orderKey: 'cart' });
  scenario.host.closePage();
  const { orderInfo } = scenario.createOrder();
  openButton(scenario, { ...TEA, createUrl: '', orderInfo, orderKey: 'cart' }).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});

test('an attempt fails as unsupported, with a toast and without a request, when the host has no cashier', () => {
  const scenario = new Scenario({ host: { noCashier: true } });
  openButton(scenario).tap();
  expect(scenario.eventsAfter(60000).slice(1)).toMatchObject([
    { toast: '请升级百度 App 后再支付' },
    payfail('', { reason: 'unsupported', message: '请升级百度 App 后再支付', retryable: false }),
    paycomplete('fail', { elapsed: 0 }),
  ]);
  expect(scenario.backend.received).toEqual([]);
});

describe('virtual goods', () => {
  const goods = { ...CREATE, virtualGoods: true };

  test('a button of virtual goods is hidden, and pay() fails as virtual-goods-ios without a request, when the phone runs iOS', async () => {
    const scenario = new Scenario({ host: { platform: 'ios' } });
    const button = openButton(scenario, goods);
    expect(button.data.absent).toBe(true);
    const promise = button.pay();
    expect(scenario.eventsAfter(5000)).toMatchObject([
      { toast: 'iOS 暂不支持购买此商品' },
      payfail('', { reason: 'virtual-goods-ios', message: 'iOS 暂不支持购买此商品', retryable: false }),
      paycomplete('fail'),
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
    expect(scenario.backend.received).toEqual([]);
  });

  test('a button is visible when the phone runs Android or the goods are not virtual', () => {
    const ios = new Scenario({ host: { platform: 'ios' } });
    expect(openButton(ios, CREATE).data.absent).toBe(false);
    expect(openButton(ios, { ...CREATE, virtualGoods: 'false' }).data.absent).toBe(false);
    expect(openButton(new Scenario(), goods).data.absent).toBe(false);
  });
});

test('a payment fails when the host gives two buttons one instance', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.mount();
  button.tap();
  expect(newsAfter(scenario, 9000)).toMatchObject([
    payfail('', { reason: 'order-invalid', mayBePaid: false }),
  ]);
  expect(scenario.console('error').join()).toMatch(/two components have the id/);
});

test('a payment succeeds when two components that had the id of its button were removed before', () => {
  const scenario = new Scenario();
  const row = { ...TEA, id: 'row' };
  const page = scenario.openPage([row]);
  const addRow = (): FakeComponent => {
    const added = scenario.host.addComponent(page, { properties: row });
    scenario.advance(50);
    return added;
  };
  const second = addRow();
  // Both elements are removed, and the host finds the second component by the id of either.
  second.detach();
  second.lifetime('detached');
  addRow().tap();
  expect(newsAfter(scenario, 20000)).toMatchObject(BOUGHT);
});
