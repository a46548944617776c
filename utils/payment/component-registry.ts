/**
 * The mounted components, their pages, and what is delivered to them. Hosts skip lifecycle events (no detached when a page
 * closes, tab pages are missing from the page stack), so onUnload of each page is wrapped, and only the page on top is
 * certain to be visible.
 */
import type { CreateRequest } from '../backend/create-order';
import { createMap } from '../create-map';
import { runSafely } from '../host/run-safely';
import { openPages, type PageInstance } from '../host/swan';
import type { OrderInfo } from '../order/order-info';
import { enqueue } from './event-queue';
import { isOfGoods } from './ledger';
import type { Failure, OrderCreatedDetail, PayInput, PayOutcome, Phase } from './pay-button-events';

/** What a pay-button is to pay: its properties, read and checked. */
export interface PaymentRequest extends CreateRequest {
  /**
   * Names what is bought: hash of order-key, create-url, method, payload as sent and amount; of a ready orderInfo its
   * tpOrderId; '' while there is nothing to pay
   */
  goods: string;
  /** the explicit order-key, '' for none */
  orderKey: string;
  statusUrl: string;
  /** goods are those of a ready orderInfo, which `orderInfo` holds once it was read in full */
  isReady: boolean;
  orderInfo: OrderInfo | null;
  /** what pay() was given */
  input: PayInput | null;
  /** pay() was given these goods: properties that change meanwhile are ignored */
  isOwnInput: boolean;
  bannedChannels: string[];
  /** orderInfo fields the page may add */
  extras: Record<string, string>;
  /** why nothing can be paid with these properties */
  refusal: Failure | null;
}

interface Handle {
  /** the component instance */
  instance: {
    pageinstance?: PageInstance;
    /** what the host finds it by: the id that its element had when it was made, or a name of the host's; undocumented */
    nodeId?: string;
  };
  /** something about payments changed: read it and render */
  refresh(): void;
  page?: PageInstance;
  /** can receive events */
  isReady?: boolean;
  isDetached?: boolean;
  isHidden?: boolean;
  /** its page was first in the stack, as tab pages are, or not in it, as one that is switched away */
  isRoot?: boolean;
  /** its page was out of the stack since it was last shown */
  wasAway?: boolean;
}

export interface ButtonHandle extends Handle {
  kind: 'button';
  request: PaymentRequest;
  /** reads the properties in full, as they are now */
  read(input: PayInput | null): PaymentRequest;
  /** the page has set `amount` to what an order of these goods, which had none, came to: it names the same goods */
  isPriced(goods: string, totalAmount: number): boolean;
  /** reads what the properties alone name, without the orderInfo in full */
  readProperties(): PaymentRequest;
  /** when taps were made that no pay() has taken yet, in ms since the epoch: a page may ask its backend for an order first */
  taps?: number[];
  /** numbers of the orders that it took to the cashier */
  started?: string[];
  /** what was paid here, as long as the goods stay what they were */
  paid?: {
    goods: string;
    owner: string;
    outcome: PayOutcome;
    /** it was paid while its page was not in front */
    isUnseen: boolean;
  } | null;
  onCreated(detail: OrderCreatedDetail): void;
  /** @param outcome a copy: a page may change it */
  onOutcome(outcome: PayOutcome): void;
}

export interface SummaryHandle extends Handle {
  kind: 'summary';
  /** the explicit order-key, '' for none */
  orderKey: string;
  /** of the order it shows, '' for a quote, which has none */
  tpOrderId: string;
  /** fen; 0 without an order */
  totalAmount: number;
  /** the payment that its quote had last: it goes on to show that */
  paymentOfQuote: SummaryPayment | null;
  lock: SummaryLock | null;
}

export interface SummaryPayment {
  phase: Phase;
  /** '' before there is an order */
  tpOrderId: string;
  /** of the button that pays it; '' where that is not known */
  goods: string;
  /** of a quote, whose own status says nothing about it */
  isRefunded?: boolean;
  /** the current user when it was found, '' when that was not known */
  owner: string;
}

