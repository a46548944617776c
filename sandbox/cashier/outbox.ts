import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { signNotification } from '../../merchant';
import type { CashierContext } from './context';
import { postNotification, unanswered, type PostResult } from './post-notification';
import { consoleNotifyUrl, notifyUrlProblem } from './services';
import type { NotificationFault, NotificationKind } from './fault-script';
import { parsePayReply, parseRefundReply, type ReplyResult } from './notifications';
import { refundAbnormal } from './refunds';
import { HttpError } from './http';

interface NotificationAddress {
  kind: NotificationKind;
  app_key: string;
  /** null or '' when the order or the refund names none */
  own_url: string | null;
}

interface DueNotification {
  id: number;
  kind: NotificationKind;
  order_id: number;
  url: string;
  host: string;
  params: Record<string, string>;
  /** including the one being made */
  attempts: number;
  /** ms; another process takes it then, because this one counts as gone */
  due_at: number;
}

const MAX_AT_ONCE = 64;
/** So that one host that never answers does not block the others. */
const MAX_PER_HOST = 4;
/** The key of MAX_PER_HOST, in SQL alone, so that it is the same wherever it is counted. */
const HOST_OF_URL = "lower(substring(url from '^[a-zA-Z]+://(?:[^/?#@]*@)?([^/?#]+)'))";
const KEPT_REPLY_CHARACTERS = 2000;

/**
 * Sends the notifications that are written in the database, at least once each. Claiming one
 * also schedules its next attempt, so that it is due again after a crash.
 */
export class Outbox {
  private readonly underWay = new Set<Promise<void>>();
  /** until when each notification under way is this process's, by its id */
  private readonly leases = new Map<number, number>();
  /** attempts under way, by host of their URL */
  private readonly perHost = new Map<string, number>();
  private readonly stopping = new AbortController();
  private wrongKey: KeyObject | undefined;

  /** @param deps.privateKey the platform's */
  constructor(private readonly deps: CashierContext & { privateKey: KeyObject | string }) {
    // Each request adds a listener, and a duplicated one adds two.
    setMaxListeners(MAX_AT_ONCE * 2, this.stopping.signal);
  }

  /** Starts every attempt that is due, without waiting for its reply. */
  async sendDue(): Promise<void> {
    const capacity = MAX_AT_ONCE - this.underWay.size;
    if (capacity <= 0) return;
    for (const notification of await this.claim(capacity)) {
      const { id, host, due_at: lease } = notification;
      this.leases.set(id, lease);
      this.perHost.set(host, (this.perHost.get(host) ?? 0) + 1);
      const sending: Promise<void> = this.attempt(notification)
        .catch(error => this.deps.log(`notification ${notification.id}: ${String(error)}`))
        .finally(() => {
          this.underWay.delete(sending);
          if (this.leases.get(id) === lease) this.leases.delete(id);
          const left = (this.perHost.get(host) ?? 1) - 1;
          if (left > 0) this.perHost.set(host, left);
          else this.perHost.delete(host);
          this.deps.runNow();
        });
      this.underWay.add(sending);
    }
  }

  /**
   * Makes a notification due at once, done or not; its attempts are kept. It goes to the address that its order or refund
   * names, or else to the one that its payment service has now.
   *
   * @throws HttpError 404 for an unknown id, 409 while it is without an address
   */
  async resend(id: number): Promise<{ id: number; url: string }> {
    const resent = await this.deps.database.transaction(async tx => {
      const { rows } = await tx.query<NotificationAddress>(
        `SELECT kind, o.app_key, CASE kind WHEN 'pay' THEN o.notify_url ELSE r.notify_url END AS own_url
         FROM baidu.notifications n JOIN baidu.orders o USING (order_id)
           LEFT JOIN baidu.refunds r USING (refund_batch_id)
         WHERE n.id = $1 FOR UPDATE OF n`,
        [id],
      );
      const [notification] = rows;
      if (!notification) throw new HttpError(404, 'There is no such notification');
      const url = this.addressOf(notification);
      await tx.query(
        `UPDATE baidu.notifications SET state = 'waiting', url = $2, due_at = $3 WHERE id = $1`,
        [id, url, this.deps.now()],
      );
      return { id, url };
    });
    this.deps.runNow();
    return resent;
  }

  /** @throws HttpError 409 */
  private addressOf({ kind, app_key: appKey, own_url: ownUrl }: NotificationAddress): string {
    const { services, settings } = this.deps;
    const consoleUrl = consoleNotifyUrl(services, appKey, kind);
    const address = ownUrl || consoleUrl || '';
    if (address === '') {
      const option = kind === 'pay' ? '--notify' : '--refund-notify';
      throw new HttpError(
        409,
        `This notification has no address: start again with ${option} URL, then send it`,
      );
    }
    const problem = notifyUrlProblem(address, consoleUrl, settings.notifyHosts);
    if (problem) throw new HttpError(409, problem.en);
    return address;
  }

