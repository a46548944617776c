/**
 * The purchases alive in this mini-program, and those remembered in storage. Runs the effects of payment.ts and sees
 * that every outcome reaches exactly one component. Components are views: they come and go, a purchase stays.
 */
import { createAudience } from './audience';
import { look } from './backend';
import { callCashier, hasCashier } from './cashier';
import { settings, text, timing } from './config';
import { describe } from './describe';
import type { PayOutcome, StateChangeDetail } from './events';
import { randomKey } from './hash';
import { ask as askPerson, type Question } from './host';
import type { OrderInfo } from './order-info';
import { INVALID, requestOrder } from './order-request';
import {
  type Effect,
  type Failure,
  isAtCashier,
  isLive,
  isUnsettled,
  newPayment,
  type Payment,
  type PaymentEvent,
  type Phase,
  QUIET,
  step,
} from './payment';
import type { OrderStatus } from './order-status';
import { createPurchases, type Purchase } from './purchases';
import { now } from './records';
import { shared } from './shared';
import type { Source, View } from './source';
import { createTurnstile } from './turnstile';

export interface Registry {
  attach(view: View): void;
  /** the view can hear: what waited for it is delivered, what is in doubt is looked into */
  show(view: View): void;
  hide(view: View): void;
  detach(view: View): void;
  /** the phase of what the view means to pay; from now on it is told when that changes */
  watch(view: View): Phase;
  pay(view: View, tapped: boolean): Promise<PayOutcome>;
  reset(orderKey: string): void;
  resumePending(): Promise<PayOutcome[]>;
  /** what another component knows of the order: a failure here makes pay() refuse */
  block(orderKey: string, failure: Failure | null): void;
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
  const blocks: Record<string, Failure | null> = {};
  const conflicts: Record<string, boolean> = {};
  /** serial of the latest cashier call of the whole mini-program */
  let lastCall = 0;
  const audience = createAudience<View>();
  const { isOpen, tell, flush } = audience;
  /** whose call is the latest; it may be reset meanwhile, and its cashier still be open */
  let caller: Purchase | null = null;
  const turnstile = createTurnstile(() => !!caller && isAtCashier(caller.state));

  // ---- remembering

  function remember(purchase: Purchase): void {
    trace(purchase.orderKey, purchase.state, 'save', { durable: purchases.remember(purchase) });
  }

  function forget(purchase: Purchase): void {
    trace(purchase.orderKey, purchase.state, 'forget', { durable: purchases.forget(purchase) });
  }

  // ---- running the machine

  function dispatch(purchase: Purchase, event: PaymentEvent): void {
    const previous = purchase.state.phase;
    const [state, effects] = step(purchase.state, event, timing());
    const { phase } = state;
    purchase.state = state;
    trace(purchase.orderKey, state, event.type, event.type === 'looked' ? { status: event.status } : {});
    if (phase !== previous) tellPhase(purchase, { phase, previous });
    effects.forEach(effect => run(purchase, effect));
    turnstile.advance();
    flush();
  }

  function run(purchase: Purchase, effect: Effect): void {
    const { state, source } = purchase;
    const { tpOrderId } = state;
    switch (effect.type) {
      case 'create': {
        const { ticket } = effect;
        requestOrder(source as Source, state.idempotencyKey, answer =>
          dispatch(
            purchase,
            'orderInfo' in answer
              ? { type: 'ordered', ticket, ...answer }
              : 'failure' in answer
                ? { type: 'order-failed', ticket, ...answer }
                : { type: 'settled-order', ticket, ...answer },
          ),
        );
        break;
      }
      case 'queue': {
        const { ticket } = effect;
        const leave = (): void => dispatch(purchase, { type: 'left', ticket });
        turnstile.enter({
          waits: () => purchase.state.ticket === ticket,
          go: () =>
            audience.isInFront(purchase.starter)
              ? dispatch(purchase, { type: 'enter', ticket, call: ++lastCall })
              : leave(),
          giveUp: leave,
        });
        break;
      }
      case 'ordercreated': {
        const { totalAmount, dealTitle } = state;
        const { starter } = purchase;
        const detail = { tpOrderId, totalAmount, dealTitle, reused: effect.reused };
        tell(() => isOpen(starter) && starter.orderCreated && starter.orderCreated(detail));
        break;
      }
      case 'renew':
        purchase.source = purchase.next;
        purchase.fingerprint = purchase.next.fingerprint || '';
        break;
      case 'save':
        remember(purchase);
        break;
      case 'forget':
        forget(purchase);
        break;
      case 'call': {
        const { call } = effect;
        const { bannedChannels, extras } = source as Source;
        caller = purchase;
        turnstile.called();
        const watchdog = setTimeout(() => dispatch(purchase, { type: 'watchdog', call }), timing().watchdog);
        callCashier({ ...(state.orderInfo as OrderInfo), ...extras }, bannedChannels, answer => {
          clearTimeout(watchdog);
          const { claim, code } = answer;
          trace(purchase.orderKey, purchase.state, 'cashier', { claim, code });
          // An order that was closed meanwhile has made room for another one, which this is not about.
          if (purchase.state.tpOrderId === tpOrderId) {
            dispatch(purchase, { type: 'answer', call, answer, superseded: call !== lastCall });
          }
        });
        break;
      }
      case 'look': {
        const { ticket, delay } = effect;
        if (delay) setTimeout(() => lookAt(purchase, ticket), delay);
        else lookAt(purchase, ticket);
        break;
      }
      case 'ask': {
        const { ticket } = effect;
        const [title, confirmText, cancelText] = (['askTitle', 'askConfirm', 'askCancel'] as const).map(text);
        const content = text(effect.renews ? 'askNewContent' : 'askContent');
        askPerson({ title, content, confirmText, cancelText } as Question, yes =>
          dispatch(purchase, { type: 'asked', ticket, yes }),
        );
        break;
      }
      case 'settle': {
        const outcome = describe(
          state,
          effect.verdict,
          effect.resumed,
          Math.max(0, now() - purchase.startedAt),
        );
        purchase.last = outcome;
        purchase.resolve(outcome);
        trace(purchase.orderKey, state, 'outcome', { outcome: outcome.outcome });
        if (effect.speaks) tell(() => deliver(purchase, outcome));
        if (outcome.outcome === 'fail' && outcome.reason === 'closed' && !outcome.mayBePaid) {
          purchase.state = { ...newPayment(randomKey()), ticket: state.ticket };
        }
      }
    }
  }

