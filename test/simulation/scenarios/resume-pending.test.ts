/** resumePending(): every payment whose outcome is not known or was not delivered, without a component. */
import { Scenario } from '../scenario';
import { paysuccess } from '../timeline-events';
import { CUP, HOUR, MUG, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

test('resumePending() resolves to both outcomes when two orders may be paid', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.closePage();
  scenario.host.closePage();
  scenario.backend.notify('T1');
  const found = await scenario.resumePending(8000);
  expect(found).toHaveLength(2);
  expect(found).toContainEqual(
    expect.objectContaining({ outcome: 'success', tpOrderId: 'T1', resumed: true }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ outcome: 'pending', tpOrderId: 'T2', resumed: true }),
  );
});

test('resumePending() checks at 0, 3 and 6 s when the backend says unpaid', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.advance(10000);
  const before = scenario.backend.checks.length;
  expect(await scenario.resumePending(2900)).toBeNull();
  expect(scenario.backend.checks).toHaveLength(before + 1);
  await scenario.clock.advanceAsync(3000);
  expect(scenario.backend.checks).toHaveLength(before + 2);
  await scenario.clock.advanceAsync(20000);
  expect(scenario.backend.checks).toHaveLength(before + 3);
});

test('resumePending() resolves to an empty list when nothing was paid', async () => {
  const scenario = new Scenario();
  openButton(scenario);
  expect(await scenario.resumePending(10)).toEqual([]);
});

test('resumePending() resolves to an empty list, without a request, when everything was delivered', async () => {
  const scenario = new Scenario();
  openButton(scenario).tap();
  await scenario.clock.advanceAsync(10000);
  const before = scenario.backend.received.length;
  expect(await scenario.resumePending(10)).toEqual([]);
  expect(scenario.backend.received).toHaveLength(before);
});

test('resumePending() resolves to the outcome of the running attempt when one is at the cashier', async () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ openFor: 8000 });
  button.tap();
  scenario.advance(1000);
  expect(await scenario.resumePending(20000)).toMatchObject([{ outcome: 'success', tpOrderId: 'T1' }]);
  expect(newsAfter(scenario, 0)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { resumed: false })]);
});

test('resumePending() returns an undelivered outcome once, and no button receives it, when its button was detached', async () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  await scenario.clock.advanceAsync(1000);
  tea!.detach();
  await scenario.clock.advanceAsync(10000);
  expect(await scenario.resumePending(10)).toMatchObject([
    { outcome: 'success', tpOrderId: 'T1', resumed: true },
  ]);
  expect(await scenario.resumePending(10)).toEqual([]);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toEqual([]);
});

test('resumePending() returns an undelivered outcome, and no button receives it, when it is older than a day', async () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  await scenario.clock.advanceAsync(1000);
  tea!.detach();
  await scenario.clock.advanceAsync(10000);
  scenario.world.jumpDevice(25 * HOUR);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toEqual([]);
  expect(await scenario.resumePending(10)).toMatchObject([
    { outcome: 'success', tpOrderId: 'T1', resumed: true },
  ]);
});

test('resumePending() resolves to the success, and the button of the goods fires paysuccess, when it finds the payment', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  await scenario.clock.advanceAsync(6000);
  scenario.backend.notify('T1');
  expect(await scenario.resumePending(1000)).toMatchObject([{ outcome: 'success', tpOrderId: 'T1' }]);
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('resumePending() finds the payment before the first page when the app restarts', async () => {
  const scenario = new Scenario();
  scenario.plan({ closeDelay: 60000 });
  openButton(scenario).tap();
  await scenario.clock.advanceAsync(5000);
  scenario.kill();
  expect(await scenario.resumePending(500)).toMatchObject([
    { outcome: 'success', tpOrderId: 'T1', resumed: true },
  ]);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('resumePending() leaves out an order when it belongs to another user', async () => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  openUnsettled(scenario);
  scenario.setUser('bob');
  expect(await scenario.resumePending(10000)).toEqual([]);
});

test('resumePending() resolves to pending when a day has passed and the backend still says unpaid', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.kill();
  scenario.advance(25 * HOUR);
  expect(await scenario.resumePending(8000)).toMatchObject([{ outcome: 'pending', tpOrderId: 'T1' }]);
});

test('resumePending() resolves to pending when the order has no status-url', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario, { ...TEA, statusUrl: '' });
  expect(await scenario.resumePending(100)).toMatchObject([
    { outcome: 'pending', tpOrderId: 'T1', resumed: true },
  ]);
});

test('resumePending() resolves to refunded when the order was refunded meanwhile', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.order('T1')!.status = 'refunded';
  expect(await scenario.resumePending(1000)).toMatchObject([
    { outcome: 'fail', reason: 'refunded', mayBePaid: false, tpOrderId: 'T1' },
  ]);
});

test('resumePending() returns an undelivered failure, and no button receives it, when the order may be paid', async () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  const outcomes = await scenario.resumePending(20000);
  expect(outcomes).toMatchObject([{ outcome: 'fail', reason: 'cashier', tpOrderId: 'T1', mayBePaid: true }]);
  scenario.takeEvents();
  const again = openButton(scenario);
  expect(newsAfter(scenario, 5000)).toEqual([]);
  expect(again.phase).toBe('pending');
});

test('the question names an outcome when resumePending() has found it and still checks another order', async () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan({ callback: 'none' });
  const cup = openButton(scenario, CUP);
  cup.tap();
  await scenario.clock.advanceAsync(8000);
  scenario.host.closePage();
  const mug = openButton(scenario, { ...MUG, manual: true });
  const promise = scenario.host.resumePending();
  await scenario.clock.advanceAsync(200);
  scenario.takeEvents();
  // The tap shows that no cashier is open; the page pays when cup's order has been found paid.
  mug.tap();
  await scenario.clock.advanceAsync(200);
  void mug.pay();
  await scenario.clock.advanceAsync(1000);
  expect(scenario.host.modal.questions.at(-1)).toMatchObject({
    content: expect.stringMatching('cup') as string,
  });
  await scenario.clock.advanceAsync(20000);
  expect(await promise).toMatchObject([{ outcome: 'success', tpOrderId: 'T2' }, { tpOrderId: 'T1' }]);
});
