/** A shop, a cashier, a phone and the oracle that watches them, on one clock. */
import { Clock } from './fakes/clock';
import { FakeBackend, SECRETS } from './fakes/fake-backend';
import { FakeCashier } from './fakes/fake-cashier';
import { FakeHost, type HostOptions } from './fakes/fake-host';
import type { FakeComponent } from './fakes/fake-component';
import type { LoadLibrary, Settings } from './fakes/library';
import type { Observation, Observed } from './fakes/observation';
import { Invariant } from './invariant/invariant';

interface WorldOptions {
  load: LoadLibrary;
  host?: HostOptions;
  /** copies of the package in the mini-program */
  copies?: number;
  /** false: only the copy that app.js imports is configured */
  configuresAllCopies?: boolean;
  settings?: Settings;
  userId?: string;
  /** gets every observation, after the oracle */
  onObserved?: (observed: Observed) => void;
}

export class World {
  readonly clock = new Clock();
  readonly backend: FakeBackend;
  readonly cashier: FakeCashier;
  readonly host: FakeHost;
  readonly invariant: Invariant;
  private readonly observe: (observation: Observation) => void;
  private user: string;
  private seq = 0;

  constructor({
    load,
    host = {},
    copies = 1,
    configuresAllCopies = true,
    settings = {},
    userId = '',
    onObserved,
  }: WorldOptions) {
    const outside = {};
    const observe = (observation: Observation): void => {
      const observed: Observed = {
        ...observation,
        at: this.clock.now(),
        deviceAt: this.clock.deviceNow(),
        seq: ++this.seq,
      };
      this.invariant?.observe(observed);
      onObserved?.(observed);
    };
    this.observe = observe;
    this.user = userId;
    this.backend = new FakeBackend(this.clock, outside, observe);
    this.cashier = new FakeCashier(this.clock, this.backend, outside, observe);
    this.cashier.simulated = host.platform === 'devtools';
    const settingsNow = (): Settings => ({
      baseUrl: 'https://shop.example',
      userId: this.user,
      ...settings,
    });
    this.host = new FakeHost(
      this.clock,
      load,
      this.backend,
      this.cashier,
      outside,
      observe,
      host,
      copies,
      settingsNow,
      configuresAllCopies,
    );
    this.invariant = new Invariant({
      clock: this.clock,
      backend: this.backend,
      cashier: this.cashier,
      host: this.host,
    });
    this.invariant.user = userId;
  }

  get userId(): string {
    return this.user;
  }

  /** A user logs in, or is known by name from now on. */
  setUser(userId: string): void {
    if (userId === this.user) return;
    this.user = userId;
    this.observe({ kind: 'user', userId });
    this.host.configure({ userId });
  }

  /** The person, or the network, sets the phone's clock: what was old before may be young after. */
  jumpDevice(ms: number): void {
    this.observe({ kind: 'clock-set' });
    this.clock.jumpDevice(ms);
    this.observe({ kind: 'clock-set' });
  }

  /** Whether a finger can reach it: it is on the page in front, and nothing covers the page. */
  canTap(component: FakeComponent): boolean {
    const { host, cashier } = this;
    return (
      host.isFront &&
      !host.modal.isOpen &&
      !cashier.isShown &&
      component.isAlive &&
      component.page.ready &&
      component.page === host.top
    );
  }

  /** Rules that can only be judged when all is over. */
  checkSecrets(): void {
    const { traces, console } = this.host;
    const text = JSON.stringify([traces, console]);
    for (const [name, secret] of Object.entries(SECRETS)) {
      if (text.includes(secret)) this.invariant.violate(`a trace or the console holds a secret: ${name}`);
    }
  }
}
