import { type OrderView, type PayOutcome, resumePending } from 'swan-cashier';
import { request, orderUrl } from '../../lib/shop-api';
import { formatYuan } from '../../lib/format';
import { definePage } from '../../lib/define-page';

type State = 'confirming' | 'paid' | 'pending' | 'unpaid' | 'nothing';

const VIEWS: Record<State, { icon: string; title: string; hint: string }> = {
  confirming: { icon: '…', title: '正在确认支付结果', hint: '' },
  paid: { icon: '✓', title: '支付成功', hint: '' },
  pending: { icon: '…', title: '支付结果确认中', hint: '请勿重复支付，稍后可在订单里查看' },
  unpaid: { icon: '!', title: '支付没有完成', hint: '可以在订单里继续支付' },
  nothing: { icon: '…', title: '没有进行中的支付', hint: '' },
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
        this.showState('nothing', '', 0);
        return;
      }
      this.setData({ others });
      this.showState(stateOf(outcome), outcome.tpOrderId, outcome.totalAmount);
    });
  },

  showOrder(tpOrderId: string): void {
    request<OrderView>('GET', orderUrl(tpOrderId)).then(
      ({ status, totalAmount }) =>
        this.showState(/^(unpaid|closed)$/.test(status) ? 'unpaid' : 'paid', tpOrderId, totalAmount),
      () => this.showState('pending', tpOrderId, 0),
    );
  },

  showState(state: State, tpOrderId: string, totalAmount: number): void {
    this.setData({ state, ...VIEWS[state], tpOrderId, amount: totalAmount ? formatYuan(totalAmount) : '' });
  },

  openOrder(): void {
    swan.redirectTo({ url: `/pages/order/order?tpOrderId=${this.data.tpOrderId}` });
  },

  openShop(): void {
    swan.reLaunch({ url: '/pages/index/index' });
  },
});
