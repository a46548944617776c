import { verifyOrderInfo } from '../../merchant';
import { parseFen } from '../../utils/order/money';
import type { OrderInfo } from '../../utils/order/order-info';
import { checkOrderInfo, type OrderProblem } from '../../merchant/order-rules';
import { FAILED_CODE } from './payment-outcomes';
import {
  explainProblems,
  explainSignature,
  isRejection,
  toReasons,
  rejection,
  type Rejection,
} from './rejection-reasons';
import { notifyUrlProblem, type PaymentService } from './services';
import type { Settings } from './settings';

export interface ValidOrder {
  service: PaymentService;
  order: OrderInfo;
  /** fen */
  amount: number;
  /** of the order's own; '' when there is none, and the console's is used */
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
  services: PaymentService[],
  settings: Settings,
): ValidOrder | Rejection {
  if (!orderInfo || typeof orderInfo !== 'object' || Array.isArray(orderInfo)) {
    const why = toReasons('orderInfo must be an object', 'orderInfo 必须是对象');
    return rejection(904, '[jsNative Argument Error]orderInfo is required.', why);
  }
  const { orderInfo: order, problems } = checkOrderInfo(orderInfo);
  if (!order) {
    const nested = findNestedOrder(orderInfo);
    if (nested !== null) {
      const why = toReasons(
        `orderInfo is not the order, but has it in its ${nested}: give that as orderInfo`,
        `orderInfo 不是订单本身，订单在它的 ${nested} 里：请把那个对象作为 orderInfo`,
      );
      return rejection(FAILED_CODE, '请求签名错误', why);
    }
    const errors = problems.filter(problem => problem.severity === 'error');
    return rejection(FAILED_CODE, messageFor(errors), explainProblems(errors, orderInfo));
  }
  const tooLong = checkLengths(order, settings);
  if (tooLong) return tooLong;
  const service = findService(order, services);
  if (isRejection(service)) return service;
  if (!verifyOrderInfo(order, service.merchantPublicKey)) {
    return rejection(FAILED_CODE, '请求签名错误', explainSignature(order, service.merchantPublicKey));
  }
  const amount = parseFen(order.totalAmount) ?? 0;
  const tooMuch = checkAmount(amount, settings);
  if (tooMuch) return tooMuch;
  const notifyUrl = order.notifyUrl ?? '';
  const wrongUrl = notifyUrlProblem(notifyUrl, service.payNotifyUrl, settings.notifyHosts);
  if (wrongUrl) return rejection(FAILED_CODE, '支付失败', toReasons(wrongUrl.en, wrongUrl['zh-CN']));
  return { service, order, amount, notifyUrl };
}

/** @returns where the order is, when a whole reply of a backend was given, or its `data` */
function findNestedOrder(given: object): 'data.orderInfo' | 'data' | 'orderInfo' | null {
  const { orderInfo, data } = given as { orderInfo?: unknown; data?: unknown };
  if (Object(orderInfo) === orderInfo) return 'orderInfo';
  const inner = Object(data) as { orderInfo?: unknown };
  if (Object(inner.orderInfo) === inner.orderInfo) return 'data.orderInfo';
  return 'tpOrderId' in inner ? 'data' : null;
}

function checkLengths(order: OrderInfo, { maxLength }: Settings): Rejection | null {
  const tooLong = (['tpOrderId', 'dealTitle'] as const).find(field => order[field].length > maxLength[field]);
  if (tooLong === undefined) return null;
  const limit = maxLength[tooLong];
  return rejection(
    FAILED_CODE,
    '支付失败',
    toReasons(
      `${tooLong} is longer than ${limit} characters, the limit of the sandbox`,
      `${tooLong} 超过 ${limit} 个字符，这是沙箱的上限`,
    ),
  );
}

/** The service that the order's appKey and dealId name together. */
function findService(order: OrderInfo, services: PaymentService[]): PaymentService | Rejection {
  const service = services.find(({ appKey }) => appKey === order.appKey);
  if (!service) {
    const known = services.map(({ appKey }) => appKey).join(', ');
    return rejection(
      FAILED_CODE,
      '商品不存在',
      toReasons(
        `appKey ${order.appKey} is no payment service here; known: ${known}`,
        `这里没有 appKey 为 ${order.appKey} 的支付服务；已有：${known}`,
      ),
    );
  }
  if (service.dealId === order.dealId) return service;
  return rejection(
    FAILED_CODE,
    '商品不存在',
    toReasons(
      `dealId ${order.dealId} does not belong to appKey ${order.appKey}; its dealId is ${service.dealId}`,
      `dealId ${order.dealId} 不属于 appKey ${order.appKey}，它的 dealId 是 ${service.dealId}`,
    ),
  );
}

/** @param amount fen */
function checkAmount(amount: number, { maxAmount }: Settings): Rejection | null {
  if (maxAmount === null || amount <= maxAmount) return null;
  return rejection(
    FAILED_CODE,
    '订单金额超限',
    toReasons(
      `totalAmount ${amount} fen is above the limit of ${maxAmount} fen`,
      `totalAmount ${amount} 分超过上限 ${maxAmount} 分`,
    ),
  );
}

/** What the user reads for each problem. Baidu, too, says 商品不存在 for an unknown service. */
const MESSAGES: [code: OrderProblem['code'], errMsg: string][] = [
  ['DEALID_APPKEY_SWAPPED', '商品不存在'],
  ['AMOUNT_NOT_CANONICAL', '订单金额错误'],
  ['NOTIFYURL_NOT_URL', '支付失败'],
];

function messageFor(errors: readonly OrderProblem[]): string {
  return MESSAGES.find(([code]) => code === errors[0]?.code)?.[1] ?? '请求签名错误';
}
