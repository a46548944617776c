/** What many scenarios begin with, and what they leave out of a timeline. */
import type { CashierCallback, CashierPlan } from '../fakes/fake-cashier';
import type { FakeComponent, Properties } from '../fakes/fake-component';
import { CREATE, type Scenario, STATUS, type TimelineEvent } from '../scenario';

export const TEA = { ...CREATE, ...STATUS };
export const CUP = { ...TEA, orderPayload: { goods: 'cup' } };
export const MUG = { ...TEA, orderPayload: { goods: 'mug' } };

export const MINUTE = 60000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The cashier answers this, without a charge. */
export const unpaid = (callback: CashierCallback, more: Partial<CashierPlan> = {}): Partial<CashierPlan> => ({
  charges: false,
  callback,
  ...more,
});

export function openButton(scenario: Scenario, properties: Properties = TEA): FakeComponent {
  return scenario.open(properties)[0]!;
}

/** To be opened beside a button: `scenario.open(TEA, summaryOf({ orderKey: 'k' }))`. */
export const summaryOf = (properties: Properties) => ({ name: 'order-summary' as const, properties });

/** The status that an order-summary shows. */
export const statusText = (summary: FakeComponent | undefined): unknown => summary?.data.statusText;

/** The idempotency keys of the create requests, in order. */
export const sentKeys = ({ backend }: Scenario): (string | undefined)[] =>
  backend.received.filter(({ url }) => /orders/.test(url)).map(({ header }) => header?.['Idempotency-Key']);

/** Lets time pass: calls, questions and outcomes, without phases, taps, toasts and each paycomplete (the oracle checks it). */
export function newsAfter(scenario: Scenario, ms: number): TimelineEvent[] {
  return scenario
    .eventsAfter(ms)
    .filter(entry => !('toast' in entry))
    .filter(entry => !('event' in entry) || /^pay(success|cancel|fail|pending)$/.test(entry.event));
}

/** A question with these words. */
export const asks = (...words: string[]): { question: { content: string } } => ({
  question: { content: expect.stringMatching(words.join('.*')) as string },
});

/** A button whose order was called and answered with code 6: it may be paid or not. */
export function openUnsettled(scenario: Scenario, properties: Properties = TEA): FakeComponent {
  const button = openButton(scenario, properties);
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  return button;
}

/** The answer to the create request is lost, and the order is paid on another phone. */
export function payElsewhere(scenario: Scenario, button: FakeComponent): void {
  scenario.backend.mode = 'lost-answer';
  button.tap();
  scenario.advance(20000);
  scenario.backend.mode = 'ok';
  scenario.backend.notify('T1');
  scenario.takeEvents();
}

/** An order is cancelled, the app killed, and the order closed by the backend. */
export function killAndExpire(scenario: Scenario): void {
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  scenario.kill();
  scenario.backend.expire();
  scenario.takeEvents();
}

/** The tpOrderIds that were handed to the cashier. */
export const calledOrders = (scenario: Scenario): string[] =>
  scenario.cashier.calls.map(({ tpOrderId }) => tpOrderId);
