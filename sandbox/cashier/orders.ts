import { randomBytes } from 'node:crypto';
import type { Queryable } from '../../lib/database';
import type { ValidOrder } from './validate-order';
import { payParams } from './notifications';
import { FAILED_CODE, type OutcomeName } from './payment-outcomes';
import { toReasons, rejection, type Rejection } from './rejection-reasons';
import type { Settings } from './settings';

/** A row of baidu.orders; amounts in fen, times in ms. */
export interface StoredOrder {
  order_id: number;
  app_key: string;
  tp_order_id: string;
  /** who opened it: each user who opens a tpOrderId has an order of their own */
  user_id: number;
  deal_id: string;
  title: string;
  amount: number;
  biz_info: string;
  /** of the order's own, '' when there is none */
  notify_url: string;
  /** 1 未支付, 2 已支付, -1 订单取消 */
  status: number;
  consumed: boolean;
  planned_outcome: OutcomeName | null;
  charge_due_at: number | null;
  created_at: number;
}

/** What decides whether an order can be paid now. */
export interface PaymentRules {
  paidAgainMessage: string;
  /** ms since the epoch */
  now: number;
  /** ms an unpaid order stays payable on the wall clock; 0 = for ever */
  lifetime: number;
}

/**
 * Finds the order of a valid orderInfo, or inserts it, and locks its row until the transaction ends.
 *
 * @returns a rejection when that order cannot be paid (any more)
 */
export async function findPayableOrder(
  tx: Queryable,
  { order, amount, notifyUrl }: ValidOrder,
  userId: number,
  rules: PaymentRules,
): Promise<StoredOrder | Rejection> {
  await tx.query(
    `INSERT INTO baidu.orders (app_key, tp_order_id, user_id, deal_id, title, amount, biz_info, notify_url, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (app_key, tp_order_id, user_id) DO NOTHING`,
    [
      order.appKey,
      order.tpOrderId,
      userId,
      order.dealId,
      order.dealTitle,
      amount,
      order.bizInfo ?? '',
      notifyUrl,
      rules.now,
    ],
  );
  const { rows } = await tx.query<StoredOrder>(
    'SELECT * FROM baidu.orders WHERE app_key = $1 AND tp_order_id = $2 AND user_id = $3 FOR UPDATE',
    [order.appKey, order.tpOrderId, userId],
  );
  const stored = rows[0];
  if (!stored) throw new Error('an order vanished from the database while it was locked');

  const differing = [
    stored.amount !== amount && {
      en: `totalAmount was ${stored.amount} fen and is now ${amount}`,
      'zh-CN': `totalAmount 原来是 ${stored.amount} 分，现在是 ${amount}`,
    },
    stored.title !== asStored(order.dealTitle) && {
      en: 'dealTitle is another one',
      'zh-CN': 'dealTitle 变了',
    },
  ].filter(text => text !== false);
  if (differing.length > 0) {
    const en = differing.map(text => text.en).join('; ');
    const zhCN = differing.map(text => text['zh-CN']).join('；');
    return rejection(
      FAILED_CODE,
      '订单信息不一致',
      toReasons(
        `tpOrderId ${order.tpOrderId} is known with other contents (${en}); use a new tpOrderId`,
        `tpOrderId ${order.tpOrderId} 已用于另一笔订单（${zhCN}）；请换一个 tpOrderId`,
      ),
    );
  }
  const unpayable = unpayableReason(stored, rules);
  if (unpayable) return unpayable;
  // Neither is signed, so the client may send others with each call; the latest counts.
  stored.notify_url = notifyUrl;
  stored.biz_info = order.bizInfo ?? '';
  await tx.query('UPDATE baidu.orders SET notify_url = $2, biz_info = $3 WHERE order_id = $1', [
    stored.order_id,
    stored.notify_url,
    stored.biz_info,
  ]);
  return stored;
}

/** A database holds no half of a surrogate pair, which is left when an emoji is cut in two, but U+FFFD instead. */
const asStored = (text: string): string => Buffer.from(text).toString();

/** @returns why an order cannot be paid (any more), or null */
export function unpayableReason(
  { tp_order_id: tpOrderId, status, created_at: createdAt }: StoredOrder,
  { paidAgainMessage, now, lifetime }: PaymentRules,
): Rejection | null {
  if (status === 2) {
    const why = toReasons(`tpOrderId ${tpOrderId} is paid already`, `tpOrderId ${tpOrderId} 已经付款`);
    return rejection(FAILED_CODE, paidAgainMessage, why);
  }
  const expired = lifetime > 0 && now - createdAt > lifetime;
  if (status !== -1 && !expired) return null;
  return rejection(
    FAILED_CODE,
    '订单已关闭',
    toReasons(
      `tpOrderId ${tpOrderId} is ${expired ? 'too old to be paid' : 'closed'}; make a new order`,
      `tpOrderId ${tpOrderId} ${expired ? '已超过可支付时间' : '已关闭'}；请重新下单`,
    ),
  );
}

/**
 * Takes the money and writes the notification, in the caller's transaction: neither exists without the other.
 *
 * @param payment.notify when the notification is due; `held` keeps it without ever sending it
 * @param payment.consoleUrl where it goes when the order names no address; without either it is held
 * @returns false when the order was paid before: nothing is taken twice
 */
export async function charge(
  tx: Queryable,
  order: StoredOrder,
  payment: {
    channel: string;
    promoMoney: number;
    now: number;
    notify: { dueAt: number } | 'held';
    consoleUrl: string | null;
  },
  settings: Pick<Settings, 'payType' | 'partnerId'>,
): Promise<boolean> {
  const { channel, now, notify, consoleUrl } = payment;
  const promoMoney = Math.min(payment.promoMoney, order.amount - 1);
  const url = order.notify_url || consoleUrl || '';
  const isHeld = notify === 'held' || url === '';
  const { rows } = await tx.query(
    `INSERT INTO baidu.charges (order_id, trade_no, channel, total_money, promo_money, paid_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
    [order.order_id, randomBytes(12).toString('hex'), channel, order.amount, promoMoney, now],
  );
  if (rows.length === 0) return false;
  await tx.query(
    'UPDATE baidu.orders SET status = 2, planned_outcome = NULL, charge_due_at = NULL WHERE order_id = $1',
    [order.order_id],
  );
  const params = payParams(
    {
      userId: order.user_id,
      orderId: order.order_id,
      tpOrderId: order.tp_order_id,
      dealId: order.deal_id,
      bizInfo: order.biz_info,
      totalMoney: order.amount,
      promoMoney,
      paidAt: now,
    },
    settings,
  );
  await tx.query(
    `INSERT INTO baidu.notifications (kind, order_id, url, params, state, due_at, created_at)
     VALUES ('pay', $1, $2, $3::jsonb, $4, $5, $6)`,
    [
      order.order_id,
      url,
      JSON.stringify(params),
      isHeld ? 'held' : 'waiting',
      notify === 'held' ? now : notify.dueAt,
      now,
    ],
  );
  return true;
}
