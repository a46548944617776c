/** Which phase of payment components show. */
import { currentOwner } from '../config/config';
import type { Attempt, Purchase } from './attempt';
import { type ButtonHandle, mountedButtons, type SummaryHandle } from './component-registry';
import { isBlocking, isOfGoods, isSameOwner } from './ledger';
import { ordersOf, ownOrders } from './ledger-storage';
import { type LiveAttempt, liveAttempts } from './live-attempts';
import { paidOutcome } from './paid-goods';
import type { Phase } from './pay-button-events';

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
 * The payment of the order that a summary shows, or of its order-key. That may be the order-key of every cart: where buttons
 * on its page have it, only their goods count.
 */
export function paymentFor({
  orderKey,
  tpOrderId,
  page,
}: Pick<SummaryHandle, 'orderKey' | 'tpOrderId' | 'page'>): {
  phase: Phase;
  tpOrderId: string;
} {
  const buttons = mountedButtons().filter(
    button =>
      !!orderKey && button.page === page && !!button.request.goods && button.request.orderKey === orderKey,
  );
  const isIts = (payment: { orderKey: string; tpOrderId: string; goods: string }): boolean =>
    tpOrderId
      ? payment.tpOrderId === tpOrderId
      : !!orderKey &&
        payment.orderKey === orderKey &&
        (!buttons.length || buttons.some(({ request }) => isOfGoods(payment, request.goods)));
  const live = liveAttempts().filter(
    ({ state }) =>
      isIts(paymentOf(state)) || (!state.tpOrderId && !!orderKey && state.purchase.orderKey === orderKey),
  )[0];
  if (live) return { phase: phaseOfAttempt(live), tpOrderId: live.state.tpOrderId || tpOrderId };
  const order = ownOrders().filter(known => isBlocking(known) && isIts(known))[0];
  if (order) return { phase: 'pending', tpOrderId: order.tpOrderId };
  const isPaid =
    !!paidOutcome(tpOrderId) ||
    (!tpOrderId && buttons.some(button => !!paidOutcome(button.request.goods, button)));
  return { phase: isPaid ? 'paid' : 'idle', tpOrderId };
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
