/** Pages that go without a word, and components that come back on a page that was hidden. */
import type { FakeComponent, Properties } from '../fakes/fake-component';
import type { FakePage } from '../fakes/fake-page';
import { Scenario } from '../scenario';
import { on, paysuccess } from '../timeline-events';
import { calledOrders, newsAfter, openButton, TEA } from './scenario-helpers';

function openRoute(scenario: Scenario, route: string, ...buttons: Properties[]): FakePage {
  return Object.assign(scenario.openPage(buttons.map(properties => ({ properties }))), { route });
}

/** What the runtime sets on a component's instance, and some hosts leave out. */
function withoutPage(component: FakeComponent): FakeComponent {
  const { instance } = component as unknown as { instance: { pageinstance?: object } };
  instance.pageinstance = undefined;
  return component;
}

/** The page's wx:if takes the button away as the app goes to the background. */
function hideAndTakeAway(scenario: Scenario, page: FakePage): void {
  scenario.host.hide();
  scenario.advance(20);
  page.buttons[0]!.detach();
  page.components.splice(0);
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(15);
}

test('the new instance of a tab page receives paysuccess, and pays no second time, when reLaunch replaced the one that paid', () => {
  const scenario = new Scenario();
  const old = openRoute(scenario, 'pages/menu', TEA);
  scenario.label(old.buttons[0]!, 'old');
  scenario.plan({ notifyDelay: 20000 });
  old.buttons[0]!.tap();
  scenario.advance(5000); // confirming
  const above = openRoute(scenario, 'pages/order');
  scenario.advance(2000);
  scenario.takeEvents();
  // reLaunch to a tab page of the stack: its old instance gets neither onUnload nor hide.
  scenario.host.pages.splice(0);
  above.unload();
  old.open = false;
  const [button] = openRoute(scenario, 'pages/menu', TEA).buttons;
  scenario.label(button!, 'new');
  expect(newsAfter(scenario, 40000)).toMatchObject([on('new', paysuccess('T1'))]);
  expect(button!.phase).toBe('paid');
  button!.tap();
  expect(newsAfter(scenario, 10000)).toEqual([]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a tab page that reLaunch dropped for another tab receives nothing, and its new instance paysuccess', () => {
  const scenario = new Scenario();
  const old = openRoute(scenario, 'pages/menu', TEA);
  scenario.label(old.buttons[0]!, 'old');
  scenario.plan({ notifyDelay: 20000 });
  old.buttons[0]!.tap();
  scenario.advance(5000); // confirming
  scenario.takeEvents();
  // The host makes all tab pages anew: the old instances get neither onUnload nor hide.
  scenario.host.pages.splice(0);
  old.open = false;
  openRoute(scenario, 'pages/mine');
  expect(newsAfter(scenario, 40000)).toEqual([]);
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: TEA }]));
  const [button] = scenario.host.top!.buttons;
  scenario.label(button!, 'new');
  expect(newsAfter(scenario, 1000)).toMatchObject([on('new', paysuccess('T1', { resumed: true }))]);
  expect(button!.phase).toBe('paid');
});

test('the cashier stays closed when redirectTo unloaded its page and that is still on top', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  const { page } = button;
  button.tap();
  scenario.advance(20);
  // The host answers 200 ms after the page's onUnload.
  page.unload();
  page.open = true;
  button.pageLifetime('hide');
  scenario.advance(200);
  page.open = false;
  scenario.host.pages.pop();
  scenario.takeEvents();
  const next = openButton(scenario);
  expect(calledOrders(scenario)).toEqual([]);
  next.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('pay() opens the cashier when its button was detached in the background and attached again', () => {
  const scenario = new Scenario();
  const [{ page }] = [openButton(scenario)];
  hideAndTakeAway(scenario, page);
  const again = scenario.host.addComponent(page, { properties: TEA });
  scenario.advance(100);
  void again.pay();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('a button fires paysuccess when it was detached in the background and attached again', () => {
  const scenario = new Scenario();
  const { page } = openButton(scenario);
  scenario.plan({ notifyDelay: 20000, callback: 'paying' });
  page.buttons[0]!.tap();
  scenario.advance(5000);
  hideAndTakeAway(scenario, page);
  scenario.takeEvents();
  const again = scenario.label(scenario.host.addComponent(page, { properties: TEA }), 'again');
  expect(newsAfter(scenario, 60000)).toMatchObject([on('again', paysuccess('T1'))]);
  expect(again.phase).toBe('paid');
});

test('a button on the page below pays when the host names no page and the page above is closed', () => {
  const scenario = new Scenario();
  const below = scenario.openPage([]);
  scenario.openPage([]);
  const button = withoutPage(scenario.host.addComponent(below, { properties: TEA }));
  scenario.advance(100);
  scenario.host.closePage();
  scenario.advance(1000);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});
