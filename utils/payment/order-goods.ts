/** What the orders of this run of the app were made for. It outlives the draft of an order and its place in the ledger. */
import { createMap } from '../create-map';

export interface Goods {
  /** see PaymentRequest */
  goods: string;
  /** the explicit order-key, '' for none */
  orderKey: string;
}

interface OrderGoods extends Goods {
  /** fen; the order's */
  totalAmount: number;
  idempotencyKey: string;
}

const goodsByNumber = createMap<OrderGoods[] | undefined>();

export const goodsOf = (tpOrderId: string): OrderGoods[] => goodsByNumber[tpOrderId] || [];

/** Whether the order of this number was made for these goods, as far as is known. */
export function isOrderOf(tpOrderId: string, goods: string): boolean {
  return !!goods && (tpOrderId === goods || goodsOf(tpOrderId).some(known => known.goods === goods));
}

export function rememberGoods(
  tpOrderId: string,
  { goods, orderKey, totalAmount, idempotencyKey }: OrderGoods,
): void {
  if (!goods || isOrderOf(tpOrderId, goods)) return;
  goodsByNumber[tpOrderId] = goodsOf(tpOrderId).concat({ goods, orderKey, totalAmount, idempotencyKey });
}

/** A page has set `amount` to what the order came to: what it names now are the goods of that order, too. */
export function rememberPricedGoods(before: string, priced: Goods, amount: number): void {
  Object.keys(goodsByNumber).forEach(tpOrderId => {
    const known = goodsOf(tpOrderId).filter(
      ({ goods, totalAmount }) => goods === before && totalAmount === amount,
    )[0];
    if (known) rememberGoods(tpOrderId, { ...known, ...priced });
  });
}

/** They are bought anew: what became of their earlier orders says nothing about the next one. */
export function forgetOrdersOf(goods: string): void {
  Object.keys(goodsByNumber).forEach(tpOrderId => {
    goodsByNumber[tpOrderId] = goodsOf(tpOrderId).filter(known => known.goods !== goods);
  });
}
