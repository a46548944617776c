/**
 * orderInfo, the object 百度收银台 is called with: what it must look like, and exactly what is wrong with one that does not.
 * Pure, and shared by the components, the merchant kit, the local cashier and the doctor. Checks here need no key.
 */
import { parseFen } from './money';

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
  /** what the person is buying */
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

export type OrderInfoCode =
  | 'ORDERINFO_NOT_OBJECT'
  | 'ORDERINFO_IS_TEXT'
  | 'FIELD_MISSING'
  | 'NUMBER_INSTEAD_OF_STRING'
  | 'AMOUNT_NOT_INTEGER_FEN'
  | 'SIGN_RANGE_NOT_1'
  | 'APPKEY_IS_MINIAPP_KEY'
  | 'TPORDERID_CHARSET'
  | 'BIZINFO_NOT_STRING'
  | 'BIZINFO_NOT_JSON_OBJECT'
  | 'BIZINFO_TPDATA_MISMATCH'
  | 'BIZINFO_KEY_CASE'
  | 'BASE64_PERCENT_ENCODED'
  | 'BASE64_PLUS_BECAME_SPACE'
  | 'BASE64_LINE_BREAKS'
  | 'BASE64_URLSAFE'
  | 'BASE64_NO_PADDING'
  | 'HEX_INSTEAD_OF_BASE64'
  | 'DOUBLE_BASE64'
  | 'NOT_BASE64';

export interface OrderInfoProblem {
  code: OrderInfoCode;
  /** an error keeps the cashier shut, a warning does not */
  severity: 'error' | 'warning';
  /** the field it is about, '' for the whole */
  field: string;
  /** one English sentence for a developer; never holds a signature or a key */
  message: string;
}

export interface ParsedOrderInfo {
  /** a copy ready for the cashier; null when there is an error */
  orderInfo: OrderInfo | null;
  problems: OrderInfoProblem[];
}

/** Percent-encoding leaves these alone, so that no reader on the way can disagree about what was signed. */
export const TP_ORDER_ID = /^[A-Za-z0-9_.-]{1,64}$/;

type Fields = Record<string, unknown>;

const REQUIRED = ['dealId', 'appKey', 'totalAmount', 'tpOrderId', 'dealTitle', 'signFieldsRange', 'rsaSign'];
const REPEATED_IN_TP_DATA = ['dealId', 'appKey', 'totalAmount', 'tpOrderId'];

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

/** What happened to a base64 signature on its way; null when its text is strict base64. */
export function checkBase64(text: string): OrderInfoCode | null {
  const bare = text.replace(/\s/g, '');
  if (/%[0-9a-f]{2}/i.test(text)) return 'BASE64_PERCENT_ENCODED';
  if (/[\r\n]/.test(text)) return 'BASE64_LINE_BREAKS';
  if (/ /.test(text)) return 'BASE64_PLUS_BECAME_SPACE';
  if (/^([0-9a-f]{2}){64,}$/i.test(bare)) return 'HEX_INSTEAD_OF_BASE64';
  if (/[-_]/.test(bare) && /^[\w-]+=*$/.test(bare)) return 'BASE64_URLSAFE';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return 'NOT_BASE64';
  if (bare.length % 4) return 'BASE64_NO_PADDING';
  // Base64 of ASCII starts every group of four with A-Z or a-f; a signature does so once in 2^43.
  return /^([A-Za-f]...){43,}$/.test(bare) ? 'DOUBLE_BASE64' : null;
}

/**
 * Reads an orderInfo as a backend sent it.
 *
 * Strings are kept byte for byte, because the signature covers them. A number where a string belongs becomes its digits
 * (a warning), and JSON text becomes its object (a warning); everything else that is wrong is named.
 */
export function parseOrderInfo(input: unknown): ParsedOrderInfo {
  const problems: OrderInfoProblem[] = [];
  const source = typeof input === 'string' ? jsonObject(input) : input;
  if (!isObject(source)) return { orderInfo: null, problems: [problem('ORDERINFO_NOT_OBJECT', '', '')] };

  const order: Fields = {};
  const report = (code: OrderInfoCode, field: string, warning?: boolean, detail = ''): void => {
    problems.push(problem(code, field, detail, warning));
  };
  if (source !== input) report('ORDERINFO_IS_TEXT', '', true);
  Object.keys(source).forEach(key => {
    const value = source[key];
    // null and undefined are how Java and PHP say "absent"; the platform would read them as text.
    if (value !== null && value !== undefined) order[key] = value;
  });

  REQUIRED.forEach(field => {
    const value = order[field];
    if (field === 'totalAmount' && value && parseFen(value) === null) {
      report('AMOUNT_NOT_INTEGER_FEN', field, false, typeof value === 'object' ? '' : ', got ' + value);
    } else if (typeof value === 'number' && parseFen(value) !== null) {
      order[field] = '' + value;
      if (field !== 'signFieldsRange') report('NUMBER_INSTEAD_OF_STRING', field, true);
    } else if (!value || typeof value !== 'string') {
      report('FIELD_MISSING', field);
    }
  });

  const text = (field: string): string => (typeof order[field] === 'string' ? (order[field] as string) : '');
  const tpOrderId = text('tpOrderId');
  if (text('signFieldsRange') !== '1') report('SIGN_RANGE_NOT_1', 'signFieldsRange', true);
  if (/^[A-Za-z0-9]{32}$/.test(text('appKey'))) report('APPKEY_IS_MINIAPP_KEY', 'appKey', true);
  if (tpOrderId && !TP_ORDER_ID.test(tpOrderId)) report('TPORDERID_CHARSET', 'tpOrderId', true);
  const damage = text('rsaSign') && checkBase64(text('rsaSign'));
  if (damage) report(damage, 'rsaSign');
  checkBizInfo(order, report);

  const valid = problems.every(({ severity }) => severity === 'warning');
  return { orderInfo: valid ? (order as unknown as OrderInfo) : null, problems };
}

/** The codes are sentences in short; what to do about each stands in docs/signature-codes.md and in the doctor. */
function problem(code: OrderInfoCode, field: string, detail: string, warning?: boolean): OrderInfoProblem {
  const message =
    'orderInfo' + (field && '.' + field) + ': ' + code.toLowerCase().replace(/_/g, ' ') + detail;
  return { code, severity: warning ? 'warning' : 'error', field, message };
}

function checkBizInfo(
  order: Fields,
  report: (code: OrderInfoCode, field: string, warning?: boolean, detail?: string) => void,
): void {
  const { bizInfo } = order;
  if (!bizInfo) return;
  const holder = jsonObject(bizInfo);
  if (typeof bizInfo !== 'string') {
    report('BIZINFO_NOT_STRING', 'bizInfo');
  } else if (!holder) {
    report('BIZINFO_NOT_JSON_OBJECT', 'bizInfo');
  } else if (isObject(holder.tpData)) {
    const { tpData } = holder;
    Object.keys(tpData).forEach(key => {
      REPEATED_IN_TP_DATA.forEach(field => {
        if (key === field) {
          if (tpData[key] !== order[field]) report('BIZINFO_TPDATA_MISMATCH', 'bizInfo', true, ': ' + key);
        } else if (key.toLowerCase() === field.toLowerCase()) {
          report('BIZINFO_KEY_CASE', 'bizInfo', true, ': ' + key);
        }
      });
    });
  }
}
