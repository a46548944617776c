/** One status out of what three parties say: the backend, the purchase of the same order-key, and the clock. Pure. */
import { isPaid, type OrderViewStatus, type Phase } from '../../utils/bundle';
import { say } from './texts';

/**
 * @param told what the backend last said
 * @param phase of the purchase that pays this order
 * @param expired its time to be paid is over, by the server's clock
 */
export function statusOf(told: OrderViewStatus, phase: Phase, expired: boolean): OrderViewStatus {
  if (isPaid(told)) return told;
  // The backend may learn of a payment minutes after the cashier.
  if (phase === 'paid') return 'paid';
  if (told === 'closed') return told;
  if (phase === 'paying' || phase === 'confirming' || phase === 'pending') return 'paying';
  return expired ? 'closed' : told;
}

/** Why a pay-button of the same order-key must refuse; null when it may pay. A payment under way is never cut short. */
export function refusalOf(
  status: OrderViewStatus,
  phase: Phase,
  addsUp: boolean,
): { reason: 'order-invalid' | 'closed'; code: null; message?: string } | null {
  if (!addsUp) return { reason: 'order-invalid', code: null };
  if (status === 'closed') return { reason: 'closed', code: null };
  return isPaid(status) && phase !== 'paid'
    ? { reason: 'closed', code: null, message: say('order-paid') }
    : null;
}
