import { randomBytes } from 'node:crypto';
import type { Queryable } from '../../lib/database';
import { formatBeijing, DAY, parseDay } from './time-zone';
import type { Settings } from './settings';

export type StatementKind = 'order' | 'capital';

export interface Statement {
  app_key: string;
  kind: StatementKind;
  /** yyyy-MM-dd, a day in Beijing */
  day: string;
}

interface StatementJob {
  /** ms */
  createdAt: number;
  downloadName: string;
  exportStatus: number;
  /** '' until the file is there */
  url: string;
}

/** The console exports this many days back. */
const DAYS_BACK = 30;

/** @returns why there is no statement of that day, or null */
export function statementDayProblem(day: string, now: number): string | null {
  const start = parseDay(day);
  if (start === null) return 'a day as yyyy-MM-dd';
  if (start > now) return 'a day that has begun';
  return now - start > (DAYS_BACK + 1) * DAY ? `within the last ${DAYS_BACK} days` : null;
}

/**
 * The first call starts the export of a statement, later ones return its state.
 *
 * @param options.cashierUrl below which files are downloaded
 */
export async function requestStatement(
  db: Queryable,
  statement: Statement,
  times: { now: number; readyAt: number },
  { cashierUrl, exportStatus }: { cashierUrl: string; exportStatus: Settings['exportStatus'] },
): Promise<StatementJob> {
  await db.query(
    `INSERT INTO baidu.statements (name, app_key, kind, day, ready_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (app_key, kind, day) DO NOTHING`,
    [
      randomBytes(16).toString('hex'),
      statement.app_key,
      statement.kind,
      statement.day,
      times.readyAt,
      times.now,
    ],
  );
  const { rows } = await db.query<{ name: string; ready_at: number; created_at: number }>(
    'SELECT name, ready_at, created_at FROM baidu.statements WHERE app_key = $1 AND kind = $2 AND day = $3',
    [statement.app_key, statement.kind, statement.day],
  );
  const [job] = rows;
  if (!job) throw new Error('a statement vanished from the database');
  const done = job.ready_at <= times.now;
  return {
    createdAt: job.created_at,
    downloadName: statementFileName(statement),
    exportStatus: done ? exportStatus.done : exportStatus.running,
    url: done ? `${cashierUrl}/statements/${job.name}.csv` : '',
  };
}

/** @returns the statement behind a download URL, or null when there is none or it is not ready */
export async function findStatement(db: Queryable, name: string, now: number): Promise<Statement | null> {
  const { rows } = await db.query<Statement>(
    'SELECT app_key, kind, day FROM baidu.statements WHERE name = $1 AND ready_at <= $2',
    [name, now],
  );
  return rows[0] ?? null;
}

export function statementFileName({ kind, day }: Pick<Statement, 'kind' | 'day'>): string {
  return `${kind}-statement-${day}.csv`;
}

interface Movement {
  at: number;
  kind: 'payment' | 'refund';
  order_id: number;
  tp_order_id: string;
  title: string;
  /** fen, before promotions */
  money: number;
  promo_money: number;
  number: string;
}

/** The file: CSV in UTF-8 with a byte order mark, so that spreadsheets read the Chinese. Amounts are integer fen. */
export async function statementFile(
  db: Queryable,
  statement: Statement,
  commission: number,
): Promise<string> {
  const start = parseDay(statement.day);
  if (start === null) throw new RangeError(`not a day: ${statement.day}`);
  const { rows } = await db.query<Movement>(
    `SELECT * FROM (
       SELECT paid_at AS at, 'payment' AS kind, order_id, tp_order_id, title, total_money AS money, promo_money,
         trade_no AS number
       FROM baidu.charges JOIN baidu.orders USING (order_id)
       WHERE app_key = $1 AND paid_at >= $2 AND paid_at < $3
       UNION ALL
       SELECT finished_at, 'refund', r.order_id, tp_order_id, title, money,
         CASE WHEN money = total_money THEN promo_money ELSE 0 END, refund_batch_id::text
       FROM baidu.refunds r JOIN baidu.orders o USING (order_id) JOIN baidu.charges USING (order_id)
       WHERE r.app_key = $1 AND r.status = 2 AND finished_at >= $2 AND finished_at < $3
     ) AS movements ORDER BY at, order_id, kind`,
    [statement.app_key, start, start + DAY],
  );
  const lines = statement.kind === 'order' ? orderLines(rows) : capitalLines(rows, commission);
  return '\uFEFF' + lines.map(line => line.map(csvCell).join(',') + '\r\n').join('');
}

function orderLines(movements: Movement[]): (string | number)[][] {
  return [
    [
      '时间',
      '类型',
      '百度订单号',
      '商户订单号',
      '商品',
      '订单金额(分)',
      '优惠(分)',
      '实付或实退(分)',
      '流水号',
    ],
    ...movements.map(row => [
      formatBeijing(row.at),
      row.kind === 'payment' ? '支付' : '退款',
      row.order_id,
      row.tp_order_id,
      row.title,
      row.money,
      row.promo_money,
      row.money - row.promo_money,
      row.number,
    ]),
  ];
}

function capitalLines(movements: Movement[], commission: number): (string | number)[][] {
  return [
    ['时间', '类型', '百度订单号', '商户订单号', '金额(分)'],
    ...movements.flatMap(row => {
      const line = (what: string, money: number) => [
        formatBeijing(row.at),
        what,
        row.order_id,
        row.tp_order_id,
        money,
      ];
      return row.kind === 'refund'
        ? [line('退款', -row.money)]
        : [line('收入', row.money), line('手续费', -commissionOf(row.money, commission))];
    }),
  ];
}

/** Taken in whole fen, at least one: a payment of 0.01 yuan leaves nothing. */
function commissionOf(money: number, commission: number): number {
  return commission === 0 ? 0 : Math.min(money, Math.max(1, Math.round((money * commission) / 10_000)));
}

/** Quoted, and never a formula, because the text of a title is not trusted. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
