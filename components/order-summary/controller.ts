/**
 * What order-summary does: loads its order, and keeps one status, from the order's status at the backend, the phase of its
 * payment, and the server's clock. One controller for each component instance. Its state is one object that functions take,
 * not a class: names of methods are not minified.
 */
import {
  type BackendResult,
  checkStatus,
  copyText,
  fireEvent,
  isIos,
  isOrderInfoGiven,
  wasPaid,
  type OrderSummaryEvents,
  type OrderSummaryProps,
  type OrderViewStatus,
  paymentManager,
  PROPERTY_DELAY,
  sendRequest,
  showToast,
  stableJson,
  type StatusResult,
  type SummaryHandle,
  timing,
  toBoolean,
  toText,
} from '../../utils/internal';
import { getMessages } from './messages';
import { lockFor, type CurrentOrder, currentOrder, type StatusCheck } from './current-order';
import { type ParsedOrder, parseOrder, parseOrderOfInfo } from './parse-order';
import { createServerClock, type ServerClock } from './server-clock';
import { createSingleFlight, type SingleFlight } from './single-flight';
import { formatTimeLeft, type LoadFailure, toViewData, type ViewData } from './view-model';

/** What the controller needs of the component instance. Property values arrive uncoerced. */
export interface SummaryComponent {
  data: ViewData & { readonly [Name in keyof OrderSummaryProps]-?: unknown };
  pageinstance?: SummaryHandle['instance']['pageinstance'];
  setData(changes: Partial<ViewData>): void;
  triggerEvent<Name extends keyof OrderSummaryEvents>(name: Name, detail: OrderSummaryEvents[Name]): void;
}

export interface Controller {
  attached(): void;
  ready(): void;
  detached(): void;
  shown(): void;
  hidden(): void;
  propertyChanged(): void;
  retry(): void;
  copy(): void;
}

/** A bare attribute and `attr=""` arrive as true. */
const isGiven = (value: unknown): boolean => !!value && value !== true;

/** The state of one instance. */
interface SummaryState {
  component: SummaryComponent;
  handle: SummaryHandle;
  clock: ServerClock;
  request: SingleFlight;
  isAttached: boolean;
  isVisible: boolean;
  /** order-url, and order and order-info as JSON, as they were last read */
  input: { url: string; order: string; orderInfo: string };
  parsed: ParsedOrder | null;
  /** what the order that was shown last sells, as JSON */
  quote: string;
  /** where `parsed` comes from */
  source: 'order' | 'order-info' | 'order-url';
  failure: LoadFailure | null;
  check: StatusCheck | null;
  /** what is shown; null before the first order and between two orders */
  current: CurrentOrder | null;
  /** order-key, order number and lock that pay-buttons were last notified of, as JSON */
  link: string;
  timer?: ReturnType<typeof setTimeout>;
  /** runs while its button may still pay, or have paid, the quote before */
  quoteTimer?: ReturnType<typeof setTimeout> | undefined;
  /** runs while status-url may still be that of the order before */
  statusTimer?: ReturnType<typeof setTimeout>;
}

export function createController(component: SummaryComponent): Controller {
  const summary: SummaryState = {
    component,
    handle: {
      kind: 'summary',
      instance: component,
      orderKey: '',
      tpOrderId: '',
      totalAmount: 0,
      paymentOfQuote: null,
      lock: null,
      refresh: () => refresh(summary),
    },
    clock: createServerClock(),
    request: createSingleFlight(),
    isAttached: false,
    isVisible: false,
    input: { url: '', order: '', orderInfo: '' },
    parsed: null,
    quote: '',
    source: 'order',
    failure: null,
    check: null,
    current: null,
    link: '',
  };
  return {
    attached: () => attach(summary),
    ready() {
      paymentManager().ready(summary.handle);
      readProperties(summary);
    },
    detached() {
      summary.isAttached = false;
      stopWork(summary);
      paymentManager().remove(summary.handle);
    },
    shown: () => show(summary),
    hidden: () => hide(summary),
    /** Waits one task: Swan delivers the pay-button's properties of the same setData afterwards. */
    propertyChanged() {
      if (summary.isAttached) setTimeout(() => readProperties(summary), 0);
    },
    retry() {
      clearOrder(summary);
      refresh(summary);
      load(summary);
    },
    copy: () => copy(summary),
  };
}

