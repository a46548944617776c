import { DELIVERY_FEE, findCoupon, findProduct, FREE_DELIVERY_FROM, type Product } from './catalog';
import type { OrderCharge } from '../../utils/order/order-view';
import type { Cart } from './cart';
import { badRequest, ShopError } from './errors';

/** Amounts in fen. */
export interface PricedLine {
  sku: string;
  title: string;
  spec: string;
  unitAmount: number;
  quantity: number;
  amount: number;
}

export interface Price {
  title: string;
  lines: PricedLine[];
  fees: OrderCharge[];
  discounts: OrderCharge[];
  /** lines + fees - discounts, always at least 1 fen */
  totalAmount: number;
}

/**
 * Prices a cart from the shop's own catalogue.
 *
 * @throws ShopError BAD_REQUEST for an unknown sku, SOLD_OUT, COUPON_UNKNOWN, COUPON_MINIMUM, PRICE_CHANGED
 */
export function priceOf(cart: Cart): Price {
  const products: Product[] = [];
  const lines = cart.items.map(({ sku, quantity }, index) => {
    const product = findProduct(sku);
    if (!product) throw badRequest(`items[${index}].sku`, 'is not in the catalogue, see GET /shop/products');
    if (product.soldOut) throw new ShopError('SOLD_OUT', { reason: `${sku} is sold out` });
    products.push(product);
    const { title, spec, unitAmount } = product;
    return { sku, title, spec, unitAmount, quantity, amount: unitAmount * quantity };
  });

  const goods = sum(lines);
  const delivered = products.some(product => !product.pickup);
  const fees = delivered ? [{ title: '运费', amount: goods >= FREE_DELIVERY_FROM ? 0 : DELIVERY_FEE }] : [];
  const discounts = cart.coupon ? [discountOf(cart.coupon, goods)] : [];
  const totalAmount = goods + sum(fees) - sum(discounts);
  return { title: titleOf(lines), lines, fees, discounts, totalAmount };
}

function discountOf(code: string, goods: number): OrderCharge {
  const coupon = findCoupon(code);
  if (!coupon) throw new ShopError('COUPON_UNKNOWN', { field: 'coupon', reason: 'no coupon has this code' });
  if (goods < coupon.minimum) {
    throw new ShopError('COUPON_MINIMUM', {
      field: 'coupon',
      reason: `needs goods of ${coupon.minimum} fen`,
    });
  }
  return { title: coupon.title, amount: coupon.off(goods) };
}

/** What the cashier shows as the name of the order. */
function titleOf(lines: PricedLine[]): string {
  const [first] = lines;
  const count = lines.reduce((total, line) => total + line.quantity, 0);
  return count === 1 ? (first?.title ?? '') : `${first?.title} 等 ${count} 件`;
}

function sum(parts: { amount: number }[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0);
}
