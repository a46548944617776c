/** What a random schedule is made of. */
import type { CashierPlan } from './fakes/fake-cashier';
import type { BackendMode, ShopTraits } from './fakes/fake-backend';
import type { ModalAnswer, ModalMode } from './fakes/fake-modal';
import type { StorageMode } from './fakes/fake-storage';

export interface Setup {
  /** how a page pays: create-url, a ready order-info, an order of its own for pay({ orderInfo }), or pay({ payload }) */
  source: 'create' | 'order-info' | 'manual' | 'manual-payload';
  /** buttons on a page */
  rows: number;
  /** all rows show the same goods */
  sameGoods: boolean;
  key: 'implicit' | 'explicit';
  statusUrl: boolean;
  /** the button is given the amount */
  amount: boolean;
  /** a field of the payload changes at each load */
  drift: boolean;
  copies: number;
  configuresAllCopies: boolean;
  devtools: boolean;
  shop: ShopTraits;
  /** '' until a user is known */
  userId: string;
  /** what pages and the app do without a tap */
  hook: 'none' | 'ready-pays' | 'show-pays' | 'show-resumes' | 'app-show-resumes';
  /** an order-summary of the same order on the page */
  summary: boolean;
}

export type Step =
  | { do: 'tap' | 'double-tap' | 'pay' | 'pay-below' | 'reset' | 'detach'; row: number }
  | { do: 'change'; row: number; goods: number }
  | { do: 'reprice'; amount: number }
  | { do: 'wait'; ms: number }
  | { do: 'plan'; plan: CashierPlan }
  | { do: 'modal'; answer: ModalAnswer; mode: ModalMode }
  | { do: 'backend'; mode: BackendMode }
  | { do: 'storage'; mode: StorageMode }
  | { do: 'expire'; atBaidu: boolean }
  | { do: 'jump'; ms: number }
  | { do: 'user'; userId: string; relaunch: boolean }
  | { do: 'open' | 'open-order' | 'close' | 'switch-tab' | 'appear' | 'appear-below' }
  | { do: 'hide' | 'show' | 'kill' | 'clear-storage' | 'refund' | 'resume-pending' };
