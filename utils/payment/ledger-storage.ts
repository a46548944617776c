/**
 * The ledger across page closes, restarts and kills: one storage record. It holds no payload, no header and no signature.
 * What storage refuses to return is never written over; the orders of this run then live in memory until it can be read.
 */
import { currentOwner, timing } from '../config/config';
import { createMap } from '../create-map';
import { now, readStorage, writeStorage } from '../host/swan';
import { parseFen } from '../order/money';
import { jsonObject } from '../order/order-info';
import { ageOf, isSameOwner, isUnsettled, type LedgerOrder, RANK } from './ledger';
import { rememberGoods, setSettledStatus, toSettledStatus } from './known-orders';

const KEY = 'swan-cashier';
const VERSION = 2;
/** an undelivered outcome is kept for resumePending() for so many times recordTtl */
const MAX_WAIT = 30;

type Orders = Record<string, LedgerOrder>;

const orders: Orders = createMap();
let isLoaded = false;
let isDirty = false;
/** numbers of orders that an earlier run of the app left behind */
const restored = createMap<boolean>();
/** numbers of orders that this run of the app has removed: what storage still holds of them is outdated */
const removed = createMap<boolean>();

/** Older than recordTtl since its latest call, either way of the clock. */
export const isOld = (order: LedgerOrder): boolean => ageOf(order, now()) > timing().recordTtl;

/** Its outcome has waited longer than recordTtl. */
export const isOutcomeOld = ({ calledAt, outcomeAt = calledAt }: LedgerOrder): boolean =>
  ageOf({ calledAt: outcomeAt }, now()) > timing().recordTtl;

/** All orders of `owner`, the latest call first. */
export function ordersOf(owner: string): LedgerOrder[] {
  load();
  return Object.keys(orders)
    .map(tpOrderId => orders[tpOrderId] as LedgerOrder)
    .filter(order => isSameOwner(order.owner, owner))
    .sort((one, other) => other.calledAt - one.calledAt);
}

/** It belongs to the current user, or one of the two is not known. */
export const isOfCurrentOwner = ({ owner }: { owner: string }): boolean => isSameOwner(owner, currentOwner());

/** All orders of the current user, the latest call first. */
export const ownOrders = (): LedgerOrder[] => ordersOf(currentOwner());

export function findOrder(tpOrderId: string): LedgerOrder | undefined {
  load();
  return orders[tpOrderId];
}

/** @returns true once for an order that was at the cashier in an earlier run of the app */
export function takeRestored(tpOrderId: string): boolean {
  const isRestored = !!restored[tpOrderId];
  delete restored[tpOrderId];
  return isRestored;
}

export function putOrder(order: LedgerOrder): LedgerOrder {
  rememberGoods(order.tpOrderId, order);
  orders[order.tpOrderId] = order;
  delete removed[order.tpOrderId];
  isDirty = true;
  return order;
}

/** Takes back what this run has stored. What storage may hold of the order from an earlier run still counts. */
export function takeBackOrder(tpOrderId: string): void {
  delete orders[tpOrderId];
  isDirty = true;
}

export function removeOrder(tpOrderId: string): void {
  takeBackOrder(tpOrderId);
  removed[tpOrderId] = true;
}

/** @returns whether the ledger is really in storage: without it a payment goes on, remembered in memory only */
export function saveLedger(): boolean {
  load();
  if (!isDirty) return true;
  if (!isLoaded) return false;
  const stored = createMap<LedgerOrder>();
  Object.keys(orders).forEach(tpOrderId => {
    const order = orders[tpOrderId] as LedgerOrder;
    const { outcome } = order;
    // What the cashier returned stays in memory.
    stored[tpOrderId] =
      outcome && 'raw' in outcome ? { ...order, outcome: { ...outcome, raw: null } } : order;
  });
  const text = JSON.stringify({ v: VERSION, orders: stored });
  isDirty = !writeStorage(KEY, { text });
  return !isDirty;
}

/**
 * Drops orders that are too old to wait for: nothing more can be learned of them, or they belong to another user.
 * @param isNeeded an attempt under way is about this order
 */
export function forgetOldOrders(isNeeded: (tpOrderId: string) => boolean): void {
  load();
  Object.keys(orders).forEach(tpOrderId => {
    const order = orders[tpOrderId] as LedgerOrder;
    // An outcome that is never fetched is not kept for ever.
    const isWorthKeeping = isUnsettled(order)
      ? !!order.statusUrl
      : order.settled && ageOf(order, now()) < MAX_WAIT * timing().recordTtl;
    const isKept = isWorthKeeping && isOfCurrentOwner(order);
    if (isOld(order) && !isNeeded(tpOrderId) && !isKept) removeOrder(tpOrderId);
  });
}

/** Reads the storage once; after a refusal it is read again each time. */
function load(): void {
  if (isLoaded) return;
  const stored = readStorage(KEY) as { text?: string } | undefined;
  if (stored === undefined) return;
  isLoaded = true;
  const holder = stored && jsonObject(stored.text);
  // What is damaged or of another version is as if it were not there.
  const found = ((holder && holder.v === VERSION && holder.orders) || {}) as Record<
    string,
    Partial<LedgerOrder> | null
  >;
  Object.keys(found).forEach(key => {
    const order = found[key];
    if (!isLedgerOrder(order) || removed[order.tpOrderId]) return;
    const { tpOrderId } = order;
    restored[tpOrderId] = true;
    rememberGoods(tpOrderId, order);
    if (order.settled && order.outcome) setSettledStatus(tpOrderId, toSettledStatus(order.outcome));
    const known = orders[tpOrderId];
    const calls = order.calls.map(({ claim }) => ({ id: 0, claim }));
    // It was called again while storage refused to be read: what was claimed before counts, too.
    orders[tpOrderId] = known
      ? { ...known, calls: calls.concat(known.calls), outcome: known.outcome || order.outcome }
      : { ...order, calls };
  });
}

const TEXT_FIELDS: (keyof LedgerOrder)[] = [
  'tpOrderId',
  'goods',
  'orderKey',
  'idempotencyKey',
  'statusUrl',
  'dealTitle',
  'owner',
];

/** Checks every field that is used: a half-read order would be worse than none. */
function isLedgerOrder(found: Partial<LedgerOrder> | null | undefined): found is LedgerOrder {
  return (
    !!found &&
    TEXT_FIELDS.every(name => typeof found[name] === 'string') &&
    parseFen(found.totalAmount) !== null &&
    typeof found.calledAt === 'number' &&
    found.calls instanceof Array &&
    found.calls.every(call => !!call && typeof RANK[call.claim] === 'number') &&
    (!found.outcome || /^(success|cancel|fail|pending)$/.test(found.outcome.outcome))
  );
}
