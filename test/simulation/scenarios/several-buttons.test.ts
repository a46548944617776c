/** Buttons of one order, and one button that is asked for several things. */
import type { FakeComponent } from '../fakes/fake-component';
import type { PageHandlers } from '../fakes/fake-page';
import type { Outcome, Settings } from '../fakes/library';
import { Scenario, settled } from '../scenario';
import { on, paycancel, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MUG,
  newsAfter,
  openButton,
  payElsewhere,
  TEA,
  unpaid,
} from './scenario-helpers';

const KEYED = { ...TEA, orderKey: 'a' };

test.each(['no', 'yes'] as const)(
  'two attempts of one order end together without a second call when it is paid while the second shows the question (%s)',
  answer => {
    const scenario = new Scenario();
    const buttons = scenario.open(TEA, TEA);
    buttons.forEach((button, index) => scenario.label(button, `b${index}`));
    scenario.plan({ notifyDelay: 8000 });
    buttons[0]!.tap();
    scenario.advance(5000); // success is claimed, and the shop does not know yet
    scenario.host.modal.answer = answer;
    scenario.host.modal.delay = 12000;
    buttons[1]!.tap();
    expect(newsAfter(scenario, 40000)).toMatchObject([
      { cashier: 'T1' },
      asks('同一笔'),
      on('b0', paysuccess('T1', { resumed: false })),
      on('b1', paysuccess('T1')),
    ]);
    expect(calledOrders(scenario)).toEqual(['T1']);
  },
);

test('a button receives paysuccess during its question when the order that a closed page called is paid', () => {
  const scenario = new Scenario();
  const here = scenario.label(openButton(scenario), 'here');
  const gone = scenario.label(openButton(scenario), 'gone');
  scenario.plan({ notifyDelay: 12000 });
  gone.tap();
  scenario.advance(5000);
  scenario.host.closePage();
  scenario.host.modal.delay = 20000;
  here.tap();
  expect(newsAfter(scenario, 40000)).toMatchObject([
    { cashier: 'T1' },
    asks('同一笔'),
    on('here', paysuccess('T1')),
  ]);
  expect(here.phase).toBe('paid');
});

test('a button is paid for its first goods when pay() with other goods ended as busy', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(500);
  void button.pay({ payload: { goods: 'cup' } });
  expect(newsAfter(scenario, 8000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('', { by: 'busy' }),
    paysuccess('T1'),
  ]);
  expect(button.phase).toBe('paid');
  button.tap();
  expect(newsAfter(scenario, 8000)).toEqual([]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('pay() with another order-key succeeds when its button is paid and is tapped meanwhile', async () => {
  const scenario = new Scenario();
  const button = openButton(scenario, KEYED);
  button.tap();
  scenario.advance(8000);
  expect(button.phase).toBe('paid');
  scenario.takeEvents();
  const promise = button.pay({ orderKey: 'b' });
  scenario.advance(20);
  button.tap();
  expect(newsAfter(scenario, 8000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2', { orderKey: 'b' })]);
  expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T2', orderKey: 'b' });
});

test('the row that has the paid goods by now is paid when the rows of a list moved under the open cashier', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, MUG) as [FakeComponent, FakeComponent];
  scenario.label(first, 'first');
  scenario.plan({ callbackDelay: 3000 });
  first.tap();
  scenario.advance(1000);
  // A new row on top; the host gives each row's component the goods of the row above.
  first.set(CUP);
  second.set(TEA);
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, on('first', paysuccess('T1'))]);
  expect([first.phase, second.phase]).toEqual(['idle', 'paid']);
  second.tap();
  expect(newsAfter(scenario, 10000)).toEqual([]);
  first.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, on('first', paysuccess('T2'))]);
});

test('the row that has the paid goods by now is paid when its page shows the price of their order', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, MUG) as [FakeComponent, FakeComponent];
  scenario.plan({ callbackDelay: 3000 });
  first.tap();
  scenario.advance(1000);
  first.set(CUP);
  second.set({ ...TEA, amount: 1999 });
  scenario.advance(10000);
  expect([first.phase, second.phase]).toEqual(['idle', 'paid']);
  scenario.takeEvents();
  second.tap();
  expect(newsAfter(scenario, 10000)).toEqual([]);
  second.set(MUG);
  scenario.advance(50);
  expect(second.phase).toBe('idle');
});

