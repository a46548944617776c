/**
 * What may be signed, what the doctor calls right and what a cashier takes: one list of rules for all three. None of
 * them needs a key; whether the signature holds is asked afterwards.
 */
import { parseFen } from '../utils/order/money';
import { jsonObject, parseOrderInfo } from '../utils/order/order-info';
import type { OrderInfo, OrderInfoCode, OrderInfoProblem } from '../utils/order/order-info';
import { isJsonObject } from './json';
import type { JsonObject } from './json';

export type OrderRuleCode =
  | 'TOO_MANY_FIELDS'
  | 'NUL_CHARACTER'
  | 'DEALID_APPKEY_SWAPPED'
  | 'APPKEY_MALFORMED'
  | 'DEALID_MALFORMED'
  | 'TPORDERID_UNUSUAL'
  | 'AMOUNT_NOT_CANONICAL'
  | 'SIGN_RANGE_UNKNOWN'
  | 'NOTIFYURL_NOT_URL'
  | 'NULL_OR_UNDEFINED_JOINED';

export interface OrderProblem extends Omit<OrderInfoProblem, 'code'> {
  code: OrderInfoCode | OrderRuleCode;
}

export interface CheckedOrder {
  /** ready for the cashier; null when there is an error */
  orderInfo: OrderInfo | null;
  problems: OrderProblem[];
}

/** An orderInfo has twelve fields. More than this are no order, and would only cost time to look at. */
export const MAX_FIELDS = 40;

/** What a field has to be, to go on after its name. */
const MUST: Partial<Record<string, string>> = {
  appKey: 'must be the payment appKey of your payment service (letters and digits, like MMMabc)',
  dealId: 'must be the decimal settlement id of your payment service, as text',
  tpOrderId: 'must be 1 to 64 characters of A-Z a-z 0-9 _ . -',
  totalAmount: 'must be the amount in fen as digits, at least "1" (113.00 yuan is "11300")',
  dealTitle: 'must say what is bought',
  signFieldsRange: 'must be "1" (the signature covers totalAmount) or "0" (it does not)',
  bizInfo: 'must be the text of a JSON object',
  notifyUrl: 'must be a whole URL with http:// or https://',
};

/** Percent-encoding leaves these characters alone, so every reader on the way sees one text. */
const TP_ORDER_ID = /^[A-Za-z0-9_.-]{1,64}$/;

interface Rule {
  code: OrderRuleCode;
  field: string;
  severity: OrderProblem['severity'];
  /** @param value the field as text, never empty */
  isBroken: (value: string, order: JsonObject) => boolean;
}

const NOTHING = /^(undefined|null|None|nil|NaN)$/;

function isCanonicalFen(value: string): boolean {
  const fen = parseFen(value);
  return fen !== null && fen >= 1 && String(fen) === value;
}

function isWebUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** The first broken rule of a field is the one that is named. */
const RULES: Rule[] = [
  ...['appKey', 'dealId', 'tpOrderId'].map((field): Rule => ({
    code: 'NULL_OR_UNDEFINED_JOINED',
    field,
    severity: 'error',
    isBroken: value => NOTHING.test(value),
  })),
  {
    code: 'DEALID_APPKEY_SWAPPED',
    field: 'dealId',
    severity: 'error',
    isBroken: (dealId, { appKey }) => /[A-Za-z]/.test(dealId) && /^\d+$/.test(String(appKey)),
  },
  { code: 'DEALID_MALFORMED', field: 'dealId', severity: 'error', isBroken: value => !/^\d+$/.test(value) },
  {
    code: 'APPKEY_MALFORMED',
    field: 'appKey',
    severity: 'error',
    isBroken: value => !/^[\w.-]+$/.test(value),
  },
  {
    code: 'AMOUNT_NOT_CANONICAL',
    field: 'totalAmount',
    severity: 'error',
    isBroken: value => !isCanonicalFen(value),
  },
  {
    code: 'SIGN_RANGE_UNKNOWN',
    field: 'signFieldsRange',
    severity: 'error',
    isBroken: value => !/^[01]$/.test(value),
  },
  // Baidu takes it, and its notification can be verified. Not signed here: one reader on the way may encode it.
  {
    code: 'TPORDERID_UNUSUAL',
    field: 'tpOrderId',
    severity: 'warning',
    isBroken: value => !TP_ORDER_ID.test(value),
  },
  { code: 'NOTIFYURL_NOT_URL', field: 'notifyUrl', severity: 'error', isBroken: value => !isWebUrl(value) },
];

/** Signed although it is worth a warning: both readers of the signature agree about it. */
const SIGNED_WITH_WARNING: OrderProblem['code'][] = [
  'SIGN_RANGE_NOT_1',
  'APPKEY_IS_MINIAPP_KEY',
  'BANNEDCHANNELS_MISPLACED',
  'BIZINFO_TPDATA_MISMATCH',
  'BIZINFO_KEY_CASE',
  'RETURNDATA_NOT_OBJECT',
];

function problem(code: OrderRuleCode, field: string, severity: OrderProblem['severity']): OrderProblem {
  const must = MUST[field];
  const message = must === undefined ? code.toLowerCase().replace(/_/g, ' ') : `${field} ${must}`;
  return { code, field, severity, message };
}

function* brokenRules(order: JsonObject, problems: readonly OrderInfoProblem[]): Generator<OrderProblem> {
  const named = new Set(
    problems
      .filter(({ code, severity }) => severity === 'error' || code === 'TPORDERID_AMBIGUOUS')
      .map(({ field }) => field),
  );
  for (const [field, value] of Object.entries(order)) {
    if (typeof value === 'string' && value.includes('\0')) {
      yield problem('NUL_CHARACTER', field, 'error');
      named.add(field);
    }
  }
  for (const { code, field, severity, isBroken } of RULES) {
    const value = order[field];
    const isText = typeof value === 'string' || typeof value === 'number';
    if (named.has(field) || value === undefined || value === null || value === '') continue;
    if (isText && !isBroken(String(value), order)) continue;
    named.add(field);
    yield problem(code, field, severity);
  }
}

/**
 * Reads an orderInfo and names everything that is wrong with it, without a key.
 *
 * @param input an object, or its JSON text
 */
export function checkOrderInfo(input: unknown): CheckedOrder {
  const order = typeof input === 'string' ? jsonObject(input) : input;
  if (isJsonObject(order) && Object.keys(order).length > MAX_FIELDS) {
    return { orderInfo: null, problems: [problem('TOO_MANY_FIELDS', '', 'error')] };
  }
  const { orderInfo, problems } = parseOrderInfo(input);
  const broken = isJsonObject(order) ? [...brokenRules(order, problems)] : [];
  const isRight = broken.every(({ severity }) => severity === 'warning');
  return { orderInfo: isRight ? orderInfo : null, problems: [...problems, ...broken] };
}

/**
 * The first reason not to sign an order, in words that begin with the field; null when there is none.
 *
 * @param order its rsaSign is ignored
 */
export function findSigningProblem(order: unknown): string | null {
  const unsigned: unknown = isJsonObject(order) ? { ...order, rsaSign: 'not yet' } : order;
  const found = checkOrderInfo(unsigned).problems.find(({ code }) => !SIGNED_WITH_WARNING.includes(code));
  if (!found) return null;
  const must = MUST[found.field];
  return must === undefined ? `${found.field || 'the order'}: ${found.message}` : `${found.field} ${must}`;
}
