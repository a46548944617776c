/**
 * A shop, a cashier, a phone and a person with a schedule; and the rules that must hold after each step of it.
 */
import type { PayOutcome } from '../../../utils';
import { Backend, type BackendMood, DAY, type Order, SECRETS } from './backend';
import { Cashier, type Plan } from './cashier';
import { type Clock, createClock } from './clock';
import type { Code } from './library';
import { type Button, type Happened, type ModalMood, Phone, type StorageMood } from './phone';

export interface Setup {
  source: 'create' | 'order-info';
  statusUrl: boolean;
  /** the second button of a page: the same purchase, or another one */
  second: 'same' | 'other';
  copies: 1 | 2;
  /** what identifies a purchase: its goods, or a key the page gives, whatever the goods */
  key: 'derived' | 'explicit';
}

export type Step =
  | { do: 'tap' | 'pay' | 'detach' | 'reset'; button: number }
  | { do: 'change'; button: number; payload: number }
  | { do: 'wait'; ms: number }
  | { do: 'plan'; plan: Plan }
  | { do: 'backend'; mood: BackendMood }
  | { do: 'storage'; mood: StorageMood }
  | { do: 'modal'; mood: ModalMood }
  | { do: 'owner' | 'switchTab' | 'appear' }
  | { do: 'open' | 'close' | 'hide' | 'show' | 'kill' | 'expire' | 'logout' | 'resumePending' };

const OUTCOMES = ['paysuccess', 'paycancel', 'payfail', 'paypending'];

export class Town {
  readonly clock: Clock = createClock(1700000000000);
  private readonly world = {};
  readonly backend = new Backend(this.clock, this.world);
  readonly cashier = new Cashier(this.clock, this.backend, this.world);
  readonly phone: Phone;
  /** orders a page was told the success of */
  private readonly told = new Set<string>();
  /**
   * Orders that cashier and backend called unpaid when a person was told so. Money that arrives later is found with
   * the same goods; other goods under the same key have taken their place.
   */
  private readonly denied = new Set<string>();
  /** the page heard that they failed and may be paid all the same */
  private readonly warned = new Set<string>();
  /** purchases whose success was told in this run of the app and which nothing has released since */
  private readonly locked = new Set<string>();
  /** orders nobody can be expected to remember: storage was lost or the shop gave them up */
  private readonly excused = new Set<string>();
  private readonly outcomes: { promise: Promise<PayOutcome>; outcome: PayOutcome }[] = [];
  private readonly buttons: Button[] = [];
  /** payload of each order-info purchase -> its order */
  private readonly given = new Map<string, Record<string, string>>();

  constructor(
    private readonly setup: Setup,
    code: Code,
  ) {
    this.phone = new Phone(this.clock, code, this.backend, this.cashier, {
      copies: setup.copies,
      settings: { baseUrl: 'https://shop.example' },
      listener: (button, event) => this.heard(button, event),
      called: tpOrderId => this.called(tpOrderId),
    });
    this.become(this.owner);
    this.openPage();
    this.clock.advance(50);
  }

  run(steps: Step[]): string[] {
    for (const step of steps) {
      this.take(step);
      this.check();
      if (this.phone.violations.length) break;
    }
    return this.phone.violations;
  }

  /** Good weather, time for every window, and a look at each purchase: what must be true in the end. */
  settle(): string[] {
    const { phone, clock } = this;
    if (phone.violations.length) return phone.violations;
    this.backend.mood = 'well';
    phone.storageMood = 'well';
    phone.modalMood = 'yes';
    this.cashier.plans.length = 0;
    phone.show();
    clock.advance(20 * 60000);
    for (let round = 0; round < 4; round++) {
      const owed = this.cashier.charges.filter(charge => this.isOwed(charge));
      if (!owed.length) break;
      for (const { tpOrderId } of owed) {
        const [, payload, owner, slot] = this.purchaseOf(tpOrderId).split(' ') as [
          string,
          string,
          string,
          string,
        ];
        this.become(owner);
        phone
          .openPage([{ properties: this.properties(+payload, slot === 'other' ? slot : 'main'), copy: 0 }])
          .buttons.forEach(b => this.buttons.push(b));
        clock.advance(70000);
        if (this.isOwed({ tpOrderId, at: clock.now() })) this.tap(phone.top()!.buttons[0]!);
        clock.advance(70000);
      }
    }
    for (const charge of this.cashier.charges) {
      if (this.isOwed(charge)) phone.violate(`order ${charge.tpOrderId} is paid and nobody was told`);
    }
    clock.advance(16 * 60000);
    for (const button of phone.pages.flatMap(page => page.buttons)) {
      if (button.attached && /ordering|paying|confirming/.test(button.phase))
        phone.violate(`spins for ever: ${button.phase}`);
    }
    if (JSON.stringify([phone.traces, phone.said]).match(new RegExp(Object.values(SECRETS).join('|')))) {
      phone.violate('a trace or the console holds a secret');
    }
    this.buyAgain();
    return phone.violations;
  }

