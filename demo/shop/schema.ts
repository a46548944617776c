import type { Migration } from '../migrations';

/**
 * Facts are only ever added. What an order "is" (paid, closed, refunded) follows from them, so that no update can be
 * lost or done twice: each duty has a unique key, and a repeat runs into it.
 *
 * | fact | unique key | what it makes safe to repeat |
 * |---|---|---|
 * | orders | idempotency_key | creating an order |
 * | payments | order_id (Baidu's) | 通知支付状态, and a payment found by asking |
 * | closings | tp_order_id | closing |
 * | refunds | idempotency_key | asking for a refund |
 * | refund_answers | biz_refund_batch_id | applying for it at Baidu |
 * | refund_attempts | biz_refund_batch_id, attempt | several processes settling one refund |
 * | refund_notices | refund_batch_id (Baidu's) | 通知退款状态, and a result found by asking |
 * | closings_at_baidu | tp_order_id | closing an expired order at Baidu |
 *
 * Amounts are int8 in fen, times int8 in ms since the epoch; ids of Baidu are decimal text.
 */
export const MIGRATIONS: Migration[] = [
  {
    name: '001-orders-and-payments',
    sql: `
      CREATE FUNCTION shop.sum_of(extras jsonb) RETURNS int8 LANGUAGE sql IMMUTABLE AS
        $$ SELECT coalesce(sum((extra->>'amount')::int8), 0)::int8 FROM jsonb_array_elements(extras) AS extra $$;

      CREATE FUNCTION shop.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'shop.% only takes new rows', TG_TABLE_NAME; END $$;

      CREATE TABLE shop.orders (
        tp_order_id text PRIMARY KEY CHECK (tp_order_id ~ '^[A-Za-z0-9_.-]{1,64}$'),
        shopper text,
        idempotency_key text UNIQUE,
        request_digest text NOT NULL,
        title text NOT NULL CHECK (title <> ''),
        lines jsonb NOT NULL,
        fees jsonb NOT NULL,
        discounts jsonb NOT NULL,
        total_amount int8 NOT NULL CHECK (total_amount BETWEEN 1 AND 9007199254740991),
        created_at int8 NOT NULL,
        expires_at int8 NOT NULL CHECK (expires_at > created_at),
        CHECK (shop.sum_of(lines) + shop.sum_of(fees) - shop.sum_of(discounts) = total_amount)
      );
      CREATE INDEX ON shop.orders (shopper, created_at DESC) WHERE shopper IS NOT NULL;
      CREATE INDEX ON shop.orders (expires_at);

      CREATE TABLE shop.payments (
        order_id text PRIMARY KEY CHECK (order_id ~ '^-?[0-9]+$'),
        tp_order_id text NOT NULL REFERENCES shop.orders,
        user_id text NOT NULL CHECK (user_id ~ '^-?[0-9]+$'),
        total_money int8 NOT NULL,
        pay_money int8 NOT NULL,
        pay_time int8,
        source text NOT NULL CHECK (source IN ('notified', 'asked')),
        params text NOT NULL,
        received_at int8 NOT NULL,
        returned_because text CHECK (returned_because IN ('amount', 'closed', 'paid-before')),
        CHECK (returned_because IS NOT NULL OR (total_money > 0 AND pay_money BETWEEN 0 AND total_money))
      );
      COMMENT ON COLUMN shop.payments.returned_because IS
        'set: this payment does not count, and Baidu was asked to give it back (isErrorOrder=1)';
      CREATE UNIQUE INDEX one_payment_per_order ON shop.payments (tp_order_id) WHERE returned_because IS NULL;
      CREATE INDEX ON shop.payments (tp_order_id);

      CREATE TABLE shop.closings (
        tp_order_id text PRIMARY KEY REFERENCES shop.orders,
        closed_at int8 NOT NULL
      );

      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.orders EXECUTE FUNCTION shop.refuse_change();
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.payments EXECUTE FUNCTION shop.refuse_change();
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.closings EXECUTE FUNCTION shop.refuse_change();
    `,
  },
  {
    name: '002-refunds-and-closing-at-baidu',
    sql: `
      CREATE TABLE shop.refunds (
        biz_refund_batch_id text PRIMARY KEY CHECK (biz_refund_batch_id ~ '^[A-Za-z0-9_.-]{1,64}$'),
        tp_order_id text NOT NULL REFERENCES shop.orders,
        idempotency_key text NOT NULL UNIQUE,
        asked_amount int8,
        amount int8 NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
        reason text NOT NULL,
        requested_at int8 NOT NULL
      );
      CREATE INDEX ON shop.refunds (tp_order_id);

      CREATE TABLE shop.refund_answers (
        biz_refund_batch_id text PRIMARY KEY REFERENCES shop.refunds,
        refund_batch_id text UNIQUE,
        refused text,
        answered_at int8 NOT NULL,
        CHECK ((refund_batch_id IS NULL) <> (refused IS NULL))
      );

      CREATE TABLE shop.refund_notices (
        refund_batch_id text PRIMARY KEY,
        order_id text NOT NULL REFERENCES shop.payments,
        succeeded boolean NOT NULL,
        source text NOT NULL CHECK (source IN ('notified', 'asked')),
        received_at int8 NOT NULL
      );

      CREATE TABLE shop.closings_at_baidu (
        tp_order_id text PRIMARY KEY REFERENCES shop.orders,
        outcome text NOT NULL CHECK (outcome IN ('closed', 'never-opened', 'paid')),
        at int8 NOT NULL
      );

      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.refunds EXECUTE FUNCTION shop.refuse_change();
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.refund_answers EXECUTE FUNCTION shop.refuse_change();
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.refund_notices EXECUTE FUNCTION shop.refuse_change();
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.closings_at_baidu EXECUTE FUNCTION shop.refuse_change();
    `,
  },
  {
    name: '003-attempts',
    sql: `
      CREATE TABLE shop.refund_attempts (
        biz_refund_batch_id text NOT NULL REFERENCES shop.refunds,
        attempt int8 NOT NULL CHECK (attempt >= 0),
        at int8 NOT NULL,
        PRIMARY KEY (biz_refund_batch_id, attempt)
      );
      COMMENT ON TABLE shop.refund_attempts IS
        'whoever writes the row of an attempt makes it; of several processes that is one';
      CREATE TRIGGER only_new BEFORE UPDATE OR DELETE ON shop.refund_attempts EXECUTE FUNCTION shop.refuse_change();
    `,
  },
];
