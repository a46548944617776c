/** What must hold when the cashier is called: its page in front, the goods still those of the tap, and no lock. */
import type { AttemptState, Purchase } from './attempt-state';
import { isOutstanding, nextCallId, waitForInterval } from './cashier-call';
import { isActive, isTopPage, lockOf, type PaymentRequest } from './component-registry';
import { expireDraftsOf } from './drafts';
import { findOrder } from './ledger-storage';
import { dispatch, type Attempt, trackRevision } from './live-attempts';
import { isOrderOf, settledStatusOf } from './known-orders';
import { paidOutcome } from './paid-goods';
import type { Failure } from './pay-button-events';

/** ms to wait for the show of a hidden page before the attempt is cancelled */
const SHOW_WAIT = 1000;

/** Calls `then` when the page is on top and the app in front; during onShow and onReady that is not known yet. */
export function whenActive(attempt: Attempt, then: () => void): void {
  const isCurrent = trackRevision(attempt);
  let hasWaited = false;
  const proceed = (): void => {
    if (!isCurrent()) return;
    if (!attempt.isPageKnown) {
      attempt.isPageKnown = true;
      setTimeout(proceed, 0);
    } else if (isActive(attempt.button)) {
      then();
    } else if (isTopPage(attempt.button) && !hasWaited) {
      hasWaited = true;
      setTimeout(proceed, SHOW_WAIT);
    } else {
      dispatch(attempt, { type: 'cancel', by: 'left' });
    }
  };
  proceed();
}

/** Why the order must not be called again: it was settled in this run of the app. */
function failureIfSettled({ tpOrderId, isReady }: AttemptState): Failure | null {
  const order = findOrder(tpOrderId);
  const status = settledStatusOf(tpOrderId);
  // The shop may have opened a closed order again, after its outcome was delivered.
  if ((!status || status === 'closed') && !(order && order.settled)) return null;
  // A ready orderInfo has no other order, so another tap ends the same way.
  return { reason: status === 'refunded' ? 'refunded' : 'closed', code: null, isFinal: isReady };
}

export function callWhenPossible(attempt: Attempt): void {
  const isCurrent = trackRevision(attempt);
  const again = (): void => {
    if (isCurrent()) callWhenPossible(attempt);
  };
  if (waitForInterval(again)) return;
  whenActive(attempt, () => {
    const { button, state } = attempt;
    const { tpOrderId, goods } = state;
    const settledFailure = failureIfSettled(state);
    const lock = lockOf(button, id => id === tpOrderId || isOrderOf(id, goods));
    const request = attempt.request.isOwnInput ? attempt.request : button.read(attempt.request.input);
    if (isOutstanding()) dispatch(attempt, { type: 'cancel', by: 'busy' });
    else if (lock) dispatch(attempt, { type: 'fail', failure: lock.failure });
    else if (settledFailure) {
      // The backend replays it: the next tap asks for another one.
      expireDraftsOf(tpOrderId);
      dispatch(attempt, { type: 'fail', failure: settledFailure });
    } else if (
      // The page may have been given the order that was made for it.
      (request.goods !== goods && request.goods !== tpOrderId) ||
      isRepriced(state, request)
    )
      changeGoods(attempt, request);
    else dispatch(attempt, { type: 'ready', callId: nextCallId() });
  });
}

/** The shop changed the price of an order after the tap, or the page that of the button. */
const isRepriced = ({ totalAmount }: AttemptState, { isReady, orderInfo }: PaymentRequest): boolean =>
  isReady && (!orderInfo || +orderInfo.totalAmount !== totalAmount);

/** The goods of the properties changed after the tap: the tap blurred a field, and the page has set its value. */
function changeGoods(attempt: Attempt, request: PaymentRequest): void {
  const { refusal, amount, goods } = request;
  attempt.changedKeys = changedKeys(attempt.request, request);
  if (refusal && goods) {
    dispatch(attempt, { type: 'fail', failure: refusal });
  } else if (
    !goods ||
    // The same button may have become the row of another order.
    request.isReady ||
    attempt.request.isReady ||
    request.createUrl !== attempt.request.createUrl ||
    request.orderKey !== attempt.request.orderKey ||
    attempt.state.expectedAmount !== null ||
    amount !== attempt.request.amount ||
    paidOutcome(goods, attempt.button)
  ) {
    dispatch(attempt, { type: 'cancel', by: 'changed' });
  } else {
    attempt.request = request;
    dispatch(attempt, { type: 'goods-changed', purchase: purchaseOf(request) });
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
