/**
 * The order as it is now: its status from the backend's status, the phase of the payment and the time left, and whether it
 * locks a pay-button. Pure.
 */
import {
  wasPaid,
  type OrderMessages,
  type OrderStatus,
  type OrderViewStatus,
  type Phase,
  type SummaryLock,
  type SummaryPayment,
} from '../../utils/internal';
import type { ParsedOrder } from './parse-order';

/** The status that status-url returned, and of which order. */
export interface StatusCheck {
  tpOrderId: string;
  status: OrderStatus;
}

export interface CurrentOrder {
  /** the order's own number, else that of its payment; '' for none */
  tpOrderId: string;
  /** what a quote's button pays; '' where that is not known, and of an order that has a number of its own */
  goods: string;
  /** what the backend said last; '' without an order */
  reported: OrderViewStatus | '';
  /** what is shown; '' without an order */
  status: OrderViewStatus | '';
  phase: Phase;
  /** ms left to pay; 0 when nothing waits for a payment */
  timeLeft: number;
  /** the status is that of a payment which the order, a quote, says nothing of */
  isOfPayment: boolean;
  /** when the time to pay was over, in ms since the epoch by the server's clock; 0 while it is not */
  expiredAt: number;
}

/**
 * @param parsed null while no order was read
 * @param check made after the order was read, or earlier with the result paid; it counts for its own order only
 * @param now ms since the epoch, by the server's clock
 */
export function currentOrder(
  parsed: ParsedOrder | null,
  check: StatusCheck | null,
  payment: Omit<SummaryPayment, 'owner'>,
  now: number,
): CurrentOrder {
  const own = parsed ? parsed.tpOrderId : '';
  const current: CurrentOrder = {
    tpOrderId: own || payment.tpOrderId,
    goods: own ? '' : payment.goods,
    reported: '',
    status: '',
    // A payment of another order with the same key does not change this one.
    phase: own && payment.tpOrderId && own !== payment.tpOrderId ? 'idle' : payment.phase,
    timeLeft: 0,
    isOfPayment: false,
    expiredAt: 0,
  };
  const order = parsed && parsed.order;
  if (!order) return current;
  const isChecked =
    check && check.tpOrderId === current.tpOrderId && (wasPaid(check.status) || !wasPaid(order.status));
  const ownStatus = payment.isRefunded ? 'refunded' : order.status;
  current.reported = isChecked ? check.status : ownStatus;
  current.status = statusOf(current.reported, current.phase);
  current.isOfPayment = !own && current.status !== order.status;
  const { expiresAt } = order;
  if (current.status === 'unpaid' && expiresAt) {
    if (expiresAt > now) {
      current.timeLeft = expiresAt - now;
    } else {
      current.status = 'closed';
      current.expiredAt = expiresAt;
    }
  }
  return current;
}

/** The backend may learn of a payment minutes later than the cashier. */
function statusOf(reported: OrderViewStatus, phase: Phase): OrderViewStatus {
  if (wasPaid(reported)) return reported;
  if (phase === 'paid') return phase;
  // Closed settles a pending payment, unless the cashier has said success.
  return /^(unpaid|closed)$/.test(reported) && /^(paying|confirming|pending)$/.test(phase)
    ? 'paying'
    : reported;
}

/** Why a pay-button of this order must not pay, and the label it has instead of its own; null when it may pay. */
export function lockFor(
  parsed: ParsedOrder | null,
  {
    status,
    tpOrderId,
    goods,
    isOfPayment,
  }: Pick<CurrentOrder, 'status' | 'tpOrderId' | 'goods' | 'isOfPayment'>,
  messages: OrderMessages,
): SummaryLock | null {
  if (wasPaid(status) || status === 'closed') {
    return {
      failure: {
        reason: /^refund/.test(status) ? 'refunded' : 'closed',
        code: null,
        message: status === 'paid' ? messages.orderPaid : '',
        isFinal: true,
      },
      label: messages[`status-${status}` as const],
      tpOrderId,
      goods,
      isOfKey: !isOfPayment,
    };
  }
  return parsed && (!parsed.order || parsed.mismatch)
    ? { failure: { reason: 'order-invalid', code: null }, label: '', tpOrderId, goods, isOfKey: true }
    : null;
}
