import { isOrderUnknown, type PlatformOrder, type PlatformRefund } from '../../merchant';
import { listRefundsAtBaidu, type RefundRow } from './refund-results';
import type { ShopContext } from './shop-options';

/** One thing about one order that this shop and Baidu do not agree on, or that could not be checked. */
interface Difference {
  tpOrderId: string;
  what:
    | 'paid-only-at-baidu'
    | 'paid-only-here'
    | 'amount'
    | 'refund-only-at-baidu'
    | 'refund-only-here'
    | 'refund-result'
    | 'not-checked';
  here: string;
  baidu: string;
}

/** One page. */
export interface Reconciliation {
  /** how many orders were compared; those not checked are among the differences instead */
  compared: number;
  differences: Difference[];
  /** to be given as `after` for the next page; null after the last one */
  next: string | null;
}

const PAGE_SIZE = 100;
/** Orders that are queried at the same time. */
const BATCH_SIZE = 5;

interface PaymentRow {
  tp_order_id: string;
  order_id: string;
  user_id: string | null;
  total_money: number;
  status: 'accepted' | 'rejected';
}

type RecordedRefund = Pick<RefundRow, 'tp_order_id' | 'order_id' | 'biz_refund_batch_id' | 'status'>;

/** What this shop has recorded of one order. */
interface RecordedOrder {
  tpOrderId: string;
  payments: PaymentRow[];
  refunds: RecordedRefund[];
}

/**
 * Compares what happened on one day with what Baidu says now: the orders that were made, paid or refunded on it. It only
 * reads: the operator decides what to do about a difference. A payment that this shop has not recorded appears on the day of
 * its order.
 *
 * @param day yyyy-MM-dd, from midnight to midnight in Beijing, as in Baidu's statements (对账单)
 * @param after `next` of the page before, '' for the first one
 */
export async function reconcile(shop: ShopContext, day: string, after: string): Promise<Reconciliation> {
  const { rows: orders } = await shop.database.query<{ tp_order_id: string }>(
    `WITH day AS (SELECT ($1 || ' 00:00+08')::timestamptz AS first, ($1 || ' 00:00+08')::timestamptz + interval '1 day' AS last)
     SELECT tp_order_id FROM (
       SELECT tp_order_id FROM shop.orders, day WHERE created_at >= first AND created_at < last
       UNION
       SELECT tp_order_id FROM shop.payments, day
       WHERE coalesce(paid_at, created_at) >= first AND coalesce(paid_at, created_at) < last
       UNION
       SELECT tp_order_id FROM shop.refunds, day WHERE updated_at >= first AND updated_at < last
     ) orders_of_day WHERE tp_order_id > $2 ORDER BY tp_order_id LIMIT $3`,
    [day, after, PAGE_SIZE + 1],
  );
  const page = orders.slice(0, PAGE_SIZE).map(row => row.tp_order_id);
  const { rows: payments } = await shop.database.query<PaymentRow>(
    'SELECT tp_order_id, order_id, user_id, total_money, status FROM shop.payments WHERE tp_order_id = ANY($1)',
    [page],
  );
  const { rows: refunds } = await shop.database.query<RecordedRefund>(
    'SELECT tp_order_id, order_id, biz_refund_batch_id, status FROM shop.refunds WHERE tp_order_id = ANY($1)',
    [page],
  );
  const differences: Difference[] = [];
  for (let index = 0; index < page.length; index += BATCH_SIZE) {
    const batch = page.slice(index, index + BATCH_SIZE).map(tpOrderId => ({
      tpOrderId,
      payments: payments.filter(row => row.tp_order_id === tpOrderId),
      refunds: refunds.filter(row => row.tp_order_id === tpOrderId),
    }));
    differences.push(...(await Promise.all(batch.map(order => compare(shop, order)))).flat());
  }
  const unchecked = new Set(
    differences.filter(({ what }) => what === 'not-checked').map(({ tpOrderId }) => tpOrderId),
  );
  return {
    compared: page.length - unchecked.size,
    differences,
    next: orders.length > PAGE_SIZE ? (page.at(-1) ?? null) : null,
  };
}

async function compare(shop: ShopContext, recorded: RecordedOrder): Promise<Difference[]> {
  const { tpOrderId, payments } = recorded;
  const found = await shop.client.findByTpOrderId(tpOrderId);
  if (!found.ok && !isOrderUnknown(found))
    return [difference(recorded, 'not-checked', 'order', found.message)];
  const payers = [...payments.map(row => row.user_id), found.ok ? found.data.userId : null];
  const { refunds, failures } = await listRefundsAtBaidu(shop, tpOrderId, payers);
  // An order that is unknown to Baidu has no refunds.
  const failure = [...failures.values()].find(each => !isOrderUnknown(each));
  if (failure) return [difference(recorded, 'not-checked', 'refunds', failure.message)];
  return [
    ...comparePayments(recorded, found.ok ? found.data : null, refunds),
    ...compareRefunds(recorded, found.ok ? found.data : null, refunds),
  ];
}

