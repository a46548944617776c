/** What must hold when the cashier is called: its page in front, the goods still those of the tap, and no lock. */
import type { Attempt, Purchase } from './attempt';
import { isOutstanding, nextCallId, waitForInterval } from './cashier-call';
import { isActive, isTopPage, lockOf, type PaymentRequest } from './component-registry';
import { expireDraftsOf } from './drafts';
import { findOrder } from './ledger-storage';
import { dispatch, type LiveAttempt, trackRevision } from './live-attempts';
import { isOrderOf } from './order-goods';
import { paidOutcome } from './paid-goods';
import type { Failure } from './pay-button-events';
import { settledStatusOf } from './settled-status';

/** ms to wait for the show of a hidden page before the attempt is cancelled */
const SHOW_WAIT = 1000;

/** Calls `then` when the page is on top and the app in front; during onShow and onReady that is not known yet. */
export function whenActive(live: LiveAttempt, then: () => void): void {
  const isCurrent = trackRevision(live);
  let hasWaited = false;
  const proceed = (): void => {
    if (!isCurrent()) return;
    if (!live.isPageKnown) {
      live.isPageKnown = true;
      setTimeout(proceed, 0);
    } else if (isActive(live.button)) {
      then();
    } else if (isTopPage(live.button) && !hasWaited) {
      hasWaited = true;
      setTimeout(proceed, SHOW_WAIT);
    } else {
      dispatch(live, { type: 'cancel', by: 'left' });
    }
  };
  proceed();
}

/** Why the order must not be called again: it was settled in this run of the app. */
function failureIfSettled({ tpOrderId, purchase }: Attempt): Failure | null {
  const order = findOrder(tpOrderId);
  const status = settledStatusOf(tpOrderId);
  // The shop may have opened a closed order again, after its outcome was delivered.
  if ((!status || status === 'closed') && !(order && order.settled)) return null;
  // A ready orderInfo has no other order, so another tap ends the same way.
  return { reason: status === 'refunded' ? 'refunded' : 'closed', code: null, isFinal: purchase.isReady };
}

export function callWhenPossible(live: LiveAttempt): void {
  const isCurrent = trackRevision(live);
  const again = (): void => {
    if (isCurrent()) callWhenPossible(live);
  };
  if (waitForInterval(again)) return;
  whenActive(live, () => {
    const { button, state } = live;
    const { tpOrderId } = state;
    const { goods } = state.purchase;
    const settledFailure = failureIfSettled(state);
    const lock = lockOf(button, id => id === tpOrderId || isOrderOf(id, goods));
    const request = live.request.isOwnInput ? live.request : button.read(live.request.input);
    if (isOutstanding()) dispatch(live, { type: 'cancel', by: 'busy' });
    else if (lock) dispatch(live, { type: 'fail', failure: lock.failure });
    else if (settledFailure) {
      // The backend replays it: the next tap asks for another one.
      expireDraftsOf(tpOrderId);
      dispatch(live, { type: 'fail', failure: settledFailure });
    } else if (request.goods !== goods || isRepriced(state, request)) changeGoods(live, request);
    else dispatch(live, { type: 'ready', call: nextCallId() });
  });
}

/** The shop changed the price of an order after the tap, or the page that of the button. */
const isRepriced = ({ totalAmount }: Attempt, { isReady, orderInfo }: PaymentRequest): boolean =>
  isReady && (!orderInfo || +orderInfo.totalAmount !== totalAmount);

/** The goods of the properties changed after the tap: the tap blurred a field, and the page has set its value. */
function changeGoods(live: LiveAttempt, request: PaymentRequest): void {
  const { refusal, amount, goods } = request;
  live.changedKeys = changedKeys(live.request, request);
  if (refusal && goods) {
    dispatch(live, { type: 'fail', failure: refusal });
  } else if (
    !goods ||
    // The same button may have become the row of another order.
    request.isReady ||
    live.request.isReady ||
    request.createUrl !== live.request.createUrl ||
    request.orderKey !== live.request.orderKey ||
    live.state.expectedAmount !== null ||
    amount !== live.request.amount ||
    paidOutcome(goods, live.button)
  ) {
    dispatch(live, { type: 'cancel', by: 'changed' });
  } else {
    live.request = request;
    dispatch(live, { type: 'goods-changed', purchase: purchaseOf(request) });
  }
}

function changedKeys(before: PaymentRequest, after: PaymentRequest): string {
  const flat = ({
    payload,
    orderInfo,
    amount,
    orderKey,
    createUrl,
  }: PaymentRequest): Record<string, unknown> => ({
    ...(payload as object),
    ...orderInfo,
    amount,
    'order-key': orderKey,
    'create-url': createUrl,
  });
  const one = flat(before);
  const other = flat(after);
  return Object.keys({ ...one, ...other })
    .filter(key => JSON.stringify(one[key]) !== JSON.stringify(other[key]))
    .join(', ');
}

export const purchaseOf = ({ goods, orderKey, isReady, statusUrl }: PaymentRequest): Purchase => ({
  goods,
  orderKey,
  isReady,
  canCheck: !!statusUrl,
});
