/**
 * Builds the orderInfo of 调起百度收银台, ready to be signed.
 */
import { parseFen } from '../utils/order/money';
import { InvalidArgumentError } from './errors';
import { formEncode, MAX_BODY_BYTES } from './form-body';
import { findAmbiguousParameter } from './notification-ambiguity';
import { describeType, truncate } from './printable';
import type { UnsignedOrder } from './signature';

/** One row of the cashier's top block; both columns are shown to the buyer. */
export interface CashierRow {
  leftCol: string;
  rightCol: string;
}

/** Groups of rows. */
export type CashierTopBlock = CashierRow[][];

export interface OrderInput {
  /** payment appKey (MM….) of the payment service, not the mini-program's App Key */
  appKey: string;
  /** settlement id, decimal */
  dealId: string;
  /** your order number, [A-Za-z0-9_.-]{1,64}, unique */
  tpOrderId: string;
  /** fen, integer */
  totalAmount: number;
  /** what is bought, in words that the buyer knows */
  dealTitle: string;
  /**
   * a plain object that the payment notification returns. It passes through the client unsigned: do not trust it.
   */
  returnData?: Record<string, unknown> | undefined;
  /** tpData.displayData of bizInfo; cashierTopBlock is its usual content */
  displayData?: Record<string, unknown> | undefined;
  cashierTopBlock?: CashierTopBlock | undefined;
  /** where the payment notification of this order goes; absent: the console's setting */
  notifyUrl?: string | undefined;
  /** page the buyer returns to where the cashier is a web page, "/pages/…" */
  payResultUrl?: string | undefined;
  inlinePaySign?: string | undefined;
  /** platform coupons, comma separated */
  promotionTag?: string | undefined;
}

const TEXT_FIELDS = ['appKey', 'dealId', 'tpOrderId', 'dealTitle'] as const;

/** @throws InvalidArgumentError for an id that is a number: JSON.parse may have rounded it already */
function checkText(field: string, value: unknown): void {
  if (typeof value === 'string') return;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError(
      field,
      `${field} came as the number ${value}, which has lost digits beyond 2^53: send it in quotes, keep it as text`,
    );
  }
  const isNumeric = typeof value === 'number' || typeof value === 'bigint';
  const got = isNumeric ? `the number ${value}: use String(${field})` : describeType(value);
  throw new InvalidArgumentError(field, `${field} must be text, got ${got}`);
}

function isPlainObject(value: unknown): boolean {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Looks at the prototype chain, because an object of another realm (a vm, a test runner) has another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const NOTIFICATION_PARAMETERS = [
  'count',
  'dealId',
  'giftCardMoney',
  'hbBalanceMoney',
  'hbMoney',
  'orderId',
  'partnerId',
  'payMoney',
  'payTime',
  'payType',
  'promoMoney',
  'status',
  'totalMoney',
  'tpOrderId',
  'unitPrice',
  'userId',
];

/**
 * A payment notification, for the check that returnData does not make it ambiguous. Its values are not known yet; this one
 * is repeated in no returnData.
 */
const SAMPLE_NOTIFICATION = {
  ...Object.fromEntries(NOTIFICATION_PARAMETERS.map(name => [name, '9'.repeat(40)])),
  promoDetail: '',
};

/** Bytes of the returnData in the body of a notification, which verifyNotification reads up to MAX_BODY_BYTES. */
const MAX_RETURN_DATA_BYTES = MAX_BODY_BYTES - 4096;

function throwReturnData(problem: string): never {
  throw new InvalidArgumentError('returnData', `returnData ${problem}`);
}

/** @throws InvalidArgumentError for returnData that would make verifyNotification refuse the payment's notification */
function checkReturnData(returnData: unknown): void {
  if (returnData === undefined) return;
  let json: string | undefined;
  try {
    json = JSON.stringify(returnData);
  } catch (error) {
    throwReturnData(`must be what JSON can hold: ${String(error).split('\n')[0]}`);
  }
  // A method toJSON may make something else of an object.
  if (!isPlainObject(returnData) || !json?.startsWith('{')) {
    throwReturnData(
      `must be a plain object such as { cartId: '17' }, got ${describeType(returnData)}; leave it out when there is none`,
    );
  }
  const size = formEncode(json).length;
  if (size > MAX_RETURN_DATA_BYTES) {
    throwReturnData(`has ${size} bytes in the notification, where at most ${MAX_RETURN_DATA_BYTES} are read`);
  }
  if (findAmbiguousParameter({ ...SAMPLE_NOTIFICATION, returnData: json }, 'pay') !== null) {
    throwReturnData(
      'holds text that reads like parameters of the notification (&status=…&): encode it, as with encodeURIComponent',
    );
  }
}

/** A value as an error shows it: text in quotes, because "100" is no number. */
function describe(value: unknown): string {
  if (typeof value === 'string') return `the text ${JSON.stringify(truncate(value, 40))}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** @throws InvalidArgumentError for displayData that JSON cannot hold; returnData was checked before */
function writeBizInfo(tpData: Record<string, unknown>): string {
  try {
    return JSON.stringify({ tpData });
  } catch (error) {
    const reason = String(error).split('\n')[0];
    throw new InvalidArgumentError('displayData', `displayData must be what JSON can hold: ${reason}`);
  }
}

/**
 * Builds an order with its bizInfo; the price is covered by the signature (signFieldsRange "1").
 *
 * @param input amounts in integer fen
 * @throws InvalidArgumentError naming the field, when totalAmount is no integer fen >= 1, an id is no text, or returnData is no
 *   plain object; signOrderInfo checks the rest
 * @example
 * const order = buildOrderInfo({ appKey, dealId, tpOrderId, totalAmount: 11300, dealTitle: '爱鲜蜂' });
 * const orderInfo = signOrderInfo(order, privateKey);
 */
export function buildOrderInfo(input: OrderInput): UnsignedOrder {
  const given: unknown = input;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidArgumentError(
      'input',
      `input must be an object of the order's fields, got ${describe(given)}`,
    );
  }
  const { appKey, dealId, tpOrderId, dealTitle } = input;
  const fen = parseFen(input.totalAmount);
  if (typeof input.totalAmount !== 'number' || fen === null || fen < 1) {
    throw new InvalidArgumentError(
      'totalAmount',
      `totalAmount must be an integer number of fen, at least 1 (113.00 yuan is 11300), got ${describe(input.totalAmount)}`,
    );
  }
  TEXT_FIELDS.forEach(field => checkText(field, input[field]));
  checkReturnData(input.returnData);
  const totalAmount = String(fen);
  const displayData = input.cashierTopBlock
    ? { ...input.displayData, cashierTopBlock: input.cashierTopBlock }
    : input.displayData;
  const order: UnsignedOrder = {
    dealId,
    appKey,
    totalAmount,
    tpOrderId,
    dealTitle,
    signFieldsRange: '1',
    bizInfo: writeBizInfo({
      appKey,
      dealId,
      tpOrderId,
      totalAmount,
      returnData: input.returnData,
      displayData,
    }),
  };
  for (const field of ['notifyUrl', 'payResultUrl', 'inlinePaySign', 'promotionTag'] as const) {
    const value = input[field];
    if (value !== undefined) order[field] = value;
  }
  return order;
}
