import { jsonObject } from '../../utils/order/order-info';
import type { Settings } from './settings';

interface PaidOrder {
  orderId: number;
  tpOrderId: string;
  dealId: string;
  /** text of a JSON object, or '' */
  bizInfo: string;
  /** fen */
  totalMoney: number;
  promoMoney: number;
  /** ms */
  paidAt: number;
}

/**
 * The 18 parameters of 通知支付状态, unsigned. Empty ones are sent too: the signature covers them.
 * Source: 通知支付状态; payTime is in seconds.
 */
export function payParams(
  order: PaidOrder,
  settings: Pick<Settings, 'userId' | 'payType' | 'partnerId'>,
): Record<string, string> {
  const tpData = jsonObject(order.bizInfo)?.tpData as { returnData?: unknown } | undefined;
  const returnData = tpData?.returnData;
  return {
    userId: String(settings.userId),
    orderId: String(order.orderId),
    unitPrice: String(order.totalMoney),
    count: '1',
    totalMoney: String(order.totalMoney),
    payMoney: String(order.totalMoney - order.promoMoney),
    promoMoney: String(order.promoMoney),
    hbMoney: '0',
    hbBalanceMoney: '0',
    giftCardMoney: '0',
    dealId: order.dealId,
    payTime: String(Math.floor(order.paidAt / 1000)),
    promoDetail: '',
    payType: String(settings.payType),
    partnerId: String(settings.partnerId),
    status: '2',
    tpOrderId: order.tpOrderId,
    returnData: returnData && typeof returnData === 'object' ? JSON.stringify(returnData) : '',
  };
}

/** The parameters of 通知退款状态, unsigned; here refundStatus 1 is success and 2 failure. */
export function refundParams(refund: {
  userId: number;
  orderId: number;
  tpOrderId: string;
  refundBatchId: number;
  succeeded: boolean;
}): Record<string, string> {
  return {
    userId: String(refund.userId),
    orderId: String(refund.orderId),
    tpOrderId: refund.tpOrderId,
    refundBatchId: String(refund.refundBatchId),
    refundStatus: refund.succeeded ? '1' : '2',
  };
}
