/**
 * Does what payment.ts asks for, and reports back to it: the order request, the cashier, the looks, the question, the
 * record, and the outcome that reaches exactly one component.
 */
import type { Audience, Payer } from './audience';
import { look } from './backend';
import { callCashier } from './cashier';
import { text, timing } from './config';
import { describe } from './describe';
import type { PayOutcome } from './events';
import { randomKey } from './hash';
import { ask } from './host';
import type { OrderInfo } from './order-info';
import { requestOrder } from './order-request';
import { type Effect, type Failure, isAtCashier, newPayment, type PaymentEvent, step } from './payment';
import type { Purchase, Purchases } from './purchases';
import { now } from './records';
import type { Source, View } from './source';
import { trace } from './trace';
import { createTurnstile } from './turnstile';

export interface Effects {
  /** something happened to a purchase */
  dispatch(purchase: Purchase, event: PaymentEvent): void;
  /** asks the backend about its order, whatever else goes on */
  lookAt(purchase: Purchase, ticket: number, then?: () => void): void;
  /** why another component wants nothing to be paid under this key */
  objectionTo(orderKey: string): Failure | null | undefined;
  /** tells what nobody was there to hear */
  deliverWaiting(purchase: Purchase, payer: Payer): void;
  /**
   * A person tapped a button of `purchase`.
   * @returns whether nothing covers the page: within the guard a tap is one of several quick ones, and says nothing
   */
  uncover(purchase: Purchase | undefined): boolean;
}

