/** Orders of the ledger, as tests need them. */
import type { CashierCall, Claim, LedgerOrder } from '../../../utils/payment/ledger';

export const NOW = 1700000000000;

export const call = (claim: Claim, id = 1): CashierCall => ({ id, claim });

export const order = (own: Partial<LedgerOrder> = {}): LedgerOrder => ({
  ...{ tpOrderId: 'T1', goods: 'tea', orderKey: '', idempotencyKey: 'k1', statusUrl: '/status' },
  ...{ totalAmount: 1999, dealTitle: '茶', owner: '', calledAt: NOW, calls: [call('lost')] },
  ...{ accepted: false, settled: false, outcome: null },
  ...own,
});
