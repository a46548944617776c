import type { KeyObject } from 'node:crypto';
import { verifyOrderInfo } from '../../merchant';
import { parseFen } from '../../utils/order/money';
import type { OrderInfo } from '../../utils/order/order-info';
import { checkOrderInfo, type OrderProblem } from '../../merchant/order-rules';
import { FAILED_CODE } from './outcomes';
import { explainProblems, reason, rejection, type Explain, type Rejection } from './rejections';
import type { Settings } from './settings';

/** One 支付服务 as its console page shows it. */
export interface Service {
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

export interface ValidOrder {
  ok: true;
  service: Service;
  order: OrderInfo;
  /** fen */
  amount: number;
  /** '' when there is none */
  notifyUrl: string;
}

/**
 * Decides as Baidu does whether the cashier opens for `orderInfo`. Looks at nothing but the order and the services;
 * whether that order may be paid now is decided against the database.
 *
 * Source: 调起百度收银台, 签名与验签, 支付常见问题.
 */
export function validateOrder(
  orderInfo: unknown,
  services: Service[],
  settings: Settings,
  explain: Explain,
): ValidOrder | Rejection {
  if (!orderInfo || typeof orderInfo !== 'object' || Array.isArray(orderInfo)) {
    const why = reason('orderInfo must be an object', 'orderInfo 必须是对象');
    return rejection(904, '[jsNative Argument Error]orderInfo is required.', why);
  }
  const { orderInfo: order, problems } = checkOrderInfo(orderInfo);
  const errors = problems.filter(problem => problem.severity === 'error');
  if (!order) {
    return rejection(FAILED_CODE, messageFor(errors), explainProblems(errors, orderInfo));
  }
  for (const field of ['tpOrderId', 'dealTitle'] as const) {
    const limit = settings.maxLength[field];
    if (order[field].length > limit) {
      return rejection(
        FAILED_CODE,
        '支付失败',
        reason(
          `${field} is longer than ${limit} characters (setting maxLength)`,
          `${field} 超过 ${limit} 个字符（设置 maxLength）`,
        ),
      );
    }
  }

  const service = services.find(({ appKey }) => appKey === order.appKey);
  if (!service) {
    const known = services.map(({ appKey }) => appKey).join(', ');
    return rejection(
      FAILED_CODE,
      '商品不存在',
      reason(
        `appKey ${order.appKey} is no payment service here; known: ${known}`,
        `这里没有 appKey 为 ${order.appKey} 的支付服务；已有：${known}`,
      ),
    );
  }
  if (service.dealId !== order.dealId) {
    return rejection(
      FAILED_CODE,
      '商品不存在',
      reason(
        `dealId ${order.dealId} does not belong to appKey ${order.appKey}; its dealId is ${service.dealId}`,
        `dealId ${order.dealId} 不属于 appKey ${order.appKey}，它的 dealId 是 ${service.dealId}`,
      ),
    );
  }
  if (!verifyOrderInfo(order, service.merchantPublicKey)) {
    return rejection(FAILED_CODE, '请求签名错误', explain(order, service.merchantPublicKey));
  }

  const amount = parseFen(order.totalAmount) ?? 0;
  if (settings.maxAmount !== null && amount > settings.maxAmount) {
    return rejection(
      FAILED_CODE,
      '订单金额超限',
      reason(
        `totalAmount ${amount} fen is above the limit of ${settings.maxAmount} fen (setting maxAmount)`,
        `totalAmount ${amount} 分超过上限 ${settings.maxAmount} 分（设置 maxAmount）`,
      ),
    );
  }
  const notifyUrl = order.notifyUrl || service.payNotifyUrl || '';
  const wrongUrl = notifyUrlProblem(notifyUrl, service.payNotifyUrl, settings.notifyHosts);
  if (wrongUrl) return rejection(FAILED_CODE, '支付失败', reason(wrongUrl.en, wrongUrl.zhCN));
  return { ok: true, service, order, amount, notifyUrl };
}

/** What the person reads for each problem. Baidu, too, says 商品不存在 for an unknown service. */
const MESSAGES: [code: OrderProblem['code'], errMsg: string][] = [
  ['DEALID_APPKEY_SWAPPED', '商品不存在'],
  ['AMOUNT_NOT_CANONICAL', '订单金额错误'],
  ['NOTIFYURL_NOT_URL', '支付失败'],
];

function messageFor(errors: readonly OrderProblem[]): string {
  return MESSAGES.find(([code]) => code === errors[0]?.code)?.[1] ?? '请求签名错误';
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
): { en: string; zhCN: string } | null {
  if (url === '') return null;
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !/^https?:$/.test(target.protocol)) {
    return { en: `notifyUrl "${url}" is not an http(s) URL`, zhCN: `notifyUrl "${url}" 不是 http(s) 地址` };
  }
  if (hosts === 'any' || LOCAL_HOSTS.includes(target.hostname)) return null;
  if (consoleUrl !== null && URL.canParse(consoleUrl) && new URL(consoleUrl).host === target.host)
    return null;
  return {
    en: `notifyUrl names the host ${target.host}; this cashier only notifies this machine (setting notifyHosts)`,
    zhCN: `notifyUrl 的主机是 ${target.host}；这个收银台只通知本机（设置 notifyHosts）`,
  };
}
