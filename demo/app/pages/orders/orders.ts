import type { OrderView } from 'swan-cashier';
import { definePage, type SwanEvent } from '../../lib/define-page';
import { formatMinute, formatYuan } from '../../lib/format';
import { fetchOrders, STATUS_TEXT } from '../../lib/shop-api';

const ORDER_PAGE = '/pages/order/order';

interface Row {
  tpOrderId: string;
  url: string;
  title: string;
  thumbnail: string;
  price: string;
  status: string;
  statusText: string;
  time: string;
}

function rowOf({ tpOrderId = '', title, lines, totalAmount, status, createdAt = 0 }: OrderView): Row {
  const [first] = lines;
  return {
    tpOrderId,
    url: `${ORDER_PAGE}?tpOrderId=${tpOrderId}`,
    title,
    thumbnail: (first && first.thumbnail) || '',
    price: formatYuan(totalAmount),
    status,
    statusText: STATUS_TEXT[status],
    time: formatMinute(createdAt),
  };
}

definePage({
  data: {
    state: 'loading' as 'loading' | 'ready' | 'trouble',
    trouble: '',
    orders: [] as Row[],
    samples: [
      { title: '超过支付时间的订单', url: `${ORDER_PAGE}?sample=expired` },
      { title: '金额对不上的订单', url: `${ORDER_PAGE}?sample=mismatch` },
      { title: '退款中的订单', url: `${ORDER_PAGE}?sample=refunding` },
      { title: '部分退款的订单', url: `${ORDER_PAGE}?sample=refund` },
    ],
  },

  onShow(): void {
    this.load();
  },

  /** Shows what was there until the new list has come. */
  load(): void {
    fetchOrders().then(
      list => this.setData({ state: 'ready', orders: list.map(rowOf) }),
      ({ message }: Error) =>
        this.data.state === 'ready'
          ? swan.showToast({ title: message, icon: 'none' })
          : this.setData({ state: 'trouble', trouble: message }),
    );
  },

  openOrder({ currentTarget }: SwanEvent): void {
    const { url = ORDER_PAGE } = currentTarget.dataset;
    swan.navigateTo({ url });
  },

  openShop(): void {
    swan.reLaunch({ url: '/pages/index/index' });
  },
});
