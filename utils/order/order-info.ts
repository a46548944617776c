/**
 * Reads orderInfo, the object 百度收银台 is called with, and names what is wrong with it. Pure; shared by the components,
 * the merchant kit, the sandbox and the doctor. It ships to the phone, so what takes long sentences, a key or a look into
 * the signature is in merchant/diagnose.
 */
import { MAX_FEN, parseFen } from './money';

/**
 * What `swan.requestPolymerPayment` takes. The backend makes it and signs it; the mini-program only carries it.
 * Source: 百度智能小程序 docs, 调起百度收银台.
 */
export interface OrderInfo {
  /** settlement agreement, decimal */
  dealId: string;
  /** the *payment* appKey (MM….), not the mini-program's App Key */
  appKey: string;
  /** fen, decimal digits */
  totalAmount: string;
  /** the merchant's own order number */
  tpOrderId: string;
  /** what the user is buying */
  dealTitle: string;
  /** "1": totalAmount is covered by the signature */
  signFieldsRange: string;
  /** SHA1withRSA over the signed fields, base64 */
  rsaSign: string;
  /** text of a JSON object: `{"tpData": {…}}` */
  bizInfo?: string;
  notifyUrl?: string;
  payResultUrl?: string;
  inlinePaySign?: string;
  promotionTag?: string;
}

/** Each is explained in docs/signature-codes.md and by the doctor. */
export type OrderInfoCode =
  | 'ORDERINFO_NOT_OBJECT'
  | 'ORDERINFO_IS_TEXT'
  | 'FIELD_MISSING'
  | 'NUMBER_INSTEAD_OF_STRING'
  | 'NUMBER_LOST_DIGITS'
  | 'AMOUNT_NOT_INTEGER_FEN'
  | 'SIGN_RANGE_NOT_1'
  | 'APPKEY_IS_MINIAPP_KEY'
  | 'TPORDERID_AMBIGUOUS'
  | 'BANNEDCHANNELS_MISPLACED'
  | 'BIZINFO_NOT_STRING'
  | 'BIZINFO_NOT_JSON_OBJECT'
  | 'BIZINFO_TPDATA_MISMATCH'
  | 'BIZINFO_KEY_CASE'
  | 'RETURNDATA_NOT_OBJECT';

export interface OrderInfoProblem {
  code: OrderInfoCode;
  /** with an error the cashier must not be called; with a warning it can be */
  severity: 'error' | 'warning';
  /** the field it is about ("tpOrderId", "bizInfo.tpData.totalAmount"), '' for the whole */
  field: string;
  /** one English sentence for a developer; never holds a signature or a key */
  message: string;
}

interface ParsedOrderInfo {
  /** a copy ready for the cashier; null when there is an error */
  orderInfo: OrderInfo | null;
  problems: OrderInfoProblem[];
}

type Fields = Record<string, unknown>;
/** @param severity 'warning' where it is left out */
type Report = (
  code: OrderInfoCode,
  field: string,
  fix?: string,
  severity?: OrderInfoProblem['severity'],
) => void;

const REPEATED_IN_TP_DATA = ['dealId', 'appKey', 'totalAmount', 'tpOrderId'];
const REQUIRED = REPEATED_IN_TP_DATA.concat('dealTitle', 'signFieldsRange', 'rsaSign');

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function isObject(value: unknown): value is Fields {
  return !!value && typeof value === 'object' && !(value instanceof Array);
}

/** JSON text -> the object it holds; undefined for anything else. */
export function jsonObject(text: unknown): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text as string);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads an orderInfo as a backend sent it.
 *
 * Strings are kept byte for byte, because the signature covers them. A number where a string belongs becomes its digits
 * (a warning), and JSON text becomes its object (a warning); everything else that is wrong is named.
 */
