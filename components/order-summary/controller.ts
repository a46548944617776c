/**
 * What order-summary does: loads its order, and keeps one status, made of what the backend says about the order, how far its
 * payment is, and the server's clock. One controller for each component instance.
 */
import {
  type BackendResult,
  checkStatus,
  copyText,
  guard,
  isIos,
  isPaid,
  type OrderSummaryEvents,
  type OrderSummaryProps,
  type OrderViewStatus,
  paymentManager,
  send,
  showToast,
  stableJson,
  type StatusResult,
  type SummaryHandle,
  timing,
  toBoolean,
  toText,
  withInstance,
} from '../../utils/internal';
import { getMessages } from './messages';
import { blockFor, type CurrentOrder, currentOrder, type StatusCheck } from './order-status';
import { type ParsedOrder, parseOrder, parseOrderOfInfo } from './parse-order';
import { createServerClock } from './server-clock';
import { createSingleFlight } from './single-flight';
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

/** One instance: its component, and what it knows. */
interface Summary {
  component: SummaryComponent;
  handle: SummaryHandle;
  clock: ReturnType<typeof createServerClock>;
  request: ReturnType<typeof createSingleFlight>;
  isAttached: boolean;
  isVisible: boolean;
  /** order, order-info and order-url as they were last read */
  given: string;
  url: string;
  parsed: ParsedOrder | null;
  failure: LoadFailure | null;
  check: StatusCheck | null;
  /** what is shown; null when what comes next is another order */
  current: CurrentOrder | null;
  /** what pay-buttons were last notified of */
  link: string;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createController(component: SummaryComponent): Controller {
  const summary: Summary = {
    component,
    handle: {
      kind: 'summary',
      instance: component,
      orderKey: '',
      tpOrderId: '',
      block: null,
      refresh: () => sync(summary),
    },
    clock: createServerClock(),
    request: createSingleFlight(),
    isAttached: false,
    isVisible: false,
    given: '',
    url: '',
    parsed: null,
    failure: null,
    check: null,
    current: null,
    link: '',
    timer: undefined,
  };
  return {
    attached: () => attach(summary),
    ready() {
      paymentManager().ready(summary.handle);
      update(summary);
    },
    detached() {
      summary.isAttached = false;
      leave(summary);
      paymentManager().remove(summary.handle);
    },
    shown: () => show(summary),
    hidden: () => hide(summary),
    /** A pay-button's properties that change with these come after them. */
    propertyChanged() {
      if (summary.isAttached) setTimeout(() => update(summary), 0);
    },
    retry() {
      startOver(summary);
      sync(summary);
      load(summary);
    },
    copy: () => copy(summary),
  };
}

/** Nothing is set before it is attached and after its page closed, which a tab page may do without a word. */
const isMounted = ({ isAttached, handle }: Summary): boolean =>
  isAttached && paymentManager().isMounted(handle);

const isHidden = ({ component }: Summary): boolean => toBoolean(component.data.virtualGoods) && isIos();

const isShowing = ({ failure, parsed }: Summary): boolean => !failure && !!parsed && !!parsed.order;

const readCurrent = ({ parsed, check, handle, clock }: Summary): CurrentOrder =>
  currentOrder(parsed, check, paymentManager().paymentFor(handle), clock.now());

/** Some hosts let through what a page's handler throws. */
function emit<Name extends keyof OrderSummaryEvents>(
  { component }: Summary,
  name: Name,
  detail: OrderSummaryEvents[Name],
): void {
  guard('an event handler', () => component.triggerEvent(name, withInstance(component, detail)));
}

// ---- the life of the component and its page

function attach(summary: Summary): void {
  summary.isAttached = summary.isVisible = true;
  paymentManager().add(summary.handle);
}

function show(summary: Summary): void {
  // The page goes on to be shown and hidden after the component is gone.
  if (!summary.isAttached) return;
  summary.isVisible = true;
  paymentManager().shown(summary.handle);
  update(summary);
  load(summary);
}

function hide(summary: Summary): void {
  summary.isVisible = false;
  clearTimeout(summary.timer);
  if (!paymentManager().hidden(summary.handle)) leave(summary);
}

function leave({ timer, request }: Summary): void {
  clearTimeout(timer);
  request.cancel();
}

function copy(summary: Summary): void {
  const { tpOrderId } = readCurrent(summary);
  copyText(tpOrderId, () => {
    const { orderCopied } = getMessages();
    if (orderCopied) showToast(orderCopied, true);
    emit(summary, 'ordercopy', { tpOrderId });
  });
}

// ---- where the order comes from

/** Reads the properties; what is the same by value is not read again. */
function update(summary: Summary): void {
  const { order, orderInfo, orderUrl } = summary.component.data;
  if (!isMounted(summary) || isHidden(summary)) return sync(summary);
  const url = toText(orderUrl);
  const given = stableJson([order, orderInfo, url]);
  const isMoved = summary.url !== url;
  const isChanged = summary.given !== given;
  summary.url = url;
  summary.given = given;
  if (isMoved) summary.request.cancel();
  if (isChanged && isGiven(order)) {
    take(summary, parseOrder(order));
  } else if (isChanged && isGiven(orderInfo)) {
    take(summary, parseOrderOfInfo(orderInfo));
  } else {
    if (isChanged && (isMoved || !url)) startOver(summary);
    sync(summary);
  }
  if (isMoved && url) load(summary);
}

function startOver(summary: Summary): void {
  summary.parsed = summary.failure = summary.check = summary.current = null;
}

/** @param answer the backend sent the order just now */
function take(summary: Summary, next: ParsedOrder, answer?: { date?: number }): void {
  const { order, tpOrderId, mismatch } = next;
  if (!order) {
    console.error('order-summary: ' + next.problem);
    startOver(summary);
    summary.parsed = next;
    return fail(summary, { reason: 'order-invalid', code: null, message: next.problem });
  }
  const { parsed, current, check } = summary;
  const refreshed = isShowing(summary);
  const isSame = parsed && current && (tpOrderId === parsed.tpOrderId || tpOrderId === current.tpOrderId);
  if (!isSame) summary.current = null;
  summary.parsed = next;
  summary.failure = null;
  // After a check said paid, a slower part of the backend may still say unpaid.
  if (isPaid(order.status) || !check || !isPaid(check.status)) summary.check = null;
  summary.clock.sync(order.serverTime || (answer && answer.date));
  if (mismatch) console.error('order-summary: lines + fees - discounts is not totalAmount', mismatch);
  sync(summary, () => emit(summary, 'orderload', { order, mismatch, refreshed }));
  // A page may take an order for closed by its own clock.
  if (answer || order.status !== 'closed') report(tpOrderId, order.status);
}

/** Says why there is no order, unless an earlier one is still shown. */
function fail(summary: Summary, { reason, code, message }: LoadFailure): void {
  const stale = isShowing(summary);
  if (!stale) summary.failure = { reason, code, message };
  sync(summary, () => emit(summary, 'orderfail', { reason, code, message, stale }));
}

/** Reads the order again; where there is no order-url, checks its status. */
function load(summary: Summary): void {
  const { component, current, url, request } = summary;
  const statusUrl = toText(component.data.statusUrl);
  const tpOrderId = current ? current.tpOrderId : '';
  if (!isMounted(summary) || isHidden(summary)) return;
  if (url) {
    request.run<BackendResult>(
      url,
      done => send({ url, method: 'GET', timeout: timing().createTimeout }, done),
      result => (result.ok ? take(summary, parseOrder(result.data || {}), result) : fail(summary, result)),
    );
  } else if (statusUrl && tpOrderId) {
    request.run<StatusResult>(
      tpOrderId,
      done => checkStatus(statusUrl, null, tpOrderId, done),
      status => {
        if (status === 'unreachable') return;
        summary.check = { tpOrderId, status };
        sync(summary);
        report(tpOrderId, status);
      },
    );
  }
}

/** What the backend said about the order settles a payment of unknown result, too. */
function report(tpOrderId: string, status: OrderViewStatus): void {
  if (tpOrderId && status !== 'unpaid' && status !== 'paying') {
    paymentManager().reportStatus(tpOrderId, status);
  }
}

// ---- what is shown

/** @param announceFirst fires the event about what is shown now, before those about its status */
function sync(summary: Summary, announceFirst?: () => void): void {
  if (!isMounted(summary)) return;
  const { component, handle, parsed, failure, url, current: previous } = summary;
  const { data } = component;
  const messages = getMessages();
  handle.orderKey = toText(data.orderKey);
  handle.tpOrderId = parsed ? parsed.tpOrderId : '';
  const next = (summary.current = readCurrent(summary));
  handle.block = blockFor(parsed, next.status, messages);
  const lastTimeLeft = previous && previous.status ? data.timeLeft : '';
  const view: Partial<ViewData> = toViewData(parsed, failure, next, messages, lastTimeLeft);
  view.canRetry = !!failure && !!url;
  view.isSafe = toBoolean(data.safeArea);
  render(summary, isHidden(summary) ? { state: 'hidden' } : view);
  schedule(summary, next.timeLeft);
  const link = stableJson([handle.orderKey, handle.tpOrderId, handle.block]);
  if (summary.link !== link) {
    summary.link = link;
    paymentManager().changed(handle);
  }
  if (announceFirst) announceFirst();
  if (!isHidden(summary)) announce(summary, next, previous);
}

function announce(
  summary: Summary,
  { status, tpOrderId, expiredAt, phase, reported }: CurrentOrder,
  previous: CurrentOrder | null,
): void {
  if (expiredAt && (!previous || previous.expiredAt !== expiredAt)) {
    emit(summary, 'orderexpire', { tpOrderId, expiresAt: expiredAt });
  }
  if (!previous) return;
  if (previous.status && status && previous.status !== status) {
    emit(summary, 'statuschange', { status, previous: previous.status, tpOrderId });
  }
  if (phase === 'paid' && previous.phase !== 'paid' && !isPaid(reported)) {
    // A request that is under way asked before it was paid.
    summary.request.cancel();
    load(summary);
  }
}

/** One setData for all that changed, none when nothing did. */
function render({ component }: Summary, next: Partial<ViewData>): void {
  const changes: Partial<ViewData> = {};
  const put = <Key extends keyof ViewData>(key: Key): void => {
    if (stableJson(next[key]) !== stableJson(component.data[key])) changes[key] = next[key];
  };
  (Object.keys(next) as (keyof ViewData)[]).forEach(put);
  if (Object.keys(changes).length) component.setData(changes);
}

/** Once a second, when the second turns; not in the background. */
function schedule(summary: Summary, timeLeft: number): void {
  clearTimeout(summary.timer);
  if (timeLeft && summary.isVisible && !isHidden(summary)) {
    summary.timer = setTimeout(() => tick(summary), timeLeft % 1000 || 1000);
  }
}

function tick(summary: Summary): void {
  if (!isMounted(summary)) return;
  const { timeLeft } = readCurrent(summary);
  if (timeLeft) {
    render(summary, { timeLeft: formatTimeLeft(timeLeft, getMessages()) });
    schedule(summary, timeLeft);
  } else {
    sync(summary);
    load(summary);
  }
}
