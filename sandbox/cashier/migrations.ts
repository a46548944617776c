import type { Migration } from '../../lib/database/migrations';

/**
 * The cashier's tables. Charges, refunds, attempts are only ever added to; what may happen once has a unique key.
 * Money is integer fen, times are milliseconds since the epoch, of the wall clock.
 */
export const MIGRATIONS: Migration[] = [
  {
    name: '001-orders',
    sql: `
      CREATE TABLE baidu.orders (
        order_id bigint GENERATED ALWAYS AS IDENTITY (START WITH 800020199001) PRIMARY KEY,
        app_key text NOT NULL,
        tp_order_id text NOT NULL,
        deal_id text NOT NULL,
        title text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        biz_info text NOT NULL,
        notify_url text NOT NULL,
        status smallint NOT NULL DEFAULT 1 CHECK (status IN (-1, 1, 2)),
        consumed boolean NOT NULL DEFAULT false,
        -- the outcome waiting behind the open sheet, and the charge that is still to come
        planned_outcome text,
        charge_due_at bigint,
        created_at bigint NOT NULL,
        UNIQUE (app_key, tp_order_id)
      );
      CREATE INDEX orders_charge_due ON baidu.orders (charge_due_at) WHERE charge_due_at IS NOT NULL;

      CREATE TABLE baidu.charges (
        order_id bigint PRIMARY KEY REFERENCES baidu.orders,
        trade_no text NOT NULL UNIQUE,
        channel text NOT NULL,
        total_money bigint NOT NULL CHECK (total_money > 0),
        promo_money bigint NOT NULL CHECK (promo_money BETWEEN 0 AND total_money),
        paid_at bigint NOT NULL
      );

      CREATE TABLE baidu.notifications (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('pay', 'refund')),
        order_id bigint NOT NULL REFERENCES baidu.orders,
        refund_batch_id bigint,
        url text NOT NULL,
        params jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting'
          CHECK (state IN ('waiting', 'held', 'done', 'abnormal-refund', 'given-up')),
        attempts integer NOT NULL DEFAULT 0,
        due_at bigint NOT NULL,
        created_at bigint NOT NULL
      );
      CREATE UNIQUE INDEX one_notification_per_payment ON baidu.notifications (order_id) WHERE kind = 'pay';
      CREATE UNIQUE INDEX one_notification_per_refund ON baidu.notifications (refund_batch_id) WHERE kind = 'refund';
      CREATE INDEX notifications_due ON baidu.notifications (due_at) WHERE state = 'waiting';

      CREATE TABLE baidu.attempts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        notification_id bigint NOT NULL REFERENCES baidu.notifications,
        number integer NOT NULL,
        http_status integer,
        reply text NOT NULL,
        verdict text NOT NULL,
        explanation text NOT NULL,
        started_at bigint NOT NULL,
        finished_at bigint NOT NULL
      );
      CREATE INDEX attempts_of ON baidu.attempts (notification_id);

      CREATE TABLE baidu.refunds (
        refund_batch_id bigint GENERATED ALWAYS AS IDENTITY (START WITH 152713835) PRIMARY KEY,
        order_id bigint NOT NULL REFERENCES baidu.orders,
        app_key text NOT NULL,
        -- absent for the refund that Baidu makes itself when a reply asks for it
        biz_refund_batch_id text,
        money bigint NOT NULL CHECK (money > 0),
        reason text NOT NULL,
        notify_url text,
        status smallint NOT NULL CHECK (status IN (1, 2, 3)),
        due_at bigint NOT NULL,
        created_at bigint NOT NULL,
        finished_at bigint,
        UNIQUE (app_key, biz_refund_batch_id)
      );
      CREATE INDEX refunds_of ON baidu.refunds (order_id);
      CREATE INDEX refunds_due ON baidu.refunds (due_at) WHERE status = 1;

      CREATE TABLE baidu.tokens (
        token text PRIMARY KEY,
        client_id text NOT NULL,
        expires_at bigint NOT NULL
      );

      CREATE TABLE baidu.bills (
        name text PRIMARY KEY,
        app_key text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('order', 'capital')),
        day text NOT NULL,
        ready_at bigint NOT NULL,
        created_at bigint NOT NULL,
        UNIQUE (app_key, kind, day)
      );`,
  },
  {
    name: '002-platform-key',
    sql: `
      CREATE TABLE baidu.platform_key (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        private_key text NOT NULL
      );`,
  },
  {
    name: '003-calls',
    sql: `
      CREATE TABLE baidu.calls (
        call_id text PRIMARY KEY,
        order_id bigint NOT NULL REFERENCES baidu.orders,
        -- absent while nobody has decided
        response jsonb,
        created_at bigint NOT NULL
      );
      CREATE INDEX calls_open ON baidu.calls (order_id) WHERE response IS NULL;`,
  },
  {
    name: '004-payers',
    // The default is the one user of the orders so far.
    sql: `
      ALTER TABLE baidu.orders ADD COLUMN user_id bigint NOT NULL DEFAULT 149235070;
      ALTER TABLE baidu.orders ALTER COLUMN user_id DROP DEFAULT;
      ALTER TABLE baidu.orders DROP CONSTRAINT orders_app_key_tp_order_id_key;
      ALTER TABLE baidu.orders ADD UNIQUE (app_key, tp_order_id, user_id);`,
  },
  {
    name: '005-refund-failure',
    // Absent for refunds that did not fail, and for those that failed before it was kept.
    sql: `ALTER TABLE baidu.refunds ADD COLUMN failure text CHECK (failure IN ('scripted', 'daily-limit'));`,
  },
  {
    name: '006-chinese-explanations',
    // Absent for attempts that were made before it was kept.
    sql: `ALTER TABLE baidu.attempts ADD COLUMN explanation_zh text;`,
  },
  {
    name: '007-statements',
    sql: `ALTER TABLE baidu.bills RENAME TO statements;`,
  },
];
