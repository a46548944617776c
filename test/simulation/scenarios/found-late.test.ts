/** Outcomes that are found long after the call, or by another component than the one that started the payment. */
import { Scenario } from '../scenario';
import { paysuccess } from '../timeline-events';
import { CUP, HOUR, MINUTE, newsAfter, openButton } from './scenario-helpers';

describe('a payment that is found a day after its call', () => {
  function openNextDay(): Scenario {
    const scenario = new Scenario();
    scenario.plan({ openFor: 1000, closeDelay: 60000 });
    openButton(scenario).tap();
    scenario.advance(3000);
    scenario.kill();
    scenario.advance(25 * HOUR);
    return scenario;
  }
  const closeSlowly = (scenario: Scenario): void => {
    scenario.advance(1000);
    scenario.host.closePage();
    scenario.advance(10000);
    scenario.backend.mode = 'ok';
    scenario.takeEvents();
  };

  test('is delivered to the next button of these goods when the page was left before the check was answered', () => {
    const scenario = openNextDay();
    scenario.open();
    scenario.backend.mode = 'slow';
    openButton(scenario);
    closeSlowly(scenario);
    const button = openButton(scenario);
    expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
    button.tap();
    scenario.advance(10000);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test('is delivered to a button of these goods when an order-summary found it', () => {
    const scenario = openNextDay();
    scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } }]);
    scenario.advance(1000);
    scenario.takeEvents();
    openButton(scenario);
    expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  });

  test('is delivered to a button of these goods when another purchase found it and its page was left', () => {
    const scenario = openNextDay();
    scenario.open();
    openButton(scenario, CUP).tap();
    scenario.advance(100);
    scenario.backend.mode = 'slow';
    closeSlowly(scenario);
    openButton(scenario);
    expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  });
});

test('the button in front receives what waited when its user logs in, not one on a page below', () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  scenario.plan({ notifyDelay: 4000 });
  scenario.open();
  openButton(scenario).tap();
  scenario.advance(2500);
  scenario.host.closePage();
  scenario.setUser('bob');
  scenario.advance(60000);
  scenario.label(openButton(scenario), 'below');
  scenario.label(openButton(scenario), 'front');
  scenario.takeEvents();
  scenario.setUser('ann');
  expect(newsAfter(scenario, 10000)).toMatchObject([{ on: 'front', event: 'paysuccess' }]);
});

test('a button on a page below receives nothing when its goods become those of an outcome that waits', () => {
  const scenario = new Scenario();
  scenario.open();
  const below = openButton(scenario, CUP);
  scenario.plan({ notifyDelay: 4000 });
  openButton(scenario).tap();
  scenario.advance(2500);
  scenario.host.closePage();
  scenario.advance(MINUTE);
  scenario.openPage([]);
  scenario.takeEvents();
  below.set({ orderPayload: { goods: 'tea' } });
  expect(newsAfter(scenario, 1000)).toEqual([]);
});

test('resumePending() leaves out an order when another user has logged in since', async () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  scenario.plan({ openFor: 1000, closeDelay: MINUTE, notifyDelay: 5000 });
  openButton(scenario).tap();
  scenario.advance(3000);
  scenario.kill();
  scenario.setUser('');
  const found: unknown[] = [];
  scenario.open();
  void scenario.host.resumePending()?.then(outcomes => found.push(...outcomes));
  await scenario.clock.advanceAsync(500);
  scenario.setUser('bob');
  await scenario.clock.advanceAsync(10000);
  scenario.setUser('ann');
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 3000)).toMatchObject([paysuccess('T1')]);
  expect(found).toEqual([]);
});

test('paysuccess is resumed on a second button when the page of the first was closed before', () => {
  const scenario = new Scenario();
  scenario.label(openButton(scenario), 'twin');
  const button = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  button.tap();
  scenario.advance(3500);
  scenario.host.closePage();
  expect(newsAfter(scenario, 20000).slice(1)).toMatchObject([
    { on: 'twin', event: 'paysuccess', detail: { resumed: true } },
  ]);
});

test('a tap reaches the cashier when a page below calls pay() for an earlier tap meanwhile', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([{ manual: true, statusUrl: '/status' }], {
    onEvent: (component, name) => {
      if (name !== 'paytap') return;
      scenario.host.later(
        3000,
        () => void component.pay({ orderInfo: scenario.createOrder('coffee').orderInfo }),
      );
    },
  });
  page.buttons[0]!.tap();
  scenario.advance(1000);
  const cup = openButton(scenario, CUP);
  scenario.advance(1500);
  scenario.backend.mode = 'slow';
  cup.tap();
  scenario.advance(200);
  scenario.backend.mode = 'ok';
  scenario.advance(20000);
  expect(scenario.cashier.charges).toHaveLength(1);
});
