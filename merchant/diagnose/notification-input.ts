/**
 * Finds the parameters of a notification: in a body as received, or in a text that contains it, such as a log or a dump.
 */
import { readForm } from '../form-body';
import type { Form, FormBody } from '../form-body';
import type { JsonObject } from '../json';
import { truncate } from '../printable';
import type { RawFinding } from './finding';
import { NOTIFICATION_PARAMETERS } from './mistakes/notification';
import { readDecodedForm, readPasted } from './pasted-text';
import { READING_LIMITS, WorkBudget } from './work-budget';

export interface NotificationInput {
  /** for verifyNotification; null when no notification was found */
  body: FormBody | null | undefined;
  form: Form;
  findings: RawFinding[];
}

const isKnown = (name: string): boolean => NOTIFICATION_PARAMETERS.includes(name);

/** An orderInfo and its bizInfo.tpData share some names with a notification; these they do not share. */
function isOrder(values: JsonObject): boolean {
  return 'totalAmount' in values && ['appKey', 'signFieldsRange', 'dealTitle'].some(name => name in values);
}

/** Two names that only the platform uses are enough to recognise a notification. */
function isNotification(values: JsonObject): boolean {
  return countKnown(values) >= 2 && !isOrder(values);
}

/** A parameter as text. A framework may have parsed it into a number or JSON before it was logged. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** What Java prints for an array: getParameterMap() was logged, without the values. */
const ARRAY_REFERENCE = /^\[Ljava\.lang\.String;@/;

/** The rest of a line from its first parameter on, read as a form that was decoded before it was logged. */
function readDecodedLine(text: string): Record<string, string> {
  const line = text.split(/\r?\n/).find(each => each.includes('rsaSign=')) ?? '';
  const starts = NOTIFICATION_PARAMETERS.map(name => line.search(new RegExp(`\\b${name}=`))).filter(
    at => at >= 0,
  );
  return starts.length ? readDecodedForm(line.slice(Math.min(...starts)).trim()) : {};
}

function countKnown(values: object): number {
  return Object.keys(values).filter(isKnown).length;
}

function fromPasted(text: string, budget: WorkBudget): NotificationInput | null {
  const pasted = readPasted(text, isNotification, budget);
  if (!pasted) return null;
  const decoded = readDecodedLine(text);
  const isDecodedLine = countKnown(decoded) > countKnown(pasted.values) || isDecoded(text);
  if (isDecodedLine && isNotification(decoded)) {
    const findings: RawFinding[] = [
      { code: 'INPUT_EXTRACTED', evidence: { how: pasted.how } },
      { code: 'BODY_DECODED' },
    ];
    return { body: decoded, form: readForm(decoded), findings };
  }
  const values = Object.fromEntries(
    Object.entries(pasted.values).map(([name, value]) => [name, asText(value)]),
  );
  const evidence = { how: pasted.how };
  if (Object.values(values).some(value => ARRAY_REFERENCE.test(value))) {
    return { body: null, form: readForm(values), findings: [{ code: 'INPUT_WITHOUT_VALUES', evidence }] };
  }
  const isPlain = pasted.how === 'JSON';
  return {
    body: values,
    form: readForm(values),
    findings: isPlain ? [] : [{ code: 'INPUT_EXTRACTED', evidence }],
  };
}

/** Returns true if the body was decoded before it was saved: as received, the + of base64 is %2B. */
function isDecoded(text: string): boolean {
  return [...text.matchAll(/\brsaSign=([^&\s"]*)/g)].some(
    ([, value = '']) => value.includes('+') && !value.includes('%'),
  );
}

function fromText(text: string): NotificationInput {
  const budget = new WorkBudget(READING_LIMITS);
  const form = readForm(text);
  const names = form.ok ? Object.keys(form.params) : [];
  const isForm = form.ok ? names.length > 0 && names.every(name => /^\w+$/.test(name)) : true;
  const mayBePasted = !isForm || form.ok || form.code === 'BODY_UNREADABLE';
  if (isForm && form.ok && isNotification(form.params)) {
    if (!isDecoded(text)) return { body: text, form, findings: [] };
    const values = readDecodedForm(text);
    return { body: values, form: readForm(values), findings: [{ code: 'BODY_DECODED' }] };
  }
  const pasted = mayBePasted ? fromPasted(text, budget) : null;
  if (pasted) return pasted;
  const hasOrder = readPasted(text, isOrder, budget) !== null;
  if (hasOrder || (form.ok && !names.includes('rsaSign'))) {
    const finding: RawFinding = hasOrder
      ? { code: 'INPUT_IS_ORDER' }
      : { code: 'INPUT_NOT_NOTIFICATION', evidence: { said: truncate(text) } };
    return { body: null, form, findings: [finding] };
  }
  return { body: text, form, findings: [] };
}

/** @param body any value, as it was given to diagnoseNotification */
export function readNotificationInput(body: FormBody | null | undefined): NotificationInput {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    return { body, form: readForm(body), findings: [] };
  }
  const form = readForm(body);
  if (!form.ok && (form.code === 'BODY_TOO_LARGE' || form.code === 'BODY_MISSING')) {
    return { body, form, findings: [] };
  }
  return fromText(body.toString().trim());
}
