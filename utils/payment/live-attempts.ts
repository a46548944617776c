/** The attempts that have not ended, and the loop that runs each of them: an event, the next state, its effects. */
import { now } from '../host/swan';
import type { OrderInfo } from '../order/order-info';
import { type AttemptState, type AttemptEvent, type Effect, isBeforeCashier } from './attempt-state';
import { type ButtonHandle, type PaymentRequest, refreshAll } from './component-registry';
import { flush } from './event-queue';
import { isSameOwner, type LedgerOrder } from './ledger';
import { forgetOldOrders, ordersOf, saveLedger } from './ledger-storage';
import type { PayOutcome } from './pay-button-events';
import { transition } from './state-machine';
import { trace } from './trace';

/** An attempt, its button and its promise. Dropped when it ends, so that it keeps no page alive. */
export interface Attempt {
  state: AttemptState;
  /** the userId when it started, '' when it was not known */
  owner: string;
  button: ButtonHandle;
  request: PaymentRequest;
  /** what the cashier is called with, and the key it was made with ('' for a ready one) */
  orderInfo: OrderInfo | null;
  idempotencyKey: string;
  /** ms since the epoch */
  startedAt: number;
  /** what of it has changed after the tap: names of properties and fields */
  changedKeys?: string;
  /** goes up with every effect: the result of an earlier effect is late and is ignored */
  revision: number;
  promise: Promise<PayOutcome>;
  resolve(outcome: PayOutcome): void;
  /** the user tapped, or a macrotask has passed since pay(): whether the page is in front is known */
  isPageKnown: boolean;
}

type EffectRunner = (attempt: Attempt, effect: Effect) => void;

let attempts: Attempt[] = [];
let runEffect: EffectRunner = () => undefined;

/** effects.ts runs the effects; it imports this file, so it cannot be imported here. */
export function setEffectRunner(runner: EffectRunner): void {
  runEffect = runner;
}

export const liveAttempts = (): Attempt[] => attempts;

export function addAttempt(attempt: Attempt): void {
  attempts = attempts.concat(attempt);
}

export function removeAttempt(attempt: Attempt): void {
  attempts = attempts.filter(other => other !== attempt);
}

/** The one attempt that is on its way to the cashier. */
export const attemptBeforeCashier = (): Attempt | undefined =>
  attempts.filter(({ state }) => isBeforeCashier(state))[0];

/** The attempt that took this order to the cashier, while its outcome is not known. */
export const attemptAtCashier = (tpOrderId: string): Attempt | undefined =>
  attempts.filter(({ state }) => !!state.callId && state.tpOrderId === tpOrderId)[0];

/** Drops the orders that are too old, but for those whose attempts are under way. */
export const forgetOld = (): void => forgetOldOrders(tpOrderId => !!attemptAtCashier(tpOrderId));

/** The orders of its owner, and its own order, which another owner may have called. */
function ordersFor({ owner, state: { goods, tpOrderId } }: Attempt): LedgerOrder[] {
  return ordersOf('').filter(
    order => isSameOwner(order.owner, owner) || order.tpOrderId === tpOrderId || order.tpOrderId === goods,
  );
}

export function dispatch(attempt: Attempt, event: AttemptEvent): void {
  const [state, effects] = transition(attempt.state, event, ordersFor(attempt), now());
  attempt.state = state;
  if (effects.length) attempt.revision++;
  const { revision } = attempt;
  effects.forEach(effect => {
    // A handler of an event that an earlier effect fired may have changed this attempt.
    if (attempt.revision === revision) runEffect(attempt, effect);
  });
  trace(event.type, state.tpOrderId, { step: state.step });
  commit();
}

/** @returns a function that says whether the attempt still waits for what it waits for now */
export function trackRevision(attempt: Attempt): () => boolean {
  const { revision } = attempt;
  return () => attempt.revision === revision;
}

/** Refreshes the components, delivers queued events, and saves the ledger. */
export function commit(): void {
  refreshAll();
  flush();
  saveLedger();
}
