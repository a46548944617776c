/**
 * What can be observed of a mini-program from outside: what people did and were shown, what pages were told, what the
 * cashier and the backend were asked and what they answered. The oracle and the stories know nothing else.
 */
import type { CashierCall } from './fake-cashier';
import type { FakeComponent } from './fake-component';
import type { FakePage } from './fake-page';
import type { Question } from './fake-modal';
import type { OrderState } from './fake-backend';
import type { Outcome } from './library';

export type Observation =
  /** a finger reached a button */
  | { kind: 'tap'; component: FakeComponent }
  /** a page called pay() */
  | { kind: 'pay'; component: FakeComponent }
  | { kind: 'reset'; component: FakeComponent }
  | { kind: 'event'; component: FakeComponent; name: string; detail: Record<string, unknown> }
  | { kind: 'toast'; title: string; icon: string }
  | { kind: 'question'; question: Question }
  | { kind: 'answer'; question: Question; yes: boolean }
  /** the cashier was called */
  | { kind: 'call'; call: CashierCall }
  /** the cashier called back into the process that called it */
  | { kind: 'callback'; call: CashierCall; ok: boolean; payload: unknown }
  | { kind: 'charge'; tpOrderId: string }
  /** a status the backend gave away, at the moment it reached the phone */
  | { kind: 'check'; tpOrderId: string; status: OrderState }
  /** an order answered to create-url, at the moment it reached the phone */
  | { kind: 'created'; tpOrderId: string; status: OrderState }
  | { kind: 'page-shown'; page: FakePage }
  | { kind: 'app-hidden' }
  | { kind: 'app-shown' }
  | { kind: 'user'; userId: string }
  | { kind: 'killed' }
  /** before and after somebody sets the device's clock */
  | { kind: 'clock-set' }
  /** storage lost what it held */
  | { kind: 'storage-cleared' }
  /** storage begins or ends to misbehave */
  | { kind: 'storage-mode' }
  | { kind: 'resumed'; outcomes: Outcome[] }
  /** something the library may never do, seen by a fake at the moment it was done */
  | { kind: 'misuse'; rule: string };

/** `seq` counts observations: two of one millisecond have an order, too. */
export type Observed = Observation & { at: number; deviceAt: number; seq: number };

export type Observe = (observation: Observation) => void;
