/**
 * One purchase as an explicit state machine. Pure: `step` takes a state and an event and gives the next state and what
 * is to be done about it; whoever runs the effects (registry.ts) reports back with events. No clock, no host, no storage.
 *
 * The rule behind every branch: the cashier's callback is a claim, the backend is the truth, and an order that may be
 * paid is never paid again without a look.
 */
import type { LookResult } from './backend';
import { isPaid } from './order-status';
import type { OrderInfo } from './order-info';
import type { Answer } from './outcome';

export type Phase = 'idle' | 'ordering' | 'paying' | 'confirming' | 'pending' | 'paid';

export type PayFailReason =
  | 'order-request'
  | 'order-rejected'
  | 'order-invalid'
  | 'unsupported'
  | 'virtual-goods-ios'
  | 'not-logged-in'
  | 'rejected'
  | 'cashier'
  | 'closed';

/** What a failure is made of before the purchase adds its order and a person's words are found for it. */
export interface Failure {
  reason: PayFailReason;
  code: number | string | null;
  /** the backend's own words, when they are fit for a person */
  message?: string;
  raw?: unknown;
  /** another tap would end the same way, whatever the reason usually allows */
  final?: boolean;
}

export type Verdict =
  | { outcome: 'success'; verified: boolean; raw: unknown }
  | { outcome: 'cancel'; by: 'user' | 'left' }
  | ({ outcome: 'fail'; mayBePaid: boolean } & Failure)
  | { outcome: 'pending' };

/** Why the backend is being asked; it decides what the answer means. 'person': it is the person who is asked. */
type LookReason =
  /** the cashier claimed success, or that it is still paying */
  | 'confirm'
  /** the cashier claimed failure */
  | 'short'
  | 'cancel'
  /** a tap went through, so the cashier is gone without a word */
  | 'stuck'
  /** before an order that may be paid is paid again */
  | 'again'
  /** nobody has heard yet that it is pending */
  | 'resume'
  | 'person';

/** What is optional has no meaning before the first attempt. */
export interface Payment {
  phase: Phase;
  /** where an attempt returns to when it ends without a word about the order */
  home: 'idle' | 'pending';
  /** an accepted attempt still owes its outcome */
  open?: boolean;
  /** the outcome to come belongs to an earlier attempt's cashier call */
  resumed?: boolean;
  /** an earlier cashier call of this order may have been paid: look, or ask, before the next one */
  doubt: boolean;
  /** takes its place when the order turns out closed, or something else is to be bought */
  nextKey: string;
  /** something else is to be bought than what this purchase is about, with this orderInfo if it is a ready one */
  changed?: boolean;
  offered: OrderInfo | null;
  /** sent with every create request of this purchase, so that the backend answers one and the same order */
  idempotencyKey: string;
  tpOrderId: string;
  /** fen */
  totalAmount: number;
  dealTitle: string;
  /** in memory only: it holds the signature */
  orderInfo: OrderInfo | null;
  /** what an attempt can fall back on */
  canLook?: boolean;
  canCreate?: boolean;
  /** why what is wanted cannot be paid; an order in doubt is looked into all the same */
  refusal?: Failure | null;
  /** serial of the latest cashier call, 0 before the first */
  call: number;
  /** its callback came, or it is known that no cashier is left in sight */
  answered: boolean;
  /** what the latest call's callback was handed; in memory only */
  raw?: unknown;
  /** the backend called the order closed and was asked for a new one already */
  renewed?: boolean;
  /** goes up with everything that is waited for: an answer with an older ticket is late and means nothing */
  ticket: number;
  looking: LookReason | null;
  /** ms between the looks still to come */
  delays: number[];
  /** what to say when a short confirm finds nothing */
  failure: Failure | null;
}

/** What somebody wants, and what there is to go by. */
export interface Attempt {
  /** something else is to be bought than what this purchase is about */
  changed: boolean;
  /** the order in doubt can be asked for again, with the goods it was made for */
  recreates: boolean;
  newKey: string;
  canLook: boolean;
  canCreate: boolean;
  orderInfo: OrderInfo | null;
  refusal?: Failure | null;
}