  function lookAt(purchase: Purchase, ticket: number, then?: () => void): void {
    const { source, statusUrl, state } = purchase;
    const { tpOrderId } = state;
    look(statusUrl, source.header || null, tpOrderId, status => {
      if (isCurrent(purchase)) dispatch(purchase, { type: 'looked', ticket, tpOrderId, status });
      if (then) then();
    });
  }

  function trace(orderKey: string, { phase, tpOrderId }: Payment, name: string, detail: object): void {
    const { onTrace } = settings();
    try {
      if (onTrace) onTrace({ at: now(), orderKey, step: name, phase, tpOrderId, ...detail });
    } catch (error) {
      console.error('swan-cashier: onTrace threw', error);
    }
  }

  // ---- telling the pages

  function tellPhase(purchase: Purchase, change: StateChangeDetail): void {
    tell(() => audience.watching(purchase.id).forEach(view => view.phaseChanged(change)));
  }

  /** To the component that started it while its page is open, else to one in sight, else it waits. */
  function deliver(purchase: Purchase, outcome: PayOutcome): void {
    const { starter } = purchase;
    const listener = isOpen(starter)
      ? starter
      : audience.watching(purchase.id).filter(view => view.payer && view.visible)[0];
    if (listener && listener.settled) {
      listener.settled(outcome);
    } else if (outcome.outcome === 'pending') {
      dispatch(purchase, { type: 'undelivered' });
    } else {
      purchase.waiting = outcome;
      remember(purchase);
    }
  }

  function deliverWaiting(purchase: Purchase, view: View): void {
    const { waiting, state } = purchase;
    if (waiting) {
      purchase.waiting = null;
      if (state.phase === 'paid' || !state.tpOrderId) forget(purchase);
      else remember(purchase);
      tell(() => view.settled && view.settled({ ...waiting, resumed: true }));
    }
  }

  /** The page of whoever started these is gone; not every host says so. */
  const closeAbandoned = (): void =>
    all().forEach(purchase => {
      if (purchase.starter && !isOpen(purchase.starter)) dispatch(purchase, { type: 'close' });
    });

  /** A component can hear of what it shows: what waited for it is delivered, what is in doubt is looked into. */
  function meet(view: View): void {
    closeAbandoned();
    const purchase = find(view.source.orderKey);
    if (!purchase || !view.payer) return;
    const { statusUrl } = view.source;
    if (statusUrl && !purchase.statusUrl) {
      purchase.statusUrl = statusUrl;
      purchase.state = { ...purchase.state, canLook: true };
    }
    purchase.source = { ...view.source, ...purchase.source };
    deliverWaiting(purchase, view);
    dispatch(purchase, { type: 'show' });
  }

  // ---- paying

  /** Something else is to be bought under this key, and what was bought before is settled. */
  const isReplaceable = ({ fingerprint, state }: Purchase, source: Partial<Source>): boolean =>
    !!source.fingerprint && fingerprint !== source.fingerprint && !isLive(state) && !isUnsettled(state);