/** Nothing is set before it is attached, and after its page closed: tab pages close without any lifecycle event. */
const isMounted = ({ isAttached, handle }: SummaryState): boolean =>
  isAttached && paymentManager().isMounted(handle);

const isHidden = ({ component }: SummaryState): boolean => toBoolean(component.data.virtualGoods) && isIos();

const canLoad = (summary: SummaryState): boolean => isMounted(summary) && !isHidden(summary);

const isShowing = ({ failure, parsed }: SummaryState): boolean => !failure && !!parsed && !!parsed.order;

function readCurrent({ parsed, check, handle, clock, quoteTimer }: SummaryState): CurrentOrder {
  const payment = paymentManager().paymentFor(handle);
  const earlier = handle.paymentOfQuote;
  // What was paid stays so when another cart of the same quote is not.
  const isKept = !!earlier && earlier.phase === 'paid' && payment.phase !== 'paid';
  if (payment.goods && payment.tpOrderId && !handle.tpOrderId && !isKept && !quoteTimer)
    handle.paymentOfQuote = payment;
  return currentOrder(parsed, check, payment, clock.now());
}

function emit<Name extends keyof OrderSummaryEvents>(
  { component }: SummaryState,
  name: Name,
  detail: OrderSummaryEvents[Name],
): void {
  fireEvent(component, name, detail);
}

// ---- lifecycle of the component and its page

function attach(summary: SummaryState): void {
  summary.isAttached = summary.isVisible = true;
  paymentManager().add(summary.handle);
}

function show(summary: SummaryState): void {
  // The page goes on to be shown and hidden after the component is gone.
  if (!summary.isAttached) return;
  summary.isVisible = true;
  paymentManager().shown(summary.handle);
  readProperties(summary);
  load(summary);
}

function hide(summary: SummaryState): void {
  summary.isVisible = false;
  // The order is read anew at the next show.
  stopWork(summary);
  paymentManager().hidden(summary.handle);
}

function stopWork({ timer, statusTimer, request }: SummaryState): void {
  clearTimeout(timer);
  clearTimeout(statusTimer);
  request.cancel();
}

function copy(summary: SummaryState): void {
  const { tpOrderId } = readCurrent(summary);
  copyText(tpOrderId, () => {
    if (!isMounted(summary)) return;
    const { orderCopied } = getMessages();
    if (orderCopied && paymentManager().isActive(summary.handle)) showToast(orderCopied, 'success');
    emit(summary, 'ordercopy', { tpOrderId });
  });
}

// ---- where the order comes from

/**
 * Reads the properties that have changed. What order-url answered goes before `order` as it was then, and both before
 * order-info, which has no status.
 */
function readProperties(summary: SummaryState): void {
  const { order, orderInfo, orderUrl } = summary.component.data;
  if (!canLoad(summary)) return refresh(summary);
  const input = { url: toText(orderUrl), order: stableJson(order), orderInfo: stableJson(orderInfo) };
  const { input: before } = summary;
  const { url } = input;
  const isUrlNew = before.url !== url;
  const isOrderNew = isUrlNew || before.order !== input.order;
  const isInfoNew = isOrderNew || before.orderInfo !== input.orderInfo;
  summary.input = input;
  if (isUrlNew) {
    forgetPayment(summary);
    summary.request.cancel();
  }
  if (isGiven(order)) {
    if (isOrderNew) showOrder(summary, parseOrder(order), 'order');
    else refresh(summary);
  } else if (isOrderInfoGiven(orderInfo) && isInfoNew) {
    const next = parseOrderOfInfo(orderInfo);
    const isAnswered = !!url && summary.source === 'order-url' && isShowing(summary);
    if (isAnswered && isSameOrder(summary, next)) refresh(summary);
    else showOrder(summary, next, 'order-info');
  } else {
    if (isInfoNew && (isUrlNew || !url)) {
      const { check } = summary;
      clearOrder(summary);
      // It belongs to its number, which may come back.
      summary.check = check;
    }
    refresh(summary);
  }
  // An orderInfo has no status, so that is checked.
  const mustLoad = url
    ? isUrlNew || (isOrderNew && !isGiven(order))
    : isInfoNew && summary.source === 'order-info';
  if (mustLoad) load(summary);
}

