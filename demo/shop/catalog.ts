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

type Usual = Pick<Product, 'pickup' | 'soldOut'>;

const product = (fields: Omit<Product, keyof Usual> & Partial<Usual>): Product => ({
  pickup: false,
  soldOut: false,
  ...fields,
});

export const PRODUCTS: readonly Product[] = [
  product({
    sku: 'postcard',
    title: '山居明信片',
    spec: '四季任选一张',
    description: '木版手印，背面留白写字',
    unitAmount: 100,
    pickup: true,
  }),
  product({
    sku: 'jasmine',
    title: '冷泡茉莉',
    spec: '350 ml · 到店自取',
    description: '凌晨入窖的茉莉，冷泡八小时',
    unitAmount: 680,
    pickup: true,
  }),
  product({
    sku: 'pine-smoke',
    title: '松烟小种',
    spec: '5 g 单泡装',
    description: '松木熏焙，一泡尝鲜',
    unitAmount: 960,
  }),
  product({
    sku: 'white-tea',
    title: '老白茶小饼',
    spec: '五年陈 · 100 g',
    description: '太姥山日晒，煮着喝更甜',
    unitAmount: 6800,
  }),
  product({
    sku: 'osmanthus',
    title: '金桂乌龙',
    spec: '罐装 · 80 g',
    description: '三窨一提，桂花只取当日鲜花',
    unitAmount: 8800,
  }),
  product({
    sku: 'cup',
    title: '青瓷品茗杯',
    spec: '60 ml · 一对',
    description: '龙泉弟窑，梅子青釉',
    unitAmount: 12900,
  }),
  product({
    sku: 'kettle',
    title: '手作铸铁壶',
    spec: '0.9 L',
    description: '生铁原模，出水利落',
    unitAmount: 46800,
    soldOut: true,
  }),
  product({
    sku: 'gaiwan',
    title: '柴烧盖碗茶席',
    spec: '七件 · 木盒装',
    description: '连烧三日的落灰釉，每套不同',
    unitAmount: 268000,
  }),
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
