/**
 * An orderInfo from the bytes of a file or an answer: JSON, or what somebody pasted out of a log or a dump.
 */
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

export function readReceivedOrder(bytes: string | Buffer): ReceivedOrder {
  const json = readJson(bytes);
  if (json.ok) return { ...json, findings: [] };
  const text = readText(bytes);
  if (json.finding.code !== 'INPUT_NOT_JSON' || !text.ok) return json;
  const isOrder = (values: object): boolean => ORDER_FIELDS.filter(field => field in values).length >= 3;
  const pasted = readPasted(text.value, isOrder, new WorkBudget(READING_LIMITS));
  if (!pasted) return json;
  const finding: RawFinding = { code: 'INPUT_EXTRACTED', evidence: { how: pasted.how } };
  return { ok: true, value: pasted.values, exact: pasted.values, findings: [finding] };
}
