/**
 * The purchases of this mini-program as its components know them. Components are views: they come and go, a purchase
 * stays. What happens to a purchase is decided in payment.ts and done in effects.ts.
 */
import { createAudience, type Payer } from './audience';
import { hasCashier } from './cashier';
import { createEffects } from './effects';
import type { PayOutcome } from './events';
import { randomKey } from './hash';
import { createLookout } from './lookout';
import { INVALID } from './order-request';
import type { OrderStatus } from './order-status';
import { type Failure, isLive, isUnsettled, type Payment, type Phase, QUIET } from './payment';
import { createPurchases, promiseOutcome, type Purchase } from './purchases';
import { now } from './records';
import { shared } from './shared';
import type { Source, View } from './source';

export interface Registry {
  attach(view: View): void;
  /** the view can hear: what waited for it is delivered, what is in doubt is looked into */
  show(view: View): void;
  /** @returns whether it is still there: a closed page fires hide and no detached, and must not be set any more */
  hide(view: View): boolean;
  detach(view: View): void;
  /** the phase of what the view means to pay; from now on it is told when that changes */
  watch(view: View): Phase;
  pay(view: View, tapped: boolean): Promise<PayOutcome>;
  reset(orderKey: string): void;
  resumePending(): Promise<PayOutcome[]>;
  /** the purchase that pay-button of this key shows; tpOrderId is '' while there is no order */
  known(orderKey: string): Pick<Payment, 'phase' | 'tpOrderId'>;
  /** another component asked the backend about an order: as good as a look of its own */
  heard(orderKey: string, tpOrderId: string, status: OrderStatus): void;
}

export function registry(): Registry {
  const common = shared();
  return (common.registry = common.registry || createRegistry());
}

