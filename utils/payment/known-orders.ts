/**
 * What this run of the app knows of orders, also of those that are no longer in the ledger: how they were settled, and what
 * they were made for, until the outcome that settles them was delivered.
 */
import { createMap } from '../create-map';
import type { PayOutcome } from './pay-button-events';

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

/** The outcome that settles the order was delivered: the same goods are a new purchase. */
export function forgetGoodsOf(tpOrderId: string): void {
  delete goodsByOrder[tpOrderId];
}

/** Of every order: these goods are bought anew, also when an earlier order of them may be unsettled. */
export function forgetGoods(goods: string): void {
  Object.keys(goodsByOrder).forEach(tpOrderId => {
    goodsByOrder[tpOrderId] = goodsOf(tpOrderId).filter(known => known.goods !== goods);
  });
}

export type SettledStatus = 'paid' | 'refunded' | 'closed';

const statuses = createMap<SettledStatus | undefined>();

/** 'closed' is not final: a late success overrules it. */
export const settledStatusOf = (tpOrderId: string): SettledStatus | undefined => statuses[tpOrderId];

/** @param status undefined while its cashier is called again */
export function setSettledStatus(tpOrderId: string, status: SettledStatus | undefined): void {
  statuses[tpOrderId] = status;
}

export function toSettledStatus(outcome: PayOutcome): SettledStatus {
  if (outcome.outcome === 'success') return 'paid';
  return outcome.outcome === 'fail' && outcome.reason === 'refunded' ? 'refunded' : 'closed';
}
