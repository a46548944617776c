/** What a page does inside the events of a button: it pays, resets, leaves, throws. Each event comes all the same, in order. */
import { CREATE, Scenario, settled, type TimelineEvent } from '../scenario';
import { on, paycancel, paycomplete, paysuccess, phase } from '../timeline-events';
import type { PageHandlers } from '../fakes/fake-page';
import { newsAfter, TEA, unpaid } from './scenario-helpers';

function open(
  onEvent: NonNullable<PageHandlers['onEvent']>,
  { properties = TEA, ...options }: { properties?: object } & ConstructorParameters<typeof Scenario>[0] = {},
) {
  const scenario = new Scenario(options);
  const [button] = scenario.openPage([{ properties: properties as Record<string, unknown> }], {
    onEvent,
  }).buttons;
  return { scenario, button: button! };
}

const phasesOf = (events: TimelineEvent[]): string[][] =>
  events.flatMap(entry =>
    'event' in entry && entry.event === 'statechange'
      ? [[String(entry.detail.previous), String(entry.detail.phase)]]
      : [],
  );

/** Each phase begins where the one before it ended. */
function expectChain(phases: string[][]): void {
  phases.slice(1).forEach(([previous], index) => expect(previous).toBe(phases[index]![1]));
}

test('two attempts each fire an outcome when a handler of paycancel calls pay()', () => {
  let again = 1;
  const { scenario, button } = open((one, name) => {
    if (name === 'paycancel' && again-- > 0) one.pay();
  });
  scenario.plan(unpaid('cancel'));
  button.tap();
  const events = scenario.eventsAfter(60000);
  expectChain(phasesOf(events));
  const outcomes = events.filter(
    entry => 'cashier' in entry || ('event' in entry && /^pay(c|s)/.test(entry.event)),
  );
  expect(outcomes).toMatchObject([
    { cashier: 'T1' },
    paycancel('T1', { by: 'user' }),
    paycomplete('cancel'),
    { cashier: 'T1' },
    paysuccess('T1', { resumed: false }),
    paycomplete('success'),
  ]);
});

test('each phase starts from the previous one when a handler of paycomplete calls pay() and every adapter responds at once', () => {
  let refusals = 1;
  let again = 1;
  const { scenario, button } = open(
    (one, name, detail) => {
      if (name === 'paycomplete' && detail.outcome === 'cancel' && again-- > 0) one.pay();
    },
    {
      properties: { createUrl: '/orders', orderPayload: { goods: 'tea' } },
      settings: {
        timing: { minCallInterval: 0 },
        requestAdapter: ({ success }: { success: (response: object) => void }) => {
          const order = scenario.backend.orders[0] ?? scenario.backend.createOrder('tea');
          success({ data: { errno: 0, data: scenario.backend.orderInfo(order) } });
        },
        requestPayment: ({ success, fail }: { success: () => void; fail: (error: object) => void }) =>
          refusals-- > 0 ? fail({ errCode: 2 }) : success(),
      },
    },
  );
  button.tap();
  const events = scenario.eventsAfter(5000);
  expectChain(phasesOf(events));
  expect(phasesOf(events).slice(-1)).toEqual([[expect.any(String), 'paid']]);
  expect(events.filter(entry => 'event' in entry && entry.event === 'paycomplete')).toMatchObject([
    paycomplete('cancel'),
    paycomplete('success'),
  ]);
  // The oracle sees no call of a port of our own.
  scenario.world.invariant.violations.splice(0);
});

test('paycomplete follows, and the button becomes idle, when a handler of paysuccess calls reset()', () => {
  const { scenario, button } = open((one, name) => {
    if (name === 'paysuccess') one.reset();
  });
  button.tap();
  expect(scenario.eventsAfter(10000).slice(-4)).toMatchObject([
    { toast: '支付成功' },
    paysuccess('T1'),
    paycomplete('success'),
    phase('paid', 'idle'),
  ]);
});

test('pay() ends as busy when a handler of paysuccess calls reset() and pay()', async () => {
  let again: Promise<object> | undefined;
  const { scenario, button } = open((one, name) => {
    if (name !== 'paysuccess' || again) return;
    one.reset();
    again = one.pay();
  });
  button.tap();
  const events = scenario.eventsAfter(10000);
  expectChain(phasesOf(events));
  expect(await settled(again)).toMatchObject({ outcome: 'cancel', by: 'busy' });
  expect(scenario.cashier.calls).toHaveLength(1);
});

