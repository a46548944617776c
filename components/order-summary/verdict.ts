/** One status out of what the backend says and what the purchase of the same order-key says. Pure. */
import { type Failure, INVALID, isPaid, type OrderViewStatus, type Phase } from '../../utils/bundle';

/**
 * @param told what the backend last said
 * @param phase of the purchase that pays this order
 */
export function statusOf(told: OrderViewStatus, phase: Phase): OrderViewStatus {
  if (isPaid(told)) return told;
  // The backend may learn of a payment minutes after the cashier.
  if (phase === 'paid') return phase;
  const underWay = phase === 'paying' || phase === 'confirming' || phase === 'pending';
  return underWay && told === 'unpaid' ? 'paying' : told;
}

/**
 * Why a pay-button of the same order-key must refuse; null when it may pay.
 * @param paid what to say when it is paid already
 */
export function refusalOf(status: OrderViewStatus, addsUp: boolean, paid: string): Failure | null {
  if (!addsUp) return INVALID;
  const closed: Failure = { reason: 'closed', code: null, final: true };
  if (isPaid(status)) return { ...closed, message: paid };
  return status === 'closed' ? closed : null;
}
