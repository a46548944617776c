import type { Extra, PricedLine } from './pricing';

export type OrderStatus = 'unpaid' | 'paid' | 'closed' | 'refunding' | 'refunded';

/** Everything known about one order. Amounts in fen, times in ms. */
export interface OrderFacts {
  tp_order_id: string;
  request_digest: string;
  title: string;
  lines: PricedLine[];
  fees: Extra[];
  discounts: Extra[];
  total_amount: number;
  created_at: number;
  expires_at: number;
  /** closed by hand before it expired */
  closed_at: number | null;
  /** of the payment that counts; null while there is none */
  order_id: string | null;
  user_id: string | null;
  pay_money: number | null;
  /** a payment arrived that did not count, and goes back */
  returned: boolean;
  /** fen that went back */
  refunded: number;
  /** fen on their way back */
  refunding: number;
  /** how many refunds were refused or failed */
  failed_refunds: number;
}

/**
 * What an order is, from its facts and the time.
 *
 * An unpaid order is closed from `expires_at` on, for good: a person who was told "closed" may have bought again, so a
 * payment that arrives later is given back (isErrorOrder=1) instead of reviving the order.
 */
export function statusOf(facts: OrderFacts, now: number): OrderStatus {
  if (facts.order_id === null) return isOver(facts, now) ? 'closed' : 'unpaid';
  if (facts.refunding > 0) return 'refunding';
  return facts.refunded >= facts.total_amount ? 'refunded' : 'paid';
}

/** Whether an order that is not paid is closed. */
export function isOver(
  { closed_at, expires_at }: Pick<OrderFacts, 'closed_at' | 'expires_at'>,
  now: number,
): boolean {
  return closed_at !== null || now >= expires_at;
}

interface OrderLineView {
  sku: string;
  title: string;
  thumbnail: string;
  spec: string;
  unitAmount: number;
  quantity: number;
  amount: number;
}

/** An order as the mini-program shows it. Amounts in fen; lines + fees - discounts = totalAmount. */
export interface OrderView {
  /** absent in a quote */
  tpOrderId?: string;
  title: string;
  lines: OrderLineView[];
  fees: Extra[];
  discounts: Extra[];
  totalAmount: number;
  status: OrderStatus;
  refundedAmount?: number;
  /** ms since the epoch, like expiresAt and serverTime */
  createdAt: number;
  expiresAt: number;
  serverTime: number;
  /** one sentence for the person */
  note?: string;
}

/** @param origin where the pictures are */
export function viewOf(facts: OrderFacts, now: number, origin: string): OrderView {
  const status = statusOf(facts, now);
  const note = noteOf(facts, status);
  return {
    tpOrderId: facts.tp_order_id,
    ...shownPrice(facts, origin),
    totalAmount: facts.total_amount,
    status,
    ...(facts.refunded > 0 && { refundedAmount: facts.refunded }),
    createdAt: facts.created_at,
    expiresAt: facts.expires_at,
    serverTime: now,
    ...(note !== undefined && { note }),
  };
}

/** The part that a quote and an order share. */
export function shownPrice(
  { title, lines, fees, discounts }: Pick<OrderFacts, 'title' | 'lines' | 'fees' | 'discounts'>,
  origin: string,
): Pick<OrderView, 'title' | 'lines' | 'fees' | 'discounts'> {
  return {
    title,
    lines: lines.map(line => ({ ...line, thumbnail: pictureUrl(line.sku, origin) })),
    fees,
    discounts,
  };
}

export function pictureUrl(sku: string, origin: string): string {
  return `${origin}/shop/pictures/${sku}.svg`;
}

function noteOf(facts: OrderFacts, status: OrderStatus): string | undefined {
  if (status === 'closed') {
    if (facts.returned) return '付款时订单已关闭，款项将原路退回';
    return facts.closed_at === null ? '超过支付时间，订单已关闭' : '订单已取消';
  }
  if (facts.returned) return '有一笔付款与订单不符，将原路退回';
  if (status === 'refunding') return '退款处理中，将原路退回';
  if (status === 'paid' && facts.refunded > 0) return '已部分退款';
  if (status === 'paid' && facts.failed_refunds > 0) return '上次退款没有成功，可以重新申请';
  return undefined;
}
