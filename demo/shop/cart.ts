import { parseFen } from '../../utils/order/money';
import { badRequest } from './errors';

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

/**
 * Reads an optional amount: null when it is absent.
 *
 * @throws ShopError BAD_REQUEST for yuan, decimals, text, zero
 */
export function readAmount(value: unknown, field: string): number | null {
  if (value === undefined || value === null) return null;
  const fen = typeof value === 'number' ? parseFen(value) : null;
  if (!fen) {
    throw badRequest(field, 'must be a positive integer number of fen (12.50 yuan is 1250), or be left out');
  }
  return fen;
}

/** The fields of a JSON object that may have only these. */
export function readFields<Name extends string>(
  value: unknown,
  field: string,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(field, 'must be a JSON object');
  }
  const unknown = Object.keys(value).find(name => !names.some(known => known === name));
  if (unknown !== undefined) {
    const place = field === 'body' ? unknown : `${field}.${unknown}`;
    throw badRequest(place.slice(0, 80), `is not a field here; known: ${names.join(', ')}`);
  }
  return value;
}
