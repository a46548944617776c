import type { ApiFailure, PlatformRefund } from '../../merchant';
import type { ShopContext } from './shop-options';

export interface ListedRefunds {
  /** what Baidu lists under any of the users, each refund once */
  refunds: PlatformRefund[];
  /** users whose query failed */
  failures: Map<string, ApiFailure>;
}

/**
 * 查询退款 asks for the refunds of an order under one user, and several users may have paid one order: each is asked for.
 *
 * @param userIds of Baidu; null, of a payment whose user is not known yet, is left out
 */
export async function listRefunds(
  { client }: ShopContext,
  tpOrderId: string,
  userIds: readonly (string | null)[],
): Promise<ListedRefunds> {
  const users = [...new Set(userIds)].filter(userId => userId !== null);
  const answers = await Promise.all(
    users.map(async userId => ({ userId, answer: await client.findOrderRefund({ tpOrderId, userId }) })),
  );
  const failures = new Map<string, ApiFailure>();
  // Whether Baidu separates the refunds of one order by user is not documented.
  const refunds = new Map<string, PlatformRefund>();
  for (const { userId, answer } of answers) {
    if (!answer.ok) failures.set(userId, answer);
    else for (const item of answer.data) refunds.set(item.refundBatchId, item);
  }
  return { refunds: [...refunds.values()], failures };
}