function comparePayments(
  recorded: RecordedOrder,
  found: PlatformOrder | null,
  refunds: PlatformRefund[],
): Difference[] {
  const accepted = recorded.payments.find(({ status }) => status === 'accepted');
  if (found?.status === 'paid' && !recorded.payments.some(({ order_id }) => order_id === found.orderId)) {
    const here = accepted ? `payment ${accepted.order_id}` : 'no payment';
    return [difference(recorded, 'paid-only-at-baidu', here, `paid, order ${found.orderId}`)];
  }
  if (!accepted) return [];
  // Baidu answers about one payment of an order, which may be one of another user that went back.
  if (
    found &&
    found.orderId !== accepted.order_id &&
    recorded.payments.some(row => row.order_id === found.orderId)
  ) {
    const baidu = `answers about order ${found.orderId}`;
    return [difference(recorded, 'not-checked', `payment ${accepted.order_id}`, baidu)];
  }
  const isSame = found?.orderId === accepted.order_id;
  // A payment that was refunded may be listed as cancelled.
  const isRefunded = refunds.some(item => item.orderId === accepted.order_id);
  if (!isSame || !(found.status === 'paid' || (found.status === 'cancelled' && isRefunded))) {
    const baidu = found ? `order ${found.orderId} is ${found.status}` : 'unknown';
    return [difference(recorded, 'paid-only-here', `payment ${accepted.order_id}`, baidu)];
  }
  if (found.totalMoney !== null && found.totalMoney !== accepted.total_money) {
    return [difference(recorded, 'amount', `${accepted.total_money} fen`, `${found.totalMoney} fen`)];
  }
  return [];
}

/** The status that 查询退款 has for each status of this shop. */
const AT_BAIDU = {
  'return-requested': 'pending',
  requested: 'pending',
  accepted: 'pending',
  succeeded: 'success',
  failed: 'failed',
} as const;

function compareRefunds(
  recorded: RecordedOrder,
  order: PlatformOrder | null,
  listed: PlatformRefund[],
): Difference[] {
  const differences: Difference[] = [];
  const unmatched = new Set(listed);
  for (const refund of recorded.refunds) {
    const found = listed.find(
      // A payment that Baidu returned because a reply asked for it is listed without a number of ours.
      item =>
        item.bizRefundBatchId === refund.biz_refund_batch_id ||
        (!item.bizRefundBatchId && item.orderId === refund.order_id && isReturn(recorded, refund)),
    );
    if (found) unmatched.delete(found);
    differences.push(...compareRefund(recorded, refund, found, order));
  }
  for (const item of unmatched) {
    const baidu = `refund ${item.bizRefundBatchId || item.refundBatchId} is ${item.refundStatus}`;
    differences.push(difference(recorded, 'refund-only-at-baidu', 'none', baidu));
  }
  return differences;
}

/** @returns one difference, or none */
function compareRefund(
  recorded: RecordedOrder,
  refund: RecordedRefund,
  found: PlatformRefund | undefined,
  order: PlatformOrder | null,
): Difference[] {
  const { biz_refund_batch_id: number, order_id: orderId, status } = refund;
  if (status === 'refused') {
    if (!found) return [];
    const here = `refund ${number} was refused`;
    return [difference(recorded, 'refund-only-at-baidu', here, found.refundStatus)];
  }
  const here = `refund ${number} is ${status}`;
  if (found) {
    if (found.refundStatus === AT_BAIDU[status]) return [];
    return [difference(recorded, 'refund-result', here, found.refundStatus)];
  }
  // Baidu may list a payment that was returned as cancelled, and no refund of it.
  const isCancelled = order?.orderId === orderId && order.status === 'cancelled';
  if (isCancelled && isReturn(recorded, refund)) return [];
  return [difference(recorded, 'refund-only-here', here, 'unknown')];
}

function isReturn({ payments }: RecordedOrder, { order_id: orderId }: RecordedRefund): boolean {
  return payments.some(row => row.order_id === orderId && row.status === 'rejected');
}

function difference(
  recorded: RecordedOrder,
  what: Difference['what'],
  here: string,
  baidu: string,
): Difference {
  return { tpOrderId: recorded.tpOrderId, what, here, baidu };
}

/** One line for each difference. */
export function formatDifferences(differences: Difference[]): string[] {
  return differences.map(
    ({ tpOrderId, what, here, baidu }) => `${tpOrderId}  ${what}: here ${here}; Baidu ${baidu}`,
  );
}
