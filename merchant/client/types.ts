/**
 * What the six calls of the server API 2.0 take and return. Money in integer fen; ids are decimal text, because they are
 * 64-bit.
 */

/** Decimal; a number is taken, too, while it is exact. */
export type Id = string | number;

/** 查询订单. */
export interface PlatformOrder {
  /** Baidu's order id: needed to close and to refund */
  orderId: string;
  tpOrderId: string;
  dealId: string | null;
  /** Baidu's user id at the cashier: needed to refund. Older answers lack it; the payment notification has it. */
  userId: string | null;
  /** `cancelled` also means a payment that was given back as abnormal */
  status: 'unpaid' | 'paid' | 'cancelled' | 'unknown';
  /** as received: 1 unpaid or paying, 2 paid, -1 cancelled */
  statusCode: number | null;
  /** what the order costs; compare this one with your amount */
  totalMoney: number | null;
  /** after discounts */
  payMoney: number | null;
  tradeNo: string | null;
  /** seconds or milliseconds: the documents do not say */
  createTime: number | null;
  /** the bizInfo that was sent, with what the phone added */
  bizInfo: string | null;
  openId: string | null;
  /** the whole answer, as received */
  raw: Readonly<Record<string, unknown>>;
}

/** 申请退款. */
export interface RefundRequest {
  /** from the payment notification or findByTpOrderId */
  orderId: Id;
  /** from the payment notification */
  userId: Id;
  tpOrderId: string;
  /** who asked for it: the buyer, the merchant's service, or the failure of the service */
  refundType: 'user' | 'service' | 'failure';
  refundReason: string;
  /** your refund number, one for each refund; repeat it only for the same refund */
  bizRefundBatchId: string;
  /** fen; absent: the whole order. Orders with platform promotions can only be refunded whole. */
  applyRefundMoney?: number;
  /** absent: the console's setting */
  refundNotifyUrl?: string | undefined;
  /** true: the platform calls 退款审核 first. Leave it out in 2.0. */
  audit?: boolean | undefined;
}

export interface RefundAccepted {
  /** the notification of the refund carries this id */
  refundBatchId: string;
  /** fen; null where the platform does not say */
  refundPayMoney: number | null;
}

/** 查询退款, one for each refund of the order. */
export interface PlatformRefund {
  bizRefundBatchId: string | null;
  refundBatchId: string;
  orderId: string | null;
  userId: string | null;
  /** from the codes 1, 2, 3. Code 2 is a success here, and a failure in the notification. */
  refundStatus: 'pending' | 'success' | 'failed' | 'unknown';
  /** as received: 1, 2, 3 */
  refundStatusCode: number | null;
}

/** 下载订单对账单, 下载资金账单: a job; ask again until url is there. */
export interface BillFile {
  /** null until the file is ready */
  url: string | null;
  downloadName: string | null;
  createTime: string | null;
  /** its values are not documented */
  exportStatus: number | null;
}

export interface Bill {
  totalCount: number;
  files: BillFile[];
}