export function createEffects(purchases: Purchases, audience: Audience<View>): Effects {
  const { isOpen, tell, flush } = audience;
  /** serial of the latest cashier call of the whole mini-program */
  let lastCall = 0;
  /** whose call is the latest; it may be reset meanwhile, and its cashier still be open */
  let caller: Purchase | null = null;
  /** a question was put less than `guard` ms ago */
  let asking = false;
  const turnstile = createTurnstile(() => !!caller && isAtCashier(caller.state));

  const remember = (purchase: Purchase): void =>
    trace(purchase, 'save', { durable: purchases.remember(purchase) });
  const forget = (purchase: Purchase): void =>
    trace(purchase, 'forget', { durable: purchases.forget(purchase) });

  function dispatch(purchase: Purchase, event: PaymentEvent): void {
    const previous = purchase.state.phase;
    const [state, effects] = step(purchase.state, event, timing());
    const { phase } = state;
    purchase.state = state;
    trace(purchase, event.type, event.type === 'looked' ? { status: event.status } : {});
    if (phase !== previous && purchases.holds(purchase))
      audience.phaseChanged(purchase.id, { phase, previous });
    effects.forEach(effect => run(purchase, effect));
    turnstile.advance();
    flush();
  }

  function run(purchase: Purchase, effect: Effect): void {
    switch (effect.type) {
      case 'create':
        create(purchase, effect.ticket);
        break;
      case 'queue':
        queue(purchase, effect.ticket);
        break;
      case 'ordercreated': {
        const { starter, state } = purchase;
        const { tpOrderId, totalAmount, dealTitle } = state;
        const detail = { tpOrderId, totalAmount, dealTitle, reused: effect.reused };
        tell(() => isOpen(starter) && (starter.payer as Payer).orderCreated(detail));
        break;
      }
      case 'renew':
        purchase.source = purchase.next;
        purchase.fingerprint = purchase.next.fingerprint as string;
        break;
      case 'save':
        remember(purchase);
        break;
      case 'forget':
        forget(purchase);
        break;
      case 'call':
        call(purchase, effect.call);
        break;
      case 'look': {
        const { ticket, delay } = effect;
        if (delay) setTimeout(() => lookAt(purchase, ticket), delay);
        else lookAt(purchase, ticket);
        break;
      }
      case 'ask': {
        const { ticket, renews } = effect;
        const question = {
          title: text('askTitle'),
          content: text(renews ? 'askNewContent' : 'askContent'),
          confirmText: text('askConfirm'),
          cancelText: text('askCancel'),
        };
        asking = true;
        setTimeout(() => (asking = false), timing().guard);
        ask(question, yes => dispatch(purchase, { type: 'asked', ticket, yes }));
        break;
      }
      case 'settle':
        settle(purchase, effect);
        break;
      case 'restart':
        purchase.state = { ...newPayment(randomKey()), ticket: purchase.state.ticket };
    }
  }

  function objectionTo(orderKey: string): Failure | null | undefined {
    const objecting = audience
      .everybody()
      .filter(({ source, objection }) => objection && source.orderKey === orderKey)[0];
    return objecting && objecting.objection;
  }

  function create(purchase: Purchase, ticket: number): void {
    const source = purchase.source as Source;
    const { idempotencyKey } = purchase.state;
    const { amount } = source;
    // One create request at a time: whoever wants the same order again takes the answer of the one under way.
    if (purchase.creating && purchase.creating.amount === amount) {
      purchase.creating.ticket = ticket;
      return;
    }
    const creating = (purchase.creating = { amount, ticket });
    requestOrder(source, idempotencyKey, answer => {
      const { ticket } = creating;
      purchase.creating = null;
      dispatch(
        purchase,
        'orderInfo' in answer
          ? { type: 'ordered', ticket, ...answer }
          : 'failure' in answer
            ? { type: 'order-failed', ticket, ...answer }
            : { type: 'settled-order', ticket, ...answer },
      );
    });
  }

  function queue(purchase: Purchase, ticket: number): void {
    const leave = (): void => dispatch(purchase, { type: 'left', ticket });
    turnstile.enter({
      waits: () => purchase.state.ticket === ticket,
      go() {
        const failure = objectionTo(purchase.orderKey);
        if (!audience.isInFront(purchase.starter as View)) leave();
        else if (failure) dispatch(purchase, { type: 'order-failed', ticket, failure });
        else dispatch(purchase, { type: 'enter', ticket, call: ++lastCall });
      },
      giveUp: leave,
    });
  }

  function call(purchase: Purchase, serial: number): void {
    const { orderInfo, tpOrderId } = purchase.state;
    const { bannedChannels, extras } = purchase.source as Source;
    caller = purchase;
    turnstile.called();
    const watchdog = setTimeout(
      () => dispatch(purchase, { type: 'watchdog', call: serial }),
      timing().watchdog,
    );
    callCashier({ ...(orderInfo as OrderInfo), ...extras }, bannedChannels, answer => {
      clearTimeout(watchdog);
      const { claim, code } = answer;
      trace(purchase, 'cashier', { claim, code });
      // An order that was closed meanwhile has made room for another one, which this is not about.
      if (purchase.state.tpOrderId === tpOrderId) {
        dispatch(purchase, { type: 'answer', call: serial, answer, superseded: serial !== lastCall });
      }
    });
  }

  function lookAt(purchase: Purchase, ticket: number, then?: () => void): void {
    const { source, statusUrl, state } = purchase;
    const { tpOrderId } = state;
    look(statusUrl, source.header, tpOrderId, status => {
      if (purchases.holds(purchase)) dispatch(purchase, { type: 'looked', ticket, tpOrderId, status });
      if (then) then();
    });
  }

  function settle(purchase: Purchase, effect: Extract<Effect, { type: 'settle' }>): void {
    const { state, startedAt } = purchase;
    const { verdict, resumed, speaks } = effect;
    const outcome = describe(state, verdict, resumed, Math.max(0, now() - startedAt));
    purchase.resolve(outcome);
    purchase.promise = Promise.resolve(outcome);
    trace(purchase, 'outcome', { outcome: outcome.outcome });
    if (speaks) tell(() => deliver(purchase, outcome));
  }

  /** To the component that started it while its page is open, else to one in sight, else it waits. */
  function deliver(purchase: Purchase, outcome: PayOutcome): void {
    const { starter } = purchase;
    const views = isOpen(starter) ? [starter] : audience.watching(purchase.id).filter(view => view.visible);
    const payer = views.map(view => view.payer).filter(one => one)[0];
    if (payer) {
      payer.settled(outcome);
    } else if (outcome.outcome === 'pending') {
      dispatch(purchase, { type: 'undelivered' });
    } else {
      purchase.waiting = outcome;
      remember(purchase);
    }
  }

  return {
    dispatch,
    lookAt,
    objectionTo,
    deliverWaiting(purchase, payer) {
      const { waiting, state } = purchase;
      if (waiting) {
        purchase.waiting = null;
        if (state.phase === 'paid') forget(purchase);
        else remember(purchase);
        tell(() => payer.settled({ ...waiting, resumed: true }));
        flush();
      }
    },
    uncover(purchase) {
      if (asking || turnstile.isCooling()) return false;
      if (caller) {
        const again = !!purchase && purchase.state.phase === 'ordering';
        dispatch(caller, { type: 'uncovered', again });
      }
      return true;
    },
  };
}
