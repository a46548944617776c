import {
  payReply,
  refundReply,
  refusedReply,
  verifyNotification,
  type NotificationResult,
  type PayNotification,
  type PayReply,
  type RefundReply,
  type RefusedReply,
} from '../../merchant';
import type { Shop } from './context';
import { recordPayment } from './payments';
import { recordRefund } from './refunds';

type Believed = Extract<NotificationResult, { ok: true }>;

/** The notification, when it is signed and of the kind that this address is for; else the reason is in the log. */
function believed<Kind extends Believed['kind']>(
  shop: Shop,
  body: Buffer,
  kind: Kind,
): Extract<Believed, { kind: Kind }> | null {
  const result = verifyNotification(body, shop.platformPublicKey);
  if (result.ok && result.kind === kind) return result as Extract<Believed, { kind: Kind }>;
  const why = result.ok
    ? `this is a ${result.kind} notification; check the URLs in the console`
    : `${result.code}, ${result.message}`;
  shop.log(`${kind} notification refused: ${why}`);
  return null;
}

/**
 * 通知支付状态, the merchant's duties in their order: the signature over all POST parameters, our order and dealId, the
 * amount, the status, once per orderId, userId and orderId kept for refunds.
 *
 * @param body the raw POST body: a parsed one may have lost or changed what was signed
 * @returns what to answer, always with HTTP 200. Whatever is not believed gets one and the same answer.
 * @throws DatabaseError when nothing could be written; Baidu will send it again
 */
export async function takePayNotification(
  shop: Shop,
  body: Buffer,
): Promise<PayReply | Readonly<RefusedReply>> {
  const result = believed(shop, body, 'pay');
  if (!result) return refusedReply;
  const { notification, params } = result;
  const notOurs = foreign(shop, notification);
  if (notOurs !== null) return ignored(shop, notification, notOurs);

  const outcome = await recordPayment(shop.database, notification, 'notified', params, shop.clock);
  if (!outcome.known) return ignored(shop, notification, 'this shop has no such order');
  const { repeated, returnedBecause } = outcome;
  const name = `payment ${notification.orderId} of order ${notification.tpOrderId}`;
  if (returnedBecause) shop.log(`${name} goes back: ${WHY_BACK[returnedBecause]}`);
  else shop.log(repeated ? `${name} was notified again` : `${name} received`);
  return payReply({ abnormalRefund: returnedBecause !== null });
}

const WHY_BACK = {
  amount: 'it is not the amount of the order',
  closed: 'the order was closed',
  'paid-before': 'the order had been paid before',
};

const PAID = 2;

function foreign(shop: Shop, { dealId, status }: PayNotification): string | null {
  if (dealId !== shop.dealId) return `dealId ${dealId} is not ours`;
  return status === PAID ? null : `status ${status} is no payment`;
}

function ignored(shop: Shop, { orderId }: PayNotification, why: string): Readonly<RefusedReply> {
  shop.log(`payment notification of ${orderId} ignored: ${why}`);
  return refusedReply;
}

/**
 * 通知退款状态: the result of a refund, once per refundBatchId. It may come before the answer to applyOrderRefund was
 * written down; the two meet by refundBatchId.
 *
 * @returns what to answer, always with HTTP 200
 * @throws DatabaseError when nothing could be written; Baidu will send it again
 */
export async function takeRefundNotification(
  shop: Shop,
  body: Buffer,
): Promise<RefundReply | Readonly<RefusedReply>> {
  const result = believed(shop, body, 'refund');
  if (!result) return refusedReply;
  const { orderId, refundBatchId, refundStatus } = result.notification;
  const succeeded = refundStatus === 'success';
  const known = await recordRefund(shop, { orderId, refundBatchId, succeeded, source: 'notified' });
  if (!known) {
    shop.log(`refund notification of ${orderId} ignored: this shop has no such payment`);
    return refusedReply;
  }
  shop.log(`refund ${refundBatchId} of payment ${orderId} ${succeeded ? 'succeeded' : 'failed'}`);
  return refundReply();
}
