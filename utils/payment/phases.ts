/** Which phase of payment components show. */
import { currentOwner } from '../config/config';
import type { Attempt, Purchase } from './attempt';
import {
  type ButtonHandle,
  mountedButtons,
  type SummaryHandle,
  type SummaryPayment,
} from './component-registry';
import { isBlocking, isOfGoods, isSameOwner } from './ledger';
import { ordersOf, ownOrders } from './ledger-storage';
import { type LiveAttempt, liveAttempts } from './live-attempts';
import { paidOutcome } from './paid-goods';
import type { Phase } from './pay-button-events';
import { settledStatusOf } from './settlement';

/** What a button shows: the phase of its attempt, of its unsettled order, or of what was paid. */
export function phaseOf(button: ButtonHandle): Phase {
  const live =
    liveAttempts().filter(attempt => attempt.button === button)[0] || attemptOf(button.request.goods);
  if (live) return phaseOfAttempt(live);
  const { goods } = button.request;
  if (ownOrders().some(order => isBlocking(order) && isOfGoods(order, goods))) return 'pending';
  return paidOutcome(goods, button) ? 'paid' : 'idle';
}

/**
 * The payment of the order that a summary shows; of a quote, which has no number, that of the buttons on its page with its
 * order-key. That may be the order-key of every cart: where a button of it has goods, only those count.
 */
export function paymentFor({ orderKey, tpOrderId, paymentOfQuote, page }: SummaryHandle): SummaryPayment {
  const buttons = mountedButtons().filter(
    button =>
      !!orderKey && button.page === page && !!button.request.goods && button.request.orderKey === orderKey,
  );
  // The goods of its button may have changed since the quote was paid, or the button is gone.
  const earlier = !tpOrderId && orderKey ? paymentOfQuote : null;
  const earlierGoods = earlier ? earlier.goods : '';
  const number = earlier ? earlier.tpOrderId : tpOrderId;
  const isKnown = (payment: { tpOrderId: string }): boolean => !!number && payment.tpOrderId === number;
  const isOfButton = (payment: { orderKey: string; tpOrderId: string; goods: string }): boolean =>
    !tpOrderId &&
    !!orderKey &&
    payment.orderKey === orderKey &&
    (!buttons.length || buttons.some(({ request }) => isOfGoods(payment, request.goods)));
  const goodsOf = ({ goods }: { goods: string }): string => (buttons.length ? goods : earlierGoods);
  const attempts = liveAttempts();
  const live =
    attempts.filter(({ state }) => isOfButton(paymentOf(state)))[0] ||
    attempts.filter(({ state }) => isKnown(state))[0];
  if (live) {
    const { tpOrderId: id, purchase } = live.state;
    return { phase: phaseOfAttempt(live), tpOrderId: id, goods: goodsOf(purchase) };
  }
  const orders = ownOrders().filter(isBlocking);
  const order = orders.filter(isOfButton)[0] || orders.filter(isKnown)[0];
  if (order) return { phase: 'pending', tpOrderId: order.tpOrderId, goods: goodsOf(order) };
  const buyer = buttons.filter(button => !tpOrderId && !!paidOutcome(button.request.goods, button))[0];
  const paid = buyer ? paidOutcome(buyer.request.goods, buyer) : paidOutcome(number);
  // A quote whose order was cancelled or closed can be bought: that was another order.
  if (earlier && !paid && settledStatusOf(number) !== 'refunded')
    return { phase: 'idle', tpOrderId: '', goods: '' };
  return {
    phase: paid ? 'paid' : 'idle',
    tpOrderId: paid ? paid.tpOrderId : number,
    goods: buyer ? buyer.request.goods : earlierGoods,
  };
}

const paymentOf = ({ purchase, tpOrderId }: Attempt): Purchase & { tpOrderId: string } => ({
  ...purchase,
  tpOrderId,
});

/** The attempt that another button of the same goods has under way. */
function attemptOf(goods: string): LiveAttempt | undefined {
  return liveAttempts().filter(
    ({ state, owner }) => isOfGoods(paymentOf(state), goods) && isSameOwner(owner, currentOwner()),
  )[0];
}

function phaseOfAttempt({ state, owner }: LiveAttempt): Phase {
  const { step, purchase } = state;
  if (step === 'paying' || step === 'confirming') return step;
  if (step === 'checking' || step === 'asking') {
    const isPending = ordersOf(owner).some(order => isBlocking(order) && isOfGoods(order, purchase.goods));
    if (isPending) return step === 'asking' ? 'pending' : 'confirming';
  }
  return 'ordering';
}
