/**
 * The signed text is a plain join, so the same text can be cut into other parameters: a buyer who puts
 * `&totalMoney=…&tpOrderId=…` into returnData would turn a genuine cheap notification into a dear one.
 * Therefore nothing that could hold a cut is accepted, however well it is signed.
 */
import { jsonObject } from '../utils/order/order-info';
import { TP_ORDER_ID, UNSIGNED_PARAMETERS } from './signature';

const PAY_IDS = ['orderId', 'userId', 'dealId'] as const;
const PAY_NUMBERS = [
  'totalMoney',
  'payMoney',
  'status',
  'unitPrice',
  'count',
  'promoMoney',
  'hbMoney',
  'hbBalanceMoney',
  'giftCardMoney',
  'payTime',
] as const;
/** Required to be whole numbers wherever they appear, so that no cut can end in one. */
const NUMERIC: readonly string[] = [
  ...PAY_IDS,
  ...PAY_NUMBERS,
  'payType',
  'partnerId',
  'refundBatchId',
  'refundStatus',
  'applyRefundMoney',
];
const JSON_PARAMETERS: readonly string[] = ['returnData', 'promoDetail'];

/**
 * Where a set of parameters could be a re-cut of another signed text.
 *
 * @returns the name of the first suspicious parameter, or null
 */
export function splicedAt(params: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(params)) {
    if (UNSIGNED_PARAMETERS.includes(name)) continue;
    const sound =
      /^[\w.-]+$/.test(name) &&
      (value === '' ||
        (JSON_PARAMETERS.includes(name)
          ? jsonObject(value) !== undefined
          : NUMERIC.includes(name)
            ? /^-?\d+$/.test(value)
            : name === 'tpOrderId'
              ? TP_ORDER_ID.test(value)
              : !/[&=]/.test(value)));
    if (!sound) return name;
  }
  return null;
}
