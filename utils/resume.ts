import type { PayOutcome } from './events';
import { registry } from './registry';

/**
 * Finds out about every payment whose outcome is not known yet, for pages without a button: the payResultUrl page,
 * App.onShow. Asks status-url until the confirm window (60 s) is over; meanwhile a person can pay as usual. Never rejects;
 * resolves to [] when nothing is open.
 */
export function resumePending(): Promise<PayOutcome[]> {
  return registry().resumePending();
}
