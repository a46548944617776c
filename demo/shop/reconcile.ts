import type { PlatformOrder, PlatformRefund } from '../../merchant';
import type { Shop } from './context';
import { saidNo } from './said-no';

/** One thing about one order that the shop's books and Baidu's do not agree on. */
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

export interface Reconciliation {
  /** how many orders were compared */
  compared: number;
  differences: Difference[];
}

const DAY = 24 * 3600_000;
const AT_MOST = 1000;

interface Books {
  tp_order_id: string;
  total_amount: number;
  order_id: string | null;
  user_id: string | null;
}

interface RefundBooks {
  biz_refund_batch_id: string;
  refused: string | null;
  succeeded: boolean | null;
}

/**
 * Compares the orders of the last 24 hours, at most 1000, with what Baidu knows of them. Looks only: what to do about a
 * difference is for a person to decide.
 */
export async function reconcile(shop: Shop): Promise<Reconciliation> {
  const { rows } = await shop.database.query<Books>(
    `SELECT o.tp_order_id, o.total_amount, p.order_id, p.user_id FROM shop.orders o
     LEFT JOIN shop.payments p ON p.tp_order_id = o.tp_order_id AND p.returned_because IS NULL
     WHERE o.created_at >= $1 ORDER BY o.created_at DESC LIMIT ${AT_MOST}`,
    [shop.clock() - DAY],
  );
  const differences: Difference[] = [];
  for (const books of rows) differences.push(...(await compare(shop, books)));
  return { compared: rows.length, differences };
}

async function compare(shop: Shop, books: Books): Promise<Difference[]> {
  const answer = await shop.client.findByTpOrderId(books.tp_order_id);
  if (!answer.ok && !saidNo(answer)) {
    return [difference(books, 'not-checked', 'order', answer.message)];
  }
  return [...compareOrder(books, answer.ok ? answer.data : null), ...(await compareRefunds(shop, books))];
}

function compareOrder(books: Books, found: PlatformOrder | null): Difference[] {
  const here = books.order_id === null ? 'no payment' : `payment ${books.order_id}`;
  if (found?.status === 'paid' && books.order_id === null) {
    return [difference(books, 'paid-only-at-baidu', here, `paid, order ${found.orderId}`)];
  }
  if (books.order_id === null) return [];
  if (found?.status !== 'paid' || found.orderId !== books.order_id) {
    return [
      difference(
        books,
        'paid-only-here',
        here,
        found ? `order ${found.orderId} is ${found.status}` : 'unknown',
      ),
    ];
  }
  if (found.totalMoney !== null && found.totalMoney !== books.total_amount) {
    return [difference(books, 'amount', `${books.total_amount} fen`, `${found.totalMoney} fen`)];
  }
  return [];
}

async function compareRefunds(shop: Shop, books: Books): Promise<Difference[]> {
  const { tp_order_id, user_id } = books;
  if (user_id === null) return [];
  const answer = await shop.client.findOrderRefund({ tpOrderId: tp_order_id, userId: user_id });
  if (!answer.ok) return [difference(books, 'not-checked', 'refunds', answer.message)];
  const { rows } = await shop.database.query<RefundBooks>(
    `SELECT f.biz_refund_batch_id, a.refused, n.succeeded FROM shop.refunds f
     LEFT JOIN shop.refund_answers a USING (biz_refund_batch_id)
     LEFT JOIN shop.refund_notices n USING (refund_batch_id) WHERE f.tp_order_id = $1`,
    [tp_order_id],
  );
  const there = new Map(answer.data.map(item => [item.bizRefundBatchId, item]));
  const differences = rows.flatMap(row => compareRefund(books, row, there.get(row.biz_refund_batch_id)));
  for (const { biz_refund_batch_id } of rows) there.delete(biz_refund_batch_id);
  for (const item of there.values()) {
    const at = `refund ${item.bizRefundBatchId ?? item.refundBatchId} is ${item.refundStatus}`;
    differences.push(difference(books, 'refund-only-at-baidu', 'none', at));
  }
  return differences;
}

function compareRefund(books: Books, row: RefundBooks, found: PlatformRefund | undefined): Difference[] {
  const name = `refund ${row.biz_refund_batch_id}`;
  if (row.refused !== null) {
    return found
      ? [difference(books, 'refund-only-at-baidu', `${name} was refused`, found.refundStatus)]
      : [];
  }
  if (!found) return [difference(books, 'refund-only-here', name, 'unknown')];
  const here = row.succeeded === null ? 'pending' : row.succeeded ? 'success' : 'failed';
  return here === found.refundStatus
    ? []
    : [difference(books, 'refund-result', `${name} is ${here}`, found.refundStatus)];
}

function difference(books: Books, what: Difference['what'], here: string, baidu: string): Difference {
  return { tpOrderId: books.tp_order_id, what, here, baidu };
}

/** One line each, the last one the sum. */
export function printReconciliation({ compared, differences }: Reconciliation): string[] {
  return [
    ...differences.map(
      ({ tpOrderId, what, here, baidu }) => `${tpOrderId}  ${what}: here ${here}; Baidu ${baidu}`,
    ),
    `${compared} orders compared, ${differences.length} differences`,
  ];
}
