/**
 * Purchases remembered across page closes, restarts and kills. A record holds no payload, no header and no signature.
 * Logout clears a mini-program's storage, and with it these records.
 */
import type { PayOutcome } from './events';
import { readStorage, writeStorage } from './host';
import { parseFen } from './money';
import { jsonObject } from './order-info';
import type { Payment } from './payment';
import { timing } from './config';

export interface PurchaseRecord {
  orderKey: string;
  owner: string;
  /** what was to be bought, as a hash */
  fingerprint: string;
  statusUrl: string;
  /** ms since the epoch, by the device clock */
  startedAt: number;
  /** as payment.ts leaves it behind: see remembered() */
  payment: Partial<Payment>;
  /** an outcome that no component was there to hear */
  waiting: PayOutcome | null;
}

export type Records = Record<string, PurchaseRecord>;

const KEY = 'swan-cashier';
const VERSION = 1;

/**
 * Whatever storage holds that is not ours, of another version, damaged or too old is as if it were not there.
 * @returns null when storage could not be read
 */
export function loadRecords(): Records | null {
  const stored = readStorage(KEY) as { text?: string; errCode?: unknown } | null | undefined;
  // A key that is not there is ''; a host that refuses answers null, or its error as if that were data.
  if (stored === undefined || stored === null || stored.errCode) return null;
  const holder = stored && jsonObject(stored.text);
  const records: Records = {};
  if (holder && holder.v === VERSION) {
    const found = (holder.records || {}) as Record<string, Partial<PurchaseRecord> | null>;
    Object.keys(found).forEach(id => {
      const record = found[id];
      if (isRecord(record) && !isOld(record, timing().remember)) records[id] = record;
    });
  }
  return records;
}

/** @returns whether the records are really there: without storage a payment goes on, remembered in memory only */
export function saveRecords(records: Records): boolean {
  return writeStorage(KEY, { text: JSON.stringify({ v: VERSION, records }) });
}

/** Whether every field that is relied on is there; a half-read record would be worse than none. */
function isRecord(found: Partial<PurchaseRecord> | null | undefined): found is PurchaseRecord {
  const { owner, orderKey, fingerprint, statusUrl, payment, waiting } = found || {};
  const { phase, idempotencyKey, tpOrderId, dealTitle, totalAmount } = payment || {};
  return (
    [owner, orderKey, fingerprint, statusUrl, idempotencyKey, tpOrderId, dealTitle].every(
      text => typeof text === 'string',
    ) &&
    parseFen(totalAmount) !== null &&
    /^(idle|pending|paid)$/.test(phase as string) &&
    (waiting ? /^(success|cancel|fail)$/.test(waiting.outcome) : phase !== 'paid')
  );
}

/** ms since the epoch, by the device clock */
export const now = (): number => new Date().getTime();

export function isOld(record: { startedAt?: number }, maxAge: number): boolean {
  return !(now() - (record.startedAt as number) < maxAge);
}