  /** Whatever happened before, whoever wants to pay can, in good weather and with a few taps. */
  private buyAgain(): void {
    const { phone, clock } = this;
    if (this.setup.source === 'order-info' && this.backend.orders.some(order => order.status !== 'unpaid'))
      return;
    this.openPage();
    clock.advance(1000);
    const button = phone.top()!.buttons[0]!;
    for (let tap = 0; tap < 4 && button.phase !== 'paid'; tap++) {
      this.tap(button);
      clock.advance(80000);
    }
    if (button.phase !== 'paid') phone.violate(`a dead end: ${button.phase}`);
  }

  private take(step: Step): void {
    const { phone, clock } = this;
    const page = phone.top();
    const button = page && 'button' in step ? page.buttons[step.button % page.buttons.length] : undefined;
    switch (step.do) {
      case 'wait':
        clock.advance(step.ms);
        break;
      case 'tap':
        if (button) this.tap(button);
        break;
      case 'pay':
        if (button?.attached) {
          this.replace(button);
          button.pay();
        }
        break;
      case 'detach':
        if (button?.attached) button.detach();
        break;
      case 'reset':
        if (button?.attached) {
          const phase = button.phase;
          button.reset();
          if (phase === 'paid') this.release();
        }
        break;
      case 'change':
        if (button?.attached) {
          for (const [name, value] of Object.entries(this.properties(step.payload, this.slotOf(button))))
            button.set(name, value);
          this.changedAt = clock.now();
          this.release();
        }
        break;
      case 'plan':
        this.cashier.plans.push(step.plan);
        break;
      case 'backend':
        this.backend.mood = step.mood;
        break;
      case 'storage':
        if (step.mood !== 'well') this.excuseAll();
        phone.storageMood = step.mood;
        break;
      case 'modal':
        phone.modalMood = step.mood;
        break;
      case 'logout':
        phone.storage.clear();
        this.cleared = true;
        break;
      case 'owner':
        if (phone.front) {
          phone.closeAll();
          this.locked.clear();
          this.become(this.owner === 'ann' ? 'bob' : 'ann');
          this.openPage();
        }
        break;
      case 'switchTab':
        if (phone.front && !this.cashier.isOpen()) phone.switchTab();
        break;
      case 'appear': {
        const below = phone.pages[phone.pages.length - 2];
        if (below) this.buttons.push(phone.addButton(below, this.properties(0, 'main')));
        break;
      }
      case 'open':
        if (phone.front && phone.pages.length < 4) this.openPage();
        break;
      case 'close':
        if (phone.front && phone.pages.length > 1) phone.closePage();
        break;
      case 'hide':
        phone.hide();
        break;
      case 'show':
        phone.show();
        break;
      case 'kill':
        phone.kill();
        if (this.cleared) this.excuseAll();
        this.become(this.owner);
        clock.advance(1500);
        this.locked.clear();
        this.openPage();
        break;
      case 'expire':
        this.backend.expire();
        break;
      case 'resumePending':
        phone.guarded(() => void phone.library.resumePending());
        break;
    }
    clock.advance(1);
  }

  /** A person taps what can be seen: no tap reaches a page under an open cashier, but for those already on their way. */
  private tap(button: Button): void {
    const { phone } = this;
    const covered = this.cashier.isOpen() && this.cashier.age() > 300;
    if (phone.front && button.attached && !covered && !(phone.modal && phone.modalMood !== 'never')) {
      this.replace(button);
      button.tap();
    }
  }

  /** One key, other goods: what was paid under it before is free again. */
  private replace(button: Button): void {
    const goods = this.shownBy(button);
    for (const paid of this.locked)
      if (paid !== goods && this.isSameKey(paid, goods)) this.locked.delete(paid);
  }

  /** Somebody logs in, and the app opens anew for them. */
  private become(owner: string): void {
    this.owner = owner;
    this.phone.library.configure({ owner });
  }

