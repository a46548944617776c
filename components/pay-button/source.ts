/** pay-button's properties, read, checked and turned into what the registry understands. */
import {
  hash,
  isIos,
  type PayInput,
  readOrderInfo,
  type Source,
  stableJson,
  toBoolean,
  toFen,
  toObject,
  toText,
} from '../../utils/bundle';
import { checkProperties, type Report } from './check';

type Values = Record<string, unknown>;
const CHANNELS = ['Alipay', 'WeChat', 'BDWallet', 'Quickpay', 'Huabei', 'Chinapay', 'ApplePay'];

/**
 * @param report told what the developer should mend: the property, what is wrong and the fix
 * @param paying reads order-info in full; while only shown, its identity is enough
 */
export function readSource(values: Values, input: PayInput | null, paying: boolean, report: Report): Source {
  checkProperties(values, report);
  const createUrl = toText(values.createUrl);
  const method = (toText(values.method) || 'POST').toUpperCase();
  const objectOf = (name: string, property: string): object | null => {
    const object = toObject(values[name]);
    if (!object && toText(values[name])) report(property, 'must be an object or its JSON text');
    return object;
  };
  let payload =
    input && input.payload !== undefined ? input.payload : objectOf('orderPayload', 'order-payload');
  const given = (input && input.orderInfo) || objectOf('orderInfo', 'order-info');
  const tpOrderId = given ? toText(((toObject(given) || {}) as Values).tpOrderId) : '';
  let fingerprint = tpOrderId;
  const amount = toFen(values.amount);
  const virtual = toBoolean(values.virtualGoods) && isIos();
  let refused = amount !== amount;
  if (refused) report('amount', 'must be integer fen (¥6.80 is 680), got ' + stableJson(values.amount));
  if (!given && createUrl) {
    try {
      // As it will be sent: a Date is text, undefined is left out.
      payload = JSON.parse(JSON.stringify(payload));
      fingerprint = hash(createUrl + method + stableJson(payload));
    } catch {
      report('order-payload', 'cannot be written as JSON (does it hold itself?)');
      refused = true;
    }
  }

  const bannedChannels = readChannels(values.bannedChannels, report);
  if (paying && !virtual && !given && !createUrl) {
    report('create-url', 'is missing: neither create-url nor order-info is set; give one of them');
    refused = true;
  }
  const orderInfo = paying && given && !refused ? readOrderInfo(given, amount) : null;
  if (given && !orderInfo) refused = true;

  return {
    orderKey: toText(values.orderKey) || fingerprint,
    fingerprint,
    origin: given ? 'order-info' : method + ' ' + createUrl,
    createUrl: given ? '' : createUrl,
    method,
    payload,
    header: objectOf('header', 'header') as Record<string, string> | null,
    statusUrl: toText(values.statusUrl),
    orderInfo,
    amount,
    bannedChannels,
    extras: readExtras(values),
    refusal: virtual
      ? { reason: 'virtual-goods-ios', code: null }
      : refused
        ? { reason: 'order-invalid', code: null }
        : null,
  };
}

function readChannels(value: unknown, report: Report): string[] {
  const channels = toObject(value);
  if (!(channels instanceof Array)) {
    if (value && value !== true) report('banned-channels', 'must be an array, got ' + stableJson(value));
    return [];
  }
  const unknown = channels.filter(channel => CHANNELS.indexOf(channel) < 0);
  if (unknown.length) report('banned-channels', 'unknown: ' + unknown + '; known are ' + CHANNELS);
  return channels;
}

function readExtras(values: Values): Record<string, string> {
  const extras: Record<string, string> = {};
  ['inlinePaySign', 'payResultUrl', 'promotionTag'].forEach(name => {
    const value = toText(values[name]);
    if (value) extras[name] = value;
  });
  return extras;
}