  /** Aborts the running attempts and waits until they are stored. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underWay);
  }

  private async claim(limit: number): Promise<DueNotification[]> {
    const { database, settings, clockScale, now } = this.deps;
    const at = now();
    const { rows } = await database.query<DueNotification>(
      `UPDATE baidu.notifications SET attempts = attempts + 1, due_at = $1 + $2
       WHERE id IN (
         SELECT id FROM baidu.notifications WHERE state = 'waiting' AND due_at <= $1 AND id IN (
           SELECT id FROM (
             SELECT id, host, row_number() OVER (PARTITION BY host ORDER BY due_at, id) AS place
             FROM (
               SELECT id, due_at, ${HOST_OF_URL} AS host
               FROM baidu.notifications WHERE state = 'waiting' AND due_at <= $1
                 AND due_at::text IS DISTINCT FROM $6::jsonb ->> id::text) AS due
           ) AS placed
           WHERE place <= $4 - coalesce(($5::jsonb ->> host)::integer, 0))
         ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, kind, order_id, url, ${HOST_OF_URL} AS host, params, attempts, due_at`,
      [
        at,
        Math.ceil(settings.notifyRetryInterval / clockScale) + settings.replyTimeout,
        limit,
        MAX_PER_HOST,
        JSON.stringify(Object.fromEntries(this.perHost)),
        // A process that was busy, or whose clock was set, finds its own leases over. After `resend` it is another time.
        JSON.stringify(Object.fromEntries(this.leases)),
      ],
    );
    return rows;
  }

  private async attempt(notification: DueNotification): Promise<void> {
    const { faults, now } = this.deps;
    const fault = faults.takeNotification(notification.kind);
    if (fault?.fault === 'delay') return this.postpone(notification, fault.ms);
    const startedAt = now();
    const delivered = await this.send(notification, fault);
    // An attempt that `stop` aborted is made again at the next start.
    if (!delivered.answered && this.stopping.signal.aborted) return this.postpone(notification, 0);
    await this.record(notification, delivered, this.readReply(notification, delivered), startedAt);
  }

  private readReply({ kind }: DueNotification, delivered: PostResult): ReplyResult {
    if (!delivered.answered) return { verdict: 'retry', explanation: delivered.explanation };
    const { status, text } = delivered;
    return kind === 'pay' ? parsePayReply(status, text, this.deps.settings) : parseRefundReply(status, text);
  }

  /** An attempt that was not made does not count, and is due again after `delay` ms. */
  private async postpone({ id }: DueNotification, delay: number): Promise<void> {
    await this.deps.database.query(
      `UPDATE baidu.notifications SET attempts = attempts - 1, due_at = $2 WHERE id = $1 AND state = 'waiting'`,
      [id, this.deps.now() + delay],
    );
  }

  private async send(
    notification: DueNotification,
    fault: NotificationFault | undefined,
  ): Promise<PostResult> {
    const { settings, privateKey } = this.deps;
    const key = fault?.fault === 'bad-signature' ? this.getWrongKey() : privateKey;
    const signed = signNotification(notification.params, key);
    const once = () =>
      postNotification(notification.url, signed, settings.replyTimeout, this.stopping.signal);
    switch (fault?.fault) {
      case 'timeout':
        return unanswered('scripted fault: never sent', '按 _faults 的脚本：没有发送');
      case 'duplicate': {
        const [first] = await Promise.all([once(), once()]);
        return first;
      }
      case 'ignore-response':
        await once();
        return unanswered('scripted fault: the reply was lost', '按 _faults 的脚本：应答丢失');
      default:
        return once();
    }
  }

  private async record(
    notification: DueNotification,
    delivered: PostResult,
    { verdict, explanation }: ReplyResult,
    startedAt: number,
  ): Promise<void> {
    const { database, log, now } = this.deps;
    const { id, order_id: orderId, attempts } = notification;
    const finishedAt = now();
    const retryAfter = verdict === 'retry' ? this.retryInterval(notification) : null;
    const retryState = retryAfter === null ? 'given-up' : 'waiting';
    const state = verdict === 'retry' ? retryState : verdict;
    await database.transaction(async tx => {
      await tx.query(
        `INSERT INTO baidu.attempts
           (notification_id, number, http_status, reply, verdict, explanation, explanation_zh, started_at, finished_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          attempts,
          delivered.answered ? delivered.status : null,
          delivered.answered ? delivered.text.slice(0, KEPT_REPLY_CHARACTERS).replaceAll('\0', '') : '',
          verdict,
          explanation.en,
          explanation['zh-CN'],
          startedAt,
          finishedAt,
        ],
      );
      // The late reply of an earlier attempt may have changed the state meanwhile.
      const { rows } = await tx.query(
        `UPDATE baidu.notifications SET state = $2, due_at = $3 WHERE id = $1 AND state = 'waiting' RETURNING id`,
        [id, state, finishedAt + (retryAfter ?? 0)],
      );
      if (rows.length === 0 || notification.kind === 'refund') return;
      if (verdict === 'done') {
        await tx.query('UPDATE baidu.orders SET consumed = true WHERE order_id = $1', [orderId]);
      } else if (verdict === 'abnormal-refund') {
        await refundAbnormal(tx, orderId, finishedAt);
      }
    });
    log(
      `${notification.kind} notification of order ${orderId}, attempt ${attempts}: ${verdict} (${explanation.en})`,
    );
  }

  /** @returns real ms until the next attempt, null when there is none */
  private retryInterval({ kind, attempts }: DueNotification): number | null {
    const { settings, clockScale } = this.deps;
    if (kind === 'pay' && attempts > settings.notifyRetryLimit) return null;
    const { notifyRetryInterval, refundRetryIntervals } = settings;
    const interval =
      kind === 'pay' ? undefined : (refundRetryIntervals[attempts - 1] ?? refundRetryIntervals.at(-1));
    return Math.ceil((interval ?? notifyRetryInterval) / clockScale);
  }

  private getWrongKey(): KeyObject {
    this.wrongKey ??= generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    return this.wrongKey;
  }
}
