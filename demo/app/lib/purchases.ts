import type { Cart } from './cart';

/**
 * What was ordered on this phone. An unpaid order is paid later with the cart and the order-key it was made with, so
 * that the shop answers the same order again instead of making another one.
 */
export interface Purchase {
  tpOrderId: string;
  orderKey: string;
  cart: Cart;
}

interface Book {
  /** how often each cart was bought, so that the same goods can be bought again */
  bought: Record<string, number>;
  purchases: Purchase[];
}

const KEY = 'purchases';
const KEPT = 50;

function read(): Book {
  const book = swan.getStorageSync(KEY) as unknown as Partial<Book> | null;
  return book && book.bought && book.purchases ? (book as Book) : { bought: {}, purchases: [] };
}

function write(book: Book): void {
  swan.setStorageSync(KEY, book);
}

const nameOf = ({ items, coupon }: Cart): string =>
  items.map(({ sku, quantity }) => `${sku}*${quantity}`).join('+') + (coupon && `-${coupon}`);

/** One and the same for a cart until it is paid: whoever comes back to it pays the order that is there already. */
export function orderKeyOf(cart: Cart): string {
  const name = nameOf(cart);
  return `${name}#${read().bought[name] || 0}`;
}

export function remember(purchase: Purchase): void {
  const { bought, purchases } = read();
  const others = purchases.filter(({ tpOrderId }) => tpOrderId !== purchase.tpOrderId);
  write({ bought, purchases: [purchase].concat(others).slice(0, KEPT) });
}

/** @returns undefined for an order that was made elsewhere */
export function recall(tpOrderId: string): Purchase | undefined {
  return read().purchases.filter(purchase => purchase.tpOrderId === tpOrderId)[0];
}

/** This order is paid: the next one for the same goods is another purchase. */
export function finish(tpOrderId: string): void {
  const purchase = recall(tpOrderId);
  if (!purchase || purchase.orderKey !== orderKeyOf(purchase.cart)) return;
  const { bought, purchases } = read();
  const name = nameOf(purchase.cart);
  write({ bought: { ...bought, [name]: (bought[name] || 0) + 1 }, purchases });
}