  /** A call of the cashier is about to be made. */
  private called(tpOrderId: string): void {
    const { phone, clock } = this;
    const purchase = this.purchaseOf(tpOrderId);
    if (this.locked.has(purchase)) phone.violate('a paid purchase was paid again');
    const shown = phone.top()!.buttons.map(button => this.shownBy(button));
    const steady = clock.now() - Math.max(this.changedAt, phone.agreedAt) > 40000;
    if (steady && !shown.includes(purchase)) phone.violate(`the button shows ${shown}, paid is ${purchase}`);
    if (!this.setup.statusUrl || this.blind) return;
    for (const charge of this.cashier.charges) {
      const other = this.purchaseOf(charge.tpOrderId);
      const known =
        this.backend.isKnownPaid(charge.tpOrderId) &&
        !this.told.has(charge.tpOrderId) &&
        !this.denied.has(charge.tpOrderId);
      if (this.isSameKey(other, purchase) && known && charge.tpOrderId !== tpOrderId)
        phone.violate(`${purchase} was taken to the cashier while ${other} is paid under its key`);
    }
  }

  private shownBy({ properties }: Button): string {
    return properties.goods as string;
  }

  /** Whether a page gave both the same order-key. */
  private isSameKey(one: string, other: string): boolean {
    const keyOf = (purchase: string): string => purchase.split(' ').slice(2).join(' ');
    return this.setup.key === 'explicit' && keyOf(one) === keyOf(other);
  }

  private slotOf(button: Button): 'main' | 'other' {
    return button.properties.slot as 'main' | 'other';
  }

  private openPage(): void {
    const { second } = this.setup;
    const page = this.phone.openPage([
      { properties: this.properties(0, 'main'), copy: 0 },
      {
        properties: this.properties(second === 'same' ? 0 : 7, second === 'same' ? 'main' : 'other'),
        copy: 1,
      },
    ]);
    this.buttons.push(...page.buttons);
  }

  private properties(payload: number, slot: 'main' | 'other'): Record<string, unknown> {
    // Goods under two keys are two purchases.
    const purchase = ['purchase', payload, this.owner, this.setup.key === 'explicit' ? slot : 'any'].join(
      ' ',
    );
    const shared = {
      slot,
      goods: purchase,
      orderKey: this.setup.key === 'explicit' ? slot : '',
      header: { cookie: SECRETS.header },
      amount: '1999',
      statusUrl: this.setup.statusUrl ? '/status' : '',
    };
    if (this.setup.source === 'create') {
      return { ...shared, createUrl: '/orders', orderPayload: { purchase, note: SECRETS.payload } };
    }
    if (!this.given.has(purchase))
      this.given.set(purchase, this.backend.orderInfo(this.backend.open(purchase)));
    return { ...shared, orderInfo: this.given.get(purchase) };
  }

  private purchaseOf(tpOrderId: string): string {
    return this.backend.order(tpOrderId)!.purchase;
  }

  private release(): void {
    this.locked.clear();
  }

  /** Storage is gone or will be: after a kill nobody can know of what is under way. */
  private excuseAll(): void {
    for (const order of this.backend.orders) this.excused.add(order.tpOrderId);
    this.blind = true;
  }

  private blind = false;
  /** the app has cleared storage: what it knows now is in memory alone */
  private cleared = false;
  private owner = 'ann';
  private changedAt = 0;

  private isOwed({ tpOrderId, at }: { tpOrderId: string; at: number }): boolean {
    const order = this.backend.order(tpOrderId)!;
    const knowable = this.setup.statusUrl || this.setup.source === 'create';
    return (
      knowable &&
      !this.blind &&
      order.status === 'paid' &&
      !this.told.has(tpOrderId) &&
      !this.excused.has(tpOrderId) &&
      !(this.setup.key === 'explicit' && (this.denied.has(tpOrderId) || this.isLeft(order))) &&
      this.clock.now() - at < DAY - 3600000
    );
  }

  /** The page was warned, and other goods took the key while the backend still called these unpaid. */
  private isLeft({ tpOrderId, purchase }: Order): boolean {
    const { orders } = this.backend;
    const later = orders.slice(orders.findIndex(order => order.tpOrderId === tpOrderId) + 1);
    return (
      this.warned.has(tpOrderId) &&
      later.some(other => other.purchase !== purchase && this.isSameKey(other.purchase, purchase))
    );
  }

