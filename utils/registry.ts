/**
 * The purchases alive in this mini-program, and those remembered in storage. Runs the effects of payment.ts, keeps the
 * cashier to one call at a time, and sees that every outcome reaches exactly one component. Components are views: they
 * come and go, a purchase stays.
 */
import { look, send } from './backend';
import { settings, text, timing } from './config';
import type { OrderCreatedDetail, PayOutcome, StateChangeDetail } from './events';
import { ask, openPages, type PageInstance, type PaymentOptions, swanPayment } from './host';
import { parseFen } from './money';
import { type OrderInfo, parseOrderInfo } from './order-info';
import { isPaid } from './order-status';
import { type Answer, OUTCOMES, readFailure } from './outcome';
import {
  type Effect,
  type Failure,
  isLive,
  isUnsettled,
  newPayment,
  type Payment,
  type PaymentEvent,
  type Phase,
  step,
  type Verdict,
} from './payment';
import { isOld, loadRecords, type PurchaseRecord, type Records, saveRecords } from './records';
import { shared } from './shared';
import { randomKey } from './hash';

/** Where an order comes from and how it is paid: a component's properties, read and checked. */
export interface Source {
  orderKey: string;
  /** hash of what is bought: with an explicit order-key it tells a new purchase from the old one */
  fingerprint: string;
  /** which create-url or order-info: two components of one key must agree on it */
  origin: string;
  createUrl: string;
  method: string;
  payload: unknown;
  header: Record<string, string> | null;
  statusUrl: string;
  orderInfo: OrderInfo | null;
  /** the amount the person was shown, fen */
  amount: number | null;
  bannedChannels: string[];
  /** further orderInfo fields the page may set */
  extras: Record<string, string>;
  /** why nothing can be paid with these properties */
  refusal: Failure | null;
}

/** A component as the registry sees it. */
export interface View {
  source: Source;
  /** can hear outcomes (pay-button); others only watch the phase */
  payer: boolean;
  page?: PageInstance;
  visible?: boolean;
  phaseChanged(change: StateChangeDetail): void;
  orderCreated?(detail: OrderCreatedDetail): void;
  settled?(outcome: PayOutcome): void;
}

export interface Registry {
  attach(view: View): void;
  /** the view is ready to hear: outcomes that waited for it are delivered, doubts are looked into */
  show(view: View): void;
  hide(view: View): void;
  detach(view: View): void;
  phase(source: Source): Phase;
  pay(view: View, tapped: boolean): Promise<PayOutcome>;
  reset(orderKey: string): void;
  resumePending(): Promise<PayOutcome[]>;
  /** what another component knows of the order: a reason here makes pay() refuse */
  block(orderKey: string, failure: Failure | null): void;
}

interface Purchase {
  id: string;
  orderKey: string;
  fingerprint: string;
  state: Payment;
  source: Source | null;
  statusUrl: string;
  starter: View | null;
  startedAt: number;
  promise: Promise<PayOutcome> | null;
  resolve: (outcome: PayOutcome) => void;
  waiting: PayOutcome | null;
}

export function registry(): Registry {
  const common = shared();
  return (common.registry = common.registry || createRegistry());
}

const now = (): number => new Date().getTime();

