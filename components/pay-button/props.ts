/** pay-button's properties, read, checked and turned into what is to be paid. */
import {
  describe,
  hash,
  isIos,
  type PayInput,
  type PaymentRequest,
  readOrderInfo,
  stableJson,
  toBoolean,
  toFen,
  toObject,
  toText,
} from '../../utils/internal';

type Values = Record<string, unknown>;

/** Names a property that the developer should mend, what is wrong with it and the fix. */
export type Report = (property: string, problem: string) => void;

const TEXTS = [
  'text',
  'method',
  'orderKey',
  'createUrl',
  'statusUrl',
  'inlinePaySign',
  'payResultUrl',
  'promotionTag',
];
const EXTRAS = ['inlinePaySign', 'payResultUrl', 'promotionTag'];
const OUTCOMES = /^(auto|none|((success|cancel|fail|pending)(,|$))+)$/;

/** An order-info that is still awaited locks the button: there is nothing to pay yet. */
export function isAwaited(values: Values): boolean {
  return (
    !toText(values.createUrl) &&
    !toObject(values.orderInfo) &&
    !toText(values.orderInfo) &&
    !toBoolean(values.manual)
  );
}

/** @param outcome success, cancel, fail or pending */
export function isToasted(toast: unknown, outcome: string): boolean {
  const list = toText(toast).replace(/\s/g, '') || 'auto';
  return list === 'auto' || !OUTCOMES.test(list) || (',' + list + ',').indexOf(',' + outcome + ',') >= 0;
}

/**
 * @param input what pay() was given, in place of the properties
 * @param isPaying reads order-info in full; while only shown, its number is enough
 */
export function readRequest(
  values: Values,
  input: PayInput | null,
  isPaying: boolean,
  report: Report,
): PaymentRequest {
  const given = input || {};
  const isOwnInput = given.payload !== undefined || !!given.orderInfo;
  const createUrl = toText(values.createUrl);
  const method = (toText(values.method) || 'POST').toUpperCase();
  const orderKey = toText(given.orderKey) || toText(values.orderKey);
  const objectOf = (name: string, property: string): object | null => {
    const object = toObject(values[name]);
    if (!object && toText(values[name])) report(property, 'must be an object or its JSON text');
    return object;
  };
  const ready =
    given.orderInfo ||
    (given.payload === undefined ? objectOf('orderInfo', 'order-info') || toText(values.orderInfo) : null);
  const amountGiven = isOwnInput || given.amount !== undefined ? given.amount : values.amount;
  const amount = toFen(amountGiven);
  let payload = given.payload === undefined ? objectOf('orderPayload', 'order-payload') : given.payload;
  let isRefused = amount !== amount;
  if (isRefused) report('amount', 'must be integer fen (¥6.80 is 680), got ' + describe(amountGiven));

  let goods = '';
  if (ready) {
    goods = toText(((toObject(ready) || {}) as Values).tpOrderId);
  } else if (createUrl) {
    try {
      // As it will be sent: a Date is text, undefined is left out.
      payload = JSON.parse(JSON.stringify(payload));
      goods = hash([orderKey, createUrl, method, stableJson(payload), amount].join('\n'));
    } catch {
      report('order-payload', 'cannot be written as JSON (does it hold itself?)');
      isRefused = true;
    }
  } else if (isPaying) {
    report('create-url', 'is missing: neither create-url nor order-info is set; give one of them');
    isRefused = true;
  }

  const isVirtual = toBoolean(values.virtualGoods) && isIos();
  const read = isPaying && ready && !isRefused && !isVirtual ? readOrderInfo(ready, amount) : null;
  return {
    goods,
    orderKey,
    isReady: !!ready,
    input,
    isOwnInput,
    createUrl: ready ? '' : createUrl,
    method,
    payload,
    header: objectOf('header', 'header') as Record<string, string> | null,
    statusUrl: toText(values.statusUrl),
    orderInfo: read && 'orderInfo' in read ? read.orderInfo : null,
    amount,
    bannedChannels: readChannels(values.bannedChannels, report),
    extras: readExtras(values),
    refusal: isVirtual
      ? { reason: 'virtual-goods-ios', code: null }
      : isRefused
        ? { reason: 'order-invalid', code: null }
        : read && 'failure' in read
          ? read.failure
          : null,
  };
}

function readChannels(value: unknown, report: Report): string[] {
  const channels = toObject(value);
  if (channels instanceof Array) return channels;
  if (value && value !== true) report('banned-channels', 'must be an array, got ' + describe(value));
  return [];
}

function readExtras(values: Values): Record<string, string> {
  const extras: Record<string, string> = {};
  EXTRAS.forEach(name => {
    const value = toText(values[name]);
    if (value) extras[name] = value;
  });
  return extras;
}

/** Reports properties whose value is not understood; such a value counts as the property's default. */
export function checkProperties(values: Values, report: Report): void {
  const choices: Values = { type: /^(primary|default|warn)$/, size: /^(default|mini)$/, toast: OUTCOMES };
  Object.keys(choices).forEach(name => {
    const word = toText(values[name]).replace(/\s/g, '');
    if (word && !(choices[name] as RegExp).test(word)) report(name, 'is not understood: ' + word);
  });
  TEXTS.forEach(name => {
    const property = name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase());
    if (values[name] && typeof values[name] === 'object') report(property, 'must be text');
  });
}