test('a button of the paid goods sells them again when it is on the page below and the goods of the paying button changed', () => {
  const scenario = new Scenario();
  const below = openButton(scenario);
  const button = openButton(scenario);
  scenario.plan({ callbackDelay: 3000 });
  button.tap();
  scenario.advance(1000);
  button.set(CUP);
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  scenario.host.closePage();
  scenario.advance(5000);
  expect(below.phase).toBe('idle');
  below.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('an attempt ends as changed when the goods of its button change to goods that are paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, KEYED);
  button.tap();
  scenario.advance(8000);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(4000);
  scenario.takeEvents();
  button.tap();
  button.set({ orderPayload: TEA.orderPayload });
  expect(newsAfter(scenario, 8000)).toMatchObject([paycancel('T2', { by: 'changed' })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a button is idle when its goods changed before create-url says that the first ones are paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  payElsewhere(scenario, button);
  button.tap();
  scenario.advance(20);
  button.set({ orderPayload: { goods: 'cup' } });
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true })]);
  expect(button.phase).toBe('idle');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

/** a was answered 支付中 and its page is closed; b, of the same order on another page, calls it again. */
function callAgain(handlers: PageHandlers, settings: Settings = {}): Scenario {
  const scenario = new Scenario({ settings });
  const first = scenario.label(openButton(scenario), 'a');
  scenario.plan(unpaid('paying', { openFor: 500 }), { notifyDelay: 8000 });
  first.tap();
  scenario.advance(2000);
  scenario.host.closePage();
  const { buttons } = scenario.openPage([TEA], handlers);
  scenario.label(buttons[0]!, 'b');
  scenario.host.modal.answer = 'yes';
  scenario.takeEvents();
  buttons[0]!.tap();
  return scenario;
}

/** The page opens another one when it learns that the earlier call's outcome is not known. */
const WAYS: [string, (open: () => void) => Parameters<typeof callAgain>][] = [
  ['paypending', open => [{ onEvent: (_button, name) => void (name === 'paypending' && open()) }]],
  [
    'onOutcome',
    open => [{}, { onOutcome: ({ outcome }: Outcome) => void (outcome === 'pending' && open()) }],
  ],
];

test.each(WAYS)(
  "the cashier opens when a handler of the earlier attempt's %s opens another page",
  (_name, handlersOf) => {
    const open = (): void => void scenario.host.openPage([{ properties: MUG }]);
    const scenario: Scenario = callAgain(...handlersOf(() => open()));
    expect(newsAfter(scenario, 40000)).toMatchObject([
      asks('同一笔'),
      { cashier: 'T1' },
      on('b', paypending('T1')),
      paysuccess('T1'),
    ]);
  },
);

test('opening a list costs in proportion to its rows when each has an order-summary and a button', () => {
  /** Each refresh of a component looks for the pages that are open. */
  const workFor = (rows: number): number => {
    const scenario = new Scenario();
    for (let row = 0; row < rows; row++) scenario.createOrder(`goods ${row}`);
    const { pages } = scenario.host;
    let looks = 0;
    Object.defineProperty(scenario.host, 'pages', { get: () => (looks++, pages) });
    scenario.openPage(
      scenario.backend.orders.flatMap(order => [
        { name: 'order-summary' as const, properties: { order: scenario.backend.orderView(order) } },
        { properties: { statusUrl: '/status', orderInfo: scenario.backend.orderInfo(order) } },
      ]),
    );
    scenario.advance(1000);
    return looks;
  };
  expect(workFor(20)).toBeLessThan(5 * workFor(5));
});

test('an attempt reaches the cashier when another button of its page is removed during the create request', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(20);
  cup!.detach();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('pay() of a paid button starts no attempt when an order of other goods may be paid', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(10000);
  scenario.plan(unpaid('failed'));
  cup!.tap();
  scenario.advance(20000);
  expect(cup!.phase).toBe('pending');
  scenario.takeEvents();
  void tea!.pay();
  expect(newsAfter(scenario, 10000)).toEqual([]);
  expect(tea!.phase).toBe('paid');
});

test('an attempt goes on when reset() is called on a button of other goods', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(20);
  expect(cup!.reset()).toBe(true);
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('reset() returns true when only an order of other goods may be paid', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  expect(cup!.reset()).toBe(true);
});
