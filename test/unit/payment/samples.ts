/** Orders of the ledger, attempts in any state, and what one event makes of an attempt. */
import {
  type AttemptState,
  type AttemptEvent,
  createAttemptState,
  type Effect,
  type Purchase,
} from '../../../utils/payment/attempt-state';
import { transition } from '../../../utils/payment/state-machine';
import type { Failure } from '../../../utils/payment/pay-button-events';
import type { OrderInfo } from '../../../utils/order/order-info';
import type { CashierCall, Claim, LedgerOrder } from '../../../utils/payment/ledger';

export const NOW = 1700000000000;

export const call = (claim: Claim, id = 1): CashierCall => ({ id, claim });

export const order = (own: Partial<LedgerOrder> = {}): LedgerOrder => ({
  tpOrderId: 'T1',
  goods: 'tea',
  orderKey: '',
  idempotencyKey: 'k1',
  statusUrl: '/status',
  totalAmount: 1999,
  dealTitle: '茶',
  owner: '',
  calledAt: NOW,
  calls: [call('lost')],
  accepted: '',
  settled: false,
  outcome: null,
  ...own,
});

export const PURCHASE: Purchase = {
  goods: 'tea',
  orderKey: '',
  isReady: false,
  canCheck: true,
};
export const INVALID: Failure = { reason: 'order-invalid', code: null };

export const attempt = (own: Partial<AttemptState> = {}, purchase: Partial<Purchase> = {}): AttemptState => ({
  ...createAttemptState({ ...PURCHASE, ...purchase }, null, []),
  ...own,
});

export const orderInfo = (tpOrderId: string, totalAmount = '1999'): OrderInfo => ({
  dealId: '1',
  appKey: 'MMM',
  totalAmount,
  tpOrderId,
  dealTitle: '茶',
  signFieldsRange: '1',
  rsaSign: 'SECRET',
});

export interface Turn {
  state: AttemptState;
  effects: Effect[];
}

/** One event; the state before it is frozen, because its owner relies on it. */
export function turn(before: AttemptState, event: AttemptEvent, orders: LedgerOrder[] = [], now = NOW): Turn {
  const [state, effects] = transition(Object.freeze({ ...before }), event, orders, now);
  return { state, effects };
}

/** An order of other goods that may be paid. */
export const cup = order({ tpOrderId: 'T9', goods: 'cup', idempotencyKey: 'k9' });
export const created = (tpOrderId = 'T1', own: object = {}) =>
  ({
    type: 'created',
    result: { orderInfo: orderInfo(tpOrderId) },
    idempotencyKey: 'k1',
    reused: false,
    ...own,
  }) as const;
export const checked = (unreachable: string[] = []) => ({ type: 'checked', unreachable }) as const;