const isSameOrder = ({ parsed, current }: SummaryState, { tpOrderId }: ParsedOrder): boolean =>
  !!parsed && !!current && (tpOrderId === parsed.tpOrderId || tpOrderId === current.tpOrderId);

function forgetPayment(summary: SummaryState): void {
  summary.handle.paymentOfQuote = null;
  clearTimeout(summary.quoteTimer);
  summary.quoteTimer = setTimeout(() => (summary.quoteTimer = undefined), PROPERTY_DELAY);
}

function clearOrder(summary: SummaryState): void {
  summary.parsed = summary.failure = summary.check = summary.current = null;
}

/** @param response of the backend, when it has just sent the order */
function showOrder(
  summary: SummaryState,
  next: ParsedOrder,
  source: SummaryState['source'],
  response?: { date?: number },
): void {
  const { order, tpOrderId, mismatch } = next;
  if (!order) {
    console.error('order-summary: ' + next.problem);
    clearOrder(summary);
    summary.parsed = next;
    return fail(summary, { reason: 'order-invalid', code: null, message: next.problem });
  }
  const { check } = summary;
  const refreshed = isShowing(summary);
  const isSame = isSameOrder(summary, next);
  if (!isSame) summary.current = null;
  // A page or a backend may say again what is in the cart, with other times or another note.
  const quote = stableJson([order.title, order.lines, order.totalAmount]);
  if (quote !== summary.quote) forgetPayment(summary);
  summary.quote = quote;
  summary.parsed = next;
  summary.source = source;
  summary.failure = null;
  // After a check said paid, a slower part of the backend may still say unpaid; an orderInfo says nothing about it.
  const isKept =
    check &&
    (wasPaid(check.status)
      ? !wasPaid(order.status)
      : check.tpOrderId === tpOrderId && source === 'order-info');
  if (!isKept) summary.check = null;
  summary.clock.sync(order.serverTime || (response && response.date));
  if (mismatch) console.error('order-summary: lines + fees - discounts is not totalAmount', mismatch);
  // A copy: a page may change it.
  const copied = JSON.parse(JSON.stringify(order)) as typeof order;
  refresh(summary, () => emit(summary, 'orderload', { order: copied, mismatch, refreshed }), !!response);
  reportStatus(tpOrderId, order.status, !!response);
}

/** Shows why there is no order, unless an earlier one is still shown; fires orderfail. */
function fail(summary: SummaryState, { reason, code, message }: LoadFailure): void {
  const stale = isShowing(summary);
  if (!stale) summary.failure = { reason, code, message };
  refresh(summary, () => emit(summary, 'orderfail', { reason, code, message, stale }));
}

/** Reads the order again; where there is no order-url, checks its status when status-url must be that of this order. */
function load(summary: SummaryState): void {
  const { url } = summary.input;
  if (!canLoad(summary)) return;
  clearTimeout(summary.statusTimer);
  if (url) loadOrder(summary, url);
  else summary.statusTimer = setTimeout(() => loadStatus(summary), PROPERTY_DELAY);
}

function loadOrder(summary: SummaryState, url: string): void {
  summary.request.run<BackendResult>(
    url,
    done => sendRequest({ url, method: 'GET', timeout: timing().createTimeout }, done),
    (result, isWanted) => {
      if (isWanted && !result.ok) {
        console.warn('order-summary: no order from ' + url + ': ' + result.message);
        fail(summary, result);
      }
      if (!result.ok) return;
      const parsed = parseOrder(result.data || {}, true);
      if (isWanted) showOrder(summary, parsed, 'order-url', result);
      else if (parsed.order) reportStatus(parsed.tpOrderId, parsed.order.status, true);
    },
  );
}

function loadStatus(summary: SummaryState): void {
  const { component, current, request } = summary;
  const statusUrl = toText(component.data.statusUrl);
  const tpOrderId = current ? current.tpOrderId : '';
  if (!statusUrl || !tpOrderId || !canLoad(summary)) return;
  request.run<StatusResult>(
    tpOrderId,
    done => checkStatus(statusUrl, null, tpOrderId, done),
    (status, isWanted) => {
      if (status === 'unreachable') return;
      if (isWanted) {
        summary.check = { tpOrderId, status };
        refresh(summary);
      }
      reportStatus(tpOrderId, status, true);
    },
  );
}

