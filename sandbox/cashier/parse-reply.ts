import { jsonObject } from '../../utils/order/order-info';
import type { Settings } from './settings';

export interface ReplyResult {
  verdict: 'done' | 'retry' | 'abnormal-refund';
  /** for the developer, in the dev panel and the console */
  explanation: string;
}

const retry = (explanation: string): ReplyResult => ({ verdict: 'retry', explanation });
const refund = (explanation: string): ReplyResult => ({ verdict: 'abnormal-refund', explanation });

/** What Baidu does with the merchant's answer to 通知支付状态. Source: 通知支付状态, 支付常见问题. */
export function parsePayReply(
  status: number,
  text: string,
  { badJsonReply }: Pick<Settings, 'badJsonReply'>,
): ReplyResult {
  const common = parseEnvelope(status, text);
  if (common.verdict) {
    return common.badJson && badJsonReply === 'abnormal-refund' ? refund(common.explanation) : common.verdict;
  }
  const data = (common.body.data ?? {}) as { isConsumed?: unknown; isErrorOrder?: unknown };
  if (Number(data.isErrorOrder) === 1) return refund('isErrorOrder is 1: the money goes back');
  if (data.isConsumed === undefined || data.isConsumed === null) {
    return refund('data.isConsumed is missing: the money goes back; answer {"isConsumed":2}');
  }
  if (Number(data.isConsumed) !== 2) {
    return retry('data.isConsumed must be 2 for a mini-program, or the money never reaches 企业余额');
  }
  return { verdict: 'done', explanation: 'errno 0, isConsumed 2: 已消费' };
}

/** What Baidu does with the merchant's answer to 通知退款状态. */
export function parseRefundReply(status: number, text: string): ReplyResult {
  const common = parseEnvelope(status, text);
  return common.verdict ?? { verdict: 'done', explanation: 'errno 0: 已退款' };
}

type Envelope =
  | { verdict: ReplyResult; explanation: string; badJson: boolean }
  | { verdict: null; body: Record<string, unknown> };

function parseEnvelope(status: number, text: string): Envelope {
  const wrong = (explanation: string, badJson = false): Envelope => ({
    verdict: retry(explanation),
    explanation,
    badJson,
  });
  if (status < 200 || status > 299) return wrong(`HTTP ${status}`);
  const body = jsonObject(text);
  if (!body) return wrong('the reply is not a JSON object', true);
  const { errno } = body;
  if (errno === 0 || errno === '0') return { verdict: null, body };
  return wrong(
    errno === undefined
      ? 'the reply has no errno'
      : `errno ${JSON.stringify(errno).slice(0, 60)}：商户拒绝了这条通知`,
  );
}
