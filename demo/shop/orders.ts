import { createHash, randomInt } from 'node:crypto';
import { buildOrderInfo, signOrderInfo, type OrderInfo } from '../../merchant';
import { formatFen } from '../../utils/order/money';
import type { OrderCharge, OrderStatus, OrderView } from '../../utils/order/order-view';
import type { Database, Queryable } from '../../lib/database';
import type { Cart } from './cart';
import type { ShopContext } from './shop-options';
import { ShopError } from './errors';
import { pictureUrl } from './pictures';
import { priceOf, type Price, type PricedLine } from './pricing';

/** A row of shop.orders. Amounts in fen. */
export interface OrderRow {
  tp_order_id: string;
  shopper: string | null;
  request_hash: string;
  title: string;
  lines: PricedLine[];
  fees: OrderCharge[];
  discounts: OrderCharge[];
  total_amount: number;
  status: OrderStatus;
  close_reason: 'expired' | 'cancelled' | null;
  refunded_amount: number;
  created_at: Date;
  expires_at: Date;
  /**
   * its time to pay is over, by the clock of the database. It stays unpaid until a query at Baidu, because it may be
   * paid there.
   */
  expired: boolean;
  /** the clock of the database */
  server_time: Date;
}

/** An order with what a view of it needs besides. */
interface OrderRecord extends OrderRow {
  has_rejected_payment: boolean;
  has_failed_refund: boolean;
}

const COLUMNS = 'o.*, o.expires_at <= now() AS expired, now() AS server_time';

const SELECT_ORDER = `
  SELECT ${COLUMNS},
         EXISTS (SELECT FROM shop.payments p
                 WHERE p.tp_order_id = o.tp_order_id AND p.status = 'rejected') AS has_rejected_payment,
         EXISTS (SELECT FROM shop.payments p JOIN shop.refunds r USING (order_id)
                 WHERE p.tp_order_id = o.tp_order_id AND p.status = 'accepted'
                   AND r.status IN ('refused', 'failed')) AS has_failed_refund
  FROM shop.orders o`;

/** @throws ShopError ORDER_NOT_FOUND */
export async function getOrder(db: Queryable, tpOrderId: string): Promise<OrderRecord> {
  const { rows } = await db.query<OrderRecord>(`${SELECT_ORDER} WHERE o.tp_order_id = $1`, [tpOrderId]);
  if (rows[0]) return rows[0];
  throw new ShopError('ORDER_NOT_FOUND', {
    field: 'tpOrderId',
    reason: `this shop has no order ${tpOrderId.slice(0, 64)}`,
  });
}

/** The newest 50 orders of a shopper, newest first. */
export async function listOrders(db: Queryable, shopper: string): Promise<OrderRecord[]> {
  const newest = `${SELECT_ORDER} WHERE o.shopper = $1 ORDER BY o.created_at DESC, o.tp_order_id DESC LIMIT 50`;
  return (await db.query<OrderRecord>(newest, [shopper])).rows;
}

/**
 * Runs `work` with the row of the order locked. Every change of a status of the order, its payments or its refunds
 * happens under this lock, so that they come one after the other, in all processes.
 *
 * @param work gets the order as it is once the lock is held; other rows it must read with statements of its own,
 *   because only a later statement sees what other processes committed while this one waited
 * @returns undefined when there is no such order
 */
export function withOrderLock<T>(
  db: Database,
  tpOrderId: string,
  work: (tx: Queryable, order: OrderRow) => Promise<T>,
): Promise<T | undefined> {
  return db.transaction(async tx => {
    const lock = `SELECT ${COLUMNS} FROM shop.orders o WHERE o.tp_order_id = $1 FOR UPDATE`;
    const { rows } = await tx.query<OrderRow>(lock, [tpOrderId]);
    return rows[0] && work(tx, rows[0]);
  });
}

interface Buyer {
  /** chosen by the app; null when it has none */
  shopper: string | null;
  /** null: every request is a new order */
  idempotencyKey: string | null;
}

/**
 * Creates an order, or finds the one this key has made already.
 *
 * @throws ShopError KEY_REUSED when the key belongs to another cart or shopper, and what priceOf throws
 */
export async function createOrder(shop: ShopContext, cart: Cart, buyer: Buyer): Promise<OrderRecord> {
  const { shopper, idempotencyKey } = buyer;
  const request = [shopper, cart.items.map(item => [item.sku, item.quantity]), cart.coupon];
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  let order: OrderRecord | undefined;
  try {
    const price = priceOf(cart);
    if (cart.totalAmount !== null && cart.totalAmount !== price.totalAmount) {
      throw new ShopError('PRICE_CHANGED', {
        field: 'totalAmount',
        reason: `the cart now costs ${price.totalAmount} fen`,
      });
    }
    order = await insertOrder(shop, price, buyer, requestHash);
  } catch (error) {
    // The order may be older than the present prices: a repeated request still gets it.
    if (error instanceof ShopError) order = await findByKey(shop.database, idempotencyKey);
    if (!order) throw error;
  }
  if (order.request_hash === requestHash) return order;
  throw new ShopError('KEY_REUSED', {
    field: 'Idempotency-Key',
    reason: 'was used for another cart or shopper; a new purchase needs a new key',
  });
}

async function findByKey(db: Queryable, idempotencyKey: string | null): Promise<OrderRecord | undefined> {
  if (idempotencyKey === null) return undefined;
  return (await db.query<OrderRecord>(`${SELECT_ORDER} WHERE o.idempotency_key = $1`, [idempotencyKey]))
    .rows[0];
}