/** Why a pay-button must not pay. */
export interface SummaryLock {
  failure: Failure;
  /** the button's label, '' for its usual one */
  label: string;
  /** the order it is about, and what a quote's button paid; '' for none */
  tpOrderId: string;
  goods: string;
  /** it counts for every button with the summary's order-key, also of other goods */
  isOfKey: boolean;
}

export type ComponentHandle = ButtonHandle | SummaryHandle;

type Unloadable = PageInstance & {
  onUnload?: (...args: unknown[]) => unknown;
  __swanCashierUnloaded?: boolean;
  /** how many of its elements have this nodeId */
  __swanCashierNodes?: Record<string, number>;
};

let handles: ComponentHandle[] = [];
/** what was on top when the app went to the background, null while it is in front */
let background: { page: PageInstance | undefined } | null = null;

const isButton = (handle: ComponentHandle): handle is ButtonHandle => handle.kind === 'button';
const isSummary = (handle: ComponentHandle): handle is SummaryHandle => handle.kind === 'summary';

/** A new component means that its page is on top and the app in front, unless it was added while the app was not. */
export function addComponent(handle: ComponentHandle): void {
  const pages = openPages();
  handle.page = handle.instance.pageinstance || handle.page || pages[pages.length - 1];
  const isFirstOfPage = !handles.some(other => other !== handle && other.page === handle.page);
  if (background && (background.page !== handle.page || isFirstOfPage)) background = null;
  const place = pages.indexOf(handle.page as PageInstance);
  handle.isRoot = place < 1;
  handle.isHidden = place < 0;
  if (handles.indexOf(handle) < 0) handles.push(handle);
  watchUnload(handle.page);
}

/** A show and a tap always mean that: where the host does not name its page, it is the one on top. */
export function showComponent(handle: ComponentHandle): void {
  background = null;
  handle.page = undefined;
  addComponent(handle);
}

/**
 * Attaches a component. Swan finds it by the id that its element had then: where another one of the page has the same, which
 * a list makes too when its rows move up, both elements get the properties of one of them.
 */
export function attachComponent(handle: ComponentHandle): void {
  addComponent(handle);
  countElement(handle, 1);
  if (!hasDuplicateId(handle)) return;
  console.error(
    'swan-cashier: two components have the id "' +
      handle.instance.nodeId +
      '": give each its own, in a list none',
  );
}

/** Another element of its page has the same id. */
export const hasDuplicateId = (handle: ComponentHandle): boolean => countElement(handle, 0) > 1;

/** Counts elements and not instances: where one of two is removed, the host detaches the instance that it finds by the id. */
function countElement({ instance, page }: ComponentHandle, change: number): number {
  const { nodeId, pageinstance = page } = instance;
  const own = pageinstance as Unloadable | undefined;
  if (!own || !nodeId) return 0;
  const counts = (own.__swanCashierNodes = own.__swanCashierNodes || createMap<number>());
  return (counts[nodeId] = (counts[nodeId] || 0) + change);
}

function markUnloaded(page: Unloadable): void {
  page.__swanCashierUnloaded = true;
  handles = handles.filter(handle => handle.page !== page);
}

export function removeComponent(handle: ComponentHandle): void {
  countElement(handle, -1);
  handle.isDetached = true;
  forget(handle);
}

function forget(handle: ComponentHandle): void {
  handles = handles.filter(other => other !== handle);
}

/**
 * Its page was hidden.
 * @returns whether it is still mounted: a closed page fires hide and no detached
 */
export function hideComponent(handle: ComponentHandle): boolean {
  handle.isHidden = true;
  const isPageOpen = isMounted(handle);
  if (!isPageOpen) forget(handle);
  // The host changes the page stack in the same task; the app went to the background when its page stays on top.
  setTimeout(() => {
    if (handle.isHidden && isMounted(handle) && isTopPage(handle)) background = { page: handle.page };
    const pages = openPages();
    if (pages.length && pages.indexOf(handle.page as PageInstance) < 0) handle.wasAway = true;
  }, 0);
  return isPageOpen;
}

