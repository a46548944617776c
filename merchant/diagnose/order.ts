/**
 * Explains why the cashier refuses an orderInfo.
 */
import { jsonObject } from '../../utils/order/order-info';
import { isJsonObject, parseExactJson, readText, toJsonText } from '../json';
import type { JsonObject } from '../json';
import type { KeyInput } from '../keys';
import { checkOrderInfo, MAX_FIELDS } from '../order-rules';
import type { OrderProblem } from '../order-rules';
import { truncate } from '../printable';
import { FIELDS_WITH_AMOUNT, FIELDS_WITHOUT_AMOUNT, signedFields } from '../signature';
import { decryptSignature } from './decrypt-signature';
import type { DecryptedSignature } from './decrypt-signature';
import { toDiagnosis } from './finding';
import type { Diagnosis, Locale, RawFinding } from './finding';
import { resolveKey } from './keys';
import type { ResolvedKey } from './keys';
import { orderSteps, toSearchedOrder, signedPairs } from './mistakes/order';
import type { SearchedOrder } from './mistakes/order';
import { findOrderInfo } from './order-input';
import { plainName } from './pasted-text';
import { exactForms } from './mistakes/floats';
import { amountsBelow, canonicalTextOf, findExplanation, findOtherValue } from './search';
import type { Explanation, Pair, Search } from './search';
import { createBudget, SERVER_LIMITS } from './work-budget';
import type { WorkBudget } from './work-budget';

interface OrderOptions {
  locale?: Locale;
  /**
   * How many texts are tried to find the one that was signed. The default of 20,000 finds every single mistake and blocks
   * the process for a fifth of a second. Half a million finds every amount up to 2000 yuan and every pair of mistakes,
   * within a few seconds.
   */
  maxCandidates?: number;
}

/** Every amount below this is tried; fen. */
const AMOUNTS_TRIED = 200_000;

function formatValue(value: unknown): string {
  if (value === undefined) return '—';
  return truncate(toJsonText(value) ?? '…');
}

const TP_DATA = 'bizInfo.tpData.';

/**
 * The finding for a broken rule.
 *
 * @param exact the same order, with the digits of large numbers as they were written
 */
export function problemFinding(
  { code, field }: OrderProblem,
  order: JsonObject,
  exact: JsonObject,
): RawFinding {
  if (field.startsWith(TP_DATA)) {
    return { code, evidence: tpDataEvidence(field.slice(TP_DATA.length), order) };
  }
  switch (code) {
    case 'TOO_MANY_FIELDS':
      return { code, evidence: { count: String(Object.keys(order).length), most: String(MAX_FIELDS) } };
    case 'NULL_OR_UNDEFINED_JOINED':
      return { code, evidence: { fields: field, placeholder: String(order[field]) } };
    case 'NUMBER_LOST_DIGITS':
      return { code, evidence: { field, sent: String(exact[field]), read: String(order[field]) } };
    default:
      return { code, evidence: field ? { field, sent: formatValue(order[field]) } : { field } };
  }
}

/** @param name a member of bizInfo.tpData: a field of orderInfo, perhaps misspelt, or returnData */
function tpDataEvidence(name: string, order: JsonObject): Record<string, string> {
  const field = FIELDS_WITH_AMOUNT.find(known => known.toLowerCase() === name.toLowerCase());
  if (field) return field === name ? { field } : { field, sent: name };
  const tpData = jsonObject(order.bizInfo)?.tpData;
  return { field: TP_DATA + name, sent: formatValue(isJsonObject(tpData) ? tpData[name] : undefined) };
}

const FIELDS = (
  'appKey dealId totalAmount tpOrderId dealTitle signFieldsRange rsaSign bizInfo notifyUrl payResultUrl ' +
  'inlinePaySign promotionTag'
).split(' ');

