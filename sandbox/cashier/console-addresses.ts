/**
 * The addresses of notifications that a payment service has in the console. They are for each notification whose order or
 * refund names no address of its own, and are looked up when it is written, not when the order is made: the merchant may
 * have set another one by then.
 */
import type { Queryable } from '../../lib/database';
import type { NotificationKind } from './fault-script';
import type { PaymentService } from './services';

/** @returns null when the service has none */
export function consoleAddress(
  services: readonly PaymentService[],
  appKey: string,
  kind: NotificationKind,
): string | null {
  const service = services.find(one => one.appKey === appKey);
  return (kind === 'pay' ? service?.payNotifyUrl : service?.refundNotifyUrl) ?? null;
}

/** Redirects the notifications that wait for another attempt to the addresses of today. A service without one changes none. */
export async function applyConsoleAddresses(
  db: Queryable,
  services: readonly PaymentService[],
): Promise<void> {
  for (const { appKey, payNotifyUrl, refundNotifyUrl } of services) {
    await db.query(
      `UPDATE baidu.notifications n SET url = $2 FROM baidu.orders o
       WHERE kind = 'pay' AND state = 'waiting' AND o.order_id = n.order_id AND app_key = $1 AND notify_url = ''
         AND $2::text IS NOT NULL`,
      [appKey, payNotifyUrl],
    );
    await db.query(
      `UPDATE baidu.notifications n SET url = $2 FROM baidu.refunds r
       WHERE kind = 'refund' AND state = 'waiting' AND r.refund_batch_id = n.refund_batch_id AND app_key = $1
         AND notify_url = '' AND $2::text IS NOT NULL`,
      [appKey, refundNotifyUrl],
    );
  }
}
