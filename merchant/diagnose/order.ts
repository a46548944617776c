/**
 * Why the cashier refuses an orderInfo.
 */
import { parseOrderInfo } from '../../utils/order-info';
import type { OrderInfoProblem } from '../../utils/order-info';
import { FIELDS_WITHOUT_AMOUNT, FIELDS_WITH_AMOUNT, signedFields } from '../canonical';
import type { KeyInput } from '../keys';
import { diagnosis } from './finding';
import type { Clue, Diagnosis, Locale } from './finding';
import { givenKey } from './given-key';
import { findOrderInfo, isObject, shorten } from './input';
import { orderFacts, orderSteps, signedAmount, signedPairs } from './order-steps';
import type { OrderFacts } from './order-steps';
import { explain } from './search';
import type { Draft, Step } from './search';
import { readSignature } from './signature';

export interface OrderOptions {
  locale?: Locale;
}

type Fields = Record<string, unknown>;

/** Signature damage is read from the bytes up, so that what lies under it is seen too. */
function isDamage(problem: OrderInfoProblem): boolean {
  return (
    problem.field === 'rsaSign' &&
    problem.code !== 'FIELD_MISSING' &&
    problem.code !== 'NUMBER_INSTEAD_OF_STRING'
  );
}

function shown(value: unknown): string {
  return shorten(typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value)));
}

function problemClue({ code, field, message }: OrderInfoProblem, order: Fields): Clue {
  const tpDataName = /tpData\.(\w+)/.exec(message)?.[1] ?? field;
  switch (code) {
    case 'BIZINFO_TPDATA_MISMATCH':
      return { code, evidence: { field: tpDataName } };
    case 'BIZINFO_KEY_CASE':
      return { code, evidence: { field: /spelt (\w+)/.exec(message)?.[1] ?? '', sent: tpDataName } };
    default:
      return {
        code,
        evidence: field === 'rsaSign' || !field ? { field } : { field, sent: shown(order[field]) },
      };
  }
}

/** Names of orderInfo itself that are almost right, and values that say nothing. */
function nameAndValueClues(order: Fields): Clue[] {
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

function build(steps: readonly Step[], start: Draft): Draft {
  return steps.reduce((draft, step) => step.right(draft), start);
}

function textClues(
  facts: OrderFacts,
  matches: (text: string | Buffer) => boolean,
  knownText?: string,
): Clue[] {
  const steps = orderSteps(facts);
  const start = signedPairs(facts);
  const expected = String(build(steps, start));
  const found = explain(start, steps, matches);
  if (found) {
    const texts: Record<string, string> = {
      expected,
      ...(found.text === null ? {} : { signedText: found.text }),
    };
    return found.clues.map(({ code, evidence }) => ({ code, evidence: { ...evidence, ...texts } }));
  }
  const sent = facts.fields.totalAmount ?? '';
  const withAmount = (amount: string): Draft =>
    build(
      steps,
      start.map(pair => (pair.name === 'totalAmount' ? { ...pair, value: amount } : pair)),
    );
  const signed = facts.signed.includes('totalAmount') ? signedAmount(withAmount, matches) : null;
  if (signed !== null) {
    return [
      {
        code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
        evidence: { field: 'totalAmount', sent, signed, expected, signedText: String(withAmount(signed)) },
      },
    ];
  }
  return [{ code: 'TEXT_UNKNOWN', evidence: { expected, ...(knownText ? { signedText: knownText } : {}) } }];
}

function orderClues(order: Fields, isText: boolean, publicKey: KeyInput | undefined): Clue[] {
  const { problems } = parseOrderInfo(order);
  const given = givenKey(publicKey);
  const clues: Clue[] = [
    ...(isText ? [{ code: 'ORDERINFO_IS_TEXT' } as const] : []),
    ...given.clues,
    ...problems.filter(problem => !isDamage(problem)).map(problem => problemClue(problem, order)),
    ...nameAndValueClues(order),
  ];
  const name = Object.keys(order).find(each => each.toLowerCase() === 'rsasign');
  const rsaSign = name === undefined ? undefined : order[name];
  if (typeof rsaSign !== 'string' || !rsaSign) return clues;

  const fields = signedFields(order.signFieldsRange) ?? FIELDS_WITH_AMOUNT;
  const facts = orderFacts(order, fields);
  const other = fields === FIELDS_WITH_AMOUNT ? FIELDS_WITHOUT_AMOUNT : FIELDS_WITH_AMOUNT;
  const likely = [fields, other].map(signed => {
    const candidate = { ...facts, signed };
    return String(build(orderSteps(candidate), signedPairs(candidate)));
  });
  const signature = readSignature(rsaSign, given, likely);
  const expected = likely[0] ?? '';
  clues.push(...signature.clues.map(({ code, evidence }) => ({ code, evidence: { ...evidence, expected } })));
  if (signature.opened) clues.push(...textClues(facts, signature.opened.matches, signature.opened.text));
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
  if (!isObject(order)) return diagnosis([{ code: 'ORDERINFO_NOT_OBJECT' }], options.locale);
  return diagnosis(orderClues(order, isText, publicKey), options.locale);
}

/**
 * Why an order was refused, for a log or a developer's drawer.
 *
 * @returns a sentence for each error; empty when nothing is wrong
 */
export function explainRefusal(orderInfo: unknown, publicKey: KeyInput, locale: Locale = 'zh-CN'): string[] {
  return diagnoseOrder(orderInfo, publicKey, { locale })
    .findings.filter(finding => finding.severity === 'error')
    .map(({ code, message, fix }) => `${code}: ${message} ${fix}`);
}
