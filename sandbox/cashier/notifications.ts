/** What Baidu writes into a notification, and what it makes of the merchant's reply. */
import type { Locale } from '../../merchant';
import { toJsonText, tryParseJson } from '../../merchant/json';
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

type Explanation = Record<Locale, string>;

const explain = (en: string, zhCN: string): Explanation => ({ en, 'zh-CN': zhCN });

export interface ReplyResult {
  verdict: 'done' | 'retry' | 'abnormal-refund';
  /** for the developer, in the developer panel and the console; the log of the program is English */
  explanation: Explanation;
}

const retry = (explanation: Explanation): ReplyResult => ({ verdict: 'retry', explanation });
const abnormalRefund = (explanation: Explanation): ReplyResult => ({
  verdict: 'abnormal-refund',
  explanation,
});

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
      explain(
        'data is no JSON object but text: the money goes back; answer "data":{"isConsumed":2}',
        'data 不是 JSON 对象而是文本：钱会退回；请应答 "data":{"isConsumed":2}',
      ),
    );
  }
  const data = (sent ?? {}) as { isConsumed?: unknown; isErrorOrder?: unknown };
  if (Number(data.isErrorOrder) === 1)
    return abnormalRefund(explain('isErrorOrder is 1: the money goes back', 'isErrorOrder 为 1：钱会退回'));
  if (data.isConsumed === undefined || data.isConsumed === null) {
    return abnormalRefund(
      explain(
        'data.isConsumed is missing: the money goes back; answer "data":{"isConsumed":2}',
        '没有 data.isConsumed：钱会退回；请应答 "data":{"isConsumed":2}',
      ),
    );
  }
  if (Number(data.isConsumed) !== 2) {
    return retry(
      explain(
        'data.isConsumed must be 2 for a mini-program, or the money never reaches your balance (企业余额)',
        '小程序的 data.isConsumed 必须是 2，否则钱进不了企业余额',
      ),
    );
  }
  return {
    verdict: 'done',
    explanation: explain('errno 0, isConsumed 2: consumed (已消费)', 'errno 0、isConsumed 2：已消费'),
  };
}

/** What Baidu does with the merchant's answer to 通知退款状态. */
export function parseRefundReply(status: number, text: string): ReplyResult {
  const envelope = parseEnvelope(status, text);
  if ('problem' in envelope) return retry(envelope.problem);
  return { verdict: 'done', explanation: explain('errno 0: refunded (已退款)', 'errno 0：已退款') };
}

type Envelope = { body: Record<string, unknown> } | { problem: Explanation; isBadJson: boolean };

function parseEnvelope(status: number, text: string): Envelope {
  const refused = (problem: Explanation): Envelope => ({ problem, isBadJson: false });
  if (status < 200 || status > 299) return refused(describeStatus(status));
  const body = jsonObject(text);
  if (!body) return { problem: describeBadJson(text), isBadJson: true };
  const { errno } = body;
  if (errno === 0 || errno === '0') return { body };
  if (errno === undefined) {
    return refused(explain('the reply has no errno: answer "errno":0', '应答里没有 errno：请应答 "errno":0'));
  }
  const { msg } = body;
  const said = typeof msg === 'string' && msg !== '' ? ` ${quote(msg)}` : '';
  return refused(
    explain(
      `errno ${formatValue(errno)}${said}: your backend refused the notification; errno 0 accepts it`,
      `errno ${formatValue(errno)}${said}：后端拒绝了这个通知；接受要应答 errno 0`,
    ),
  );
}

/** @param status outside 2xx */
function describeStatus(status: number): Explanation {
  const name = `HTTP ${status}`;
  if (status < 400) {
    return explain(
      `${name}: redirects are not followed; give the address it leads to`,
      `${name}：不跟随重定向；请直接给出最终地址`,
    );
  }
  switch (status) {
    case 404:
    case 405:
      return explain(
        `${name}: your backend has no route for POST there`,
        `${name}：后端在这个地址没有 POST 路由`,
      );
    case 400:
    case 415:
    case 422:
      return explain(
        `${name}: perhaps your backend expects JSON there; a notification is a form (application/x-www-form-urlencoded)`,
        `${name}：后端可能要求 JSON，而通知是表单（application/x-www-form-urlencoded）`,
      );
    case 401:
    case 403:
    case 419:
      return explain(
        `${name}: let this POST through without a login and without a CSRF token`,
        `${name}：请让这个 POST 免登录、免 CSRF 校验`,
      );
    default:
      return status < 500
        ? explain(name, name)
        : explain(`${name}: your backend failed; its log says why`, `${name}：后端出错，原因在它的日志里`);
  }
}

const BOM = '\uFEFF';
const SHOWN_CHARACTERS = 40;

/** The beginning of a text of the merchant, in a sentence. */
const quote = (text: string): string => JSON.stringify(text.slice(0, SHOWN_CHARACTERS));

/** A page of the console does not show a byte order mark, and shows a long reply as it is: what is wrong has to be named. */
function describeBadJson(text: string): Explanation {
  if (text.trim() === '') return explain('the reply is empty', '应答是空的');
  if (text.startsWith(BOM) && jsonObject(text.slice(1))) {
    return explain(
      'the reply begins with a byte order mark (BOM): save the file without BOM',
      '应答以字节顺序标记（BOM）开头：请把文件存成不带 BOM 的',
    );
  }
  const inside = tryParseJson(text);
  if (typeof inside === 'string' && jsonObject(inside)) {
    return explain(
      'the reply is JSON that was encoded twice: answer the object, not its text',
      '应答是编码了两次的 JSON：请直接应答对象，不要再编码它的文本',
    );
  }
  const rest = afterJsonObject(text);
  if (rest !== null) {
    const shown = quote(rest);
    return explain(
      `the reply goes on after its JSON object: answer without ${shown}`,
      `应答在 JSON 对象之后还有内容：请去掉 ${shown}`,
    );
  }
  const shown = quote(text);
  return explain(
    `the reply is not a JSON object: it begins with ${shown}`,
    `应答不是 JSON 对象，开头是 ${shown}`,
  );
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
