import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  MAX_BODY_BYTES,
  payReply,
  refundReply,
  rejectReply,
  verifyNotification,
  type NotificationResult,
  type PayReply,
  type RefundReply,
  type RejectReply,
} from '../../merchant';
import { DatabaseError } from '../../lib/database';
import { pathOf, ShopError } from './errors';
import type { ShopContext } from './shop-options';
import { recordPayment } from './payments';
import { recordRefundResult } from './refund-results';

/** Baidu waits 2 s for the reply to a notification; a late one counts as none. */
const REPLY_TIMEOUT = 1800;

/** @param app a scope of its own, because its bodies are kept raw */
export function addNotificationRoutes(app: FastifyInstance, shop: ShopContext): void {
  // The signature covers the text as it was sent, so nothing may parse it first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onError', async (request, _reply, error) => {
    if (error instanceof ShopError || Number(error.statusCode) < 500) logRefusal(shop, request, error);
  });
  const rawBody = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  app.post('/notify/pay', async ({ body }) => withTimeout(handlePayNotification(shop, rawBody(body))));
  app.post('/notify/refund', async ({ body }) => withTimeout(handleRefundNotification(shop, rawBody(body))));
}

/**
 * Answers in time even when the database hangs. If the payment is still stored then, the repeated notification finds
 * it.
 */
async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('no answer in time')), REPLY_TIMEOUT);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A notification that was refused before its handler ran: the log has to say why an order stays unpaid. */
function logRefusal({ log }: ShopContext, { method, url, headers }: FastifyRequest, error: Error): void {
  const type = headers['content-type'];
  const contentType = type === undefined ? 'is missing' : JSON.stringify(type.slice(0, 100));
  log(
    `${method} ${pathOf(url)} refused before its signature was read: ${error.message}; ` +
      `Content-Type ${contentType}, it must be application/x-www-form-urlencoded`,
  );
}

type Verified = Extract<NotificationResult, { ok: true }>;

/** The notification, when it is signed and of the kind that this address is for; else the reason is in the log. */
function verify<Kind extends Verified['kind']>(
  shop: ShopContext,
  body: Buffer,
  kind: Kind,
): Extract<Verified, { kind: Kind }> | null {
  const result = verifyNotification(body, shop.platformPublicKey);
  if (result.ok && result.kind === kind) return result as Extract<Verified, { kind: Kind }>;
  const why = result.ok
    ? `this is a ${result.kind} notification; check the URLs in the console`
    : `${result.code}, ${result.message}`;
  shop.log(`${kind} notification refused: ${why}`);
  return null;
}

const PAID = 2;

/**
 * 通知支付状态: checks the signature over all parameters, that dealId and order are ours, and the status; the rest is
 * decided by recordPayment. The reply asks Baidu to return a payment that is not accepted.
 *
 * @param body the raw POST body: a parsed one may have lost or changed what was signed
 * @returns the reply, always sent with HTTP 200; the same for everything that is not genuine
 * @throws DatabaseError when nothing could be written; Baidu will send it again
 */
async function handlePayNotification(
  shop: ShopContext,
  body: Buffer,
): Promise<PayReply | Readonly<RejectReply>> {
  const verified = verify(shop, body, 'pay');
  if (!verified) return rejectReply;
  const { notification, params } = verified;
  const { orderId, tpOrderId, dealId, status } = notification;
  const ignore = (why: string): Readonly<RejectReply> => {
    shop.log(`payment notification of ${orderId} ignored: ${why}`);
    return rejectReply;
  };
  if (dealId !== shop.dealId) return ignore(`dealId ${dealId} is not ours`);
  if (status !== PAID) return ignore(`status ${status} is no payment`);

  const recorded = await recordPayment(shop, notification, 'notification', params);
  if (!recorded) return ignore(await reasonNotRecorded(shop, notification));
  const { isRepeated, rejectReason, mustReturnInReply } = recorded;
  const decision = rejectReason === null ? 'accepted' : `goes back (${rejectReason})`;
  shop.log(`payment ${orderId} of order ${tpOrderId} ${isRepeated ? 'notified again' : decision}`);
  return payReply({ abnormalRefund: mustReturnInReply });
}

async function reasonNotRecorded(
  { database }: ShopContext,
  { orderId, tpOrderId }: { orderId: string; tpOrderId: string },
): Promise<string> {
  const sql = 'SELECT tp_order_id FROM shop.payments WHERE order_id = $1';
  const [paid] = (await database.query<{ tp_order_id: string }>(sql, [orderId])).rows;
  if (!paid) return `this shop has no order ${tpOrderId}`;
  return `it names order ${tpOrderId}, and this orderId has paid order ${paid.tp_order_id}`;
}

/**
 * 通知退款状态: the result of a refund.
 *
 * @returns the reply, always sent with HTTP 200
 * @throws DatabaseError when nothing could be written; Baidu will send it again
 */
async function handleRefundNotification(
  shop: ShopContext,
  body: Buffer,
): Promise<RefundReply | Readonly<RejectReply>> {
  const verified = verify(shop, body, 'refund');
  if (!verified) return rejectReply;
  const { orderId, refundBatchId, refundStatus } = verified.notification;
  if (!(await recordRefundResult(shop, { orderId, refundBatchId, refundStatus }))) {
    shop.log(`refund notification of ${orderId} ignored: this shop has no such payment`);
    return rejectReply;
  }
  shop.log(`refund ${refundBatchId} of payment ${orderId}: ${refundStatus}`);
  return refundReply();
}
