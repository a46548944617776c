/**
 * The replies to notifications: send them unchanged with HTTP 200, as JSON, within 2 seconds.
 * Source: 通知支付状态, 通知退款状态, 请求业务方退款审核.
 */
import { InvalidArgumentError } from './errors';

export interface PayReply {
  errno: 0;
  msg: 'success';
  data: { isErrorOrder?: 1; isConsumed: 2 };
}

/**
 * Acknowledges a payment.
 *
 * isConsumed is always 2: with 1 or without it the money does not reach the merchant's balance.
 *
 * @param options.abnormalRefund asks the platform to refund this payment (a genuine notification of a wrong amount)
 * @throws InvalidArgumentError when abnormalRefund is there and no boolean: a text such as 'false' would pay the money back
 */
export function payReply(options: { abnormalRefund?: boolean } | null = {}): PayReply {
  const abnormalRefund: unknown = options?.abnormalRefund ?? false;
  if (typeof abnormalRefund !== 'boolean') {
    throw new InvalidArgumentError('abnormalRefund', 'abnormalRefund must be true or false');
  }
  return {
    errno: 0,
    msg: 'success',
    data: abnormalRefund ? { isErrorOrder: 1, isConsumed: 2 } : { isConsumed: 2 },
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

const AUDIT_STATUS = new Map<string, 1 | 2 | 3>([
  ['pass', 1],
  ['refuse', 2],
  ['unsure', 3],
]);

/**
 * The reply to 退款审核, which the platform only sends when a refund was requested with isSkipAudit=0.
 *
 * @param verdict pass, refuse, or unsure (the platform asks again every 5 minutes)
 * @param refundPayMoney fen, integer; required with every verdict
 * @throws InvalidArgumentError when refundPayMoney is no integer number of fen, or less than 0, or the verdict is another word
 */
export function refundAuditReply(
  verdict: 'pass' | 'refuse' | 'unsure',
  refundPayMoney: number,
): RefundAuditReply {
  if (!Number.isSafeInteger(refundPayMoney) || refundPayMoney < 0) {
    throw new InvalidArgumentError('refundPayMoney', 'refundPayMoney must be an integer number of fen');
  }
  const auditStatus = AUDIT_STATUS.get(verdict);
  if (auditStatus === undefined) {
    throw new InvalidArgumentError('verdict', "verdict must be 'pass', 'refuse' or 'unsure'");
  }
  return { errno: 0, msg: 'success', data: { auditStatus, calculateRes: { refundPayMoney } } };
}

export interface RejectReply {
  errno: 1;
  msg: 'refused';
  data: Record<string, never>;
}

/** The reply to every notification that is refused; always the same, so that a forger learns nothing from it. */
export const rejectReply: Readonly<RejectReply> = Object.freeze({
  errno: 1,
  msg: 'refused',
  data: Object.freeze({}) as Record<string, never>,
});
