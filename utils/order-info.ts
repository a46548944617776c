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
  return /%[0-9a-f]{2}/i.test(text)
    ? 'BASE64_PERCENT_ENCODED'
    : /[\r\n]/.test(text)
      ? 'BASE64_LINE_BREAKS'
      : / /.test(text)
        ? 'BASE64_PLUS_BECAME_SPACE'
        : /^([0-9a-f]{2}){64,}$/i.test(bare)
          ? 'HEX_INSTEAD_OF_BASE64'
          : /[-_]/.test(bare) && /^[\w-]+=*$/.test(bare)
            ? 'BASE64_URLSAFE'
            : !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)
              ? 'NOT_BASE64'
              : bare.length % 4
                ? 'BASE64_NO_PADDING'
                : // Base64 of ASCII starts every group of four with A-Z or a-f; a signature does so once in 2^43.
                  /^([A-Za-f]...){43,}$/.test(bare)
                  ? 'DOUBLE_BASE64'
                  : null;
}

/**
 * Reads an orderInfo as a backend sent it.
 *
 * Strings are kept byte for byte, because the signature covers them. A number where a string belongs becomes its digits
 * (a warning), and JSON text becomes its object (a warning); everything else that is wrong is named.
 */
export function parseOrderInfo(input: unknown): ParsedOrderInfo {
  const problems: OrderInfoProblem[] = [];
  let failed = false;
  const report = (code: OrderInfoCode, field: string, message: string, warning?: boolean): void => {
    failed = failed || !warning;
    problems.push({ code, severity: warning ? 'warning' : 'error', field, message });
  };

  let source = input;
  if (typeof source === 'string' && (source = jsonObject(source))) {
    report('ORDERINFO_IS_TEXT', '', 'orderInfo is JSON text; send it as an object', true);
  }
  if (!isObject(source)) {
    report('ORDERINFO_NOT_OBJECT', '', 'orderInfo must be an object');
    return { orderInfo: null, problems };
  }

  const order: Fields = {};
  Object.keys(source).forEach(key => {
    const value = (source as Fields)[key];
    // null and undefined are how Java and PHP say "absent"; the platform would read them as text.
    if (value !== null && value !== undefined) order[key] = value;
  });

  REQUIRED.forEach(field => {
    const value = order[field];
    if (field !== 'totalAmount' && typeof value === 'number' && parseFen(value) !== null) {
      order[field] = '' + value;
      if (field !== 'signFieldsRange') {
        report('NUMBER_INSTEAD_OF_STRING', field, field + ' is a number; send it as a string', true);
      }
    } else if (field !== 'totalAmount' && (typeof value !== 'string' || !value)) {
      report('FIELD_MISSING', field, field + ' is missing or not a string');
    }
  });

  const amount = order.totalAmount;
  if (amount === undefined || amount === '') {
    report('FIELD_MISSING', 'totalAmount', 'totalAmount is missing');
  } else if (parseFen(amount) === null) {
    report(
      'AMOUNT_NOT_INTEGER_FEN',
      'totalAmount',
      'totalAmount must be integer fen as digits, got ' + amount,
    );
  } else if (typeof amount === 'number') {
    order.totalAmount = '' + amount;
    report('NUMBER_INSTEAD_OF_STRING', 'totalAmount', 'totalAmount is a number; send it as a string', true);
  }

  const { appKey, tpOrderId, signFieldsRange, rsaSign } = order as Record<string, string>;
  if (signFieldsRange && signFieldsRange !== '1') {
    report(
      'SIGN_RANGE_NOT_1',
      'signFieldsRange',
      'signFieldsRange should be "1": the price is not signed',
      true,
    );
  }
  if (/^[A-Za-z0-9]{32}$/.test(appKey as string)) {
    report(
      'APPKEY_IS_MINIAPP_KEY',
      'appKey',
      "appKey looks like the mini-program's; use the payment appKey",
      true,
    );
  }
  if (tpOrderId && !/^[\w.-]{1,64}$/.test(tpOrderId)) {
    report('TPORDERID_CHARSET', 'tpOrderId', 'tpOrderId should be 1 to 64 of A-Z a-z 0-9 _ . -', true);
  }
  const damage = rsaSign && typeof rsaSign === 'string' && checkBase64(rsaSign);
  if (damage) report(damage, 'rsaSign', 'rsaSign is not strict base64');

  checkBizInfo(order, report);
  return { orderInfo: failed ? null : (order as unknown as OrderInfo), problems };
}

function checkBizInfo(
  order: Fields,
  report: (code: OrderInfoCode, field: string, message: string, warning?: boolean) => void,
): void {
  const bizInfo = order.bizInfo;
  if (bizInfo === undefined || bizInfo === '') return;
  if (typeof bizInfo !== 'string') {
    report('BIZINFO_NOT_STRING', 'bizInfo', 'bizInfo must be JSON text, not an object');
    return;
  }
  const holder = jsonObject(bizInfo);
  if (!holder) {
    report('BIZINFO_NOT_JSON_OBJECT', 'bizInfo', 'bizInfo is not the text of a JSON object');
    return;
  }
  const tpData = holder.tpData;
  if (!isObject(tpData)) return;
  REPEATED_IN_TP_DATA.forEach(field => {
    Object.keys(tpData).forEach(key => {
      if (key === field ? tpData[key] !== order[field] : key.toLowerCase() === field.toLowerCase()) {
        report(
          key === field ? 'BIZINFO_TPDATA_MISMATCH' : 'BIZINFO_KEY_CASE',
          'bizInfo',
          'bizInfo.tpData.' + key + (key === field ? ' differs from orderInfo' : ' should be spelt ' + field),
          true,
        );
      }
    });
  });
}
