/**
 * The parameters of a notification, from a body as it was received or from what somebody pasted instead.
 */
import { readForm } from '../form-body';
import type { Form, FormBody } from '../form-body';
import type { JsonObject } from '../json';
import type { RawFinding } from './finding';
import { truncate } from './input';
import { NOTIFICATION_PARAMETERS } from './notification-steps';
import { readDecodedForm, readPasted } from './pasted-text';
import { READING_LIMITS, WorkBudget } from './work-budget';

export interface ReceivedNotification {
  /** what verifyNotification takes */
  body: FormBody | null | undefined;
  form: Form;
  findings: RawFinding[];
}

const isKnown = (name: string): boolean => NOTIFICATION_PARAMETERS.includes(name);

/** An orderInfo shares some names with a notification, and so does its bizInfo.tpData. */
function isOrder(values: JsonObject): boolean {
  return 'totalAmount' in values && ['appKey', 'signFieldsRange', 'dealTitle'].some(name => name in values);
}

/** Two names that only the platform sends are no coincidence. */
function isNotification(values: JsonObject): boolean {
  return countKnown(values) >= 2 && !isOrder(values);
}

/** A log prints what a framework made of the body: numbers, JSON that was parsed. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** References that Java prints for an array: getParameterMap() was logged, and its values are not there. */
const NO_VALUE = /^\[Ljava\.lang\.String;@/;

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

function fromPasted(text: string, budget: WorkBudget): ReceivedNotification | null {
  const pasted = readPasted(text, isNotification, budget);
  if (!pasted) return null;
  const decoded = readDecodedLine(text);
  const isMoreIn = countKnown(decoded) > countKnown(pasted.values) || isDecoded(text);
  if (isMoreIn && isNotification(decoded)) {
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
  if (Object.values(values).some(value => NO_VALUE.test(value))) {
    return { body: null, form: readForm(values), findings: [{ code: 'INPUT_WITHOUT_VALUES', evidence }] };
  }
  const isPlain = pasted.how === 'JSON';
  return {
    body: values,
    form: readForm(values),
    findings: isPlain ? [] : [{ code: 'INPUT_EXTRACTED', evidence }],
  };
}

/** Base64 in a body as received has its + as %2B; with a bare + the body was decoded before it was saved. */
function isDecoded(text: string): boolean {
  return [...text.matchAll(/\brsaSign=([^&\s"]*)/g)].some(
    ([, value = '']) => value.includes('+') && !value.includes('%'),
  );
}

function fromText(text: string): ReceivedNotification {
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

/** @param body anything, as diagnoseNotification was given it */
export function readReceived(body: FormBody | null | undefined): ReceivedNotification {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    return { body, form: readForm(body), findings: [] };
  }
  const form = readForm(body);
  if (!form.ok && (form.code === 'BODY_TOO_LARGE' || form.code === 'BODY_MISSING')) {
    return { body, form, findings: [] };
  }
  return fromText(body.toString().trim());
}
