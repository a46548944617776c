/** How orders were settled, as far as this run of the app knows. */
import { createMap } from '../create-map';
import type { PayOutcome } from './pay-button-events';

export type SettledStatus = 'paid' | 'refunded' | 'closed';

const statuses = createMap<SettledStatus | undefined>();

/** 'closed' is not final: a late success overrules it. */
export const settledStatusOf = (tpOrderId: string): SettledStatus | undefined => statuses[tpOrderId];

/** @param status undefined while its cashier is called again */
export function setSettledStatus(tpOrderId: string, status: SettledStatus | undefined): void {
  statuses[tpOrderId] = status;
}

export function toSettledStatus(outcome: PayOutcome): SettledStatus {
  if (outcome.outcome === 'success') return 'paid';
  return outcome.outcome === 'fail' && outcome.reason === 'refunded' ? 'refunded' : 'closed';
}
