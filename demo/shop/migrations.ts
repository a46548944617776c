import type { Migration } from '../../lib/database/migrations';
import { CREATE_RECORD_PAYMENT } from './payments';

/**
 * Three tables, each with a status that only changes while the row of its order is locked (see withOrderLock and
 * CREATE_RECORD_PAYMENT).
 *
 *     orders    unpaid -> paid -> refunding -> refunded, and back to paid when a refund fails
 *               unpaid -> closed
 *     payments  accepted: it paid the order. rejected: it goes back to the user, by a refund of its own
 *     refunds   requested -> accepted -> succeeded or failed
 *               requested -> refused
 *               return-requested -> succeeded, or requested when Baidu did not do what the reply asked for
 *
 * `run_at` is when the worker has to look at a row again, null when nothing is left to do. `attempts` counts its runs.
 *
 * Times are those of the database. Amounts are fen. Ids of Baidu are decimal text, because they are 64-bit.
 */
export const MIGRATIONS: Migration[] = [
  {
    name: '001-orders-payments-refunds',
    sql: `
      CREATE TABLE shop.orders (
        tp_order_id text PRIMARY KEY CHECK (tp_order_id ~ '^[A-Za-z0-9_.-]{1,64}$'),
        shopper text,
        idempotency_key text UNIQUE,
        request_hash text NOT NULL,
        title text NOT NULL CHECK (title <> ''),
        lines jsonb NOT NULL,
        fees jsonb NOT NULL,
        discounts jsonb NOT NULL,
        total_amount int8 NOT NULL CHECK (total_amount BETWEEN 1 AND 9007199254740991),
        status text NOT NULL DEFAULT 'unpaid'
          CHECK (status IN ('unpaid', 'paid', 'closed', 'refunding', 'refunded')),
        close_reason text CHECK (close_reason IN ('expired', 'cancelled')),
        refunded_amount int8 NOT NULL DEFAULT 0 CHECK (refunded_amount >= 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        run_at timestamptz,
        attempts int NOT NULL DEFAULT 0,
        CHECK ((status = 'closed') = (close_reason IS NOT NULL))
      );
      CREATE INDEX ON shop.orders (shopper, created_at DESC) WHERE shopper IS NOT NULL;
      CREATE INDEX ON shop.orders (created_at);
      CREATE INDEX ON shop.orders (run_at) WHERE run_at IS NOT NULL;

      CREATE TABLE shop.payments (
        order_id text PRIMARY KEY CHECK (order_id ~ '^-?[0-9]+$'),
        tp_order_id text NOT NULL REFERENCES shop.orders,
        user_id text CHECK (user_id ~ '^-?[0-9]+$'),
        total_money int8 NOT NULL,
        pay_money int8 NOT NULL,
        paid_at timestamptz,
        status text NOT NULL CHECK (status IN ('accepted', 'rejected')),
        reject_reason text CHECK (reject_reason IN ('amount', 'late', 'closed', 'duplicate')),
        source text NOT NULL CHECK (source IN ('notification', 'query')),
        params text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((status = 'rejected') = (reject_reason IS NOT NULL))
      );
      COMMENT ON COLUMN shop.payments.order_id IS 'of Baidu: one order of the shop can be paid by several of them';
      COMMENT ON COLUMN shop.payments.params IS 'everything Baidu said about the payment, for the records';
      CREATE UNIQUE INDEX one_accepted_payment ON shop.payments (tp_order_id) WHERE status = 'accepted';
      CREATE INDEX ON shop.payments (tp_order_id);
      CREATE INDEX ON shop.payments (coalesce(paid_at, created_at));

      CREATE TABLE shop.refunds (
        biz_refund_batch_id text PRIMARY KEY CHECK (biz_refund_batch_id ~ '^[A-Za-z0-9_.-]{1,64}$'),
        order_id text NOT NULL REFERENCES shop.payments,
        tp_order_id text NOT NULL REFERENCES shop.orders,
        idempotency_key text UNIQUE,
        requested_amount int8,
        amount int8 NOT NULL,
        reason text NOT NULL,
        status text NOT NULL
          CHECK (status IN ('return-requested', 'requested', 'accepted', 'refused', 'succeeded', 'failed')),
        refund_batch_id text,
        refusal text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        run_at timestamptz,
        attempts int NOT NULL DEFAULT 0
      );
      COMMENT ON COLUMN shop.refunds.requested_amount IS 'null: everything that was left';
      COMMENT ON COLUMN shop.refunds.refund_batch_id IS 'of Baidu, known once it has accepted the refund';
      CREATE INDEX ON shop.refunds (order_id);
      CREATE INDEX ON shop.refunds (updated_at);
      CREATE INDEX ON shop.refunds (run_at) WHERE run_at IS NOT NULL;
    `,
  },
  { name: '002-record-payment', sql: CREATE_RECORD_PAYMENT },
];
