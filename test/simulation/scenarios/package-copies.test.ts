/** Several copies of the package in one mini-program: sub-packages, copied folders, bundlers. */
import { CREATE, currentLibrary, Scenario } from '../scenario';
import type { HostGlobals } from '../fakes/library';
import { paycancel, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

test('configure() applies to all copies when only app.js calls it at module level', () => {
  const scenario = new Scenario({ copies: 2, configuresAllCopies: false });
  const [, second] = scenario.open(TEA, CUP);
  second!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.backend.received[0]!.url).toBe('https://shop.example/orders');
});

test('configure({ userId }) applies to all copies when only app.js calls it', () => {
  const scenario = new Scenario({ copies: 2, configuresAllCopies: false, settings: { userId: 'ann' } });
  const [, second] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  second!.tap();
  scenario.advance(12000);
  scenario.host.configure({ userId: 'bob' });
  scenario.advance(100);
  expect(second!.phase).toBe('idle');
});

test('the question is shown by one copy when the unsettled order is of another', () => {
  const scenario = new Scenario({ copies: 2 });
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('an attempt ends as busy when another copy has called the cashier', () => {
  const scenario = new Scenario({ copies: 2 });
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ showDelay: 3000 });
  tea!.tap();
  scenario.advance(1000);
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('', { by: 'busy' }),
    paysuccess('T1'),
  ]);
});

test('an attempt is superseded when a button of another copy is tapped', () => {
  const scenario = new Scenario({ copies: 2 });
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(30);
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    paycancel('', { by: 'superseded' }),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('cashier calls are at least 1100 ms apart when two copies make them', () => {
  const scenario = new Scenario({ copies: 2 });
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel', { openFor: 100 }));
  tea!.tap();
  scenario.advance(400);
  cup!.tap();
  scenario.advance(10000);
  const [first, second] = scenario.cashier.calls;
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(1100);
});

test('resumePending() of app.js finds the order of another copy when the app restarts', async () => {
  const scenario = new Scenario({ copies: 2 });
  const [, second] = scenario.open(CUP, TEA);
  scenario.plan({ closeDelay: 60000 });
  second!.tap();
  await scenario.clock.advanceAsync(5000);
  scenario.kill();
  expect(await scenario.resumePending(1000)).toMatchObject([{ outcome: 'success', tpOrderId: 'T1' }]);
});

test('a payment succeeds when the host has no getApp()', () => {
  const scenario = new Scenario({ host: { noGetApp: true } });
  scenario.open(CREATE)[0]!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('the record of one copy stays in storage when another calls resumePending() before App()', async () => {
  const scenario = new Scenario({ copies: 2, configuresAllCopies: false });
  scenario.plan({ closeDelay: 20000, openFor: 500, notifyDelay: 7500 });
  openButton(scenario).tap();
  scenario.advance(3000);
  const { host } = scenario;
  const configure = host.configure.bind(host);
  host.configure = settings => {
    configure(settings);
    void host.library.resumePending();
  };
  scenario.kill();
  host.configure = configure;
  host.modal.answer = 'yes';
  host.modal.delay = 500;
  scenario.plan({ openFor: 500, closeDelay: 20000 });
  scenario.openPage([{ properties: CUP, copy: 1 }]).buttons[0]!.tap();
  await scenario.clock.advanceAsync(15000);
  expect(host.storage.text()).toContain('T2');
});

test('configure() after App() wins when another copy joins later with its earlier settings', () => {
  const apps: object[] = [];
  const timers: (() => void)[] = [];
  const load = currentLibrary();
  const globals: HostGlobals = {
    swan: { getStorageSync: () => '', setStorageSync: () => undefined },
    Component: () => undefined,
    getApp: () => apps[0],
    getCurrentPages: () => [],
    setTimeout: (action: () => void) => timers.push(action),
    clearTimeout: () => undefined,
    console,
    Date,
  };
  const [first, second] = [load(globals), load(globals)] as const;
  for (const copy of [first, second]) copy.configure({ userId: 'guest', messages: { idle: '付款' } });
  apps.push({});
  first.configure({ userId: 'ann', messages: { paid: '好了' } });
  while (timers.length) timers.shift()!();
  expect(apps[0]).toMatchObject({
    __swanCashier2: { config: { userId: 'ann', messages: { idle: '付款', paid: '好了' } } },
  });
});
