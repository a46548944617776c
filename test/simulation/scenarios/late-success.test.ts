/** A success that the cashier claims when the attempt is over: it is confirmed, and delivered to a component that is there. */
import { Scenario } from '../scenario';
import { on, payfail, paypending, paysuccess } from '../timeline-events';
import { HOUR, MINUTE, newsAfter, openButton, TEA } from './scenario-helpers';

test('paysuccess follows payfail closed when a late cashier success is confirmed by the backend', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callbackDelay: 20000, notifyDelay: 40000 });
  button.tap();
  scenario.advance(4000); // charged
  scenario.backend.expire(false);
  scenario.advance(4000);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { reason: 'closed', mayBePaid: true }),
  ]);
  scenario.backend.order('T1')!.status = 'paid'; // the shop learns of the money
  expect(newsAfter(scenario, 60000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
  expect(button.phase).toBe('paid');
});

test('a button on a page below receives the late success, without a toast, when no button in front shows its goods', () => {
  const scenario = new Scenario();
  const below = scenario.label(openButton(scenario), 'below');
  scenario.plan({ openFor: 1000, callbackDelay: 9000, notifyDelay: 15000 });
  below.tap();
  scenario.advance(6000);
  below.tap();
  expect(newsAfter(scenario, 500)).toMatchObject([{ cashier: 'T1' }, on('below', paypending('T1'))]);
  scenario.openPage([{ ...TEA, orderPayload: { goods: 'cup' } }]);
  expect(newsAfter(scenario, 30000)).toMatchObject([on('below', paysuccess('T1', { resumed: true }))]);
  expect(scenario.host.toasts.map(({ title }) => title)).not.toContain('支付成功');
});

test('a late success fires an unverified paysuccess when DevTools simulates it', () => {
  const scenario = new Scenario({ host: { platform: 'devtools' } });
  const button = openButton(scenario);
  scenario.plan({ openFor: 1000, callbackDelay: 9000 });
  button.tap();
  scenario.advance(6000);
  button.tap();
  expect(newsAfter(scenario, 500)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { verified: false, resumed: true })]);
});

/**
 * Without status-url the record is dropped after 24 h, here because the clock was set back; create-url then says what became
 * of the order. The numbers of all paysuccess from then on.
 */
function successesAfterRecordWasDropped(prepare: (scenario: Scenario) => void): string[] {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, statusUrl: '' });
  scenario.plan({ openFor: 1000, callbackDelay: 2 * MINUTE, notifyDelay: 100 });
  button.tap();
  scenario.advance(7000);
  scenario.world.jumpDevice(-26 * HOUR);
  button.tap();
  scenario.advance(1);
  prepare(scenario);
  scenario.takeEvents();
  button.tap();
  return scenario
    .eventsAfter(5 * MINUTE)
    .flatMap(entry =>
      'event' in entry && entry.event === 'paysuccess' ? [String(entry.detail.tpOrderId)] : [],
    );
}

test('paysuccess is fired once when create-url has said paid before a late success', () => {
  expect(successesAfterRecordWasDropped(() => undefined)).toEqual(['T1']);
});

test('paysuccess is not fired for a late success when create-url has said refunded before', () => {
  expect(successesAfterRecordWasDropped(({ backend }) => backend.refund())).toEqual(['T2']);
});