/** One statement, so that of many equal requests at the same moment one makes the order and the others find it. */
async function insertOrder(
  { database, orderLifetime, retryAfter }: ShopContext,
  price: Price,
  { shopper, idempotencyKey }: Buyer,
  requestHash: string,
): Promise<OrderRecord> {
  const { title, lines, fees, discounts, totalAmount } = price;
  for (;;) {
    // The number begins with the time, so that numbers sort; the rest is random, so that a number cannot be guessed.
    const { rows } = await database.query<Pick<OrderRow, 'tp_order_id' | 'created_at' | 'expires_at'>>(
      `INSERT INTO shop.orders (tp_order_id, shopper, idempotency_key, request_hash, title, lines, fees, discounts,
                                total_amount, expires_at, run_at)
       VALUES (to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || $1, $2, $3, $4, $5, $6::jsonb, $7::jsonb,
               $8::jsonb, $9, now() + $10 * interval '1 ms', now() + least($10, $11) * interval '1 ms')
       ON CONFLICT DO NOTHING RETURNING tp_order_id, created_at, expires_at`,
      [
        String(randomInt(1e12)).padStart(12, '0'),
        shopper,
        idempotencyKey,
        requestHash,
        title,
        JSON.stringify(lines),
        JSON.stringify(fees),
        JSON.stringify(discounts),
        totalAmount,
        orderLifetime,
        retryAfter,
      ],
    );
    if (rows[0]) return newRecord(rows[0], price, shopper, requestHash);
    const earlier = await findByKey(database, idempotencyKey);
    if (earlier) return earlier;
    // Only the number was taken: draw another one.
  }
}

/** The row that was just inserted. Reading it back would take a fifth of the time of an order. */
function newRecord(
  stored: Pick<OrderRow, 'tp_order_id' | 'created_at' | 'expires_at'>,
  { title, lines, fees, discounts, totalAmount }: Price,
  shopper: string | null,
  requestHash: string,
): OrderRecord {
  return {
    ...stored,
    shopper,
    request_hash: requestHash,
    title,
    lines,
    fees,
    discounts,
    total_amount: totalAmount,
    status: 'unpaid',
    close_reason: null,
    refunded_amount: 0,
    expired: false,
    server_time: stored.created_at,
    has_rejected_payment: false,
    has_failed_refund: false,
  };
}

/** What a payment needs, or why none is needed any more. */
type OrderToPay = { orderInfo?: OrderInfo; order: OrderView };

/** @throws ShopError UNAVAILABLE for an order that has expired, until Baidu has said whether it is paid */
export function orderToPay(shop: ShopContext, order: OrderRecord): OrderToPay {
  const view = orderView(order, shop.origin);
  if (order.status !== 'unpaid') return { order: view };
  if (order.expired) throw new ShopError('UNAVAILABLE');
  return { orderInfo: orderInfoOf(shop, order), order: view };
}

/** SHA1withRSA with PKCS#1 v1.5 is deterministic: the same order always gives the same orderInfo. */
function orderInfoOf(shop: ShopContext, order: OrderRow): OrderInfo {
  const lines = order.lines.map(({ title, quantity, amount }) => ({
    leftCol: `${title} ×${quantity}`,
    rightCol: `¥${formatFen(amount)}`,
  }));
  const charges = [
    ...order.fees.map(({ title, amount }) => ({ leftCol: title, rightCol: `¥${formatFen(amount)}` })),
    ...order.discounts.map(({ title, amount }) => ({ leftCol: title, rightCol: `-¥${formatFen(amount)}` })),
  ];
  const unsigned = buildOrderInfo({
    appKey: shop.appKey,
    dealId: shop.dealId,
    tpOrderId: order.tp_order_id,
    totalAmount: order.total_amount,
    dealTitle: order.title,
    cashierTopBlock: charges.length > 0 ? [lines, charges] : [lines],
  });
  return signOrderInfo(unsigned, shop.privateKey);
}

/** @param origin where the pictures are */
export function orderView(order: OrderRecord, origin: string): OrderView {
  const note = noteOf(order);
  return {
    tpOrderId: order.tp_order_id,
    ...priceView({ ...order, totalAmount: order.total_amount }, origin),
    status: order.status,
    ...(order.refunded_amount > 0 && { refundedAmount: order.refunded_amount }),
    createdAt: order.created_at.getTime(),
    expiresAt: order.expires_at.getTime(),
    serverTime: order.server_time.getTime(),
    ...(note !== undefined && { note }),
  };
}

/** The view of a price without an order; it is not stored. */
export function quoteView(price: Price, { origin, orderLifetime }: ShopContext): OrderView {
  const now = Date.now();
  return {
    ...priceView(price, origin),
    status: 'unpaid',
    createdAt: now,
    expiresAt: now + orderLifetime,
    serverTime: now,
  };
}

function priceView({ title, lines, fees, discounts, totalAmount }: Price, origin: string) {
  return {
    title,
    lines: lines.map(line => ({ ...line, thumbnail: pictureUrl(line.sku, origin) })),
    fees,
    discounts,
    totalAmount,
  };
}

function noteOf(order: OrderRecord): string | undefined {
  if (order.status === 'closed') {
    if (order.has_rejected_payment) return '付款时订单已关闭，款项将原路退回';
    return order.close_reason === 'expired' ? '超过支付时间，订单已关闭' : '订单已取消';
  }
  if (order.has_rejected_payment) return '有一笔付款与订单不符，将原路退回';
  if (order.status === 'refunding') return '退款处理中，将原路退回';
  if (order.status === 'paid' && order.refunded_amount > 0) return '已部分退款';
  if (order.status === 'paid' && order.has_failed_refund) return '上次退款没有成功，可以重新申请';
  return undefined;
}
