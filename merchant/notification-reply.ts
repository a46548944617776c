/**
 * What to answer a notification with: HTTP 200, JSON, within 2 seconds. Send these as they are.
 * Source: 通知支付状态, 通知退款状态, 请求业务方退款审核.
 */

export interface PayReply {
  errno: 0;
  msg: 'success';
  data: { isErrorOrder?: 1; isConsumed: 2 };
}

/**
 * Acknowledges a payment.
 *
 * isConsumed is always 2: with 1 or without it the money never reaches the merchant's balance.
 *
 * @param options.abnormalRefund asks the platform to give this payment back (a genuine notification of a wrong amount)
 */
export function payReply(options: { abnormalRefund?: boolean } = {}): PayReply {
  return {
    errno: 0,
    msg: 'success',
    data: options.abnormalRefund ? { isErrorOrder: 1, isConsumed: 2 } : { isConsumed: 2 },
  };
}

export interface RefundReply {
  errno: 0;
  msg: 'success';
  data: Record<string, never>;
}

/** Acknowledges the result of a refund. */
export function refundReply(): RefundReply {
  return { errno: 0, msg: 'success', data: {} };
}

export interface RefundAuditReply {
  errno: 0;
  msg: 'success';
  data: { auditStatus: 1 | 2 | 3; calculateRes: { refundPayMoney: number } };
}

/**
 * The answer to 退款审核, which the platform only asks when a refund was requested with isSkipAudit=0.
 *
 * @param verdict pass, refuse, or unsure (asked again every 5 minutes)
 * @param refundPayMoney fen, integer; required whatever the verdict
 * @throws RangeError when refundPayMoney is no integer number of fen, or less than 0
 */
export function refundAuditReply(
  verdict: 'pass' | 'refuse' | 'unsure',
  refundPayMoney: number,
): RefundAuditReply {
  if (!Number.isSafeInteger(refundPayMoney) || refundPayMoney < 0) {
    throw new RangeError('refundPayMoney must be an integer number of fen');
  }
  const auditStatus = verdict === 'pass' ? 1 : verdict === 'refuse' ? 2 : 3;
  return { errno: 0, msg: 'success', data: { auditStatus, calculateRes: { refundPayMoney } } };
}

export interface RefusedReply {
  errno: 1;
  msg: 'refused';
  data: Record<string, never>;
}

/** The same reply to everything that does not verify, so that a forger learns nothing from it. */
export const refusedReply: Readonly<RefusedReply> = Object.freeze({
  errno: 1,
  msg: 'refused',
  data: Object.freeze({}) as Record<string, never>,
});
