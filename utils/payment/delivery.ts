/**
 * Delivers outcomes: to the component that started the attempt, else to one in front that shows these goods, else the
 * outcome waits in the ledger. And remembers what was paid, as long as a button shows it.
 */
import { settings } from '../config/config';
import { toText } from '../coerce';
import { type PageInstance } from '../host/swan';
import { activeButtonOf, type ButtonHandle, enqueue, isMounted, mountedButtons } from './components';
import { takeDraftsOf } from './drafts';
import { isOfGoods, isSameOwner, type LedgerOrder } from './ledger';
import { createMap, findOrder, isOld, ordersOf, putOrder, removeOrder } from './ledger-storage';
import { guard, trace } from './trace';
import type { PayOutcome } from './types';

/** ms after a success in which nothing is accepted on its page: a second tap was meant for the first payment */
const SUCCESS_GUARD = 3000;

interface Paid {
  owner: string;
  outcome: PayOutcome;
}

/** each owner's latest success of an explicit order-key, or of an order's number, for the run of the app */
const paidGoods = createMap<Paid[]>();
/** resumePending() waits for the outcomes of these orders */
let receivers: { tpOrderId: string; receive(outcome: PayOutcome): void }[] = [];
const guardedPages: (PageInstance | undefined)[] = [];

/** The userId of the moment, '' while it is not known. */
export const currentOwner = (): string => toText(settings().userId);

/**
 * @param order the order it is about, where it has been at the cashier; without one it does not wait
 * @param goods what it is about
 */
export function deliver(
  outcome: PayOutcome,
  order: LedgerOrder | undefined,
  starter: ButtonHandle | null,
  goods: string,
): void {
  const { onOutcome } = settings();
  const { tpOrderId } = outcome;
  trace('outcome', tpOrderId, { outcome: outcome.outcome });
  if (order) putOrder({ ...order, outcome });
  const button = receiverOf(order, starter);
  if (button) enqueue(() => handOver(button, outcome, order, goods));
  receivers.filter(one => one.tpOrderId === tpOrderId).forEach(({ receive }) => receive({ ...outcome }));
  if (onOutcome) enqueue(() => guard('onOutcome', () => onOutcome({ ...outcome })));
}

/** The button that started the attempt; else one in front that shows these goods; else one that called this order. */
function receiverOf(order: LedgerOrder | undefined, starter: ButtonHandle | null): ButtonHandle | undefined {
  if (starter && isMounted(starter)) return starter;
  if (!order) return undefined;
  const { tpOrderId, owner } = order;
  if (!isSameOwner(owner, currentOwner())) return undefined;
  const starters = mountedButtons().filter(({ started }) => !!started && started.indexOf(tpOrderId) >= 0);
  return activeButtonOf(order) || starters[0];
}

/** @param receive called with each outcome of this order, which needs no component then */
export function onOutcomeOf(tpOrderId: string, receive: (outcome: PayOutcome) => void): () => void {
  const receiver = { tpOrderId, receive };
  receivers.push(receiver);
  return () => {
    receivers = receivers.filter(other => other !== receiver);
  };
}

function handOver(
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
    const shown = button.request.goods;
    if (shown === goods || (order && isOfGoods(order, shown))) {
      button.paid = { goods: shown, owner: order ? order.owner : currentOwner(), outcome };
    }
    guardPage(button.page);
  }
  button.refresh();
  button.onOutcome({ ...outcome });
}

/** @returns the outcome that waited, which counts as delivered now */
export function takeOutcome(tpOrderId: string): PayOutcome | null {
  const order = findOrder(tpOrderId);
  if (!order) return null;
  if (order.settled) removeOrder(tpOrderId);
  else if (order.outcome) putOrder({ ...order, outcome: null });
  return order.outcome;
}

/**
 * Outcomes of these goods that no component was there to receive.
 * @param isMeant the others wait on
 * @returns what is delivered
 */
export function deliverWaiting(
  button: ButtonHandle,
  goods: string,
  isMeant: (order: LedgerOrder) => boolean = () => true,
): PayOutcome[] {
  return ordersOf(currentOwner())
    .filter(order => !!order.outcome && !isOld(order) && isOfGoods(order, goods) && isMeant(order))
    .map(order => {
      const outcome: PayOutcome = { ...(order.outcome as PayOutcome), resumed: true };
      putOrder({ ...order, outcome });
      enqueue(() => handOver(button, outcome, order, order.goods));
      return outcome;
    });
}

function guardPage(page: PageInstance | undefined): void {
  guardedPages.push(page);
  setTimeout(() => guardedPages.shift(), SUCCESS_GUARD);
}

/** A payment succeeded there a moment ago. */
export const isGuarded = ({ page }: ButtonHandle): boolean => guardedPages.indexOf(page) >= 0;

// ---- what was paid

type PaidOrder = Pick<LedgerOrder, 'tpOrderId' | 'goods' | 'orderKey' | 'owner' | 'idempotencyKey'>;

/** The next order of these goods is a new one. */
export function rememberPaid(order: PaidOrder, outcome: PayOutcome): void {
  const { tpOrderId, owner } = order;
  const remember = (name: string): void => {
    paidGoods[name] = paidBy(name, paid => paid.owner !== owner).concat({ owner, outcome });
  };
  if (tpOrderId) remember(tpOrderId);
  const named: Pick<PaidOrder, 'goods' | 'orderKey'>[] = takeDraftsOf(order);
  named.concat(order).forEach(({ goods, orderKey }) => {
    if (orderKey && goods) remember(goods);
  });
}

const paidBy = (name: string, isMeant: (paid: Paid) => boolean): Paid[] =>
  (paidGoods[name] || []).filter(isMeant);

const isMine = ({ owner }: Paid): boolean => isSameOwner(owner, currentOwner());

/** It was refunded, so that nothing is paid any more. */
export function forgetPaidOrder(tpOrderId: string): void {
  Object.keys(paidGoods).forEach(name => {
    paidGoods[name] = paidBy(name, paid => paid.outcome.tpOrderId !== tpOrderId);
  });
  mountedButtons().forEach(button => {
    if (button.paid && button.paid.outcome.tpOrderId === tpOrderId) button.paid = null;
  });
}

/** The success that makes a button of these goods show `paid`. */
export function paidOutcome(goods: string, button?: ButtonHandle): PayOutcome | null {
  if (!goods) return null;
  // A tab page that comes back is shown after its own onShow.
  const own = button && !button.wasAway && button.paid && button.paid.goods === goods ? button.paid : null;
  const paid = own && isMine(own) ? own : paidBy(goods, isMine).pop();
  return paid ? paid.outcome : null;
}

export function forgetPaid(button: ButtonHandle): void {
  button.paid = null;
  const { goods } = button.request;
  paidGoods[goods] = paidBy(goods, paid => !isMine(paid));
}
