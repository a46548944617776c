/** pay-button's properties, read, checked and turned into what is to be paid. */
import {
  inspect,
  isOrderInfoGiven,
  hash,
  INVALID,
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

const ORDER_INFO_EXTRAS = ['inlinePaySign', 'payResultUrl', 'promotionTag'];
const TEXT_PROPERTIES = ['text', 'method', 'orderKey', 'createUrl', 'statusUrl'].concat(ORDER_INFO_EXTRAS);
const OUTCOMES = /^(auto|none|((success|cancel|fail|pending)(,|$))+)$/;

/** An order-info that is still awaited locks the button: there is nothing to pay yet. */
export function isAwaited(values: Values): boolean {
  return !toText(values.createUrl) && !isOrderInfoGiven(values.orderInfo) && !toBoolean(values.manual);
}

/** @param outcome success, cancel, fail or pending */
export function isToasted(toast: unknown, outcome: string): boolean {
  const list = toText(toast).replace(/\s/g, '') || 'auto';
  return list === 'auto' || !OUTCOMES.test(list) || (',' + list + ',').indexOf(',' + outcome + ',') >= 0;
}

/**
 * Reads the properties as a request to pay. What is wrong with them is reported, and refused.
 * @param input what pay() was given, in place of the properties
 * @param extent 'full' reads all of order-info, to pay it; while it is only shown, its number is enough
 */
export function readRequest(
  values: Values,
  report: Report,
  input: PayInput | null,
  extent?: 'full',
): PaymentRequest {
  const given = (toObject(input) || {}) as PayInput & Values;
  const hasPayload = given.payload !== undefined;
  // A page may give the order itself.
  const order = given.orderInfo || (!hasPayload && given.tpOrderId ? given : null);
  const isOwnInput = hasPayload || !!order;
  const ready =
    order ||
    (!hasPayload && isOrderInfoGiven(values.orderInfo)
      ? readObject(values, 'orderInfo', report) || toText(values.orderInfo)
      : null);
  const ownPayload = readObject(values, 'orderPayload', report);
  const payload = hasPayload ? given.payload : ownPayload;
  // The amount property says nothing about other goods than those of the properties.
  const isOfOtherGoods = isOwnInput && (!!order || !isSameJson(payload, ownPayload));
  const amountGiven = isOfOtherGoods || given.amount !== undefined ? given.amount : values.amount;
  const amount = toFen(amountGiven);
  const isWrongAmount = amount !== null && isNaN(amount);
  if (isWrongAmount) report('amount', 'must be integer fen (¥6.80 is 680), got ' + inspect(amountGiven));
  const createUrl = ready ? '' : toText(values.createUrl);
  const request: PaymentRequest = {
    goods: ready ? toText(((toObject(ready) || {}) as Values).tpOrderId) : '',
    orderKey: toText(given.orderKey) || toText(values.orderKey),
    isReady: !!ready,
    input,
    isOwnInput,
    createUrl,
    method: (toText(values.method) || 'POST').toUpperCase(),
    payload,
    header: readObject(values, 'header', report) as Record<string, string> | null,
    statusUrl: toText(values.statusUrl),
    orderInfo: null,
    amount,
    bannedChannels: readChannels(values.bannedChannels, report),
    extras: readExtras(values),
    refusal: isWrongAmount ? INVALID : null,
  };
  if (createUrl) {
    nameGoods(request, report);
  } else if (extent && !ready) {
    report('create-url', 'or order-info is missing');
    request.refusal = INVALID;
  }
  if (toBoolean(values.virtualGoods) && isIos()) {
    request.refusal = { reason: 'virtual-goods-ios', code: null };
  } else if (extent && ready && !isWrongAmount) {
    const read = readOrderInfo(ready, amount);
    if ('failure' in read) request.refusal = read.failure;
    else request.orderInfo = read.orderInfo;
  }
  return request;
}

/** Names the goods of an order that create-url makes, and converts the payload to what is sent. */
function nameGoods(request: PaymentRequest, report: Report): void {
  const { orderKey, createUrl, method, amount } = request;
  try {
    const payload = (request.payload = asSent(request.payload));
    request.goods = hash([orderKey, createUrl, method, stableJson(payload), amount].join('\n'));
  } catch {
    report('order-payload', 'cannot be written as JSON');
    request.refusal = INVALID;
  }
}

/** A Date is sent as text, undefined is left out. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function isSameJson(one: unknown, other: unknown): boolean {
  try {
    return stableJson(asSent(one)) === stableJson(asSent(other));
  } catch {
    return false;
  }
}

/** The property as an object, also from its JSON text; null for none. */
function readObject(values: Values, name: string, report: Report): object | null {
  const object = toObject(values[name]);
  if (!object && toText(values[name])) report(toAttribute(name), 'must be an object or its JSON text');
  return object;
}

/** orderInfo -> order-info */
const toAttribute = (name: string): string => name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase());

function readChannels(value: unknown, report: Report): string[] {
  const channels = toObject(value);
  if (channels instanceof Array) return channels;
  if (value && value !== true) report('banned-channels', 'must be an array, got ' + inspect(value));
  return [];
}

function readExtras(values: Values): Record<string, string> {
  const extras: Record<string, string> = {};
  ORDER_INFO_EXTRAS.forEach(name => {
    const value = toText(values[name]);
    if (value) extras[name] = value;
  });
  return extras;
}

/** Reports properties whose value is not understood; such a value counts as the property's default. */
export function checkProperties(values: Values, report: Report): void {
  const choices: Values = { type: /^(primary|default|warn)$/, size: /^(default|mini)$/, toast: OUTCOMES };
  const names = Object.keys(choices);
  names.forEach(name => {
    const word = toText(values[name]).replace(/\s/g, '');
    if (word && !(choices[name] as RegExp).test(word)) report(name, 'is not understood: ' + word);
  });
  TEXT_PROPERTIES.concat(names).forEach(name => {
    if (Object(values[name]) === values[name]) report(toAttribute(name), 'must be text');
  });
}
