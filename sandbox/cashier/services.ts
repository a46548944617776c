/** The merchant's payment services, and where they may be notified. */
import type { KeyObject } from 'node:crypto';
import type { Locale } from '../../merchant';
import { addressProblem } from '../network';
import type { Settings } from './settings';
import type { Queryable } from '../../lib/database';
import type { NotificationKind } from './fault-script';

/** One 支付服务 as its console page shows it. */
export interface PaymentService {
  /** the payment appKey, MM…… */
  appKey: string;
  dealId: string;
  /** APP ID of payment; appears in findByTpOrderId only */
  appId?: number;
  merchantPublicKey: KeyObject | string;
  /** null: notifications are kept and not sent, unless the order or the refund names an address of its own */
  payNotifyUrl: string | null;
  refundNotifyUrl: string | null;
  /** App Key and App Secret of the mini-program: the OAuth client of the server API */
  clientId: string;
  clientSecret: string;
}

/**
 * Finds out what a value is that was given instead of another key.
 *
 * @returns null when it is none of the values of these services
 */
export function nameOfValue(services: readonly PaymentService[], value: string): string | null {
  for (const { appKey, dealId, clientId, clientSecret } of services) {
    if (value === appKey) return 'the payment appKey';
    if (value === dealId) return 'the dealId';
    if (value === clientId) return 'the App Key of the mini-program';
    if (value === clientSecret) return 'the App Secret';
  }
  return null;
}

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Says what is wrong with a URL that notifications should go to, or null.
 *
 * @param url '' is none, which is allowed
 * @param consoleUrl the URL set in the console; its host is always allowed
 */
export function notifyUrlProblem(
  url: string,
  consoleUrl: string | null,
  hosts: Settings['notifyHosts'],
): Record<Locale, string> | null {
  if (url === '') return null;
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !/^https?:$/.test(target.protocol)) {
    return {
      en: `notifyUrl "${url}" is not an http(s) URL`,
      'zh-CN': `notifyUrl "${url}" 不是 http(s) 地址`,
    };
  }
  const problem = addressProblem(target);
  if (problem) return { en: `notifyUrl ${problem.en}`, 'zh-CN': `notifyUrl ${problem['zh-CN']}` };
  if (hosts === 'any' || LOCAL_HOSTS.includes(target.hostname)) return null;
  if (consoleUrl !== null && URL.canParse(consoleUrl) && new URL(consoleUrl).host === target.host)
    return null;
  return {
    en: `notifyUrl names the host ${target.host}; only this machine and the host of --notify are notified: leave it out, or name one of them`,
    'zh-CN': `notifyUrl 的主机是 ${target.host}；只通知本机和 --notify 的主机：去掉它，或改成其中之一`,
  };
}

/**
 * Where notifications of an order or a refund go that names no URL of its own. It is looked up when the notification is
 * written, not when the order is made: the merchant may have set another one by then.
 *
 * @returns null when the service has none
 */
export function consoleNotifyUrl(
  services: readonly PaymentService[],
  appKey: string,
  kind: NotificationKind,
): string | null {
  const service = services.find(one => one.appKey === appKey);
  return (kind === 'pay' ? service?.payNotifyUrl : service?.refundNotifyUrl) ?? null;
}

/** Redirects the notifications that wait for another attempt to the URLs of today. A service without one changes none. */
export async function applyConsoleNotifyUrls(
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