function createRegistry(): Registry {
  const purchases = createPurchases();
  const { all, find, idOf } = purchases;
  const audience = createAudience<View>();
  const effects = createEffects(purchases, audience);
  const { dispatch } = effects;
  const watchOver = createLookout(purchases, effects);
  /** what was complained about already */
  const conflicts: Record<string, boolean> = {};

  /** The page of whoever started these is gone; not every host says so. */
  const closeAbandoned = (): void =>
    all().forEach(purchase => {
      if (!audience.isOpen(purchase.starter)) dispatch(purchase, { type: 'close' });
    });

  /** A component can hear of what it shows: what waited for it is delivered, what is in doubt is looked into. */
  function meet(view: View): void {
    closeAbandoned();
    const { payer } = view;
    const source = view.source as Source;
    const purchase = find(source.orderKey);
    if (!purchase || !payer) return;
    purchase.statusUrl = purchase.statusUrl || source.statusUrl;
    if (!purchase.starter) purchase.source = source;
    effects.deliverWaiting(purchase, payer);
    dispatch(purchase, { type: 'show', canLook: !!purchase.statusUrl });
  }

  /** Something else is to be bought than what the purchase is about: other goods, or another order. */
  const differs = ({ fingerprint, state }: Purchase, wanted: string | undefined): boolean =>
    fingerprint !== wanted && state.tpOrderId !== wanted;

  /** Something else is to be bought under this key, and what was bought before is settled. */
  const isReplaceable = (purchase: Purchase, { fingerprint }: Partial<Source>): boolean =>
    !!fingerprint &&
    differs(purchase, fingerprint) &&
    !isLive(purchase.state) &&
    !isUnsettled(purchase.state);

  /** pay-buttons of this order-key */
  const payersOf = (orderKey: string): View[] =>
    audience.everybody().filter(({ payer, source }) => payer && source.orderKey === orderKey);

  function refusalOf({ orderKey, origin, refusal }: Source): Failure | null | undefined {
    if (refusal) return refusal;
    if (payersOf(orderKey).some(({ source }) => source.origin !== origin)) {
      const complaint =
        'pay-button: order-key "' + orderKey + '" has two different sources; give each its own key';
      if (!conflicts[complaint]) console.error(complaint);
      conflicts[complaint] = true;
      return INVALID;
    }
    return hasCashier() ? effects.objectionTo(orderKey) : { reason: 'unsupported', code: null };
  }

  function attempt(purchase: Purchase, view: View): Promise<PayOutcome> {
    const source = view.source as Source;
    const { createUrl, orderInfo } = source;
    const changed = differs(purchase, source.fingerprint);
    // What is in doubt is asked about with the goods it was made for, while they are known.
    const known = purchase.source;
    const recreates = changed && !!known.createUrl && known.fingerprint === purchase.fingerprint;
    if (!recreates) purchase.source = source;
    purchase.next = source;
    purchase.statusUrl = source.statusUrl || purchase.statusUrl;
    purchase.starter = view;
    purchase.startedAt = now();
    const { promise, resolve } = promiseOutcome();
    purchase.promise = promise;
    purchase.resolve = resolve;
    dispatch(purchase, {
      type: 'pay',
      changed,
      recreates,
      newKey: randomKey(),
      canLook: !!purchase.statusUrl,
      canCreate: recreates || !!createUrl,
      orderInfo,
      refusal: refusalOf(source),
    });
    return promise;
  }

  return {
    attach: audience.arrive,

    show(view) {
      audience.arrive(view);
      view.ready = true;
      meet(view);
    },

    hide(view) {
      view.visible = false;
      const open = audience.isOpen(view);
      if (!open) this.detach(view);
      return open;
    },

    detach(view) {
      audience.leave(view);
      // The page stack may still hold a page that is being closed.
      setTimeout(closeAbandoned, 0);
    },

    watch(view) {
      const { source, watching } = view;
      const purchase = find(source.orderKey);
      const id = (view.watching = idOf(source.orderKey));
      // Goods that reach a page after it was shown may have a past of their own.
      if (view.ready && watching !== id) {
        setTimeout(() => audience.isOpen(view) && meet(view), 0);
      }
      return purchase && !isReplaceable(purchase, source) ? purchase.state.phase : 'idle';
    },

    pay(view, tapped) {
      const { orderKey, fingerprint } = view.source as Source;
      if (tapped) audience.arrive(view);
      const id = (view.watching = idOf(orderKey));
      // Something else is wanted now: what this button was still ordering must not open the cashier any more.
      all().forEach(other => {
        const { phase, ticket } = other.state;
        if (
          (other.id !== id || other.next.fingerprint !== fingerprint) &&
          other.starter === view &&
          phase === 'ordering'
        ) {
          dispatch(other, { type: 'left', ticket });
        }
      });
      let purchase = find(orderKey);
      if (purchase) effects.deliverWaiting(purchase, view.payer as Payer);
      const ticket = purchase && purchase.state.ticket;
      const uncovered = tapped && effects.uncover(purchase);
      if (!purchase || isReplaceable(purchase, view.source)) {
        purchase = purchases.create(orderKey, fingerprint);
      }
      const { state, promise } = purchase;
      if (!(isLive(state) || state.phase === 'paid')) return attempt(purchase, view);
      // What the tap has just let go on is not what it was about.
      if (uncovered && state.ticket === ticket) dispatch(purchase, { type: 'tapped' });
      return promise;
    },

    reset(orderKey) {
      const purchase = find(orderKey);
      if (!purchase) return;
      const { state } = purchase;
      if (purchase.waiting) {
        console.warn('pay-button: reset() is ignored before the outcome was told');
      } else if (state.phase === 'paid') {
        purchases.remove(purchase);
        audience.phaseChanged(purchase.id, { phase: 'idle', previous: 'paid' });
        audience.flush();
      } else if (isLive(state) || isUnsettled(state)) {
        console.warn('pay-button: reset() is ignored while order ' + state.tpOrderId + ' may still be paid');
      }
    },

    resumePending() {
      purchases.restoreAll();
      return Promise.all(
        all()
          .filter(purchase => find(purchase.orderKey) === purchase && isUnsettled(purchase.state))
          .map(watchOver),
      );
    },

    known(orderKey) {
      const purchase = find(orderKey);
      const payer = payersOf(orderKey)[0];
      return purchase && !(payer && isReplaceable(purchase, payer.source))
        ? purchase.state
        : { phase: 'idle', tpOrderId: '' };
    },

    heard(orderKey, tpOrderId, status) {
      const purchase = find(orderKey);
      if (purchase) dispatch(purchase, { type: 'looked', ticket: QUIET, tpOrderId, status });
    },
  };
}