export function parseOrderInfo(input: unknown): ParsedOrderInfo {
  const order: Fields = {};
  const problems: OrderInfoProblem[] = [];
  let valid = true;
  const report: Report = (code, field, fix = '', severity = 'warning') => {
    const what = code.toLowerCase().replace(/_/g, ' ');
    const message = 'orderInfo' + (field && '.' + field) + ': ' + what + fix;
    problems.push({ code, severity, field, message });
    valid = valid && severity === 'warning';
  };
  const source = typeof input === 'string' ? jsonObject(input) : input;
  if (isObject(source)) {
    if (source !== input) report('ORDERINFO_IS_TEXT', '');
    Object.keys(source).forEach(key => {
      // null and undefined are how Java and PHP say "absent"; the platform would read them as text.
      if (!isAbsent(source[key])) order[key] = source[key];
    });
    REQUIRED.forEach(field => readField(order, field, report));
    checkValues(order, report);
    checkBizInfo(order, report);
  } else {
    report('ORDERINFO_NOT_OBJECT', '', '', 'error');
  }
  return { orderInfo: valid ? (order as unknown as OrderInfo) : null, problems };
}

/** A required field must be text; a number becomes its digits while it has all of them. */
function readField(order: Fields, field: string, report: Report): void {
  const value = order[field];
  if (field === 'totalAmount' && value && parseFen(value) === null) {
    const got = /string|number/.test(typeof value) ? ', got ' + value : '';
    report('AMOUNT_NOT_INTEGER_FEN', field, got, 'error');
  } else if (typeof value === 'number' && Math.abs(value) > MAX_FEN) {
    report('NUMBER_LOST_DIGITS', field, ' beyond 2^53: send it in quotes', 'error');
  } else if (typeof value === 'number' && parseFen(value) !== null) {
    order[field] = '' + value;
    if (field !== 'signFieldsRange') report('NUMBER_INSTEAD_OF_STRING', field);
  } else if (!value || typeof value !== 'string') {
    report('FIELD_MISSING', field, '', 'error');
  }
}

function checkValues(order: Fields, report: Report): void {
  const matches = (field: string, pattern: RegExp): boolean =>
    typeof order[field] === 'string' && pattern.test(order[field] as string);
  if (!matches('signFieldsRange', /^1$/)) report('SIGN_RANGE_NOT_1', 'signFieldsRange');
  if (matches('appKey', /^[A-Za-z0-9]{32}$/)) report('APPKEY_IS_MINIAPP_KEY', 'appKey');
  if (matches('tpOrderId', /[&=]/)) report('TPORDERID_AMBIGUOUS', 'tpOrderId', ': it has & or =');
  if (order.bannedChannels) {
    report('BANNEDCHANNELS_MISPLACED', 'bannedChannels', ': use the property banned-channels');
  }
}

function checkBizInfo(order: Fields, report: Report): void {
  const { bizInfo } = order;
  if (!bizInfo) return;
  const holder = jsonObject(bizInfo);
  if (typeof bizInfo !== 'string') {
    report('BIZINFO_NOT_STRING', 'bizInfo', '', 'error');
  } else if (!holder) {
    report('BIZINFO_NOT_JSON_OBJECT', 'bizInfo', '', 'error');
  } else if (isObject(holder.tpData)) {
    checkTpData(holder.tpData, order, report);
  }
}

/** tpData repeats values of orderInfo, and holds what the notification gives back. */
function checkTpData(tpData: Fields, order: Fields, report: Report): void {
  Object.keys(tpData).forEach(key => {
    const path = 'bizInfo.tpData.' + key;
    const value = tpData[key];
    if (key === 'returnData' && !isAbsent(value) && !isObject(value)) {
      report('RETURNDATA_NOT_OBJECT', path);
    }
    REPEATED_IN_TP_DATA.forEach(field => {
      if (key === field) {
        // JSON reads a number in here with the digits it can keep, so the text is read the same way.
        const sent =
          typeof value === 'number' && typeof order[field] === 'string' ? +order[field] : order[field];
        if (value !== sent) report('BIZINFO_TPDATA_MISMATCH', path);
      } else if (key.toLowerCase() === field.toLowerCase()) {
        report('BIZINFO_KEY_CASE', path);
      }
    });
  });
}
