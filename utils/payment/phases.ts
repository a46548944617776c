/** Which phase of payment components show. */
import { currentOwner } from '../config/config';
import {
  type ButtonHandle,
  mountedButtons,
  type SummaryHandle,
  type SummaryPayment,
} from './component-registry';
import { isOfGoods, isOfPurchase, type LedgerOrder } from './ledger';
import { isOfCurrentOwner, ordersOf, ownOrders } from './ledger-storage';
import { type Attempt, liveAttempts } from './live-attempts';
import { paidOutcome } from './paid-goods';
import type { Phase } from './pay-button-events';
import { settledStatusOf } from './known-orders';

/** What a button shows: the phase of its attempt, of its unsettled order, or of what was paid. */
export function phaseOf(button: ButtonHandle): Phase {
  const attempt =
    liveAttempts().filter(one => one.button === button)[0] || attemptOfGoods(button.request.goods);
  if (attempt) return phaseOfAttempt(attempt);
  const { goods } = button.request;
  if (ownOrders().some(order => isOfPurchase(order, goods))) return 'pending';
  return paidOutcome(goods, button) ? 'paid' : 'idle';
}

/** The payment of the order that a summary shows; of a quote, which has no number, that of its order-key. */
export function paymentFor(summary: SummaryHandle): SummaryPayment {
  const { orderKey, tpOrderId } = summary;
  const payment = tpOrderId || !orderKey ? findPaymentOfOrder(tpOrderId) : findPaymentOfQuote(summary);
  return { ...payment, owner: currentOwner() };
}

type FoundPayment = Omit<SummaryPayment, 'owner'>;

/** @param tpOrderId '' for none */
function findPaymentOfOrder(tpOrderId: string): FoundPayment {
  const isOfOrder = (payment: { tpOrderId: string }): boolean =>
    !!tpOrderId && payment.tpOrderId === tpOrderId;
  const attempt = liveAttempts().filter(({ state }) => isOfOrder(state))[0];
  const isPending = ownOrders().some(order => isOfOrder(order) && isOfPurchase(order, order.goods));
  const settledPhase = paidOutcome(tpOrderId) ? 'paid' : 'idle';
  const orderPhase = isPending ? 'pending' : settledPhase;
  return { phase: attempt ? phaseOfAttempt(attempt) : orderPhase, tpOrderId, goods: '' };
}

/**
 * The payment of the buttons on its page with its order-key. That may be the order-key of every cart: where a button of it
 * has goods, only those count. Else what the quote showed last, for the goods of its button may have changed since, or the
 * button is gone; else a payment of the same amount.
 */
function findPaymentOfQuote({
  orderKey,
  totalAmount,
  paymentOfQuote: shown,
  page,
}: SummaryHandle): FoundPayment {
  const buttons = mountedButtons().filter(
    button => button.page === page && !!button.request.goods && button.request.orderKey === orderKey,
  );
  const earlier = shown && isOfCurrentOwner(shown) ? shown : null;
  const earlierGoods = earlier ? earlier.goods : '';
  const isEarlier = (payment: { tpOrderId: string }): boolean =>
    !!earlier && payment.tpOrderId === earlier.tpOrderId;
  const isOfButton = (
    payment: Pick<LedgerOrder, 'orderKey' | 'goods' | 'tpOrderId' | 'totalAmount'>,
  ): boolean => {
    if (buttons.length) return buttons.some(({ request }) => isOfGoods(payment, request.goods));
    if (payment.orderKey !== orderKey) return false;
    return earlier ? isOfGoods(payment, earlierGoods) : payment.totalAmount === totalAmount;
  };
  const knownGoods = ({ goods }: { goods: string }): string => (buttons.length ? goods : earlierGoods);
  const attempts = liveAttempts().filter(
    attempt => isOfCurrentOwner(attempt) || buttons.indexOf(attempt.button) >= 0,
  );
  const attempt =
    attempts.filter(({ state }) => isOfButton(state))[0] ||
    attempts.filter(({ state }) => isEarlier(state))[0];
  if (attempt) {
    const { state } = attempt;
    return { phase: phaseOfAttempt(attempt), tpOrderId: state.tpOrderId, goods: knownGoods(state) };
  }
  const orders = ownOrders().filter(order => isOfPurchase(order, order.goods));
  const order = orders.filter(isOfButton)[0] || orders.filter(isEarlier)[0];
  if (order) return { phase: 'pending', tpOrderId: order.tpOrderId, goods: knownGoods(order) };
  const paidButton = buttons.filter(button => !!paidOutcome(button.request.goods, button))[0];
  const goods = paidButton ? paidButton.request.goods : earlierGoods;
  const paid = paidButton ? paidOutcome(goods, paidButton) : earlier && paidOutcome(earlier.tpOrderId);
  if (paid) return { phase: 'paid', tpOrderId: paid.tpOrderId, goods };
  // A quote whose order was cancelled, closed or refunded before it was paid here can be bought: that was another order.
  if (!earlier || earlier.phase !== 'paid' || settledStatusOf(earlier.tpOrderId) !== 'refunded')
    return { phase: 'idle', tpOrderId: '', goods: '' };
  return { phase: 'idle', tpOrderId: earlier.tpOrderId, goods, isRefunded: true };
}

/** The attempt that another button of the same goods has under way. */
function attemptOfGoods(goods: string): Attempt | undefined {
  return liveAttempts().filter(attempt => isOfGoods(attempt.state, goods) && isOfCurrentOwner(attempt))[0];
}

function phaseOfAttempt({ state, owner }: Attempt): Phase {
  const { step, goods } = state;
  if (step === 'paying' || step === 'confirming') return step;
  if (step === 'checking' || step === 'asking') {
    const isPending = ordersOf(owner).some(order => isOfPurchase(order, goods));
    if (isPending) return step === 'asking' ? 'pending' : 'confirming';
  }
  return 'ordering';
}
