/**
 * An orderInfo from the bytes of a file or an answer: JSON, or what somebody pasted out of a log or a dump.
 */
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import { readJson, readText } from './input';
import type { RawFinding } from './finding';
import { readPasted } from './pasted-text';
import { READING_LIMITS, WorkBudget } from './work-budget';

export type ReceivedOrder =
  | {
      ok: true;
      value: unknown;
      /** the same, with large numbers as they were written */
      exact: unknown;
      findings: RawFinding[];
    }
  | { ok: false; finding: RawFinding };

const ORDER_FIELDS = ['appKey', 'dealId', 'totalAmount', 'tpOrderId', 'rsaSign'];
/** bizInfo.tpData repeats names of the order; these it does not have. */
const FIELDS_OUTSIDE_BIZINFO = ['rsaSign', 'signFieldsRange', 'dealTitle'];

function isNotification(values: JsonObject): boolean {
  const hasMoney = 'totalMoney' in values || 'refundBatchId' in values;
  return hasMoney && 'orderId' in values && 'rsaSign' in values && !('totalAmount' in values);
}

function isOrder(values: JsonObject): boolean {
  const count = ORDER_FIELDS.filter(field => field in values).length;
  return count >= 3 && FIELDS_OUTSIDE_BIZINFO.some(field => field in values) && !isNotification(values);
}

export function readReceivedOrder(bytes: string | Buffer): ReceivedOrder {
  const json = readJson(bytes);
  const isOther = json.ok && isJsonObject(json.value) && isNotification(json.value);
  if (isOther) return { ok: false, finding: { code: 'INPUT_IS_NOTIFICATION' } };
  if (json.ok) return { ...json, findings: [] };
  const text = readText(bytes);
  if (json.finding.code !== 'INPUT_NOT_JSON' || !text.ok) return json;
  const pasted = readPasted(text.value, isOrder, new WorkBudget(READING_LIMITS));
  if (!pasted) {
    const other = readPasted(text.value, isNotification, new WorkBudget(READING_LIMITS));
    return other ? { ok: false, finding: { code: 'INPUT_IS_NOTIFICATION' } } : json;
  }
  // What the mini-program reads of the same text, where large numbers lose digits.
  const rounded = readPasted(text.value, isOrder, new WorkBudget(READING_LIMITS), JSON.parse);
  const finding: RawFinding = { code: 'INPUT_EXTRACTED', evidence: { how: pasted.how } };
  return { ok: true, value: rounded?.values ?? pasted.values, exact: pasted.values, findings: [finding] };
}
