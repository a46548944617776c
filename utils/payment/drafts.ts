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
}

/** Goods that change with every load make a draft each. */
const MAX_DRAFTS = 50;

let drafts: Draft[] = [];

const without = (goods: string, owner: string): Draft[] =>
  drafts.filter(draft => draft.goods !== goods || !isSameOwner(draft.owner, owner));

/** The draft of these goods: of this run, else with the key of an order that an earlier run took to the cashier. */
export function draftOf({ goods, orderKey }: Pick<Draft, 'goods' | 'orderKey'>, owner: string): Draft {
  const known = drafts.filter(draft => draft.goods === goods && isSameOwner(draft.owner, owner))[0];
  // A draft of a person who was not known yet is theirs as soon as they are.
  if (known) return known.owner || !owner ? known : putDraft({ ...known, owner });
  const called = ordersOf(owner).filter(order => order.goods === goods && !order.settled)[0];
  return putDraft({
    goods,
    orderKey,
    owner,
    idempotencyKey: called ? called.idempotencyKey : randomKey(),
    orderInfo: null,
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

/** A new order next time. */
export function freeKey(goods: string, owner: string): void {
  drafts = without(goods, owner);
  ordersOf(owner).forEach(order => {
    // What is settled waits for its delivery to these goods.
    if (order.goods === goods && !order.settled && !isUnsettled(order)) putOrder({ ...order, goods: '' });
  });
}

/** The order of this key or of this number, which may have been paid by way of its orderInfo, is over. */
export function takeDraftsOf(order: { idempotencyKey: string; tpOrderId: string }): Draft[] {
  const isIts = ({ idempotencyKey, orderInfo }: Draft): boolean =>
    idempotencyKey === order.idempotencyKey || (!!orderInfo && orderInfo.tpOrderId === order.tpOrderId);
  const taken = drafts.filter(isIts);
  drafts = drafts.filter(draft => !isIts(draft));
  return taken;
}