  private heard(button: Button, { name, detail }: Happened): void {
    const { phone } = this;
    const previous = button.events[button.events.length - 2];
    if (name === 'paycomplete') {
      if (previous?.name !== `pay${detail.outcome}`)
        phone.violate('paycomplete without its outcome event before it');
    } else if (previous && OUTCOMES.includes(previous.name)) {
      phone.violate(`${previous.name} without paycomplete after it`);
    }
    for (const key of ['type', 'target', 'currentTarget']) {
      if (key in detail) phone.violate(`detail of ${name} has the key ${key}`);
    }
    if (name === 'paysuccess') this.success(detail);
    if (name === 'paycancel' && detail.by === 'user') {
      this.unpaidFor('paycancel', detail);
      this.denied.add(detail.tpOrderId as string);
    }
    if (name === 'payfail' && detail.mayBePaid) this.warned.add(detail.tpOrderId as string);
    if (name === 'payfail' && detail.reason === 'closed') this.unpaidFor('payfail', detail);
    if (name === 'statechange' && detail.phase === detail.previous)
      phone.violate('statechange to the same phase');
    if (name === 'payfail' && /undefined|null|\[object|^$/.test(String(detail.message)))
      phone.violate('payfail without words');
  }

  private success({ tpOrderId, verified }: Record<string, unknown>): void {
    const order = this.backend.order(tpOrderId as string);
    const charge = this.cashier.charges.find(one => one.tpOrderId === tpOrderId);
    if (verified && (!order || /unpaid|closed/.test(order.status)))
      this.phone.violate('verified success of an unpaid order');
    if (order && this.told.has(tpOrderId as string) && this.locked.has(order.purchase)) {
      this.phone.violate('one payment was told twice');
    }
    if (charge) {
      this.told.add(tpOrderId as string);
      // What is older than a day blocks nothing.
      if (this.clock.now() - charge.at < DAY) this.locked.add(this.purchaseOf(tpOrderId as string));
    }
  }

  /** With a backend that answers, an order it knows to be paid when an outcome is decided is not unpaid in it. */
  private unpaidFor(event: string, { tpOrderId }: Record<string, unknown>): void {
    const untold = !this.told.has(tpOrderId as string);
    const decided = this.phone.traces
      .filter(trace => trace.step === 'outcome' && trace.tpOrderId === tpOrderId)
      .pop();
    const at = (decided?.at as number | undefined) ?? this.clock.now();
    if (untold && this.setup.statusUrl && this.backend.isKnownPaid(tpOrderId as string, at)) {
      this.phone.violate(`${event} of a paid order`);
    }
  }

  private check(): void {
    const { phone, cashier } = this;
    const charged = new Map<string, string>();
    for (const { tpOrderId, at } of cashier.charges) {
      const purchase = this.purchaseOf(tpOrderId);
      const order = this.backend.order(tpOrderId)!;
      const untold =
        !this.told.has(tpOrderId) &&
        order.status !== 'refunded' &&
        !this.blind &&
        this.clock.now() - at < DAY;
      if (untold) {
        if (charged.has(purchase))
          phone.violate(`${purchase} was charged twice: ${charged.get(purchase)} and ${tpOrderId}`);
        charged.set(purchase, tpOrderId);
      }
    }
    const cancelled = this.buttons
      .flatMap(button => button.events)
      .filter(({ name, detail }) => name === 'paycancel' && detail.by === 'user').length;
    if (cancelled > cashier.cancels + phone.refusals) phone.violate('a paycancel(by user) that nobody made');
    for (const button of this.buttons) {
      const changes = button.events.filter(({ name }) => name === 'statechange').length;
      if (button.setDataCount > changes + button.propertyChanges + 1)
        phone.violate('more than one setData per phase change');
    }
  }

  /** Waits for promises, which no clock moves. */
  async promises(): Promise<string[]> {
    const { phone } = this;
    for (const button of this.buttons) {
      for (const promise of button.promises) {
        const outcome = await Promise.race([
          promise,
          new Promise<null>(resolve => setImmediate(() => resolve(null))),
        ]);
        if (outcome) this.outcomes.push({ promise, outcome });
      }
    }
    for (const { outcome } of this.outcomes) {
      const times = this.buttons
        .flatMap(button => button.events)
        .filter(({ name, detail }) => name === 'paycomplete' && detail === (outcome as unknown)).length;
      if (times > 1) phone.violate(`an outcome was told ${times} times`);
    }
    return phone.violations;
  }
}