/** Wraps onUnload, which alone distinguishes an unloaded page from a tab page that is switched away. */
function watchUnload(page: Unloadable | undefined): void {
  if (!page || page.__swanCashierUnloaded !== undefined) return;
  const before = page.onUnload;
  page.__swanCashierUnloaded = false;
  page.onUnload = function (this: unknown, ...args: unknown[]) {
    markUnloaded(page);
    return before && before.apply(this, args);
  };
}

/** Whether it is attached and its page is open, so that handlers of the page may run. */
export function isMounted(handle: ComponentHandle): boolean {
  const page = handle.page as Unloadable | undefined;
  if (handle.isDetached || (page && page.__swanCashierUnloaded)) return false;
  const pages = openPages();
  if (!pages.length || !page || pages.indexOf(page) >= 0) return true;
  // reLaunch to a tab page makes a new instance of it, without onUnload of the old one.
  const isReplaced = pages.some(other => !!other && !!other.route && other.route === page.route);
  if (isReplaced) markUnloaded(page);
  // Only the first page of a stack can be a tab page, which is hidden when it leaves the stack without being closed.
  return !!handle.isRoot && !!handle.isHidden && !isReplaced;
}

/** On a host that names no pages every page counts as the one on top. */
export function isTopPage({ page }: ComponentHandle): boolean {
  const pages = openPages();
  return !pages.length || pages[pages.length - 1] === page;
}

/** Its page is on top and the app in front. */
export function isActive(handle: ComponentHandle): boolean {
  return !background && isTopPage(handle) && isMounted(handle);
}

export function mountedButtons(): ButtonHandle[] {
  return handles.filter(isMounted).filter(isButton);
}

/** A button of these goods on the page in front. */
export function activeButtonOf(order: { goods: string; tpOrderId: string }): ButtonHandle | undefined {
  return mountedButtons().filter(
    button => button.isReady && isActive(button) && isOfGoods(order, button.request.goods),
  )[0];
}

/** The quotes that are tied to this button by its order-key show no earlier payment any more. */
export function forgetPaymentOfQuotes({ page, request }: ButtonHandle): void {
  handles.filter(isSummary).forEach(handle => {
    if (handle.page === page && handle.orderKey === request.orderKey) handle.paymentOfQuote = null;
  });
}

/**
 * Why an order-summary on the page of `button` locks it: the summary has the button's order-key, or shows its order.
 * @param isItsOrder whether the order of this number is what the button pays
 */
export function lockOf(
  { page, request }: ButtonHandle,
  isItsOrder: (tpOrderId: string) => boolean,
): SummaryLock | null {
  const isOfButton = ({ orderKey }: SummaryHandle, { isOfKey, goods, tpOrderId }: SummaryLock): boolean =>
    (isOfKey && !!orderKey && orderKey === request.orderKey) ||
    (!!goods && goods === request.goods) ||
    (!!tpOrderId && isItsOrder(tpOrderId));
  const locking = handles
    .filter(isSummary)
    .filter(handle => handle.page === page && !!handle.lock && isOfButton(handle, handle.lock))
    .filter(isMounted)[0];
  return locking ? locking.lock : null;
}

/** The button, or an order-summary on its page, shows this order at another price: the shop or the page has changed it since. */
export function isShownRepriced(
  { page, request }: ButtonHandle,
  { tpOrderId, totalAmount }: OrderInfo,
): boolean {
  const isOther = (amount: number | null): boolean => !!amount && amount !== +totalAmount;
  const isItsSummary = (shown: SummaryHandle): boolean =>
    shown.page === page && shown.tpOrderId === tpOrderId && isOther(shown.totalAmount);
  return isOther(request.amount) || handles.filter(isSummary).some(isItsSummary);
}

export function refreshAll(): void {
  enqueue(() => handles.filter(isMounted).forEach(handle => runSafely('refresh', () => handle.refresh())));
}