  /** Looks that stand in nobody's way: a tap starts its own, and whatever settles the purchase ends these. */
  function keepLooking(purchase: Purchase, delays: number[], done: (outcome: PayOutcome) => void): void {
    const { state, statusUrl, last, startedAt } = purchase;
    const delay = delays[0];
    if (!isUnsettled(state) && last) {
      done(last);
    } else if (delay === undefined || !statusUrl || !isInDoubt(purchase)) {
      done(describe(state, { outcome: 'pending' }, true, now() - startedAt));
    } else {
      setTimeout(() => {
        const next = (): void => keepLooking(purchase, delays.slice(1), done);
        if (isInDoubt(purchase)) lookAt(purchase, QUIET, next);
        else next();
      }, delay);
    }
  }

  /** One that is too old, or reset, has made room for another and is nobody's business any more. */
  const isCurrent = (purchase: Purchase): boolean => all().indexOf(purchase) >= 0;

  const isInDoubt = (purchase: Purchase): boolean => isUnsettled(purchase.state) && isCurrent(purchase);

  function watchOver(purchase: Purchase): Promise<PayOutcome> {
    return (purchase.watch =
      purchase.watch ||
      new Promise<PayOutcome>(resolve => {
        keepLooking(purchase, timing().confirm, outcome => {
          purchase.watch = null;
          resolve(outcome);
        });
      }));
  }

  function promiseOf(purchase: Purchase): Promise<PayOutcome> {
    return (purchase.promise =
      purchase.promise ||
      new Promise<PayOutcome>(resolve => {
        purchase.resolve = resolve;
      }));
  }

  function refusalOf({ orderKey, origin, refusal }: Source): Failure | null {
    const conflict = audience
      .everybody()
      .some(({ payer, source }) => payer && source.orderKey === orderKey && source.origin !== origin);
    if (conflict && !conflicts[idOf(orderKey)]) {
      conflicts[idOf(orderKey)] = true;
      console.error(
        'pay-button: order-key "' + orderKey + '" has two different sources; give each its own key',
      );
    }
    return (
      refusal ||
      (conflict
        ? INVALID
        : hasCashier()
          ? blocks[idOf(orderKey)] || null
          : { reason: 'unsupported', code: null })
    );
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
      if (!isOpen(view)) this.detach(view);
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
      if (view.ready && watching !== id)
        setTimeout(() => view.watching === id && isOpen(view) && meet(view), 0);
      return purchase && !isReplaceable(purchase, source) ? purchase.state.phase : 'idle';
    },

    pay(view, tapped) {
      const source = view.source as Source;
      if (tapped) audience.arrive(view);
      view.watching = idOf(source.orderKey);
      const uncovered = tapped && !turnstile.isCooling();
      let purchase = find(source.orderKey);
      if (uncovered && caller && caller !== purchase) {
        const again = !!purchase && purchase.state.phase === 'ordering';
        dispatch(caller, { type: 'uncovered', again });
      }
      if (!purchase || isReplaceable(purchase, source)) {
        purchase = purchases.create(source.orderKey, source.fingerprint, purchase);
      }
      let recreates = false;
      const joins = isLive(purchase.state) || purchase.state.phase === 'paid';
      if (!joins) {
        // Something else is wanted now: what this button was still ordering must not open the cashier any more.
        all().forEach(other => {
          if (other.starter === view) dispatch(other, { type: 'left', ticket: other.state.ticket });
        });
        // What is in doubt is asked about with the goods it was made for, while they are known.
        const { fingerprint, createUrl } = purchase.source;
        recreates =
          isUnsettled(purchase.state) &&
          !!createUrl &&
          fingerprint === purchase.fingerprint &&
          fingerprint !== source.fingerprint;
        purchase.next = source;
        if (!recreates) purchase.source = source;
        purchase.statusUrl = source.statusUrl || purchase.statusUrl;
        purchase.starter = view;
        purchase.startedAt = now();
        purchase.promise = null;
      }
      const promise = promiseOf(purchase);
      // A tap within the guard is one of several quick ones; a later one shows that nothing covers the page.
      if (!joins || uncovered) {
        dispatch(purchase, {
          type: 'pay',
          tapped,
          changed: purchase.fingerprint !== source.fingerprint,
          newKey: randomKey(),
          canLook: !!purchase.statusUrl,
          recreates,
          canCreate: recreates || !!source.createUrl,
          orderInfo: source.orderInfo,
          refusal: refusalOf(source),
        });
      }
      return promise;
    },

    reset(orderKey) {
      const purchase = find(orderKey);
      if (!purchase) return;
      const { state } = purchase;
      if (state.phase === 'paid') {
        purchases.remove(purchase);
        tellPhase(purchase, { phase: 'idle', previous: 'paid' });
        flush();
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

    block(orderKey, failure) {
      blocks[idOf(orderKey)] = failure;
    },

    known(orderKey) {
      const purchase = find(orderKey);
      const payer = audience.everybody().filter(view => view.payer && view.source.orderKey === orderKey)[0];
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
