/**
 * The content of verified notifications.
 */
import type { FormProblem } from './form-body';
import type { RefusedReply } from './notification-reply';

/** 通知支付状态. Money in fen, integer; ids are decimal text because they are 64-bit. */
export interface PayNotification {
  /** Baidu's order id: de-duplicate on it, and keep it for refunds */
  orderId: string;
  /** Baidu's user id at the cashier: keep it for refunds */
  userId: string;
  tpOrderId: string;
  dealId: string;
  /** what the order costs; compare this one with your amount */
  totalMoney: number;
  /** what the person paid after discounts */
  payMoney: number;
  /** 2 paid, 1 unpaid, -1 cancelled; only 2 is a payment */
  status: number;
  /** null, like the numbers below, when it is absent or no whole number; params has the text */
  unitPrice: number | null;
  count: number | null;
  promoMoney: number | null;
  hbMoney: number | null;
  hbBalanceMoney: number | null;
  giftCardMoney: number | null;
  /** seconds since the epoch; says whether an order was paid before it expired */
  payTime: number | null;
  payType: string | null;
  partnerId: string | null;
  /** null when it is absent or no JSON object or array; params has the text */
  promoDetail: Record<string, unknown> | unknown[] | null;
  /** null when it is absent or no JSON object; params has the text. It passed through the client unsigned: trust nothing in it. */
  returnData: Record<string, unknown> | null;
}

/** 通知退款状态. Beware: 2 is a failure here, and a success in findOrderRefund. */
export interface RefundNotification {
  orderId: string;
  userId: string | null;
  tpOrderId: string | null;
  /** de-duplicate on it; applyOrderRefund returned it */
  refundBatchId: string;
  refundStatus: 'success' | 'failed';
}

/** 退款审核: the platform asks whether to refund (only without isSkipAudit=1). */
export interface RefundAuditNotification {
  orderId: string;
  userId: string | null;
  tpOrderId: string | null;
  refundBatchId: string;
  /** fen */
  applyRefundMoney: number | null;
}

export type NotificationRefusal =
  | FormProblem
  | 'SIGNATURE_MISSING'
  | 'SIGNATURE_REFUSED'
  | 'JSON_REWRITTEN'
  | 'NOTIFY_SPLICED'
  | 'PARAMETER_MALFORMED'
  | 'KIND_UNKNOWN';

interface Verified<Kind extends string, Notification> {
  ok: true;
  kind: Kind;
  notification: Notification;
  /** every signed parameter, as received */
  params: Record<string, string>;
  /** how values are written in the signed text */
  signedValues: 'raw' | 'form-encoded';
}

export type NotificationResult =
  | Verified<'pay', PayNotification>
  | Verified<'refund', RefundNotification>
  | Verified<'refund-audit', RefundAuditNotification>
  | {
      ok: false;
      code: NotificationRefusal;
      /** for a developer's log; never for the answer */
      message: string;
      /** send this, as JSON */
      reply: Readonly<RefusedReply>;
    };
