/** What Baidu writes into a notification, and what it makes of the merchant's reply. */
import { toJsonText } from '../../merchant/json';
import { jsonObject } from '../../utils/order/order-info';
import { formatValue } from './http';
import type { Settings } from './settings';

interface PaidOrder {
  userId: number;
  orderId: number;
  tpOrderId: string;
  dealId: string;
  /** text of a JSON object, or '' */
  bizInfo: string;
  /** fen */
  totalMoney: number;
  promoMoney: number;
  /** ms */
  paidAt: number;
}

/**
 * The 18 parameters of 通知支付状态, unsigned. Empty ones are sent too: the signature covers them.
 * Source: 通知支付状态; payTime is in seconds.
 */
export function payParams(
  order: PaidOrder,
  settings: Pick<Settings, 'payType' | 'partnerId'>,
): Record<string, string> {
  const tpData = jsonObject(order.bizInfo)?.tpData as { returnData?: unknown } | undefined;
  const returnData = tpData?.returnData;
  return {
    userId: String(order.userId),
    orderId: String(order.orderId),
    unitPrice: String(order.totalMoney),
    count: '1',
    totalMoney: String(order.totalMoney),
    payMoney: String(order.totalMoney - order.promoMoney),
    promoMoney: String(order.promoMoney),
    hbMoney: '0',
    hbBalanceMoney: '0',
    giftCardMoney: '0',
    dealId: order.dealId,
    payTime: String(Math.floor(order.paidAt / 1000)),
    promoDetail: '',
    payType: String(settings.payType),
    partnerId: String(settings.partnerId),
    status: '2',
    tpOrderId: order.tpOrderId,
    returnData: returnData && typeof returnData === 'object' ? (toJsonText(returnData) ?? '') : '',
  };
}

/** The parameters of 通知退款状态, unsigned; here refundStatus 1 is success and 2 failure. */
export function refundParams(refund: {
  userId: number;
  orderId: number;
  tpOrderId: string;
  refundBatchId: number;
  succeeded: boolean;
}): Record<string, string> {
  return {
    userId: String(refund.userId),
    orderId: String(refund.orderId),
    tpOrderId: refund.tpOrderId,
    refundBatchId: String(refund.refundBatchId),
    refundStatus: refund.succeeded ? '1' : '2',
  };
}

export interface ReplyResult {
  verdict: 'done' | 'retry' | 'abnormal-refund';
  /** for the developer, in the dev panel and the console */
  explanation: string;
}

const retry = (explanation: string): ReplyResult => ({ verdict: 'retry', explanation });
const abnormalRefund = (explanation: string): ReplyResult => ({ verdict: 'abnormal-refund', explanation });

/** What Baidu does with the merchant's answer to 通知支付状态. Source: 通知支付状态, 支付常见问题. */
export function parsePayReply(
  status: number,
  text: string,
  { badJsonReply }: Pick<Settings, 'badJsonReply'>,
): ReplyResult {
  const envelope = parseEnvelope(status, text);
  if ('problem' in envelope) {
    const { problem, isBadJson } = envelope;
    return isBadJson && badJsonReply === 'abnormal-refund' ? abnormalRefund(problem) : retry(problem);
  }
  const { data: sent } = envelope.body;
  if (typeof sent === 'string') {
    return abnormalRefund(
      'data is no JSON object but text: the money goes back; answer "data":{"isConsumed":2}',
    );
  }
  const data = (sent ?? {}) as { isConsumed?: unknown; isErrorOrder?: unknown };
  if (Number(data.isErrorOrder) === 1) return abnormalRefund('isErrorOrder is 1: the money goes back');
  if (data.isConsumed === undefined || data.isConsumed === null) {
    return abnormalRefund('data.isConsumed is missing: the money goes back; answer {"isConsumed":2}');
  }
  if (Number(data.isConsumed) !== 2) {
    return retry(
      'data.isConsumed must be 2 for a mini-program, or the money never reaches your balance (企业余额)',
    );
  }
  return { verdict: 'done', explanation: 'errno 0, isConsumed 2: consumed (已消费)' };
}

/** What Baidu does with the merchant's answer to 通知退款状态. */
export function parseRefundReply(status: number, text: string): ReplyResult {
  const envelope = parseEnvelope(status, text);
  if ('problem' in envelope) return retry(envelope.problem);
  return { verdict: 'done', explanation: 'errno 0: refunded (已退款)' };
}

type Envelope = { body: Record<string, unknown> } | { problem: string; isBadJson: boolean };

function parseEnvelope(status: number, text: string): Envelope {
  const refused = (problem: string): Envelope => ({ problem, isBadJson: false });
  if (status >= 300 && status <= 399) {
    return refused(`HTTP ${status}: redirects are not followed; give the address it leads to`);
  }
  if (status < 200 || status > 299) return refused(`HTTP ${status}`);
  const body = jsonObject(text);
  if (!body) return { problem: describeBadJson(text), isBadJson: true };
  const { errno } = body;
  if (errno === 0 || errno === '0') return { body };
  return refused(
    errno === undefined
      ? 'the reply has no errno'
      : `errno ${formatValue(errno)}: your backend refused the notification; errno 0 accepts it`,
  );
}

const BOM = '\uFEFF';
const SHOWN_CHARACTERS = 40;

/** A page of the console does not show a byte order mark, and shows a long reply as it is: what is wrong has to be named. */
function describeBadJson(text: string): string {
  if (text.trim() === '') return 'the reply is empty';
  if (text.startsWith(BOM) && jsonObject(text.slice(1))) {
    return 'the reply begins with a byte order mark (BOM): save the file without BOM';
  }
  const rest = afterJsonObject(text);
  if (rest !== null) {
    const shown = JSON.stringify(rest.slice(0, SHOWN_CHARACTERS));
    return `the reply goes on after its JSON object: answer without ${shown}`;
  }
  return `the reply is not a JSON object: it begins with ${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}`;
}

/** Longest JSON object looked for at the beginning of a reply, in characters. */
const LONGEST_OBJECT = 1000;

/** What follows the JSON object that a text begins with; null when it begins with none. */
function afterJsonObject(text: string): string | null {
  for (let end = text.indexOf('}') + 1; end > 0 && end <= LONGEST_OBJECT; end = text.indexOf('}', end) + 1) {
    if (jsonObject(text.slice(0, end))) return text.slice(end).trim();
  }
  return null;
}
