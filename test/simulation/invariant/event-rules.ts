/** What must be true of every event that a page gets, and of every text that a person reads. */
import type { FakeComponent } from '../fakes/fake-component';
import { CLAIM } from './claim';
import type { History } from './history';
import type { OrderFacts } from './order-facts';

type Detail = Record<string, unknown>;

const OUTCOMES = ['paysuccess', 'paycancel', 'payfail', 'paypending'];

/** Every event's detail, key by key; what is more or less is a fault. */
const KEYS: Record<string, string> = {
  paytap: 'phase',
  ordercreated: 'dealTitle orderKey reused totalAmount tpOrderId',
  statechange: 'phase previous',
  paysuccess: 'orderKey raw resumed totalAmount tpOrderId verified',
  paycancel: 'by mayBePaid orderKey totalAmount tpOrderId',
  payfail: 'code mayBePaid message orderKey raw reason retryable totalAmount tpOrderId',
  paypending: 'orderKey totalAmount tpOrderId',
};

const BY = ['user', 'left', 'busy', 'changed', 'superseded', 'detached', 'reset'];

export class EventRules {
  /** the outcome event of a component that waits for its paycomplete */
  private readonly open = new Map<FakeComponent, string>();
  /** an outcome may reach another component than the one that started the attempt, so they are counted together */
  private starts = 0;
  private completes = 0;
  /** when the success of an order was last delivered */
  private readonly successes = new Map<string, { seq: number; at: number; component: FakeComponent }>();

  constructor(
    private readonly history: History,
    private readonly violate: (rule: string) => void,
  ) {}

  noteStart(): void {
    this.starts++;
  }

  noteKill(): void {
    this.open.clear();
    this.successes.clear();
  }

  /** Judged before the event is recorded. */
  judge(component: FakeComponent, name: string, detail: Detail, seq: number, at: number): void {
    if (component.name !== 'pay-button') return;
    this.judgeShape(name, detail);
    this.judgeOrder(component, name, detail);
    if (name === 'paysuccess') this.judgeSuccess(component, detail, seq, at);
    if (OUTCOMES.includes(name)) this.judgeUnpaid(name, detail);
    if (OUTCOMES.includes(name) || name === 'ordercreated') this.judgeOwner(component, name, detail);
  }

  /** An outcome event, then one paycomplete of the same. */
  private judgeOrder(component: FakeComponent, name: string, detail: Detail): void {
    const open = this.open.get(component);
    if (OUTCOMES.includes(name)) {
      if (open) this.violate(`${name} while ${open} waits for its paycomplete`);
      this.open.set(component, name);
    }
    if (name !== 'paycomplete') return;
    if (open !== `pay${String(detail.outcome)}`) {
      this.violate(`paycomplete of ${String(detail.outcome)} without its outcome event before it`);
    }
    this.open.delete(component);
    if (detail.resumed) return;
    if (++this.completes > this.starts) this.violate('an attempt had more than one outcome');
  }

  finish(): void {
    for (const name of this.open.values()) this.violate(`${name} without paycomplete after it`);
  }

  private judgeSuccess(
    component: FakeComponent,
    { tpOrderId, verified }: Detail,
    seq: number,
    at: number,
  ): void {
    const id = String(tpOrderId);
    const facts = this.history.order(id);
    const wasPaid = [...facts.checks, ...facts.created].some(({ status }) => status === 'paid');
    if (verified && !wasPaid) this.violate(`verified success of ${id}, which nobody called paid`);
    if (!verified && facts.mostClaim < CLAIM.success && !facts.destroyed) {
      this.violate(`success of ${id}, which nobody claimed`);
    }
    const last = this.successes.get(id);
    const lastCreated = facts.created[facts.created.length - 1]?.seq ?? -Infinity;
    // Two buttons that were paying the same order end together, each attempt with its outcome.
    const endsTogether = last?.at === at && last.component !== component;
    // A new call, or an order that create-url answers as paid, is another attempt with an outcome of its own.
    if (last && !endsTogether && last.seq > Math.max(facts.calledSeq, lastCreated)) {
      this.violate(`the success of ${id} was told twice`);
    }
    this.successes.set(id, { seq, at, component });
  }