test.each([
  ['the runtime catches the error', false],
  ['the host lets the error through', true],
])(
  'paysuccess is fired, and pay() resolves, when each handler throws and %s',
  async (_what, handlersThrow) => {
    const { scenario, button } = open(
      () => {
        throw new Error('page');
      },
      { host: { handlersThrow } },
    );
    const promise = button.pay();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
    expect(await settled(promise)).toMatchObject({ outcome: 'success' });
    if (handlersThrow) {
      expect(scenario.console('error')).toContain('swan-cashier: an event handler threw Error: page');
    }
  },
);

test("a second button of the same goods fires statechange when the first one's handler throws", () => {
  const scenario = new Scenario({ host: { handlersThrow: true } });
  const page = scenario.openPage([{ properties: TEA }, { properties: TEA }], {
    onEvent: (one, name, detail) => {
      if (one.label === 'first' && name === 'statechange' && detail.phase === 'paying')
        throw new Error('page');
    },
  });
  const [first, twin] = page.buttons;
  scenario.label(first!, 'first');
  scenario.label(twin!, 'twin');
  first!.tap();
  const events = scenario.eventsAfter(20000);
  expect(events).toContainEqual(on('twin', phase('ordering', 'paying')));
  const told = events.filter(
    entry => 'event' in entry && entry.on === 'first' && /^pay[sc]/.test(entry.event),
  );
  expect(told).toMatchObject([on('first', paysuccess('T1')), on('first', paycomplete('success'))]);
  expect(scenario.console('error')).toEqual([expect.stringMatching(/an event handler threw Error: page/)]);
});

test('paycomplete follows paysuccess when a handler of paysuccess closes its page', () => {
  const scenario = new Scenario();
  scenario.open();
  const page = scenario.openPage([{ properties: TEA }], {
    onEvent: (_, name) => {
      if (name === 'paysuccess') scenario.host.closePage();
    },
  });
  page.buttons[0]!.tap();
  expect(scenario.eventsAfter(10000).slice(-2)).toMatchObject([paysuccess('T1'), paycomplete('success')]);
});

test('paysuccess is fired once when a handler of statechange closes its page in phase paid', () => {
  const scenario = new Scenario();
  scenario.open();
  const page = scenario.openPage([{ properties: TEA }], {
    onEvent: (_, name, detail) => {
      if (name === 'statechange' && detail.phase === 'paid') scenario.host.closePage();
    },
  });
  page.buttons[0]!.tap();
  scenario.advance(10000);
  scenario.open(TEA);
  const told = scenario.eventsAfter(5000).filter(entry => 'event' in entry && entry.event === 'paysuccess');
  expect(told).toHaveLength(1);
});

test('a button is paid when a handler of paysuccess opened the result page and that is closed again', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([{ properties: TEA }], {
    onEvent: (_, name) => {
      if (name === 'paysuccess') scenario.open();
    },
  });
  const [button] = page.buttons;
  button!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  scenario.host.closePage();
  scenario.advance(50);
  expect([button!.phase, button!.data.label]).toEqual(['paid', '已支付']);
});

test('only the payload of pay() is paid when a handler of paytap calls pay() with other goods', () => {
  const { scenario, button } = open((one, name) => {
    if (name === 'paytap') one.pay({ payload: { goods: 'cup' } });
  });
  button.tap();
  scenario.advance(20000);
  expect(scenario.backend.orders.map(({ goods, status }) => `${goods} ${status}`)).toEqual(['cup paid']);
});

test('the first cashier call is kept when a manual button is tapped again before the cashier answers', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([{ properties: { ...TEA, manual: true } }], {
    onEvent: (one, name) => {
      if (name === 'paytap') scenario.clock.after(3000, () => one.pay(), scenario);
    },
  });
  scenario.plan({ openFor: 20000 });
  page.buttons[0]!.tap();
  scenario.advance(3040);
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 60000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('the first pay() ends as superseded, and the others share one success, when a handler of paycancel calls pay()', async () => {
  const promises: (Promise<object> | undefined)[] = [];
  const { scenario, button } = open(
    (one, name) => {
      if (name === 'paycancel') promises.push(one.pay());
    },
    { properties: CREATE },
  );
  promises.push(button.pay());
  scenario.advance(10);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(20);
  promises.push(button.pay());
  scenario.advance(20000);
  const outcomes = await Promise.all(promises.map(promise => settled(promise)));
  expect(outcomes[0]).toMatchObject({ outcome: 'cancel', by: 'superseded' });
  expect(outcomes.slice(1)).toMatchObject([
    { outcome: 'success', tpOrderId: 'T2' },
    { outcome: 'success', tpOrderId: 'T2' },
  ]);
  expect(scenario.cashier.charges.map(({ tpOrderId }) => tpOrderId)).toEqual(['T2']);
});
