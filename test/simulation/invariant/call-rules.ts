/** What must be true at the moment the cashier is called. */
import type { CashierCall } from '../fakes/fake-cashier';
import type { FakeHost } from '../fakes/fake-host';
import { CLAIM } from './claim';
import type { OrderFacts } from './order-facts';
import type { History } from './history';

/** @returns the sentences of the invariant that this call breaks; judged before the call is recorded */
export function judgeCall(call: CashierCall, history: History, host: FakeHost): string[] {
  const { at, tpOrderId } = call;
  const live = history.liveStarts(at);
  const broken: string[] = [];
  if (!host.isFront) broken.push('the cashier was called while the app was not in front');
  if (!live.some(({ component }) => component.page === host.top && component.isAlive)) {
    broken.push('the cashier was called for a page that is not on top');
  }
  if (at - history.lastCallAt < 1000) broken.push('the cashier was called within 1000 ms of the last call');
  if (overOpenCashier(history, at)) {
    broken.push(`${tpOrderId} was called over an open cashier`);
  }
  const attemptAt = Math.min(at, ...live.map(start => start.at));
  if (history.storageWorkedSince(attemptAt) && !host.storage.text().includes(`${tpOrderId}\\"`)) {
    broken.push(`${tpOrderId} was called before it was in storage`);
  }
  const owners = live.length ? live.map(({ owner }) => owner) : [history.user];
  for (const facts of history.all()) {
    if (mayFollow(facts, owners, history, attemptAt)) continue;
    broken.push(
      facts.chargedAt === null
        ? `${tpOrderId} was called and nobody was asked about ${facts.tpOrderId}, which may be paid`
        : `${tpOrderId} was called after ${facts.tpOrderId} was charged, and nobody was told or asked`,
    );
  }
  return broken;
}

/**
 * The first sentence, and more: the library cannot tell an order that is charged from one that may be, so the sentence
 * is demanded of every order whose claim is above cancelled.
 */
function mayFollow(facts: OrderFacts, owners: string[], history: History, attemptAt: number): boolean {
  if (!facts.calls.length) return true;
  if (facts.wasTold || facts.wasAccepted) return true;
  if (facts.leastClaim <= CLAIM.cancelled && !facts.wasSaidToBe('paid')) return true;
  if (facts.destroyed || facts.isGivenUpByAge || facts.isKnownToOtherThan(owners)) return true;
  // What cannot be read cannot be known; it is not lost.
  return facts.isOfDeadProcess && !history.storageWorkedSince(attemptAt);
}

/** The last call has no answer, and nothing that happened since allows to give it up. */
function overOpenCashier(history: History, at: number): boolean {
  const open = history
    .all()
    .map(({ unanswered, isOfDeadProcess }) => (isOfDeadProcess ? undefined : unanswered))
    .find(claim => claim);
  if (!open || open.mayBeLost || at - open.call.at >= 900000) return false;
  return !history.mayGiveUp(open.call.at, 'pay', at);
}
