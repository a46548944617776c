/**
 * The rules for the fields of an order. Signing, the doctor and the sandbox's cashier share them, so that they agree about
 * every order. The signature is verified elsewhere: no rule needs a key.
 */
import { parseFen } from '../utils/order/money';
import { jsonObject, parseOrderInfo } from '../utils/order/order-info';
import type { OrderInfo, OrderInfoCode, OrderInfoProblem } from '../utils/order/order-info';
import { isJsonObject, readText } from './json';
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

interface CheckedOrder {
  /** ready for the cashier; null when there is an error */
  orderInfo: OrderInfo | null;
  problems: OrderProblem[];
}

/** An orderInfo has twelve fields. An object with more than this is not examined, because each field costs time. */
export const MAX_FIELDS = 40;

/** The requirement of a field, to be put after its name. */
const REQUIREMENTS: Partial<Record<string, string>> = {
  appKey: 'must be the payment appKey of your payment service (letters and digits, like MMMabc)',
  dealId: 'must be the decimal settlement id of your payment service, as text',
  tpOrderId: 'must be 1 to 64 characters of A-Z a-z 0-9 _ . -',
  totalAmount: 'must be the amount in fen as digits, at least "1" (113.00 yuan is "11300")',
  dealTitle: 'must say what is bought',
  signFieldsRange: 'must be "1" (the signature covers totalAmount) or "0" (it does not)',
  bizInfo: 'must be the text of a JSON object',
  notifyUrl: 'must be a whole URL with http:// or https://',
};

/** Percent-encoding does not change these characters, so that every system reads the same text. */
const TP_ORDER_ID = /^[A-Za-z0-9_.-]{1,64}$/;

interface Rule {
  code: OrderRuleCode;
  field: string;
  severity: OrderProblem['severity'];
  /** @param value the field as text, never empty */
  isBroken: (value: string, order: JsonObject) => boolean;
}

/** What languages print for a missing value. */
const MISSING_VALUE = /^(undefined|null|None|nil|NaN)$/;

function isCanonicalFen(value: string): boolean {
  const fen = parseFen(value);
  return fen !== null && fen >= 1 && String(fen) === value;
}

function isWebUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** Of each field the first broken rule is reported. */
const RULES: Rule[] = [
  ...['appKey', 'dealId', 'tpOrderId'].map((field): Rule => ({
    code: 'NULL_OR_UNDEFINED_JOINED',
    field,
    severity: 'error',
    isBroken: value => MISSING_VALUE.test(value),
  })),
  {
    code: 'DEALID_APPKEY_SWAPPED',
    field: 'dealId',
    severity: 'error',
    isBroken: (dealId, { appKey }) => /[A-Za-z]/.test(dealId) && /^\d+$/.test(readText(appKey) ?? ''),
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
  // Baidu takes such a number. It is not signed here, because a system on the way may encode it and break the signature.
  {
    code: 'TPORDERID_UNUSUAL',
    field: 'tpOrderId',
    severity: 'warning',
    isBroken: value => !TP_ORDER_ID.test(value),
  },
  { code: 'NOTIFYURL_NOT_URL', field: 'notifyUrl', severity: 'error', isBroken: value => !isWebUrl(value) },
];

/** Warnings that do not keep an order from being signed: every system builds the same signed text of it. */
const SIGNABLE_WARNINGS: OrderProblem['code'][] = [
  'SIGN_RANGE_NOT_1',
  'APPKEY_IS_MINIAPP_KEY',
  'BANNEDCHANNELS_MISPLACED',
  'BIZINFO_TPDATA_MISMATCH',
  'BIZINFO_KEY_CASE',
  'RETURNDATA_NOT_OBJECT',
];

function toProblem(code: OrderRuleCode, field: string, severity: OrderProblem['severity']): OrderProblem {
  const requirement = REQUIREMENTS[field];
  const message =
    requirement === undefined ? code.toLowerCase().replace(/_/g, ' ') : `${field} ${requirement}`;
  return { code, field, severity, message };
}

function* brokenRules(order: JsonObject, problems: readonly OrderInfoProblem[]): Generator<OrderProblem> {
  const reportedFields = new Set(
    problems
      .filter(({ code, severity }) => severity === 'error' || code === 'TPORDERID_AMBIGUOUS')
      .map(({ field }) => field),
  );
  for (const [field, value] of Object.entries(order)) {
    if (typeof value === 'string' && value.includes('\0')) {
      yield toProblem('NUL_CHARACTER', field, 'error');
      reportedFields.add(field);
    }
  }
  for (const { code, field, severity, isBroken } of RULES) {
    const value = order[field];
    const isText = typeof value === 'string' || typeof value === 'number';
    if (reportedFields.has(field) || value === undefined || value === null || value === '') continue;
    if (isText && !isBroken(String(value), order)) continue;
    reportedFields.add(field);
    yield toProblem(code, field, severity);
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
    return { orderInfo: null, problems: [toProblem('TOO_MANY_FIELDS', '', 'error')] };
  }
  const { orderInfo, problems } = parseOrderInfo(input);
  const broken = isJsonObject(order) ? [...brokenRules(order, problems)] : [];
  const isValid = broken.every(({ severity }) => severity === 'warning');
  return { orderInfo: isValid ? orderInfo : null, problems: [...problems, ...broken] };
}

/**
 * The first reason not to sign an order; null when there is none.
 *
 * @param order its rsaSign is ignored
 * @returns the name of the field, and a message that begins with it
 */
export function findSigningProblem(order: unknown): { field: string; message: string } | null {
  if (!isJsonObject(order)) {
    return { field: 'order', message: 'order must be an object, as buildOrderInfo makes it' };
  }
  const found = checkOrderInfo({ ...order, rsaSign: 'not yet' }).problems.find(
    ({ code }) => !SIGNABLE_WARNINGS.includes(code),
  );
  if (!found) return null;
  const field = found.field || 'order';
  const requirement = REQUIREMENTS[found.field];
  return {
    field,
    message: requirement === undefined ? `${field}: ${found.message}` : `${field} ${requirement}`,
  };
}
