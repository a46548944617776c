/**
 * Why the cashier refuses an orderInfo.
 */
import { jsonObject, parseOrderInfo } from '../../utils/order/order-info';
import type { OrderInfoProblem } from '../../utils/order/order-info';
import { FIELDS_WITHOUT_AMOUNT, FIELDS_WITH_AMOUNT, signedFields } from '../signature';
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import type { KeyInput } from '../keys';
import { diagnosis } from './finding';
import type { Clue, Diagnosis, Locale } from './finding';
import { givenKey } from './given-key';
import { findOrderInfo, shorten } from './input';
import { orderFacts, signedPairs } from './order-facts';
import { orderSteps } from './order-steps';
import { otherAmount } from './other-amount';
import type { OrderFacts } from './order-facts';
import { rightText } from './common-steps';
import { explain } from './search';
import type { Explanation, Pair } from './search';
import { readSignature } from './signature';

export interface OrderOptions {
  locale?: Locale;
  /**
   * Texts that each search tries at most. Without it a signed text that nothing explains costs a quarter of a million
   * tries, about two seconds in which the process does nothing else; a few thousand find every single mistake, in a twentieth of it.
   */
  tries?: number;
}

/** Up to 2000 yuan every amount is tried. */
const AMOUNTS_TRIED = 200_000;

function shown(value: unknown): string {
  if (value === undefined) return '—';
  return shorten(typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value)));
}

const TP_DATA = 'bizInfo.tpData.';

function problemClue({ code, field }: OrderInfoProblem, order: JsonObject): Clue {
  if (field.startsWith(TP_DATA))
    return { code, evidence: tpDataEvidence(field.slice(TP_DATA.length), order) };
  return { code, evidence: field === 'rsaSign' || !field ? { field } : { field, sent: shown(order[field]) } };
}

/** @param name of a value in bizInfo.tpData that repeats one of orderInfo, perhaps misspelt, or is returnData */
function tpDataEvidence(name: string, order: JsonObject): Record<string, string> {
  const field = FIELDS_WITH_AMOUNT.find(known => known.toLowerCase() === name.toLowerCase());
  if (field) return field === name ? { field } : { field, sent: name };
  const tpData = jsonObject(order.bizInfo)?.tpData;
  return { field: TP_DATA + name, sent: shown(isJsonObject(tpData) ? tpData[name] : undefined) };
}

/** Names of orderInfo itself that are almost right, and values that say nothing. */
function nameAndValueClues(order: JsonObject): Clue[] {
  return [...FIELDS_WITH_AMOUNT, 'rsaSign'].flatMap((field): Clue[] => {
    const similar = Object.keys(order).find(
      name => name !== field && name.toLowerCase() === field.toLowerCase(),
    );
    if (order[field] === undefined && similar !== undefined) {
      return [{ code: 'KEY_CASE', evidence: { field, signed: similar } }];
    }
    const value = order[field];
    return typeof value === 'string' && /^(undefined|null|None|nil|NaN)$/.test(value)
      ? [{ code: 'NULL_OR_UNDEFINED_JOINED', evidence: { fields: field, placeholder: value } }]
      : [];
  });
}

/** The order of likelihood: one known mistake, another amount, two known mistakes. */
function explainText(
  facts: OrderFacts,
  start: Pair[],
  matches: (text: string | Buffer) => boolean,
  tries: number,
): Explanation | null {
  const steps = orderSteps(facts);
  return (
    explain(start, steps, matches, [1, 1], tries) ??
    changedAmount(facts, start, matches, tries) ??
    explain(start, steps, matches, [2, 2], tries)
  );
}

