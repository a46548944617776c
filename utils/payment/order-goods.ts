/**
 * What the orders of this run of the app were made for, until the outcome that settles them was delivered. It outlives the
 * draft of an order and its place in the ledger.
 */
import { createMap } from '../create-map';

export interface Goods {
  /** see PaymentRequest */
  goods: string;
  /** the explicit order-key, '' for none */
  orderKey: string;
}

interface OrderGoods extends Goods {
  idempotencyKey: string;
}

const goodsByOrder = createMap<OrderGoods[] | undefined>();

export const goodsOf = (tpOrderId: string): OrderGoods[] => goodsByOrder[tpOrderId] || [];

/** Whether the order of this number was made for these goods, as far as is known. */
export function isOrderOf(tpOrderId: string, goods: string): boolean {
  return !!goods && (tpOrderId === goods || goodsOf(tpOrderId).some(known => known.goods === goods));
}

export function rememberGoods(tpOrderId: string, { goods, orderKey, idempotencyKey }: OrderGoods): void {
  if (!goods || isOrderOf(tpOrderId, goods)) return;
  goodsByOrder[tpOrderId] = goodsOf(tpOrderId).concat({ goods, orderKey, idempotencyKey });
}

/** The outcome that settles it was delivered: the same goods are a new purchase. */
export function forgetGoodsOf(tpOrderId: string): void {
  delete goodsByOrder[tpOrderId];
}

/** They are bought anew, also when an earlier order of them may be unsettled. */
export function forgetOrdersOf(goods: string): void {
  Object.keys(goodsByOrder).forEach(tpOrderId => {
    goodsByOrder[tpOrderId] = goodsOf(tpOrderId).filter(known => known.goods !== goods);
  });
}
