/**
 * Delivers outcomes: to the component that started the attempt, else to one in front that shows these goods, else the
 * outcome waits in the ledger.
 */
import { currentOwner, settings } from '../config/config';
import { runSafely } from '../host/run-safely';
import { now, type PageInstance } from '../host/swan';
import { activeButtonOf, type ButtonHandle, isActive, isMounted, mountedButtons } from './component-registry';
import { enqueue } from './event-queue';
import { isOfGoods, isUnsettled, type LedgerOrder } from './ledger';
import {
  findOrder,
  isOfCurrentOwner,
  isOutcomeOld,
  ownOrders,
  putOrder,
  removeOrder,
} from './ledger-storage';
import { forgetGoodsOf } from './known-orders';
import { paidOutcome, rememberPaid } from './paid-goods';
import type { PayOutcome } from './pay-button-events';
import { trace } from './trace';

/** ms after a success in which taps on its page are ignored: a second tap was meant for the first payment */
const SUCCESS_GUARD = 3000;

/** resumePending() waits for the outcomes of these orders */
let receivers: { tpOrderId: string; receive(outcome: PayOutcome): void }[] = [];
const recentSuccessPages: (PageInstance | undefined)[] = [];

/**
 * @param order of the outcome, where it has been at the cashier; an outcome without one does not wait
 * @param starter the button that started the attempt, null for none
 * @param goods of the attempt
 */
export function deliver(
  result: PayOutcome,
  order: LedgerOrder | undefined,
  starter: ButtonHandle | null,
  goods: string,
): void {
  const { onOutcome } = settings();
  const { tpOrderId } = result;
  const button = receiverOf(order, starter);
  // Another component finds out about a payment that it did not start.
  const outcome: PayOutcome = button === starter ? result : { ...result, resumed: true };
  trace('outcome', tpOrderId, { outcome: outcome.outcome });
  if (order) putOrder({ ...order, outcome, outcomeAt: now() });
  if (button) enqueue(() => deliverToButton(button, outcome, order, goods));
  receivers
    .filter(receiver => receiver.tpOrderId === tpOrderId)
    .forEach(({ receive }) => receive({ ...outcome }));
  if (onOutcome) enqueue(() => runSafely('onOutcome', () => onOutcome({ ...outcome })));
}

/** The button that started the attempt; else one in front that shows these goods; else one that called this order. */
function receiverOf(order: LedgerOrder | undefined, starter: ButtonHandle | null): ButtonHandle | undefined {
  if (starter && isMounted(starter)) return starter;
  if (!order) return undefined;
  const { tpOrderId } = order;
  if (!isOfCurrentOwner(order)) return undefined;
  const starters = mountedButtons().filter(({ started }) => !!started && started.indexOf(tpOrderId) >= 0);
  return activeButtonOf(order) || starters[0];
}

/**
 * Subscribes to the outcomes of an order, without any component.
 * @returns a function that unsubscribes
 */
export function onOutcomeOf(tpOrderId: string, receive: (outcome: PayOutcome) => void): () => void {
  const receiver = { tpOrderId, receive };
  receivers.push(receiver);
  return () => {
    receivers = receivers.filter(other => other !== receiver);
  };
}

function deliverToButton(
  button: ButtonHandle,
  outcome: PayOutcome,
  order: LedgerOrder | undefined,
  goods: string,
): void {
  if (order) {
    // Another component received it meanwhile, or the order has a newer outcome.
    const current = findOrder(order.tpOrderId);
    if (!current || current.outcome !== outcome) return;
    takeOutcome(order.tpOrderId);
  }
  if (outcome.outcome === 'success') {
    const hasGoods = (one: ButtonHandle): boolean =>
      one.request.goods === goods ||
      (!!order && isOfGoods(order, one.request.goods)) ||
      one.isPriced(goods, outcome.totalAmount);
    // Where the rows of a list have moved, hosts leave the buttons in place and give them other goods.
    const paid = [button]
      .concat(mountedButtons())
      .filter(one => one.page === button.page && hasGoods(one))[0];
    const owner = order ? order.owner : currentOwner();
    if (paid) paid.paid = { goods: paid.request.goods, owner, outcome, isUnseen: !isActive(paid) };
    markRecentSuccess(button);
    forgetGoodsOf(outcome.tpOrderId);
  } else if (outcome.outcome !== 'pending') {
    showOwnGoods(button, goods);
  }
  button.refresh();
  button.onOutcome({ ...outcome });
}

/** The goods of its properties, where the input of pay() was not paid and the properties are paid or may be. */
function showOwnGoods(button: ButtonHandle, goods: string): void {
  const { request } = button;
  if (!request.input || request.goods !== goods) return;
  const own = button.readProperties();
  const hasUnsettledOrder = (named: string): boolean =>
    ownOrders().some(order => isUnsettled(order) && isOfGoods(order, named));
  if (!hasUnsettledOrder(goods) && (hasUnsettledOrder(own.goods) || paidOutcome(own.goods, button)))
    button.request = own;
}

/** Takes the undelivered outcome of an order out of the ledger: it counts as delivered. */
export function takeOutcome(tpOrderId: string): PayOutcome | null {
  const order = findOrder(tpOrderId);
  if (!order) return null;
  const { settled, outcome } = order;
  // It may have been settled in an earlier run of the app.
  if (outcome && outcome.outcome === 'success') rememberPaid(order, outcome);
  if (settled) {
    removeOrder(tpOrderId);
    forgetGoodsOf(tpOrderId);
  } else if (outcome) {
    putOrder({ ...order, outcome: null });
  }
  return outcome;
}

/**
 * Delivers the outcomes of these goods that no component was there to receive.
 * @param isMeant which of them; the others go on waiting
 * @returns the outcomes
 */
export function deliverWaiting(
  button: ButtonHandle,
  goods: string,
  isMeant: (order: LedgerOrder) => boolean = () => true,
): PayOutcome[] {
  return ownOrders()
    .filter(order => !!order.outcome && !isOutcomeOld(order) && isOfGoods(order, goods) && isMeant(order))
    .map(order => {
      const outcome: PayOutcome = { ...(order.outcome as PayOutcome), resumed: true };
      putOrder({ ...order, outcome });
      enqueue(() => deliverToButton(button, outcome, order, order.goods));
      return outcome;
    });
}

/** Taps on its page are ignored for a moment. */
function markRecentSuccess({ page }: ButtonHandle): void {
  recentSuccessPages.push(page);
  setTimeout(() => recentSuccessPages.shift(), SUCCESS_GUARD);
}

/** Whether a payment succeeded on its page less than SUCCESS_GUARD ago. */
export const hadRecentSuccess = ({ page }: ButtonHandle): boolean => recentSuccessPages.indexOf(page) >= 0;
