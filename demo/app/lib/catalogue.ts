import { formatFen } from 'swan-cashier';
import { ask } from './backend';

/** A product as the shop sells it; amounts in fen. */
export interface Product {
  sku: string;
  title: string;
  spec: string;
  description: string;
  unitAmount: number;
  thumbnail: string;
  soldOut: boolean;
}

export interface Coupon {
  code: string;
  title: string;
  minimum: number;
}

export const products = (): Promise<Product[]> => ask('GET', '/shop/products');

export const coupons = (): Promise<Coupon[]> => ask('GET', '/shop/coupons');

/** @param fen integer fen */
export const yuan = (fen: number): string => `¥${formatFen(fen)}`;
