import { badRequest } from './errors';
import { readAmount, readFields } from './request-fields';

interface CartItem {
  sku: string;
  quantity: number;
}

export interface Cart {
  items: CartItem[];
  /** '' for none */
  coupon: string;
  /** fen the user saw; compared with the shop's own price, never used as one */
  totalAmount: number | null;
}

const MAX_LINES = 20;
const MAX_QUANTITY = 99;

/**
 * Reads the body of a quote or an order: `{ items: [{ sku, quantity }], coupon?, totalAmount? }`.
 *
 * @throws ShopError BAD_REQUEST naming the field. A field that is not known is refused, because a client that sends a
 * price expects it to count.
 */
export function readCart(body: unknown): Cart {
  const { items, coupon, totalAmount } = readFields(body, 'body', ['items', 'coupon', 'totalAmount']);
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_LINES) {
    throw badRequest('items', `must be an array of 1 to ${MAX_LINES} { sku, quantity }`);
  }
  if (coupon !== undefined && coupon !== null && typeof coupon !== 'string') {
    throw badRequest('coupon', 'must be text, or be left out');
  }
  return {
    items: items.map((item, index) => readItem(item, `items[${index}]`)),
    coupon: coupon ? coupon.trim().toUpperCase() : '',
    totalAmount: readAmount(totalAmount, 'totalAmount'),
  };
}

function readItem(value: unknown, field: string): CartItem {
  const { sku, quantity } = readFields(value, field, ['sku', 'quantity']);
  if (typeof sku !== 'string' || sku === '') throw badRequest(`${field}.sku`, 'must be the sku of a product');
  if (!Number.isInteger(quantity) || (quantity as number) < 1 || (quantity as number) > MAX_QUANTITY) {
    throw badRequest(`${field}.quantity`, `must be an integer from 1 to ${MAX_QUANTITY}`);
  }
  return { sku, quantity: quantity as number };
}
