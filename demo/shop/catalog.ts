/** What the shop sells, and for how much. Prices live here only: no request ever names one. */

export interface Product {
  sku: string;
  title: string;
  spec: string;
  description: string;
  /** fen */
  unitAmount: number;
  /** picked up in the shop: no delivery fee */
  pickup: boolean;
  soldOut: boolean;
}

const product = (
  sku: string,
  title: string,
  spec: string,
  unitAmount: number,
  description: string,
  more: Partial<Product> = {},
): Product => ({ sku, title, spec, unitAmount, description, pickup: false, soldOut: false, ...more });

export const PRODUCTS: readonly Product[] = [
  product('postcard', '山居明信片', '四季任选一张', 100, '木版手印，背面留白写字', { pickup: true }),
  product('jasmine', '冷泡茉莉', '350 ml · 到店自取', 680, '凌晨入窖的茉莉，冷泡八小时', { pickup: true }),
  product('pine-smoke', '松烟小种', '5 g 单泡装', 960, '松木熏焙，一泡尝鲜'),
  product('white-tea', '老白茶小饼', '五年陈 · 100 g', 6800, '太姥山日晒，煮着喝更甜'),
  product('osmanthus', '金桂乌龙', '罐装 · 80 g', 8800, '三窨一提，桂花只取当日鲜花'),
  product('cup', '青瓷品茗杯', '60 ml · 一对', 12900, '龙泉弟窑，梅子青釉'),
  product('kettle', '手作铸铁壶', '0.9 L', 46800, '生铁原模，出水利落', { soldOut: true }),
  product('gaiwan', '柴烧盖碗茶席', '七件 · 木盒装', 268000, '连烧三日的落灰釉，每套不同'),
];

const BY_SKU = new Map(PRODUCTS.map(each => [each.sku, each]));

export function findProduct(sku: string): Product | undefined {
  return BY_SKU.get(sku);
}

interface Coupon {
  code: string;
  title: string;
  /** fen of goods from which it applies */
  minimum: number;
  /** fen off goods worth `goods` fen; less than `goods`, so that something is left to pay */
  off(goods: number): number;
}

export const COUPONS: readonly Coupon[] = [
  { code: 'HELLO', title: '新客立减', minimum: 500, off: () => 200 },
  // Integer arithmetic: ten per cent, rounded down to whole fen.
  { code: 'TEA90', title: '茶友九折', minimum: 6000, off: goods => (goods - (goods % 10)) / 10 },
];

const BY_CODE = new Map(COUPONS.map(each => [each.code, each]));

export function findCoupon(code: string): Coupon | undefined {
  return BY_CODE.get(code);
}

/** fen */
export const DELIVERY_FEE = 600;
/** fen of goods from which delivery is free */
export const FREE_DELIVERY_FROM = 9900;