function changedAmount(
  { fields }: OrderFacts,
  start: Pair[],
  matches: (text: string) => boolean,
  tries: number,
): Explanation | null {
  const other = otherAmount(start, 'totalAmount', Math.min(AMOUNTS_TRIED, tries), matches);
  if (!other) return null;
  const evidence = { field: 'totalAmount', sent: fields.totalAmount ?? '', signed: other.signed };
  return { clues: [{ code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT', evidence }], text: other.signedText };
}

function textClues(
  facts: OrderFacts,
  matches: (text: string | Buffer) => boolean,
  knownText: string | null,
  tries: number,
): Clue[] {
  const start = signedPairs(facts);
  const expected = rightText(start);
  if (matches(expected)) return [];
  const found = explainText(facts, start, matches, tries) ?? {
    clues: [{ code: 'TEXT_UNKNOWN' as const }],
    text: knownText,
  };
  const texts: Record<string, string> = {
    expected,
    ...(found.text === null ? {} : { signedText: found.text }),
  };
  return found.clues.map(({ code, evidence }) => ({ code, evidence: { ...evidence, ...texts } }));
}

function orderClues(order: JsonObject, isText: boolean, publicKey: KeyInput | undefined, tries: number): Clue[] {
  const { problems } = parseOrderInfo(order);
  const given = givenKey(publicKey);
  const clues: Clue[] = [
    ...(isText ? [{ code: 'ORDERINFO_IS_TEXT' } as const] : []),
    ...given.clues,
    ...problems.map(problem => problemClue(problem, order)),
    ...nameAndValueClues(order),
  ];
  const name = Object.keys(order).find(each => each.toLowerCase() === 'rsasign');
  const rsaSign = name === undefined ? undefined : order[name];
  if (typeof rsaSign !== 'string' || !rsaSign) return clues;

  const fields = signedFields(order.signFieldsRange) ?? FIELDS_WITH_AMOUNT;
  const facts = orderFacts(order, fields);
  const other = fields === FIELDS_WITH_AMOUNT ? FIELDS_WITHOUT_AMOUNT : FIELDS_WITH_AMOUNT;
  const likely = [fields, other].map(signed => rightText(signedPairs({ ...facts, signed })));
  const signature = readSignature(rsaSign, given, likely);
  const expected = likely[0] ?? '';
  clues.push(...signature.clues.map(({ code, evidence }) => ({ code, evidence: { ...evidence, expected } })));
  if (signature.opened) {
    const { matches, text = null } = signature.opened;
    clues.push(...textClues(facts, matches, text, tries));
  }
  return clues;
}

/**
 * Says what is wrong with an orderInfo: its form, its signature text, the key, and what was signed.
 *
 * Pure; reads nothing but its arguments.
 *
 * @param input an orderInfo, or an envelope of any shape that holds one. Text is taken for an orderInfo sent as text.
 * @param publicKey the merchant's public key as uploaded; without it only the form is examined. A private key is used
 *   by its public half, with a warning; a key that cannot be read is a finding.
 * @returns no findings for an order the cashier takes
 */
export function diagnoseOrder(input: unknown, publicKey?: KeyInput, options: OrderOptions = {}): Diagnosis {
  const found = findOrderInfo(input);
  if (!found.ok) return diagnosis([found.clue], options.locale);
  const isText = typeof found.value === 'string';
  const order: unknown = isText ? (JSON.parse(found.value as string) as unknown) : found.value;
  if (!isJsonObject(order)) return diagnosis([{ code: 'ORDERINFO_NOT_OBJECT' }], options.locale);
  return diagnosis(orderClues(order, isText, publicKey, options.tries ?? Infinity), options.locale);
}

/**
 * Why an order was refused, for a log or a developer's drawer.
 *
 * @param options.tries as in diagnoseOrder: a server that has others to answer limits it
 * @returns a sentence for each error; empty when nothing is wrong
 */
export function explainRefusal(
  orderInfo: unknown,
  publicKey: KeyInput,
  locale: Locale = 'zh-CN',
  options: Pick<OrderOptions, 'tries'> = {},
): string[] {
  return diagnoseOrder(orderInfo, publicKey, { ...options, locale })
    .findings.filter(finding => finding.severity === 'error')
    .map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
}
