import type { Database } from '../../lib/database';
import { HttpError } from './http-errors';
import type { Settings } from './settings';
import { notifyUrlProblem, type Service } from './validate-order';

/**
 * Makes a notification due at once, whatever became of it before; its attempts are kept. One that had no address gets the
 * one that its payment service has now.
 *
 * @throws HttpError 404 for an unknown id, 409 while it is without an address
 */
export async function resendNotification(
  database: Database,
  { services, settings, now }: { services: Service[]; settings: Settings; now: () => number },
  id: number,
): Promise<{ id: number; url: string }> {
  return database.transaction(async tx => {
    const { rows } = await tx.query<{ kind: 'pay' | 'refund'; url: string; app_key: string }>(
      `SELECT kind, url, app_key FROM baidu.notifications n JOIN baidu.orders USING (order_id)
       WHERE n.id = $1 FOR UPDATE OF n`,
      [id],
    );
    const [notification] = rows;
    if (!notification) throw new HttpError(404, 'There is no such notification');
    const { kind, app_key: appKey } = notification;
    const service = services.find(one => one.appKey === appKey);
    const consoleUrl = (kind === 'pay' ? service?.payNotifyUrl : service?.refundNotifyUrl) ?? null;
    const url = notification.url || consoleUrl || '';
    const option = kind === 'pay' ? '--notify' : '--refund-notify';
    if (url === '') {
      throw new HttpError(
        409,
        `This notification has no address: start again with ${option} URL, then send it`,
      );
    }
    const problem = notifyUrlProblem(url, consoleUrl, settings.notifyHosts);
    if (problem) throw new HttpError(409, problem.en);
    await tx.query(`UPDATE baidu.notifications SET state = 'waiting', url = $2, due_at = $3 WHERE id = $1`, [
      id,
      url,
      now(),
    ]);
    return { id, url };
  });
}
