import type { Cart } from './shop-api';

const STORAGE_KEY = 'ordered-carts';
const MAX_CARTS = 50;

interface OrderedCart {
  tpOrderId: string;
  cart: Cart;
}

function read(): OrderedCart[] {
  const stored: unknown = swan.getStorageSync(STORAGE_KEY);
  return Array.isArray(stored) ? (stored as OrderedCart[]) : [];
}

/**
 * An unpaid order is paid later with the cart it was made from: for the same goods pay-button asks for the same order.
 */
export function saveOrderedCart(tpOrderId: string, cart: Cart): void {
  const others = read().filter(other => other.tpOrderId !== tpOrderId);
  swan.setStorageSync(STORAGE_KEY, [{ tpOrderId, cart }].concat(others).slice(0, MAX_CARTS));
}

/** @returns null for an order that was made on another phone */
export function findOrderedCart(tpOrderId: string): Cart | null {
  const [ordered] = read().filter(other => other.tpOrderId === tpOrderId);
  return ordered ? ordered.cart : null;
}
