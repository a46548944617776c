import type { Database } from '../../lib/database';
import type { FaultStore } from './fault-script';
import type { PaymentService } from './services';
import type { Settings } from './settings';

/** What all parts of a running cashier share. */
export interface CashierContext {
  database: Database;
  services: PaymentService[];
  settings: Settings;
  /** how many times faster Baidu's clock runs than the wall clock */
  clockScale: number;
  faults: FaultStore;
  /** ms since the epoch */
  now: () => number;
  log: (line: string) => void;
  /** something became due */
  runNow: () => void;
}
