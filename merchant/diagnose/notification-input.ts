/**
 * Finds the parameters of a notification: in a body as received, or in a text that contains it, such as a log or a dump.
 */
import { readForm } from '../form-body';
import type { Form, FormBody } from '../form-body';
import type { JsonObject } from '../json';
import { isKeyText } from '../key-text';
import { truncate } from '../printable';
import type { RawFinding } from './finding';
import { NOTIFICATION_PARAMETERS } from './mistakes/notification';
import { ARRAY_REFERENCE, plainName, readDecodedForm, readDecodedLine, readPastedText } from './pasted-text';
import { unescapeLine } from './unescape';
import { READING_LIMITS, WorkBudget } from './work-budget';

interface NotificationInput {
  /** for verifyNotification; null when no notification was found */
  body: FormBody | null | undefined;
  form: Form;
  findings: RawFinding[];
}

const PLAIN_NAMES = NOTIFICATION_PARAMETERS.map(plainName);
/** In any naming style: a class of the receiver may have renamed the parameters before they were logged. */
const isKnownParameter = (name: string): boolean => PLAIN_NAMES.includes(plainName(name));

/** Returns true for an orderInfo or its bizInfo.tpData: they share some names with a notification, but not these. */
function isClearlyOrderInfo(values: JsonObject): boolean {
  return 'totalAmount' in values && ['appKey', 'signFieldsRange', 'dealTitle'].some(name => name in values);
}

/** Two known names are enough, because a pasted text may hold a part of the notification only. */
function looksLikeNotification(values: JsonObject): boolean {
  return countKnownParameters(values) >= 2 && !isClearlyOrderInfo(values);
}

/** A parameter as text. A framework may have parsed it into a number or JSON before it was logged. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

function countKnownParameters(values: object): number {
  return Object.keys(values).filter(isKnownParameter).length;
}

/** A finding when the text has more than one signature, as a log in which the platform notified several times. */
function severalFindings(text: string): RawFinding[] {
  const signatures = text.matchAll(/\brsaSign\W{1,9}([A-Za-z0-9+/%\\]{40})/g);
  // One of them may be there as a form, as JSON and decoded. Twelve characters tell two signatures apart.
  const plain = (start: string): string =>
    start.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replaceAll('\\', '').slice(0, 12);
  const count = new Set([...signatures].map(([, start = '']) => plain(start))).size;
  return count > 1 ? [{ code: 'INPUT_SEVERAL_NOTIFICATIONS', evidence: { count: String(count) } }] : [];
}

const OF_LOG = /^(?:time|ts|timestamp|level|msg|message|logger|caller)$/;

/** Values without what a log has added, where level and message show that it has. */
function withoutLog(values: JsonObject): JsonObject {
  if (!('level' in values) || !('msg' in values || 'message' in values)) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !OF_LOG.test(name)));
}

/** Finds a notification in a log, a dump or a command. */
function findInPastedText(text: string, budget: WorkBudget): NotificationInput | null {
  const pasted = readPastedText(text, looksLikeNotification, budget);
  if (!pasted) return null;
  const decoded = readDecodedLine(text, NOTIFICATION_PARAMETERS);
  const isDecodedLine =
    countKnownParameters(decoded) > countKnownParameters(pasted.values) || isDecoded(text);
  if (isDecodedLine && looksLikeNotification(decoded)) {
    const findings: RawFinding[] = [
      { code: 'INPUT_EXTRACTED', evidence: { how: pasted.how } },
      { code: 'BODY_DECODED' },
    ];
    return { body: decoded, form: readForm(decoded), findings };
  }
  const entries = Object.entries(withoutLog(pasted.values));
  const values = Object.fromEntries(entries.map(([name, value]) => [name, asText(value)]));
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

/** Returns true if the body was percent-decoded before it was saved: as received, the + of base64 is %2B. */
function isDecoded(text: string): boolean {
  return [...text.matchAll(/\brsaSign=([^&\s"]*)/g)].some(
    ([, value = '']) => value.includes('+') && !value.includes('%'),
  );
}

function isWholeBody(line: string): boolean {
  const form = /^\w+=\S*$/.test(line) && line.includes('rsaSign=') ? readForm(line) : null;
  return form?.ok === true && looksLikeNotification(form.params);
}

/** Reads a form, or else pasted text that contains a notification. */
function readTextInput(text: string): NotificationInput {
  const budget = new WorkBudget(READING_LIMITS);
  const form = readForm(text);
  const names = form.ok ? Object.keys(form.params) : [];
  const isForm = form.ok ? names.length > 0 && names.every(name => /^\w+$/.test(name)) : true;
  const mayBePasted = !isForm || form.ok || form.code === 'BODY_UNREADABLE' || !/^\w{1,64}=/.test(text);
  const lines = text.split(/\r?\n/);
  // A backend may have appended each body to the file, one on each line.
  const [first, ...more] = lines.map(line => line.trim()).filter(isWholeBody);
  if (first !== undefined && more.length > 0) {
    return { body: first, form: readForm(first), findings: severalFindings(text) };
  }
  const unbroken = /^[\w.%*+&=~\s-]+$/.test(text) ? lines.map(line => line.trim()).join('') : text;
  const whole = unbroken === text ? form : readForm(unbroken);
  if (whole !== form && whole.ok && looksLikeNotification(whole.params)) {
    const evidence = { how: 'a form broken into lines' };
    return { body: unbroken, form: whole, findings: [{ code: 'INPUT_EXTRACTED', evidence }] };
  }
  const decoded = /^\w{1,64}=/.test(text) && isDecoded(text) ? readDecodedForm(text) : {};
  if (looksLikeNotification(decoded)) {
    return { body: decoded, form: readForm(decoded), findings: [{ code: 'BODY_DECODED' }] };
  }
  // In a line such as level=info body="userId=…" the form is a part.
  const isWhole = isForm && (isKnownParameter(names[0] ?? '') || !/[\s"]/.test(text));
  if (isWhole && form.ok && looksLikeNotification(form.params)) return { body: text, form, findings: [] };
  const pasted = mayBePasted ? findInPastedText(text, budget) : null;
  if (pasted) return { ...pasted, findings: [...pasted.findings, ...severalFindings(text)] };
  const hasOrder = readPastedText(text, isClearlyOrderInfo, budget) !== null;
  // A name that is there twice is none of a form where the text begins otherwise.
  const isOther = !form.ok && form.code === 'PARAMETER_REPEATED' && !/^\w{1,64}=/.test(text);
  if (hasOrder || isOther || (form.ok && !names.includes('rsaSign'))) {
    const finding: RawFinding = hasOrder
      ? { code: 'INPUT_IS_ORDER' }
      : { code: 'INPUT_NOT_NOTIFICATION', evidence: { said: truncate(text) } };
    return { body: null, form, findings: [finding] };
  }
  return { body: text, form, findings: [] };
}

/**
 * Reads the parameters of a notification from a body or from a text that contains it.
 *
 * @param body any value, as it was given to diagnoseNotification
 */
export function readNotificationInput(body: FormBody | null | undefined): NotificationInput {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) {
    return { body: body ?? undefined, form: readForm(body), findings: [] };
  }
  const form = readForm(body);
  if (!form.ok && (form.code === 'BODY_TOO_LARGE' || form.code === 'BODY_MISSING')) {
    return { body, form, findings: [] };
  }
  const text = body.toString();
  if (isKeyText(text)) return { body: null, form, findings: [{ code: 'INPUT_IS_KEY' }] };
  return readTextInput(unescapeLine(text.trim()));
}
