/** Handlers of a page, and functions of app.js, that pay before others got their events. */
import type { PageHandlers } from '../fakes/fake-page';
import { CREATE, Scenario, settled } from '../scenario';
import { on, paycancel, paycomplete, payfail, paypending, paysuccess, phase } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MINUTE,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

const MANUAL = { ...TEA, orderPayload: null, manual: true };

/** A page whose buttons are named b0, b1, … */
function openLabelled(scenario: Scenario, properties: object[], handlers: PageHandlers = {}) {
  const { buttons } = scenario.openPage(
    properties.map(one => ({ properties: { ...one } })),
    handlers,
  );
  buttons.forEach((button, index) => scenario.label(button, `b${index}`));
  return buttons;
}

/** Tea was paid, and its button was gone by then. */
function waitingTea(): Scenario {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  return scenario;
}

test('pay() resolves to the undelivered success without a cashier call when a handler of paycomplete calls it', async () => {
  const scenario = waitingTea();
  let promise: Promise<unknown> | undefined;
  const buttons = openLabelled(scenario, [{ ...CREATE, orderPayload: { goods: 'first' } }, MANUAL], {
    onEvent: (button, name) => {
      if (name === 'paycomplete' && button === buttons[0]) {
        promise = buttons[1]!.pay({ payload: { goods: 'tea' } });
      }
    },
  });
  scenario.backend.mode = 'lost';
  buttons[0]!.tap();
  scenario.backend.mode = 'ok';
  expect(newsAfter(scenario, 20000)).toMatchObject([
    on('b0', payfail('', { reason: 'order-request' })),
    on('b1', paysuccess('T1', { resumed: true })),
  ]);
  expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true });
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('pay() resolves to the undelivered success when a page calls it', async () => {
  const scenario = waitingTea();
  const button = openButton(scenario, MANUAL);
  const promise = button.pay({ payload: { goods: 'tea' } });
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true });
});

test('the next attempt starts after paycomplete when a handler of paycancel calls pay()', () => {
  const scenario = new Scenario();
  let paid = false;
  const { buttons } = scenario.openPage([TEA], {
    onEvent: (button, name) => {
      if (name !== 'paycancel' || paid) return;
      paid = true;
      void button.pay();
    },
  });
  scenario.plan(unpaid('cancel'));
  buttons[0]!.tap();
  scenario.advance(1000);
  scenario.takeEvents();
  expect(scenario.eventsAfter(20000).filter(entry => !('toast' in entry))).toMatchObject([
    phase('paying', 'confirming'),
    phase('confirming', 'idle'),
    paycancel('T1', { by: 'user' }),
    paycomplete('cancel'),
    phase('idle', 'ordering'),
    { cashier: 'T1' },
    phase('ordering', 'paying'),
    phase('paying', 'confirming'),
    phase('confirming', 'paid'),
    paysuccess('T1'),
    paycomplete('success'),
  ]);
});

test('busy is fired once when a handler of the busy paycancel calls pay() again', () => {
  const scenario = new Scenario();
  let told = 0;
  const buttons = openLabelled(scenario, [TEA, CUP], {
    onEvent: (button, name, { by }) => {
      if (name === 'paycancel' && by === 'busy' && ++told < 500) void button.pay();
    },
  });
  buttons[0]!.tap();
  scenario.advance(1000);
  void buttons[1]!.pay();
  expect(told).toBe(1);
  // It was busy once, and may go on to ask when the cashier has answered.
  buttons[1]!.detach();
  scenario.advance(20000);
});

test('two undelivered outcomes are both fired when a handler of the first calls pay()', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan({ callback: 'failed', notifyDelay: 2 * MINUTE }, { callback: 'failed' }, unpaid('failed'));
  for (let tap = 0; tap < 3; tap++) {
    tea.tap(); // T1, T1 again, and a new order
    scenario.advance(15000);
  }
  expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T2']);
  const cup = scenario.open(CUP)[0]!;
  scenario.host.pages.splice(0, 1)[0]!.unload();
  scenario.advance(2 * MINUTE);
  scenario.backend.expire(); // T1 is paid by now, T2 closed
  scenario.host.modal.answer = 'no';
  cup.tap(); // finds both; its question cannot say both, and delivers neither
  scenario.advance(10000);
  scenario.takeEvents();
  const handlers: PageHandlers = {
    onEvent: (button, name, { retryable }) => {
      if (name === 'payfail' && retryable) void button.pay();
    },
  };
  openLabelled(scenario, [TEA], handlers);
  expect(newsAfter(scenario, 20000)).toMatchObject([
    payfail('T2', { reason: 'closed', mayBePaid: true }),
    paysuccess('T1', { resumed: true }),
  ]);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T2']);
});

test('pay() ends as busy without a question when a handler of paypending calls it during a cashier call', () => {
  const scenario = new Scenario();
  const buttons = openLabelled(scenario, [TEA, TEA, { ...CUP, statusUrl: '' }], {
    onEvent: (button, name) => {
      if (name === 'paypending' && button === buttons[0]) void buttons[2]!.pay();
    },
  });
  scenario.plan(unpaid('paying'), { openFor: 20000 });
  buttons[0]!.tap();
  scenario.advance(10000);
  scenario.host.modal.answer = 'yes';
  buttons[1]!.tap();
  expect(newsAfter(scenario, 15000)).toMatchObject([
    { cashier: 'T1' },
    asks('同一笔'),
    { cashier: 'T1' },
    on('b0', paypending('T1')),
    on('b2', paycancel('', { by: 'busy' })),
  ]);
});

test('another button ends as busy without a question when onTrace calls its pay() during a cashier call', () => {
  const scenario = new Scenario();
  const buttons = openLabelled(scenario, [
    { ...TEA, statusUrl: '' },
    { ...CUP, statusUrl: '' },
  ]);
  let paid = false;
  scenario.host.configure({
    onTrace: ({ event }: { event: string }) => {
      if (event !== 'ready' || paid) return;
      paid = true;
      void buttons[1]!.pay();
    },
  });
  scenario.plan({ openFor: 20000 });
  buttons[0]!.tap();
  expect(newsAfter(scenario, 15000)).toMatchObject([
    { cashier: 'T1' },
    on('b1', paycancel('', { by: 'busy' })),
  ]);
});

test('outcomes are fired in order when onOutcome calls pay() and the backend responds at once', () => {
  let status = 'unpaid';
  let paid = false;
  const scenario: Scenario = new Scenario({
    settings: {
      requestAdapter: ({ url, success }: { url: string; success: (response: object) => void }) => {
        const data = /tpOrderId/.test(url) ? { status } : scenario.createOrder().orderInfo;
        success({ statusCode: 200, data: { errno: 0, data } });
      },
      onOutcome: ({ outcome }: { outcome: string }) => {
        if (outcome !== 'fail' || paid) return;
        paid = true;
        status = 'paid';
        void button.pay();
      },
    },
  });
  const button = openButton(scenario);
  scenario.plan({ callback: 'failed' });
  button.tap();
  expect(newsAfter(scenario, 40000)).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { mayBePaid: true }),
    paysuccess('T1'),
  ]);
  expect(button.phase).toBe('paid');
  // The oracle reads no answer of an adapter.
  scenario.world.invariant.violations.splice(0);
});

test('no question is shown when a handler of ordercreated calls reset()', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const [cup] = openLabelled(scenario, [CUP], {
    onEvent: (button, name) => void (name === 'ordercreated' && button.reset()),
  });
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([on('b0', paycancel('T2', { by: 'reset' }))]);
  expect(scenario.host.modal.questions).toEqual([]);
});