export type PaymentEvent =
  /** only while nothing is under way and nothing is paid: whoever asks then joins what is */
  | ({ type: 'pay' } & Attempt)
  /** a tap got through while an attempt is under way, so neither a cashier nor a question covers the page */
  | { type: 'tapped' }
  /** the create request's answer; the orderInfo is valid and its amount is the expected one */
  | { type: 'ordered'; ticket: number; orderInfo: OrderInfo }
  /** the backend says that this purchase is paid or closed already */
  | {
      type: 'settled-order';
      ticket: number;
      tpOrderId: string;
      totalAmount: number;
      closed: boolean;
    }
  | { type: 'order-failed'; ticket: number; failure: Failure }
  /** the cashier is free and the page that was tapped is in front */
  | { type: 'enter'; ticket: number; call: number }
  /** the page that was tapped is not in front any more */
  | { type: 'left'; ticket: number }
  /** a callback. `superseded`: another cashier call was made in the life of this one */
  | { type: 'answer'; call: number; answer: Answer; superseded: boolean }
  | { type: 'looked'; ticket: number; tpOrderId: string; status: LookResult }
  | { type: 'asked'; ticket: number; yes: boolean }
  /** a component of this key attached, or its page (or the app) came to the front */
  | { type: 'show'; canLook: boolean }
  /** the page of the component that started the attempt is gone */
  | { type: 'close' }
  | { type: 'watchdog'; call: number }
  /** a person tapped another button. `again`: while that one waits for this one's cashier, so there is none in sight */
  | { type: 'uncovered'; again: boolean }
  /** nobody was there to hear that the purchase is pending */
  | { type: 'undelivered' };

export type Effect =
  | { type: 'create'; ticket: number }
  /** wait for the cashier, then report 'enter' or 'left' */
  | { type: 'queue'; ticket: number }
  | { type: 'ordercreated'; reused: boolean }
  /** the purchase is about something else now */
  | { type: 'renew' }
  /** remember, before anything that cannot be taken back */
  | { type: 'save' }
  | { type: 'forget' }
  | { type: 'call'; call: number }
  | { type: 'look'; ticket: number; delay?: number }
  /** `renews`: the old order is out of reach, to go on means to pay the new one */
  | { type: 'ask'; ticket: number; renews: boolean }
  | { type: 'settle'; verdict: Verdict; resumed: boolean; speaks: boolean }
  /** the order is closed: what comes next is a new purchase, with a key of its own */
  | { type: 'restart' };

export interface Windows {
  confirm: number[];
  shortConfirm: number[];
}

/** The ticket of a look that nobody waits for. */
export const QUIET = 0;

export function newPayment(idempotencyKey: string): Payment {
  return {
    nextKey: '',
    offered: null,
    phase: 'idle',
    home: 'idle',
    doubt: false,
    idempotencyKey,
    tpOrderId: '',
    totalAmount: 0,
    dealTitle: '',
    orderInfo: null,
    call: 0,
    answered: true,
    ticket: QUIET + 1,
    looking: null,
    delays: [],
    failure: null,
  };
}

/** An attempt is under way, so a tap joins it. A pending purchase at rest is not live: a tap on it is a new attempt. */
export function isLive({ phase, looking }: Payment): boolean {
  return phase === 'ordering' || phase === 'paying' || !!looking;
}

/** A cashier call may still be in front of the page, also when a look or an older call has spoken meanwhile. */
export function isAtCashier({ phase, answered }: Payment): boolean {
  return phase === 'paying' || !answered;
}

/** The order may be paid by a cashier call whose outcome is not known: nothing else may take its key. */
export function isUnsettled({ phase, doubt }: Payment): boolean {
  return doubt || phase === 'paying' || phase === 'confirming';
}

/** What of a purchase outlives a restart: no signature, nobody who waits, and a call without an answer is pending. */
export function remembered(payment: Payment): Partial<Payment> {
  const { phase, open, idempotencyKey, tpOrderId, totalAmount, dealTitle } = payment;
  const home = /^(paying|confirming|pending)$/.test(phase) ? 'pending' : 'idle';
  return {
    ...{ open, idempotencyKey, tpOrderId, totalAmount, dealTitle, home },
    phase: phase === 'paid' ? phase : home,
    resumed: true,
    doubt: isUnsettled(payment),
  };
}

