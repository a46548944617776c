/**
 * A shop, a cashier and a phone for one told story: what the person sees and what the page hears, in order, line by
 * line, with the times of a clock that only the story moves.
 */
import type { Config, PayOutcome } from '../../../utils';
import { Backend } from './backend';
import { Cashier, PAYS, type Plan } from './cashier';
import { type Clock, createClock } from './clock';
import { bundleLibrary, type Code } from './library';
import { type Button, type Happened, Phone, type Quirks } from './phone';

export interface StageOptions {
  settings?: Partial<Config>;
  quirks?: Quirks;
  copies?: number;
}

type Detail = Record<string, unknown>;

/** Every event's detail, key by key; what is more or less is a fault. */
const KEYS: Record<string, string> = {
  paytap: 'phase',
  ordercreated: 'tpOrderId totalAmount dealTitle reused',
  statechange: 'phase previous',
  paysuccess: 'tpOrderId totalAmount verified resumed raw',
  paycancel: 'tpOrderId totalAmount by',
  payfail: 'tpOrderId totalAmount reason code message retryable mayBePaid raw',
  paypending: 'tpOrderId totalAmount',
};
const COMPLETE = ' outcome resumed elapsed';

const tell: Record<string, (detail: Detail) => string> = {
  paytap: ({ phase }) => `paytap ${phase}`,
  ordercreated: ({ tpOrderId, totalAmount, dealTitle, reused }) =>
    `ordercreated ${tpOrderId} ${totalAmount} ${dealTitle}${reused ? ' reused' : ''}`,
  statechange: ({ phase, previous }) => `${previous} → ${phase}`,
  paysuccess: ({ tpOrderId, totalAmount, verified, resumed }) =>
    `paysuccess ${tpOrderId} ${totalAmount} ${verified ? 'verified' : 'claimed'}${resumed ? ' resumed' : ''}`,
  paycancel: ({ tpOrderId, totalAmount, by }) => `paycancel ${tpOrderId || '-'} ${totalAmount} by ${by}`,
  payfail: ({ tpOrderId, totalAmount, reason, code, message, retryable, mayBePaid }) =>
    `payfail ${tpOrderId || '-'} ${totalAmount} ${reason} ${code} ${message}` +
    `${retryable ? ' retryable' : ''}${mayBePaid ? ' mayBePaid' : ''}`,
  paypending: ({ tpOrderId, totalAmount }) => `paypending ${tpOrderId} ${totalAmount}`,
  paycomplete: ({ outcome, resumed, elapsed }) =>
    `paycomplete ${outcome}${resumed ? ' resumed' : ''} ${elapsed} ms`,
};

/** The stages of the test that is running. */
let stages: Stage[] = [];
let code: Code | undefined;

/** The library that every stage plays with from now on; the one that ships, unless told otherwise. */
export function playWith(other: Code | undefined): void {
  code = other;
}

/** Ends the stages of a test: the rules of the world that were broken on them. */
export function violations(): string[] {
  const found = stages.flatMap(({ phone }) => phone.violations);
  stages = [];
  return found;
}

afterEach(() => expect(violations()).toEqual([]));

export class Stage {
  readonly clock: Clock = createClock(1700000000000);
  private readonly world = {};
  readonly backend = new Backend(this.clock, this.world);
  readonly cashier = new Cashier(this.clock, this.backend, this.world);
  readonly phone: Phone;
  /** what happened, in order */
  readonly story: string[] = [];
  /** what the pages do when they hear an event */
  handler: ((button: Button, event: Happened) => void) | null = null;
  private readonly names = new Map<Button, string>();

  constructor({ settings, quirks, copies = 1 }: StageOptions = {}) {
    stages.push(this);
    this.phone = new Phone(this.clock, code ?? library(), this.backend, this.cashier, {
      copies,
      quirks,
      settings: { baseUrl: 'https://shop.example', ...settings },
      listener: (button, event) => this.heard(button, event),
      called: tpOrderId => this.story.push(`cashier ${tpOrderId}`),
      shown: line => this.story.push(line),
    });
  }

  /** Opens a page with one button for each set of properties; the first is called main and named no further. */
  open(...buttons: Detail[]): Button[] {
    const page = this.phone.openPage(buttons.map((properties, copy) => ({ properties, copy })));
    this.wait(50);
    return page.buttons;
  }

  wait(ms: number): void {
    this.clock.advance(ms);
  }

  plan(...plans: Partial<Plan>[]): void {
    this.cashier.plans.push(...plans.map(plan => ({ ...PAYS, ...plan })));
  }

  /**
   * On a page of its own that is closed after the cashier has answered (2080 ms) and before the backend has been asked
   * (2160 ms): nobody is there to hear the outcome.
   */
  payUnheard(goods: Detail, plan: Partial<Plan> = { notify: 5000 }): void {
    const [button] = this.open({ ...goods });
    this.plan(plan);
    button!.tap();
    this.wait(2090);
    expect(button!.phase).toBe('confirming');
    this.phone.closePage();
    this.wait(60000);
    this.next();
  }

  name(button: Button, name: string): Button {
    this.names.set(button, name);
    return button;
  }

  /** What happened since the last look at the story. */
  next(): string[] {
    return this.story.splice(0);
  }

  /** Lets time pass and tells what happened. */
  after(ms: number): string[] {
    this.wait(ms);
    return this.next();
  }

  errors(): string[] {
    return this.phone.said.filter(({ level }) => level === 'error').map(({ text }) => text);
  }

  warnings(): string[] {
    return this.phone.said.filter(({ level }) => level === 'warn').map(({ text }) => text);
  }

  private heard(button: Button, event: Happened): void {
    const { name, detail } = event;
    const expected =
      name === 'paycomplete' ? KEYS[`pay${detail.outcome}`] + COMPLETE : (KEYS[name] ?? 'no such event');
    const keys = (text: string[]): string => [...new Set(text)].sort().join(' ');
    if (keys(Object.keys(detail)) !== keys(expected.split(' ')))
      this.phone.violate(`${name} has ${keys(Object.keys(detail))}`);
    const prefix = this.names.get(button);
    this.story.push((prefix ? `${prefix}: ` : '') + (tell[name]?.(detail) ?? name));
    this.handler?.(button, event);
  }
}

let shared: Code | undefined;
const library = (): Code => (shared ??= bundleLibrary());

/** What a promise has come to by now: its outcome, or null. */
export function settled(promise: Promise<PayOutcome> | undefined): Promise<PayOutcome | null> {
  const nothing = new Promise<null>(resolve => setImmediate(() => resolve(null)));
  return Promise.race([promise ?? nothing, nothing]);
}

/** What resumePending() finds without waiting for a look; null while it is still looking. */
export function foundAtOnce(stage: Stage): Promise<unknown> {
  const answer = stage.phone.library.resumePending();
  stage.wait(1);
  return settled(answer as never);
}

/** Properties of a button that creates its order. */
export const CREATE = { createUrl: '/orders', orderPayload: { purchase: 'tea' } };
export const STATUS = { statusUrl: '/status' };
