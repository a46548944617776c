/**
 * Builds the orderInfo of 调起百度收银台, ready to be signed.
 */
import { parseFen } from '../utils/order/money';
import type { UnsignedOrder } from './signature';

/** One row of the cashier's top block; both sides are shown to the person. */
export interface CashierRow {
  leftCol: string;
  rightCol: string;
}

/** Groups of rows. */
export type CashierTopBlock = CashierRow[][];

export interface OrderInput {
  /** payment appKey (MM….) of the payment service, not the mini-program's App Key */
  appKey: string;
  /** settlement id, decimal */
  dealId: string;
  /** your order number, [A-Za-z0-9_.-]{1,64}, unique */
  tpOrderId: string;
  /** fen, integer */
  totalAmount: number;
  /** what is bought, as the person knows it */
  dealTitle: string;
  /** comes back in the payment notification. It passes through the client unsigned: trust nothing in it. */
  returnData?: Record<string, unknown>;
  /** tpData.displayData of bizInfo; cashierTopBlock is its usual content */
  displayData?: Record<string, unknown>;
  cashierTopBlock?: CashierTopBlock;
  /** where the payment notification of this order goes; absent: the console's setting */
  notifyUrl?: string;
  /** page the person returns to where the cashier is a web page, "/pages/…" */
  payResultUrl?: string;
  inlinePaySign?: string;
  /** platform coupons, comma separated */
  promotionTag?: string;
}

/**
 * Builds an order with its bizInfo; the price is covered by the signature (signFieldsRange "1").
 *
 * @param input amounts in integer fen
 * @throws RangeError when totalAmount is no integer fen >= 1; signOrderInfo checks the rest
 */
export function buildOrderInfo(input: OrderInput): UnsignedOrder {
  const { appKey, dealId, tpOrderId, dealTitle } = input;
  const fen = parseFen(input.totalAmount);
  if (typeof input.totalAmount !== 'number' || fen === null || fen < 1) {
    throw new RangeError(
      `totalAmount must be an integer number of fen, at least 1 (113.00 yuan is 11300), got ${String(input.totalAmount)}`,
    );
  }
  const totalAmount = String(fen);
  const displayData = input.cashierTopBlock
    ? { ...input.displayData, cashierTopBlock: input.cashierTopBlock }
    : input.displayData;
  const order: UnsignedOrder = {
    dealId,
    appKey,
    totalAmount,
    tpOrderId,
    dealTitle,
    signFieldsRange: '1',
    bizInfo: JSON.stringify({
      tpData: { appKey, dealId, tpOrderId, totalAmount, returnData: input.returnData, displayData },
    }),
  };
  for (const field of ['notifyUrl', 'payResultUrl', 'inlinePaySign', 'promotionTag'] as const) {
    const value = input[field];
    if (value !== undefined) order[field] = value;
  }
  return order;
}
