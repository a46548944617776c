/**
 * Keys and orderInfos of orders that are being made, in memory only: an orderInfo holds a signature. The same goods get the
 * same order again. A wrong guess costs an unpaid order, never money.
 */
import { randomKey } from '../hash';
import type { OrderInfo } from '../order/order-info';
import { isSameOwner, isUnsettled } from './ledger';
import { ordersOf, putOrder } from './ledger-storage';
import { type Goods, rememberGoods } from './known-orders';

interface Draft extends Goods {
  owner: string;
  idempotencyKey: string;
  orderInfo: OrderInfo | null;
  /** when the backend answered with it, in ms since the epoch by the device clock; 0 before */
  orderedAt: number;
}

/** Goods that change with every load leave a draft each. */
const MAX_DRAFTS = 50;

let drafts: Draft[] = [];

const without = (goods: string, owner: string): Draft[] =>
  drafts.filter(draft => draft.goods !== goods || !isSameOwner(draft.owner, owner));

/**
 * The draft of these goods: of this run, else with the key of an order that an earlier run took to the cashier.
 * @param isNew with a key of its own, for a new order
 */
export function draftOf({ goods, orderKey }: Goods, owner: string, isNew: boolean): Draft {
  const known = drafts.filter(draft => draft.goods === goods && isSameOwner(draft.owner, owner))[0];
  // A draft that was made before the login belongs to the user who logs in.
  if (known && !isNew) return known.owner ? known : putDraft({ ...known, owner });
  const called = ordersOf(owner).filter(order => order.goods === goods && !order.settled)[0];
  return putDraft({
    goods,
    orderKey,
    owner,
    idempotencyKey: called && !isNew ? called.idempotencyKey : randomKey(),
    orderInfo: null,
    orderedAt: 0,
  });
}

function putDraft(draft: Draft): Draft {
  const { goods, owner, orderInfo } = draft;
  drafts = without(goods, owner).concat(draft).slice(-MAX_DRAFTS);
  if (orderInfo) rememberGoods(orderInfo.tpOrderId, draft);
  return draft;
}

/** Makes the next order of these goods a new one. */
export function discardDraft(goods: string, owner: string): void {
  drafts = without(goods, owner);
  ordersOf(owner).forEach(order => {
    // A settled order still needs its goods: its outcome is delivered to them.
    if (order.goods === goods && !order.settled && !isUnsettled(order)) putOrder({ ...order, goods: '' });
  });
}

/** Keeps the answer of create-url, where its key is still wanted. */
export function keepOrderInfo(idempotencyKey: string, orderInfo: OrderInfo, orderedAt: number): void {
  drafts.forEach(draft => {
    if (draft.idempotencyKey === idempotencyKey) putDraft({ ...draft, orderInfo, orderedAt });
  });
}

const isDraftOf = ({ orderInfo }: Draft, tpOrderId: string): boolean =>
  !!orderInfo && orderInfo.tpOrderId === tpOrderId;

/** The status of this order may have changed: create-url is asked again before it is called. */
export function expireDraftsOf(tpOrderId: string): void {
  drafts = drafts.map(draft => (isDraftOf(draft, tpOrderId) ? { ...draft, orderedAt: 0 } : draft));
}

/** The order is settled: the next one of the same goods has a new key. */
export function removeDraftsOf(order: { idempotencyKey: string; tpOrderId: string }): void {
  drafts = drafts.filter(
    draft => draft.idempotencyKey !== order.idempotencyKey && !isDraftOf(draft, order.tpOrderId),
  );
}
