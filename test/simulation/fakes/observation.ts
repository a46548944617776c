/**
 * What can be observed of a mini-program from outside: what people did and were shown, which events pages got, what the
 * cashier and the backend were asked and what they answered. The oracle and the scenarios know nothing else.
 */
import type { BackendObservation } from './fake-backend';
import type { CashierObservation } from './fake-cashier';
import type { ComponentObservation } from './fake-component';
import type { ModalObservation } from './fake-modal';
import type { FakePage } from './fake-page';
import type { StorageObservation } from './fake-storage';
import type { Outcome } from './library';

export type Observation =
  | BackendObservation
  | CashierObservation
  | ComponentObservation
  | ModalObservation
  /** with misuse, which the host reports too */
  | StorageObservation
  | { kind: 'toast'; title: string; icon: string }
  | { kind: 'page-shown'; page: FakePage }
  | { kind: 'app-hidden' }
  | { kind: 'app-shown' }
  | { kind: 'user'; userId: string }
  | { kind: 'killed' }
  /** before and after the device's clock is set */
  | { kind: 'clock-set' }
  | { kind: 'resumed'; outcomes: Outcome[] };

/** `seq` counts observations: two of one millisecond have an order, too. */
export type Observed = Observation & { at: number; deviceAt: number; seq: number };

export type Observe = (observation: Observation) => void;
