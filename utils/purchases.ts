/** The purchases of this mini-program: those alive, and those that storage remembers from before. */
import { settings, timing } from './config';
import type { PayOutcome } from './events';
import { randomKey } from './hash';
import { toText } from './normalize';
import { isLive, isUnsettled, newPayment, type Payment, remembered } from './payment';
import { isOld, loadRecords, now, type Records, saveRecords } from './records';
import type { Source, View } from './source';

export interface Purchase {
  /** owner and order-key: what another owner left behind is another purchase */
  id: string;
  owner: string;
  orderKey: string;
  fingerprint: string;
  state: Payment;
  /** how it is paid; empty while a restored purchase has no component yet */
  source: Partial<Source>;
  /** what is to be bought when this purchase is about something else */
  next: Partial<Source>;
  statusUrl: string;
  /** the component whose attempt it is */
  starter: View | null;
  /** ms since the epoch */
  startedAt: number;
  /** of the attempt under way, else its latest outcome */
  promise: Promise<PayOutcome>;
  resolve(outcome: PayOutcome): void;
  /** the create request under way: the amount its answer is checked against, and the ticket it is for */
  creating: { amount: number | null; ticket: number } | null;
  /** resumePending() is looking */
  watch: Promise<PayOutcome> | null;
  /** an outcome that no component was there to hear */
  waiting: PayOutcome | null;
}

export interface Purchases {
  idOf(orderKey: string): string;
  all(): Purchase[];
  find(orderKey: string): Purchase | undefined;
  /** not one that is too old, or reset: it has made room for another and is nobody's business any more */
  holds(purchase: Purchase): boolean;
  /** a new one, in the place of what had the key */
  create(orderKey: string, fingerprint: string): Purchase;
  /** @returns whether it is really in storage */
  remember(purchase: Purchase): boolean;
  /** @returns whether storage could be written */
  forget(purchase: Purchase): boolean;
  /** forgets it, here and in storage */
  remove(purchase: Purchase): void;
  /** brings back all that this owner left in storage */
  restoreAll(): void;
}

/** A promise of an outcome, and what keeps it. */
export function promiseOutcome(): Pick<Purchase, 'promise' | 'resolve'> {
  let resolve: Purchase['resolve'] = () => undefined;
  const promise = new Promise<PayOutcome>(keep => {
    resolve = keep;
  });
  return { promise, resolve };
}

export function createPurchases(): Purchases {
  const alive: Record<string, Purchase> = {};
  let records: Records = {};
  let complete = false;

  /** Storage that refused to be read is asked again: what it holds must not be written over. */
  function recordsNow(): Records {
    const stored = complete ? null : loadRecords();
    if (stored) {
      complete = true;
      records = { ...stored, ...records };
    }
    return records;
  }

  const ownerNow = (): string => toText(settings().owner);
  const idOf = (orderKey: string): string => encodeURIComponent(ownerNow()) + ' ' + orderKey;

  function create(orderKey: string, fingerprint: string): Purchase {
    const id = idOf(orderKey);
    return (alive[id] = {
      id,
      owner: ownerNow(),
      orderKey,
      fingerprint,
      state: newPayment(randomKey()),
      source: {},
      next: {},
      statusUrl: '',
      starter: null,
      startedAt: now(),
      ...promiseOutcome(),
      creating: null,
      watch: null,
      waiting: null,
    });
  }

  function restore(id: string): Purchase | undefined {
    const record = recordsNow()[id];
    if (!record || record.owner !== ownerNow()) return undefined;
    const { orderKey, fingerprint, statusUrl, startedAt, payment, waiting } = record;
    const purchase = create(orderKey, fingerprint);
    purchase.statusUrl = statusUrl;
    purchase.startedAt = startedAt;
    purchase.waiting = waiting;
    purchase.state = { ...purchase.state, ...payment };
    if (waiting) purchase.resolve(waiting);
    return purchase;
  }

  function find(orderKey: string): Purchase | undefined {
    const id = idOf(orderKey);
    const purchase = alive[id] || restore(id);
    if (!purchase || isLive(purchase.state) || !isUnsettled(purchase.state)) return purchase;
    return isOld(purchase, timing().remember) ? remove(purchase) : purchase;
  }

  function forget({ id }: Purchase): boolean {
    const known = recordsNow();
    if (!known[id]) return true;
    delete known[id];
    return saveRecords(known);
  }

  function remove(purchase: Purchase): undefined {
    delete alive[purchase.id];
    forget(purchase);
  }

  return {
    idOf,
    all: () => Object.keys(alive).map(id => alive[id] as Purchase),
    find,
    holds: purchase => alive[purchase.id] === purchase,
    create,
    remember(purchase) {
      const { id, owner, orderKey, fingerprint, statusUrl, startedAt, waiting, state } = purchase;
      recordsNow()[id] = {
        ...{ owner, orderKey, fingerprint, statusUrl, startedAt },
        payment: remembered(state),
        waiting: waiting && ({ ...waiting, raw: null } as PayOutcome),
      };
      return saveRecords(records);
    },
    forget,
    remove,
    restoreAll() {
      Object.keys(recordsNow()).forEach(id => {
        if (!alive[id]) restore(id);
      });
    },
  };
}
