/** Signatures, payloads and sessions stay in memory: none is ever in storage, in a trace or in the console. */
import { type BackendMode, SECRETS } from '../fakes/fake-backend';
import { Scenario, settled } from '../scenario';
import { calledOrders, CUP, openButton, TEA, unpaid } from './scenario-helpers';

const SECRET = {
  ...TEA,
  orderPayload: { goods: 'tea', note: SECRETS.payload },
  header: { cookie: SECRETS.header },
};

/** Everything that outlives a payment or that a person may read. */
const written = (scenario: Scenario): string =>
  scenario.host.storage.text() +
  JSON.stringify([
    scenario.host.traces,
    scenario.host.console,
    scenario.host.modal.questions,
    scenario.host.toasts,
  ]);

function expectNoSecret(scenario: Scenario): void {
  for (const secret of Object.values(SECRETS)) expect(written(scenario)).not.toContain(secret);
}

test.each(['success', 'cancel', 'paying', 'failed', 'none', 'rejected', 'not-logged-in', 'throws'] as const)(
  'no secret is written when the cashier answers %s',
  callback => {
    const scenario = new Scenario({ settings: { header: { session: SECRETS.header } } });
    scenario.plan(
      unpaid(callback, { response: callback === 'success' ? [true, { sign: SECRETS.rsaSign }] : undefined }),
    );
    openButton(scenario, SECRET).tap();
    scenario.advance(1000);
    expect(written(scenario)).toContain('T1');
    expectNoSecret(scenario);
    scenario.advance(1000000);
    expectNoSecret(scenario);
  },
);

test('no secret is written when an undelivered outcome with a raw response is stored', () => {
  const scenario = new Scenario();
  scenario.open();
  scenario.plan({ response: [true, { sign: SECRETS.rsaSign }], callbackDelay: 3000 });
  const page = scenario.openPage([SECRET]);
  page.buttons[0]!.tap();
  scenario.advance(2500);
  page.buttons[0]!.detach();
  scenario.advance(60000);
  expect(scenario.host.storage.text()).toContain('success');
  expectNoSecret(scenario);
});

test.each<BackendMode>(['lost', 'http-500', 'html', 'denied', 'nonsense', 'sold-out', 'unknown-status'])(
  'no secret is written when the backend mode is %s',
  mode => {
    const scenario = new Scenario();
    const button = openButton(scenario, SECRET);
    scenario.backend.mode = mode;
    button.tap();
    scenario.advance(100000);
    expectNoSecret(scenario);
  },
);

test('no secret is written when the console names changed goods and a wrong amount', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...SECRET, amount: 1999 });
  button.tap();
  scenario.advance(20);
  button.set({ orderPayload: { goods: 'tea', note: `${SECRETS.payload}!` }, amount: 2000 });
  scenario.advance(10000);
  expect(scenario.console('warn').join()).toMatch(/note/);
  expectNoSecret(scenario);
  button.tap();
  scenario.advance(10000);
  expect(scenario.console('error').join()).toMatch(/amount/);
  expectNoSecret(scenario);
});

test('the next attempt works without a console error when a page has written to the outcome of pay()', async () => {
  const scenario = new Scenario();
  openButton(scenario, CUP);
  const tea = openButton(scenario);
  scenario.plan({ callback: 'paying', charges: false });
  const promise = tea.pay();
  void promise!.then(outcome => {
    (outcome as unknown as Record<string, unknown>).page = { outcome };
  });
  await scenario.clock.advanceAsync(3000);
  scenario.host.closePage();
  await scenario.clock.advanceAsync(80000);
  scenario.host.modal.answer = 'yes';
  openButton(scenario, CUP).tap();
  await scenario.clock.advanceAsync(20000);
  expect(scenario.console('error')).toEqual([]);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('pay() on a paid button resolves to the outcome as it was when a page has written to it', async () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, orderKey: 'cart-7' });
  const promise = button.pay();
  void promise!.then(outcome => {
    (outcome as unknown as Record<string, unknown>).tpOrderId = 'mine';
  });
  await scenario.clock.advanceAsync(10000);
  const again = button.pay();
  await scenario.clock.advanceAsync(100);
  expect(await settled(again)).toMatchObject({ tpOrderId: 'T1', resumed: true });
});