/** The order with the names of the documents, where they differ in style only, or rsaSign is called sign. */
function restoreNames(given: JsonObject): { order: JsonObject; changes: [field: string, sent: string][] } {
  const order = { ...given };
  const changes: [string, string][] = [];
  for (const field of FIELDS) {
    if (given[field] !== undefined && given[field] !== null) continue;
    const wanted = field === 'rsaSign' ? ['rsasign', 'sign', 'signature'] : [field.toLowerCase()];
    const sent = Object.keys(given).find(name => name !== field && wanted.includes(plainName(name)));
    if (sent === undefined) continue;
    order[field] = given[sent];
    delete order[sent];
    changes.push([field, sent]);
  }
  return { order, changes };
}

function nameFindings(changes: [field: string, sent: string][]): RawFinding[] {
  if (!changes.length) return [];
  const field = changes.map(([name]) => name).join(', ');
  return [{ code: 'KEY_CASE', evidence: { field, signed: changes.map(([, sent]) => sent).join(', ') } }];
}

/** Tries the most likely explanations first: one known mistake, another amount, two known mistakes. */
function explainText(order: SearchedOrder, start: Pair[], search: Search): Explanation | null {
  return (
    findExplanation(start, search, 1) ??
    explainRoundedId(start, search) ??
    explainAmount(order, start, search) ??
    findExplanation(start, search, 2)
  );
}

/** Explains the signed text by an id that lost digits before it was sent. */
function explainRoundedId(start: Pair[], search: Search): Explanation | null {
  for (const { name, value } of start) {
    if (name === 'totalAmount') continue;
    const other = findOtherValue(start, name, exactForms(value), search);
    if (!other) continue;
    const evidence = { field: name, sent: value, signed: other.signed };
    return { findings: [{ code: 'SIGNED_VALUE_DIFFERS_FROM_SENT', evidence }], text: other.signedText };
  }
  return null;
}

