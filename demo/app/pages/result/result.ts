import { type OrderView, type PayOutcome, resumePending } from 'swan-cashier';
import { ask } from '../../lib/backend';
import { yuan } from '../../lib/catalogue';
import { orderUrl } from '../../lib/orders';
import { definePage } from '../../lib/page';

type State = 'confirming' | 'paid' | 'pending' | 'unpaid' | 'nothing';

const VIEWS: Record<State, { mark: string; words: string; remark: string }> = {
  confirming: { mark: '…', words: '正在确认支付结果', remark: '' },
  paid: { mark: '✓', words: '支付成功', remark: '' },
  pending: { mark: '…', words: '支付结果确认中', remark: '请勿重复支付，稍后可在订单里查看' },
  unpaid: { mark: '!', words: '支付没有完成', remark: '可以在订单里继续支付' },
  nothing: { mark: '…', words: '没有进行中的支付', remark: '' },
};

function stateOf(outcome: PayOutcome): State {
  if (outcome.outcome === 'success') return 'paid';
  return outcome.outcome === 'pending' || outcome.mayBePaid ? 'pending' : 'unpaid';
}

/**
 * Where a payment ends. With an order it shows that order; without one it is the payResultUrl of 百度's web cashier, which
 * opens it in place of a callback.
 */
definePage({
  data: { state: 'confirming' as State, ...VIEWS.confirming, tpOrderId: '', amount: '', others: 0 },

  onLoad({ tpOrderId }: { tpOrderId?: string }): void {
    if (tpOrderId) {
      this.showOrder(tpOrderId);
      return;
    }
    void resumePending().then(outcomes => {
      const others = outcomes.length - 1;
      const outcome = outcomes[others];
      if (!outcome) {
        this.show('nothing', '', 0);
        return;
      }
      this.setData({ others });
      this.show(stateOf(outcome), outcome.tpOrderId, outcome.totalAmount);
    });
  },

  showOrder(tpOrderId: string): void {
    ask<OrderView>('GET', orderUrl(tpOrderId)).then(
      ({ status, totalAmount }) =>
        this.show(/^(unpaid|closed)$/.test(status) ? 'unpaid' : 'paid', tpOrderId, totalAmount),
      () => this.show('pending', tpOrderId, 0),
    );
  },

  show(state: State, tpOrderId: string, totalAmount: number): void {
    this.setData({ state, ...VIEWS[state], tpOrderId, amount: totalAmount ? yuan(totalAmount) : '' });
  },

  openOrder(): void {
    swan.redirectTo({ url: `/pages/detail/detail?tpOrderId=${this.data.tpOrderId}` });
  },

  shop(): void {
    swan.reLaunch({ url: '/pages/index/index' });
  },
});
