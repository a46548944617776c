/**
 * Keys and orderInfos of orders that are being made, in memory only: an orderInfo holds a signature. The same goods get the
 * same order again. A wrong guess costs an unpaid order, never money.
 */
import { randomKey } from '../hash';
import type { OrderInfo } from '../order/order-info';
import { isSameOwner, isUnsettled } from './ledger';
import { findOrder, ordersOf, putOrder } from './ledger-storage';

export interface Draft {
  goods: string;
  /** the explicit order-key, '' for none */
  orderKey: string;
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

/** The draft of these goods: of this run, else with the key of an order that an earlier run took to the cashier. */
export function draftOf({ goods, orderKey }: Pick<Draft, 'goods' | 'orderKey'>, owner: string): Draft {
  const known = drafts.filter(draft => draft.goods === goods && isSameOwner(draft.owner, owner))[0];
  // A draft that was made before the login belongs to the user who logs in.
  if (known) return known.owner || !owner ? known : putDraft({ ...known, owner });
  const called = ordersOf(owner).filter(order => order.goods === goods && !order.settled)[0];
  return putDraft({
    goods,
    orderKey,
    owner,
    idempotencyKey: called ? called.idempotencyKey : randomKey(),
    orderInfo: null,
    orderedAt: 0,
  });
}

/** Whether the order of this number was made for these goods, as far as is known. */
export function isOrderOf(tpOrderId: string, goods: string): boolean {
  const order = findOrder(tpOrderId);
  return (
    !!goods &&
    (tpOrderId === goods ||
      (!!order && order.goods === goods) ||
      drafts.some(
        draft => draft.goods === goods && !!draft.orderInfo && draft.orderInfo.tpOrderId === tpOrderId,
      ))
  );
}

export function putDraft(draft: Draft): Draft {
  drafts = without(draft.goods, draft.owner).concat(draft).slice(-MAX_DRAFTS);
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

/** Removes the drafts of a settled order: those of its key, and those that hold its number. @returns them */
export function removeDraftsOf(order: { idempotencyKey: string; tpOrderId: string }): Draft[] {
  const isIts = ({ idempotencyKey, orderInfo }: Draft): boolean =>
    idempotencyKey === order.idempotencyKey || (!!orderInfo && orderInfo.tpOrderId === order.tpOrderId);
  const removed = drafts.filter(isIts);
  drafts = drafts.filter(draft => !isIts(draft));
  return removed;
}
