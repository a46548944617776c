/** The looks of resumePending(): they stand in nobody's way, and whatever settles the purchase ends them. */
import { timing } from './config';
import { describe } from './describe';
import type { Effects } from './effects';
import type { PayOutcome } from './events';
import { isUnsettled, QUIET } from './payment';
import type { Purchase, Purchases } from './purchases';
import { now } from './records';

/** @returns keeps looking at a purchase in doubt until it is settled or the confirm window is over */
export function createLookout(
  purchases: Purchases,
  { lookAt }: Effects,
): (purchase: Purchase) => Promise<PayOutcome> {
  function keepLooking(purchase: Purchase, delays: number[], done: (outcome: PayOutcome) => void): void {
    const { state, statusUrl, promise, startedAt } = purchase;
    if (!isUnsettled(state)) {
      promise.then(done);
    } else if (!delays.length || !statusUrl || !purchases.holds(purchase)) {
      done(describe(state, { outcome: 'pending' }, true, now() - startedAt));
    } else {
      setTimeout(() => {
        const next = (): void => keepLooking(purchase, delays.slice(1), done);
        if (isUnsettled(purchase.state)) lookAt(purchase, QUIET, next);
        else next();
      }, delays[0]);
    }
  }

  return purchase =>
    (purchase.watch =
      purchase.watch ||
      new Promise<PayOutcome>(resolve => {
        keepLooking(purchase, timing().confirm, outcome => {
          purchase.watch = null;
          resolve(outcome);
        });
      }));
}