function explainAmount({ fields }: SearchedOrder, start: Pair[], search: Search): Explanation | null {
  // The other half of the budget is for two mistakes at once.
  const upTo = Math.min(AMOUNTS_TRIED, Math.floor(search.budget.candidatesLeft / 2));
  const other = findOtherValue(start, 'totalAmount', amountsBelow(upTo), search);
  if (!other) return null;
  const evidence = { field: 'totalAmount', sent: fields.totalAmount ?? '', signed: other.signed };
  return { findings: [{ code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT', evidence }], text: other.signedText };
}

/** Findings about the signed text, none when it is the expected one. */
function textFindings(
  order: SearchedOrder,
  { matches, text, isText }: DecryptedSignature,
  budget: WorkBudget,
): RawFinding[] {
  const start = signedPairs(order);
  const expected = canonicalTextOf(start);
  if (!matches || matches(expected)) return [];
  const explanation = explainText(order, start, { steps: orderSteps(order), matches, budget });
  if (!explanation && isText === false) return [];
  const found = explanation ?? { findings: [{ code: 'TEXT_UNKNOWN' as const }], text: text ?? null };
  const texts: Record<string, string> = {
    expected,
    ...(found.text === null ? {} : { signedText: found.text }),
  };
  return found.findings.map(({ code, evidence }) => ({ code, evidence: { ...evidence, ...texts } }));
}

function signatureFindings(
  order: JsonObject,
  rsaSign: string,
  key: ResolvedKey,
  budget: WorkBudget,
): RawFinding[] {
  const fields = signedFields(order.signFieldsRange) ?? FIELDS_WITH_AMOUNT;
  const searched = toSearchedOrder(order, fields);
  const other = fields === FIELDS_WITH_AMOUNT ? FIELDS_WITHOUT_AMOUNT : FIELDS_WITH_AMOUNT;
  const likely = [fields, other].map(signedNames =>
    canonicalTextOf(signedPairs({ ...searched, signedNames })),
  );
  const { findings, decrypted } = decryptSignature(rsaSign, key, likely);
  const expected = likely[0] ?? '';
  const located = findings.map(({ code, evidence }) => ({ code, evidence: { ...evidence, expected } }));
  if (!decrypted) return located;
  return [...located, ...textFindings(searched, decrypted, budget)];
}

interface OrderToExamine {
  order: JsonObject;
  /** the same order, with large numbers as text, exactly as they were written and signed */
  exact: JsonObject;
  /** whether the orderInfo is JSON text instead of an object */
  isText: boolean;
}

function orderFindings(
  { order: given, exact: givenExact, isText }: OrderToExamine,
  publicKey: KeyInput | undefined,
  budget: WorkBudget,
): RawFinding[] {
  const { order, changes } = restoreNames(given);
  const exact = restoreNames(givenExact).order;
  const { problems: all } = checkOrderInfo(order);
  const rounded = all.filter(({ code }) => code === 'NUMBER_LOST_DIGITS').map(({ field }) => TP_DATA + field);
  // A number that lost digits differs from the one in bizInfo for that reason alone.
  const problems = all.filter(
    ({ code, field }) => code !== 'BIZINFO_TPDATA_MISMATCH' || !rounded.includes(field),
  );
  const key = resolveKey(publicKey);
  const findings: RawFinding[] = [
    ...(isText ? [{ code: 'ORDERINFO_IS_TEXT' } as const] : []),
    ...key.findings,
    ...nameFindings(changes),
    ...problems.map(problem => problemFinding(problem, order, exact)),
  ];
  if (problems.some(({ code }) => code === 'TOO_MANY_FIELDS')) return findings;
  const rsaSign = readText(exact.rsaSign);
  if (rsaSign === null) return findings;
  return [...findings, ...signatureFindings(exact, rsaSign, key, budget)];
}

function asObject(found: unknown, parse: (json: string) => unknown = JSON.parse): JsonObject | null {
  const order = typeof found === 'string' ? parse(found) : found;
  return isJsonObject(order) ? order : null;
}

interface OrderInputOptions {
  locale?: Locale | undefined;
  maxCandidates?: number | undefined;
  /** `input` with large numbers as text, exactly as they were written */
  exact?: unknown;
  /** findings about the text that the input was read from */
  findings?: readonly RawFinding[];
}

/** As diagnoseOrder, for a caller that has the text from which the input was read. */
export function diagnoseOrderInput(
  input: unknown,
  publicKey: KeyInput | undefined,
  { locale, maxCandidates = SERVER_LIMITS.candidates, exact = input, findings = [] }: OrderInputOptions,
): Diagnosis {
  const found = findOrderInfo(input);
  if (!found.ok) return toDiagnosis([...findings, found.finding], locale);
  const order = asObject(found.value);
  if (!order) return toDiagnosis([{ code: 'ORDERINFO_NOT_OBJECT' }], locale);
  const foundExact = findOrderInfo(exact);
  const toExamine: OrderToExamine = {
    order,
    exact: (foundExact.ok && asObject(foundExact.value, parseExactJson)) || order,
    isText: typeof found.value === 'string',
  };
  const budget = createBudget(maxCandidates);
  const before = [...findings, ...found.findings];
  return toDiagnosis([...before, ...orderFindings(toExamine, publicKey, budget)], locale);
}

/**
 * Explains what is wrong with an orderInfo: its form, its signature, the key, and the text that was signed.
 *
 * Pure; reads nothing but its arguments.
 *
 * @param input an orderInfo, or an envelope of any shape that contains one. Text is taken for an orderInfo sent as text.
 * @param publicKey the merchant's public key as uploaded; without it only the form is examined. Of a private key the
 *   public half is used, with a warning; a key that cannot be read is a finding.
 * @returns no findings for an order the cashier takes
 */
export function diagnoseOrder(input: unknown, publicKey?: KeyInput, options: OrderOptions = {}): Diagnosis {
  const { locale, maxCandidates } = (options as OrderOptions | null) ?? {};
  return diagnoseOrderInput(input, publicKey, { locale, maxCandidates });
}

/**
 * Explains why an order is refused, for a log or a developer tool.
 *
 * @returns a sentence for each error; empty when nothing is wrong
 */
export function explainRefusal(
  orderInfo: unknown,
  publicKey: KeyInput,
  locale: Locale = 'zh-CN',
  options: Pick<OrderOptions, 'maxCandidates'> = {},
): string[] {
  return diagnoseOrder(orderInfo, publicKey, { ...options, locale })
    .findings.filter(finding => finding.severity === 'error')
    .map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
}