  /** Never cancel, or fail with mayBePaid false, for an order whose claim is above cancelled; nor pending for another one. */
  private judgeUnpaid(name: string, detail: Detail): void {
    const { tpOrderId, mayBePaid, reason, by } = detail;
    const facts = tpOrderId ? this.history.orders.get(String(tpOrderId)) : undefined;
    if (name === 'paypending' && facts && isKnownUnpaid(facts)) {
      this.violate(`paypending of ${facts.tpOrderId}, which nobody has paid`);
    }
    if (!facts || facts.leastClaim <= CLAIM.cancelled || isSettled(facts)) return;
    if (name === 'paycancel') {
      this.violate(`paycancel(by ${String(by)}) of ${facts.tpOrderId}, which may be paid`);
    }
    if (name === 'payfail' && !mayBePaid && reason !== 'refunded') {
      this.violate(`payfail(${String(reason)}, mayBePaid false) of ${facts.tpOrderId}, which may be paid`);
    }
  }

  private judgeOwner(component: FakeComponent, name: string, { tpOrderId }: Detail): void {
    const facts = tpOrderId ? this.history.orders.get(String(tpOrderId)) : undefined;
    const { user } = this.history;
    if (!facts || !user || !facts.owners.size || facts.owners.has('') || facts.owners.has(user)) return;
    // A page that goes on showing this order has chosen its owner. Another order reaches the component later.
    const shown = component.data.orderInfo as { tpOrderId?: string } | null;
    if (shown?.tpOrderId === facts.tpOrderId) return;
    const { asked } = this.history;
    const own = this.history.starts.some(
      start =>
        start.component === component &&
        // This user was asked about it, and said yes to paying it.
        (facts.owners.has(start.owner) ||
          !start.owner ||
          (!!asked && asked.covers.includes(facts) && start.at <= asked.at && start.owner === user)),
    );
    if (!own) this.violate(`${name} of ${facts.tpOrderId} was told to ${user}, whose order it is not`);
  }

  private judgeShape(name: string, detail: Detail): void {
    for (const key of ['type', 'target', 'currentTarget']) {
      if (key in detail) this.violate(`detail of ${name} has the key ${key}`);
    }
    if (name === 'statechange' && detail.phase === detail.previous) {
      this.violate('statechange to the same phase');
    }
    if (name === 'payfail' && isWordless(detail.message)) this.violate('payfail without words');
    const expected =
      name === 'paycomplete'
        ? `${KEYS[`pay${String(detail.outcome)}`]} outcome resumed elapsed`
        : (KEYS[name] ?? 'no such event');
    const wanted = [...new Set(expected.split(' '))].sort().join(' ');
    const found = Object.keys(detail).sort().join(' ');
    if (found !== wanted) this.violate(`${name} has ${found}, not ${wanted}`);
    if (name === 'paycancel' && !BY.includes(String(detail.by))) {
      this.violate(`paycancel by ${String(detail.by)}`);
    }
  }
}

/** Words that no person should read; a toast of '' is one that should not be there. */
export const isWordless = (text: unknown): boolean =>
  typeof text !== 'string' || /undefined|null|NaN|\[object|^\s*$/.test(text);

const isSettled = (facts: OrderFacts): boolean =>
  facts.wasTold || facts.destroyed || facts.isGivenUpByAge || facts.wasSaidToBe('refunding', 'refunded');

/** The cashier was closed each time, and by the one user who may have called it. */
const isKnownUnpaid = ({ calls, mostClaim, owners }: OrderFacts): boolean =>
  !!calls.length && mostClaim <= CLAIM.cancelled && owners.size < 2 && !owners.has('');