export function step(before: Payment, event: PaymentEvent, windows: Windows): [Payment, Effect[]] {
  const now: Payment = { ...before };
  const effects: Effect[] = [];
  const emit = (effect: Effect): unknown => effects.push(effect);

  function takeOrder(orderInfo: OrderInfo): void {
    now.orderInfo = orderInfo;
    now.tpOrderId = orderInfo.tpOrderId;
    now.totalAmount = +orderInfo.totalAmount;
    now.dealTitle = orderInfo.dealTitle;
  }

  // ---- how an attempt ends

  function settle(verdict: Verdict, phase: Phase, over = phase === 'paid'): void {
    // A purchase that was reported pending does not say so again: only an attempt or a final word speaks.
    const speaks = now.open || verdict.outcome !== 'pending';
    const resumed = now.resumed || !now.open;
    now.phase = phase;
    now.open = false;
    now.looking = null;
    now.ticket++;
    now.doubt = !over && (now.doubt || phase === 'pending');
    emit({ type: over ? 'forget' : 'save' });
    emit({ type: 'settle', verdict, resumed, speaks });
  }
  const succeed = (verified: boolean): void => settle({ outcome: 'success', verified, raw: now.raw }, 'paid');
  const cancel = (by: 'user' | 'left', phase: Phase): void => settle({ outcome: 'cancel', by }, phase);
  const pend = (): void => settle({ outcome: 'pending' }, 'pending');
  const fail = (failure: Failure, mayBePaid: boolean, phase: Phase): void =>
    settle({ outcome: 'fail', mayBePaid, ...failure }, phase);
  function failClosed(): void {
    settle({ outcome: 'fail', mayBePaid: false, reason: 'closed', code: null }, 'idle', true);
    emit({ type: 'restart' });
  }

  function failDoubtful(): void {
    now.doubt = true;
    fail(now.failure as Failure, true, 'idle');
  }

  // ---- what an attempt waits for

  function look(reason: LookReason, delays: number[], phase: Phase): void {
    now.phase = phase;
    now.looking = reason;
    now.delays = delays.slice(1);
    emit({ type: 'look', ticket: ++now.ticket, delay: delays[0] });
  }
  /** Asks the backend where there is one to ask, else goes by what is known. */
  function lookOr(
    reason: LookReason,
    delays: number[],
    blind: () => void,
    phase: Phase = 'confirming',
  ): void {
    if (now.canLook) look(reason, delays, phase);
    else blind();
  }
  function ask(): void {
    now.phase = 'pending';
    now.looking = 'person';
    emit({ type: 'ask', ticket: ++now.ticket, renews: !!now.changed && !now.orderInfo });
  }
  function order(type: 'create' | 'queue'): void {
    now.phase = 'ordering';
    now.looking = null;
    emit({ type, ticket: ++now.ticket });
  }
  function orderAgain(): void {
    if (now.canCreate) order('create');
    else if (now.orderInfo) order('queue');
    else fail({ reason: 'order-invalid', code: null }, now.doubt, now.home);
  }
  /** The old order is not paid, and its cashier call is accounted for: the new one starts from nothing. */
  function renew(): void {
    now.home = 'idle';
    now.doubt = now.resumed = now.changed = false;
    now.idempotencyKey = now.nextKey;
    now.tpOrderId = '';
    now.totalAmount = 0;
    if (now.offered) takeOrder(now.offered);
    now.canCreate = !now.offered;
    emit({ type: 'renew' });
    orderAgain();
  }

  // ---- what comes back

  function pay({ changed, recreates, newKey, canLook, canCreate, orderInfo, refusal }: Attempt): void {
    if (refusal && !(now.doubt && canLook)) {
      const verdict: Verdict = { outcome: 'fail', mayBePaid: now.doubt, ...refusal };
      emit({ type: 'settle', verdict, resumed: now.doubt, speaks: true });
      return;
    }
    now.home = now.phase === 'pending' ? 'pending' : 'idle';
    now.open = true;
    now.renewed = false;
    now.resumed = now.doubt;
    now.changed = changed;
    now.refusal = refusal;
    now.nextKey = newKey;
    now.offered = orderInfo;
    now.canLook = canLook;
    now.canCreate = canCreate;
    if (orderInfo && (!now.doubt || orderInfo.tpOrderId === now.tpOrderId)) takeOrder(orderInfo);
    if (!now.doubt) orderAgain();
    else if (canLook) look('again', [0], 'confirming');
    // The key makes the backend answer the same order, and say so when it is paid.
    else if (now.home === 'idle' && canCreate && (!changed || recreates)) order('create');
    else ask();
  }

  /** No cashier is in sight, so its callback was lost. */
  function uncovered(): void {
    if (now.phase === 'paying' && !now.looking) lookOr('stuck', [0], pend, 'paying');
  }

  function answered({ call, answer, superseded }: Extract<PaymentEvent, { type: 'answer' }>): void {
    const { claim, code, raw } = answer;
    const current = call === now.call;
    if (current) now.answered = true;
    // Of an older call only its success matters: the order is the same one.
    if (now.phase === 'paid' || !(current || claim === 'success')) return;
    now.raw = raw;
    if (claim === 'success') {
      lookOr('confirm', windows.confirm, () => succeed(false));
    } else if (now.phase === 'ordering' || now.looking === 'person') {
      // The person is about to pay the same order again; that call will answer for itself.
    } else if (claim === 'paying') {
      lookOr('confirm', windows.confirm, pend);
    } else if (claim === 'cancel') {
      // Where a later call of our own closed this cashier, nobody cancelled.
      if (!superseded) lookOr('cancel', [0], () => cancel('user', 'idle'));
    } else if (claim === 'failed') {
      now.failure = { reason: 'cashier', code, raw };
      lookOr('short', windows.shortConfirm, failDoubtful);
    } else {
      fail({ reason: claim, code, raw }, now.doubt, now.home);
    }
  }

  function looked({ ticket, tpOrderId, status }: Extract<PaymentEvent, { type: 'looked' }>): void {
    if (now.phase === 'paid' || tpOrderId !== now.tpOrderId) return;
    const expected = ticket === now.ticket;
    if (isPaid(status)) {
      // However late: this is the truth.
      succeed(true);
    } else if (status === 'closed') {
      if (expected || (now.phase === 'pending' && !now.looking)) failClosed();
    } else if (expected) {
      const reason = now.looking as LookReason;
      if (now.delays.length) look(reason, now.delays, now.phase);
      else windowOver(reason, status === 'unpaid');
    }
  }

  function windowOver(reason: LookReason, unpaid: boolean): void {
    if (reason === 'short') {
      failDoubtful();
    } else if (reason === 'cancel') {
      now.doubt = !unpaid;
      cancel('user', 'idle');
    } else if (reason !== 'again') {
      pend();
    } else if (now.refusal) {
      fail(now.refusal, now.doubt, now.home);
    } else if (now.home === 'pending' || (now.changed && !unpaid)) {
      if (unpaid) ask();
      else pend();
    } else if (now.changed) {
      renew();
    } else if (unpaid || now.canCreate) {
      if (unpaid) now.doubt = now.resumed = false;
      orderAgain();
    } else {
      ask();
    }
  }

  function ordered({ orderInfo }: Extract<PaymentEvent, { type: 'ordered' }>): void {
    const reused = orderInfo.tpOrderId === now.tpOrderId;
    if (now.resumed && !reused) {
      // The backend offers another order than the one in doubt: paying it could be paying twice.
      fail({ reason: 'order-invalid', code: null }, true, now.home);
    } else if (now.changed) {
      // The backend still offers the old order, so it is not paid.
      renew();
    } else {
      takeOrder(orderInfo);
      emit({ type: 'ordercreated', reused });
      order('queue');
    }
  }

  function settledOrder({
    closed,
    tpOrderId,
    totalAmount,
  }: Extract<PaymentEvent, { type: 'settled-order' }>): void {
    if (now.resumed && tpOrderId && tpOrderId !== now.tpOrderId) {
      fail({ reason: 'order-invalid', code: null }, true, now.home);
    } else if (closed && !now.resumed && !now.renewed) {
      now.renewed = true;
      now.idempotencyKey = now.nextKey;
      order('create');
    } else {
      now.tpOrderId = tpOrderId || now.tpOrderId;
      now.totalAmount = totalAmount || now.totalAmount;
      if (closed) failClosed();
      else succeed(true);
    }
  }

  function enter(call: number): void {
    now.phase = 'paying';
    now.ticket++;
    now.call = call;
    now.answered = now.resumed = false;
    now.raw = undefined;
    emit({ type: 'save' });
    emit({ type: 'call', call });
  }

  // A look may come late and still be the truth; whatever else was waited for counts only while it is.
  if ('ticket' in event && event.type !== 'looked' && event.ticket !== now.ticket) return [now, effects];

  switch (event.type) {
    case 'pay':
      pay(event);
      break;
    case 'tapped':
      if (now.looking === 'person') ask();
      else uncovered();
      break;
    case 'ordered':
      ordered(event);
      break;
    case 'settled-order':
      settledOrder(event);
      break;
    case 'order-failed':
      fail(event.failure, now.doubt, now.home);
      break;
    case 'enter':
      enter(event.call);
      break;
    case 'left':
      cancel('left', now.home);
      break;
    case 'answer':
      answered(event);
      break;
    case 'looked':
      looked(event);
      break;
    case 'asked':
      if (!event.yes) cancel('user', now.home);
      else if (now.orderInfo) order('queue');
      else if (now.changed) renew();
      else orderAgain();
      break;
    case 'show':
      now.canLook = event.canLook;
      if (now.phase === 'pending' && now.open && !now.looking) lookOr('resume', [0], pend, 'pending');
      else if (isUnsettled(now) && now.canLook) emit({ type: 'look', ticket: QUIET });
      break;
    case 'uncovered':
      now.answered = true;
      if (event.again) uncovered();
      break;
    case 'close':
      now.answered = true;
      // A modal dies with its page, and so does all hope of a tap that would reveal a lost callback.
      if (now.phase === 'paying' || now.looking === 'person') pend();
      break;
    case 'watchdog':
      if (event.call !== now.call) break;
      now.answered = true;
      if (now.phase === 'paying') pend();
      break;
    case 'undelivered':
      if (now.phase === 'pending') {
        now.open = now.resumed = true;
        emit({ type: 'save' });
      }
      break;
  }
  return [now, effects];
}