/** A status from the backend also settles a payment whose result is unknown. */
function reportStatus(tpOrderId: string, status: OrderViewStatus, isAnswer: boolean): void {
  if (tpOrderId && status !== 'unpaid' && status !== 'paying') {
    paymentManager().reportStatus(tpOrderId, status, isAnswer);
  }
}

// ---- what is shown

/**
 * Renders the current state.
 * @param emitFirst fires orderload or orderfail, before the events about the status
 * @param isAnswer the backend has answered just now
 */
function refresh(summary: SummaryState, emitFirst?: () => void, isAnswer?: boolean): void {
  if (!isMounted(summary)) return;
  const { component, handle, parsed, failure, current: previous } = summary;
  const { data } = component;
  const messages = getMessages();
  const orderKey = toText(data.orderKey);
  if (orderKey !== handle.orderKey) handle.paymentOfQuote = null;
  handle.orderKey = orderKey;
  handle.tpOrderId = parsed ? parsed.tpOrderId : '';
  handle.totalAmount = parsed && parsed.order ? parsed.order.totalAmount : 0;
  const next = (summary.current = readCurrent(summary));
  handle.lock = lockFor(parsed, next, messages);
  const lastTimeLeft = previous && previous.status ? data.timeLeft : '';
  const view: Partial<ViewData> = toViewData(parsed, failure, next, messages, lastTimeLeft);
  view.canRetry = !!failure && !!summary.input.url;
  view.isSafe = toBoolean(data.safeArea);
  render(summary, isHidden(summary) ? { state: 'hidden' } : view);
  schedule(summary, next.timeLeft);
  const link = stableJson([handle.orderKey, handle.tpOrderId, handle.lock]);
  if (summary.link !== link) {
    summary.link = link;
    paymentManager().changed(handle);
  }
  if (emitFirst) emitFirst();
  if (!isHidden(summary)) emitChanges(summary, next, previous, !isAnswer);
}

function emitChanges(
  summary: SummaryState,
  { status, tpOrderId, expiredAt, phase, reported }: CurrentOrder,
  previous: CurrentOrder | null,
  mayLoad: boolean,
): void {
  if (expiredAt && (!previous || previous.expiredAt !== expiredAt)) {
    emit(summary, 'orderexpire', { tpOrderId, expiresAt: expiredAt });
    // The backend knows what became of it, unless it has answered just now.
    if (mayLoad) load(summary);
  }
  if (!previous) return;
  if (previous.status && status && previous.status !== status) {
    emit(summary, 'statuschange', { status, previous: previous.status, tpOrderId });
  }
  const isPaid = phase === 'paid' && previous.phase !== 'paid';
  // The order may have been closed or refunded meanwhile.
  const isOver = phase === 'idle' && /^(paying|confirming|pending)$/.test(previous.phase);
  if ((isPaid || isOver) && !wasPaid(reported)) {
    // A running request was sent before the payment.
    summary.request.cancel();
    load(summary);
  }
}

/** One setData for all that changed, none when nothing did. */
function render({ component }: SummaryState, next: Partial<ViewData>): void {
  const changes: Partial<ViewData> = {};
  const put = <Key extends keyof ViewData>(key: Key): void => {
    if (stableJson(next[key]) !== stableJson(component.data[key])) changes[key] = next[key];
  };
  (Object.keys(next) as (keyof ViewData)[]).forEach(put);
  if (Object.keys(changes).length) component.setData(changes);
}

/** Updates the time left at each full second; not in the background. */
function schedule(summary: SummaryState, timeLeft: number): void {
  clearTimeout(summary.timer);
  if (timeLeft && summary.isVisible && !isHidden(summary)) {
    summary.timer = setTimeout(() => tick(summary), timeLeft % 1000 || 1000);
  }
}

function tick(summary: SummaryState): void {
  if (!isMounted(summary)) return;
  const { timeLeft } = readCurrent(summary);
  if (timeLeft) {
    render(summary, { timeLeft: formatTimeLeft(timeLeft, getMessages()) });
    schedule(summary, timeLeft);
  } else {
    refresh(summary);
  }
}