function createRegistry(): Registry {
  const purchases: Record<string, Purchase> = {};
  const blocks: Record<string, Failure | null> = {};
  const records: Records = loadRecords(now(), timing().remember);
  const conflicts: Record<string, boolean> = {};
  let views: View[] = [];
  /** serial of the latest cashier call of the whole mini-program */
  let lastCall = 0;
  /** a cashier call was made less than `guard` ms ago */
  let cooling = false;
  const line: { purchase: Purchase; ticket: number; timer: number }[] = [];
  /** what pages are still to be told, in order; a handler that calls pay() only adds to it */
  const outbox: (() => void)[] = [];
  let telling = false;

  // ---- purchases

  const idOf = (orderKey: string): string => settings().owner + ' ' + orderKey;

  function find(orderKey: string): Purchase | undefined {
    const id = idOf(orderKey);
    const purchase = purchases[id] || restore(id);
    if (purchase && isUnsettled(purchase.state) && !isLive(purchase.state) && tooOld(purchase)) {
      delete purchases[id];
      forget(purchase);
      return undefined;
    }
    return purchase;
  }

  const tooOld = (purchase: Purchase): boolean => isOld(purchase, now(), timing().remember);

  function create(orderKey: string, fingerprint: string): Purchase {
    const id = idOf(orderKey);
    return (purchases[id] = {
      id,
      orderKey,
      fingerprint,
      state: newPayment(randomKey()),
      source: null,
      statusUrl: '',
      starter: null,
      startedAt: now(),
      promise: null,
      resolve: () => undefined,
      waiting: null,
    });
  }

  function restore(id: string): Purchase | undefined {
    const record = records[id];
    if (!record || record.owner !== settings().owner) return undefined;
    const purchase = create(record.orderKey, record.fingerprint);
    const { state, waiting } = record;
    const pending = state === 'pending';
    purchase.startedAt = record.startedAt;
    purchase.statusUrl = record.statusUrl || '';
    purchase.waiting = waiting || null;
    if (waiting) purchase.promise = Promise.resolve(waiting);
    purchase.state = {
      ...purchase.state,
      phase: waiting && waiting.outcome === 'success' ? 'paid' : pending ? 'pending' : 'idle',
      home: pending ? 'pending' : 'idle',
      open: !!record.open,
      resumed: true,
      doubt: state !== 'kept',
      idempotencyKey: record.idempotencyKey,
      tpOrderId: record.tpOrderId || '',
      totalAmount: record.totalAmount || 0,
      dealTitle: record.dealTitle || '',
      canLook: !!record.statusUrl,
    };
    return purchase;
  }

  function remember(purchase: Purchase): void {
    const { state, waiting } = purchase;
    const record: PurchaseRecord = {
      orderKey: purchase.orderKey,
      owner: settings().owner,
      fingerprint: purchase.fingerprint,
      idempotencyKey: state.idempotencyKey,
      tpOrderId: state.tpOrderId,
      totalAmount: state.totalAmount,
      dealTitle: state.dealTitle,
      statusUrl: purchase.statusUrl,
      state: /^(idle|ordering|paid)$/.test(state.phase) ? (state.doubt ? 'doubt' : 'kept') : 'pending',
      open: state.open,
      startedAt: purchase.startedAt,
      waiting: waiting && ({ ...waiting, raw: null } as PayOutcome),
    };
    records[purchase.id] = record;
    trace(purchase, 'save', { durable: saveRecords(records) });
  }

  function forget(purchase: Purchase): void {
    if (records[purchase.id]) {
      delete records[purchase.id];
      trace(purchase, 'forget', { durable: saveRecords(records) });
    }
  }

  // ---- running the machine

  function dispatch(purchase: Purchase, event: PaymentEvent): void {
    const previous = purchase.state.phase;
    const [state, effects] = step(purchase.state, event, timing());
    purchase.state = state;
    trace(purchase, event.type, event.type === 'looked' ? { status: event.status } : {});
    if (state.phase !== previous) tellPhase(purchase, { phase: state.phase, previous });
    effects.forEach(effect => run(purchase, effect));
    advance();
    flush();
  }

  function run(purchase: Purchase, effect: Effect): void {
    const { state } = purchase;
    switch (effect.type) {
      case 'create':
        createOrder(purchase, effect.ticket);
        break;
      case 'queue':
        line.push({
          purchase,
          ticket: effect.ticket,
          timer: setTimeout(
            () => dispatch(purchase, { type: 'left', ticket: effect.ticket }),
            timing().turn,
          ) as number,
        });
        break;
      case 'ordercreated':
        tellOrder(purchase, effect.reused);
        break;
      case 'save':
        remember(purchase);
        break;
      case 'forget':
        forget(purchase);
        break;
      case 'call':
        callCashier(purchase, effect.call);
        break;
      case 'look':
        later(effect.delay, () =>
          look(purchase.statusUrl, purchase.source && purchase.source.header, state.tpOrderId, status =>
            dispatch(purchase, { type: 'looked', ticket: effect.ticket, tpOrderId: state.tpOrderId, status }),
          ),
        );
        break;
      case 'ask':
        ask(
          {
            title: text('askTitle'),
            content: text('askContent'),
            confirmText: text('askConfirm'),
            cancelText: text('askCancel'),
          },
          yes => dispatch(purchase, { type: 'asked', ticket: effect.ticket, yes }),
        );
        break;
      case 'settle':
        settle(purchase, effect.verdict, effect.resumed, effect.speaks);
        break;
    }
  }

  function createOrder(purchase: Purchase, ticket: number): void {
    const { createUrl: url, method, payload: data, header, amount } = purchase.source as Source;
    const { idempotencyHeader } = settings();
    const key = idempotencyHeader ? { [idempotencyHeader]: purchase.state.idempotencyKey } : null;
    send({ url, method, data, header: { ...header, ...key }, timeout: timing().order }, result => {
      if (!result.ok) {
        const { reason, code, message } = result;
        trace(purchase, reason, { code, message });
        const words = reason === 'order-rejected' && message.length <= 28 ? message : '';
        dispatch(purchase, { type: 'order-failed', ticket, failure: { reason, code, message: words } });
        return;
      }
      const answer = (result.data || {}) as { orderInfo?: unknown; order?: Record<string, unknown> };
      const raw = answer.orderInfo === undefined ? answer : answer.orderInfo;
      const order = answer.order || {};
      const closed = order.status === 'closed';
      if (closed || isPaid(order.status)) {
        const { tpOrderId, totalAmount } = { ...(raw as object), ...order } as Record<string, unknown>;
        dispatch(purchase, {
          type: 'settled-order',
          ticket,
          tpOrderId: '' + (tpOrderId || purchase.state.tpOrderId),
          totalAmount: parseFen(totalAmount) || 0,
          closed,
          newKey: randomKey(),
        });
        return;
      }
      const orderInfo = readOrderInfo(raw, amount);
      if (orderInfo) dispatch(purchase, { type: 'ordered', ticket, orderInfo });
      else dispatch(purchase, { type: 'order-failed', ticket, failure: INVALID });
    });
  }

  function callCashier(purchase: Purchase, call: number): void {
    const { guard, watchdog } = timing();
    const { orderInfo, tpOrderId } = purchase.state;
    const { bannedChannels, extras } = purchase.source as Source;
    let open = true;
    const answer = (value: Answer): void => {
      if (open) {
        open = false;
        clearTimeout(timer);
        trace(purchase, 'cashier', { claim: value.claim, code: value.code });
        // An order that was closed meanwhile has made room for another one, which this is not about.
        if (purchase.state.tpOrderId === tpOrderId) {
          dispatch(purchase, { type: 'answer', call, answer: value, superseded: call !== lastCall });
        }
      }
    };
    const timer = setTimeout(() => dispatch(purchase, { type: 'watchdog', call }), watchdog);
    cooling = true;
    setTimeout(() => {
      cooling = false;
      advance();
      flush();
    }, guard);
    const options: PaymentOptions = {
      orderInfo: { ...(orderInfo as OrderInfo), ...extras },
      success: raw => answer({ claim: 'success', code: 0, raw }),
      fail: raw => answer(readFailure(raw, { ...OUTCOMES, ...settings().outcomes })),
    };
    if (bannedChannels.length) options.bannedChannels = bannedChannels;
    try {
      (settings().requestPayment || swanPayment() || refuse)(options);
    } catch (error) {
      answer({ claim: 'rejected', code: null, raw: error });
    }
  }

  // ---- one cashier at a time

  /** Lets the first in line in, when the cashier is free; who is no longer in front steps aside. */
  function advance(): void {
    const next = line[0];
    if (!next) return;
    const { purchase, ticket, timer } = next;
    const late = purchase.state.ticket !== ticket;
    if (!late && (cooling || somebodyPays())) return;
    line.shift();
    clearTimeout(timer);
    if (late) {
      advance();
    } else {
      if (isInFront(purchase.starter)) dispatch(purchase, { type: 'enter', ticket, call: ++lastCall });
      else dispatch(purchase, { type: 'left', ticket });
    }
  }

  const somebodyPays = (): boolean =>
    Object.keys(purchases).some(id => (purchases[id] as Purchase).state.phase === 'paying');

  function isInFront(view: View | null): boolean {
    const pages = openPages();
    return !!view && !!view.visible && (!pages.length || pages[pages.length - 1] === view.page);
  }

  const isOpen = (view: View | null): view is View => {
    const pages = openPages();
    return (
      !!view && (pages.length ? pages.indexOf(view.page as PageInstance) >= 0 : views.indexOf(view) >= 0)
    );
  };

  // ---- telling the pages

  function tell(action: () => void): void {
    outbox.push(action);
  }

  function flush(): void {
    if (telling) return;
    telling = true;
    for (let action = outbox.shift(); action; action = outbox.shift()) {
      try {
        action();
      } catch (error) {
        console.error('swan-cashier: an event handler threw', error);
      }
    }
    telling = false;
  }

  const watching = (purchase: Purchase): View[] =>
    views.filter(view => idOf(view.source.orderKey) === purchase.id);

  function tellPhase(purchase: Purchase, change: StateChangeDetail): void {
    tell(() => watching(purchase).forEach(view => view.phaseChanged(change)));
  }

  function tellOrder(purchase: Purchase, reused: boolean): void {
    const { starter, state } = purchase;
    const { tpOrderId, totalAmount, dealTitle } = state;
    tell(() => {
      if (isOpen(starter) && starter.orderCreated) {
        starter.orderCreated({ tpOrderId, totalAmount, dealTitle, reused });
      }
    });
  }

  function settle(purchase: Purchase, verdict: Verdict, resumed: boolean, speaks: boolean): void {
    const outcome = describe(purchase, verdict, resumed);
    purchase.resolve(outcome);
    trace(purchase, 'outcome', { outcome: outcome.outcome });
    if (speaks) tell(() => deliver(purchase, outcome));
    if (verdict.outcome === 'fail' && verdict.reason === 'closed') {
      purchase.state = { ...newPayment(randomKey()), ticket: purchase.state.ticket };
    }
  }

  function describe(purchase: Purchase, verdict: Verdict, resumed: boolean): PayOutcome {
    const { tpOrderId, totalAmount } = purchase.state;
    const base = { tpOrderId, totalAmount, resumed, elapsed: now() - purchase.startedAt };
    switch (verdict.outcome) {
      case 'success':
        return { ...base, outcome: 'success', verified: verdict.verified, raw: verdict.raw };
      case 'cancel':
        return { ...base, outcome: 'cancel', by: verdict.by };
      case 'pending':
        return { ...base, outcome: 'pending' };
      case 'fail': {
        const { reason, mayBePaid, code, raw } = verdict;
        if (totalAmount > 1000 && /^(cashier|rejected)$/.test(reason)) {
          console.warn(
            'swan-cashier: a test package (测试包) cannot pay more than 1000 fen; this order is ' +
              totalAmount,
          );
        }
        return {
          ...base,
          outcome: 'fail',
          reason,
          code,
          message: verdict.message || text(mayBePaid ? 'doubtful' : reason),
          retryable: /^(order-request|order-rejected|not-logged-in|cashier|closed)$/.test(reason),
          mayBePaid,
          raw,
        };
      }
    }
  }

  /** To the component that started it while its page is open, else to one in sight, else it waits. */
  function deliver(purchase: Purchase, outcome: PayOutcome): void {
    const { starter } = purchase;
    const listener = isOpen(starter)
      ? starter
      : watching(purchase).filter(view => view.payer && view.visible && isOpen(view))[0];
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
    const { waiting } = purchase;
    if (waiting && view.settled) {
      purchase.waiting = null;
      if (purchase.state.phase === 'paid' || !purchase.state.tpOrderId) forget(purchase);
      else remember(purchase);
      tell(() => view.settled && view.settled({ ...waiting, resumed: true }));
      flush();
    }
  }

  function trace(purchase: Purchase, name: string, detail: Record<string, unknown>): void {
    const { onTrace } = settings();
    if (!onTrace) return;
    const { phase, tpOrderId } = purchase.state;
    try {
      onTrace({ at: now(), orderKey: purchase.orderKey, step: name, phase, tpOrderId, ...detail });
    } catch (error) {
      console.error('swan-cashier: onTrace threw', error);
    }
  }

  // ---- what components call

  function pay(view: View, tapped: boolean): Promise<PayOutcome> {
    const { source } = view;
    let purchase = find(source.orderKey);
    if (!purchase || isReplaceable(purchase, source)) {
      const ticket = purchase ? purchase.state.ticket : 0;
      purchase = create(source.orderKey, source.fingerprint);
      purchase.state.ticket = ticket;
    }
    const { state } = purchase;
    const joins = isLive(state) || state.phase === 'paid';
    if (!joins) {
      purchase.source = source;
      purchase.statusUrl = source.statusUrl || purchase.statusUrl;
      purchase.starter = view;
      purchase.startedAt = now();
      purchase.promise = null;
    }
    const promise = promiseOf(purchase);
    if (!joins || (state.phase === 'paying' && tapped && !cooling)) {
      dispatch(purchase, {
        type: 'pay',
        tapped,
        canLook: !!purchase.statusUrl,
        canCreate: !!source.createUrl,
        orderInfo: source.orderInfo,
        refusal: refusalOf(view),
      });
    }
    return promise;
  }

  /** Something else is to be bought under this key, and what was bought before is settled. */
  const isReplaceable = ({ fingerprint, state }: Purchase, source: Source): boolean =>
    !!source.fingerprint && fingerprint !== source.fingerprint && !isLive(state) && !isUnsettled(state);

  function promiseOf(purchase: Purchase): Promise<PayOutcome> {
    return (purchase.promise =
      purchase.promise ||
      new Promise<PayOutcome>(resolve => {
        purchase.resolve = resolve;
      }));
  }

  function refusalOf(view: View): Failure | null {
    const { orderKey, origin, refusal } = view.source;
    if (refusal) return refusal;
    if (!settings().requestPayment && !swanPayment()) return { reason: 'unsupported', code: null };
    if (
      views.some(other => other.payer && other.source.orderKey === orderKey && other.source.origin !== origin)
    ) {
      if (!conflicts[orderKey]) {
        conflicts[orderKey] = true;
        console.error(
          'pay-button: order-key "' + orderKey + '" is used with two different sources; give each its own',
        );
      }
      return INVALID;
    }
    return blocks[orderKey] || null;
  }

  return {
    attach(view) {
      const pages = openPages();
      view.page = view.page || pages[pages.length - 1];
      view.visible = true;
      views.push(view);
    },

    show(view) {
      view.visible = true;
      // Some hosts tell nobody that a page is gone.
      Object.keys(purchases).forEach(id => {
        const purchase = purchases[id] as Purchase;
        if (purchase.starter && !isOpen(purchase.starter)) dispatch(purchase, { type: 'close' });
      });
      const purchase = find(view.source.orderKey);
      if (!purchase || !view.payer) return;
      if (!purchase.statusUrl && view.source.statusUrl) {
        purchase.statusUrl = view.source.statusUrl;
        purchase.state.canLook = true;
      }
      purchase.source = purchase.source || view.source;
      deliverWaiting(purchase, view);
      dispatch(purchase, { type: 'show' });
    },

    hide(view) {
      view.visible = false;
      if (isOpen(view)) return;
      this.detach(view);
    },

    detach(view) {
      views = views.filter(other => other !== view);
      // The page stack may still hold a page that is being closed.
      setTimeout(() => {
        if (isOpen(view)) return;
        Object.keys(purchases).forEach(id => {
          const purchase = purchases[id] as Purchase;
          if (purchase.starter === view) dispatch(purchase, { type: 'close' });
        });
      }, 0);
    },

    phase(source) {
      const purchase = find(source.orderKey);
      return purchase && !isReplaceable(purchase, source) ? purchase.state.phase : 'idle';
    },

    pay,

    reset(orderKey) {
      const purchase = find(orderKey);
      if (!purchase) return;
      const { state } = purchase;
      if (isLive(state) || isUnsettled(state)) {
        console.warn(
          'swan-cashier: reset() is ignored while order ' + state.tpOrderId + ' may still be paid',
        );
        return;
      }
      delete purchases[purchase.id];
      forget(purchase);
      if (state.phase !== 'idle') tellPhase(purchase, { phase: 'idle', previous: state.phase });
      flush();
    },

    resumePending() {
      const owner = settings().owner;
      Object.keys(records).forEach(
        id => records[id]?.owner === owner && find(records[id]?.orderKey as string),
      );
      const unsettled = Object.keys(purchases)
        .map(id => purchases[id] as Purchase)
        .filter(({ id, orderKey, state }) => id === idOf(orderKey) && isUnsettled(state));
      return Promise.all(
        unsettled.map(purchase => {
          if (!isLive(purchase.state)) purchase.promise = null;
          const promise = promiseOf(purchase);
          dispatch(purchase, { type: 'resume' });
          return promise;
        }),
      );
    },

    block(orderKey, failure) {
      blocks[orderKey] = failure;
    },
  };
}

const INVALID: Failure = { reason: 'order-invalid', code: null };

function refuse(): void {
  throw new Error('swan.requestPolymerPayment is missing: base library 1.8.5 or later is needed');
}

function later(ms: number, action: () => void): void {
  if (ms) setTimeout(action, ms);
  else action();
}

/** Reads an orderInfo and tells the developer what is wrong with it. Null keeps the cashier shut. */
export function readOrderInfo(raw: unknown, amount: number | null): OrderInfo | null {
  const { orderInfo, problems } = parseOrderInfo(raw);
  problems.forEach(({ severity, code, field, message }) =>
    console[severity === 'error' ? 'error' : 'warn'](
      'pay-button: orderInfo' + (field && '.' + field) + ' [' + code + '] ' + message,
    ),
  );
  if (orderInfo && amount !== null && +orderInfo.totalAmount !== amount) {
    console.error('pay-button: amount is ' + amount + ' fen but the order says ' + orderInfo.totalAmount);
    return null;
  }
  return orderInfo;
}
