/**
 * What order-summary does: loads its order, and keeps one status, made of what the backend says about the order, how far its
 * payment is, and the server's clock. One controller for each component instance.
 */
import {
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
  type SummaryHandle,
  timing,
  toBoolean,
  toText,
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

export function createController(component: SummaryComponent): Controller {
  /** Some hosts let through what a page's handler throws. */
  const emit: SummaryComponent['triggerEvent'] = (name, detail) =>
    guard('an event handler', () => component.triggerEvent(name, detail));
  const clock = createServerClock();
  const request = createSingleFlight();
  let isAttached = false;
  let isVisible = false;
  /** order, order-info and order-url as they were last read */
  let given = '';
  let url = '';
  let parsed: ParsedOrder | null = null;
  let failure: LoadFailure | null = null;
  let check: StatusCheck | null = null;
  /** what is shown; null when what comes next is another order */
  let current: CurrentOrder | null = null;
  /** what pay-buttons were last told to look at */
  let link = '';
  let timer: ReturnType<typeof setTimeout>;
  const handle: SummaryHandle = {
    kind: 'summary',
    instance: component,
    orderKey: '',
    tpOrderId: '',
    block: null,
    refresh: () => sync(),
  };

  /** Nothing is set before it is attached and after its page closed, which a tab page may do without a word. */
  const isMounted = (): boolean => isAttached && paymentManager().isMounted(handle);
  const isHidden = (): boolean => toBoolean(component.data.virtualGoods) && isIos();
  const isShowing = (): boolean => !failure && !!parsed && !!parsed.order;
  const readCurrent = (): CurrentOrder =>
    currentOrder(parsed, check, paymentManager().paymentFor(handle), clock.now());

  /** Reads the properties; what is the same by value is not read again. */
  function update(): void {
    const { order, orderInfo, orderUrl } = component.data;
    if (!isMounted() || isHidden()) return sync();
    const nextUrl = toText(orderUrl);
    const nextGiven = stableJson([order, orderInfo, nextUrl]);
    const isMoved = url !== nextUrl;
    const isChanged = given !== nextGiven;
    url = nextUrl;
    given = nextGiven;
    if (isMoved) request.cancel();
    if (isChanged && isGiven(order)) {
      take(parseOrder(order));
    } else if (isChanged && isGiven(orderInfo)) {
      take(parseOrderOfInfo(orderInfo));
    } else {
      if (isChanged && (isMoved || !url)) startOver();
      sync();
    }
    if (isMoved && url) load();
  }

  function startOver(): void {
    parsed = failure = check = current = null;
  }

  /** @param answer the backend sent the order just now */
  function take(next: ParsedOrder, answer?: { date?: number }): void {
    const { order, tpOrderId, mismatch } = next;
    if (!order) {
      console.error('order-summary: ' + next.problem);
      startOver();
      parsed = next;
      return fail({ reason: 'order-invalid', code: null, message: next.problem });
    }
    const refreshed = isShowing();
    const isSame = parsed && current && (tpOrderId === parsed.tpOrderId || tpOrderId === current.tpOrderId);
    if (!isSame) current = null;
    parsed = next;
    failure = null;
    // After a check said paid, a slower part of the backend may still say unpaid.
    if (isPaid(order.status) || !check || !isPaid(check.status)) check = null;
    clock.sync(order.serverTime || (answer && answer.date));
    if (mismatch) console.error('order-summary: lines + fees - discounts is not totalAmount', mismatch);
    sync(() => emit('orderload', { order, mismatch, refreshed }));
    // A page may take an order for closed by its own clock.
    if (answer || order.status !== 'closed') report(tpOrderId, order.status);
  }

  /** Says why there is no order, unless an earlier one is still shown. */
  function fail({ reason, code, message }: LoadFailure): void {
    const stale = isShowing();
    if (!stale) failure = { reason, code, message };
    sync(() => emit('orderfail', { reason, code, message, stale }));
  }

  /** Reads the order again; where there is no order-url, checks its status. */
  function load(): void {
    const statusUrl = toText(component.data.statusUrl);
    const tpOrderId = current ? current.tpOrderId : '';
    if (!isMounted() || isHidden()) return;
    if (url) {
      request.run<Parameters<Parameters<typeof send>[1]>[0]>(
        url,
        done => send({ url, method: 'GET', timeout: timing().createTimeout }, done),
        result => (result.ok ? take(parseOrder(result.data || {}), result) : fail(result)),
      );
    } else if (statusUrl && tpOrderId) {
      request.run<StatusCheck['status'] | 'unreachable'>(
        tpOrderId,
        done => checkStatus(statusUrl, null, tpOrderId, done),
        status => {
          if (status === 'unreachable') return;
          check = { tpOrderId, status };
          sync();
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

  /** @param emit fires the event about what is shown now, before those about its status */
  function sync(emit?: () => void): void {
    if (!isMounted()) return;
    const { data } = component;
    const previous = current;
    const messages = getMessages();
    handle.orderKey = toText(data.orderKey);
    handle.tpOrderId = parsed ? parsed.tpOrderId : '';
    const next = (current = readCurrent());
    handle.block = blockFor(parsed, next.status, messages);
    const lastTimeLeft = previous && previous.status ? data.timeLeft : '';
    const view: Partial<ViewData> = toViewData(parsed, failure, next, messages, lastTimeLeft);
    view.canRetry = !!failure && !!url;
    view.isSafe = toBoolean(data.safeArea);
    render(isHidden() ? { state: 'hidden' } : view);
    schedule(next.timeLeft);
    const nextLink = stableJson([handle.orderKey, handle.tpOrderId, handle.block]);
    if (link !== nextLink) {
      link = nextLink;
      paymentManager().changed(handle);
    }
    if (emit) emit();
    if (!isHidden()) announce(next, previous);
  }

  function announce(
    { status, tpOrderId, expiredAt, phase, reported }: CurrentOrder,
    previous: CurrentOrder | null,
  ): void {
    if (expiredAt && (!previous || previous.expiredAt !== expiredAt)) {
      emit('orderexpire', { tpOrderId, expiresAt: expiredAt });
    }
    if (!previous) return;
    if (previous.status && status && previous.status !== status) {
      emit('statuschange', { status, previous: previous.status, tpOrderId });
    }
    if (phase === 'paid' && previous.phase !== 'paid' && !isPaid(reported)) {
      // A request that is under way asked before it was paid.
      request.cancel();
      load();
    }
  }

  /** One setData for all that changed, none when nothing did. */
  function render(next: Partial<ViewData>): void {
    const changes: Partial<ViewData> = {};
    const put = <Key extends keyof ViewData>(key: Key): void => {
      if (stableJson(next[key]) !== stableJson(component.data[key])) changes[key] = next[key];
    };
    (Object.keys(next) as (keyof ViewData)[]).forEach(put);
    if (Object.keys(changes).length) component.setData(changes);
  }

  /** Once a second, when the second turns; not in the background. */
  function schedule(timeLeft: number): void {
    clearTimeout(timer);
    if (timeLeft && isVisible && !isHidden()) timer = setTimeout(tick, timeLeft % 1000 || 1000);
  }

  function tick(): void {
    const { timeLeft } = readCurrent();
    if (timeLeft) {
      render({ timeLeft: formatTimeLeft(timeLeft, getMessages()) });
      schedule(timeLeft);
    } else {
      sync();
      load();
    }
  }

  function leave(): void {
    clearTimeout(timer);
    request.cancel();
  }

  return {
    attached() {
      isAttached = isVisible = true;
      paymentManager().add(handle);
    },
    ready() {
      paymentManager().ready(handle);
      update();
    },
    detached() {
      isAttached = false;
      leave();
      paymentManager().remove(handle);
    },
    shown() {
      // The page goes on to be shown and hidden after the component is gone.
      if (!isAttached) return;
      isVisible = true;
      paymentManager().shown(handle);
      update();
      load();
    },
    hidden() {
      isVisible = false;
      clearTimeout(timer);
      if (!paymentManager().hidden(handle)) leave();
    },
    /** A pay-button's properties that change with these come after them. */
    propertyChanged() {
      if (isAttached) setTimeout(update, 0);
    },
    retry() {
      startOver();
      sync();
      load();
    },
    copy() {
      const { tpOrderId } = readCurrent();
      copyText(tpOrderId, () => {
        const { orderCopied } = getMessages();
        if (orderCopied) showToast(orderCopied, true);
        emit('ordercopy', { tpOrderId });
      });
    },
  };
}
