import { formatYuan } from '../../lib/format';
import { fetchProducts, type Product } from '../../lib/shop-api';
import { definePage, type SwanEvent } from '../../lib/define-page';

definePage({
  data: {
    state: 'loading' as 'loading' | 'ready' | 'trouble',
    trouble: '',
    products: [] as (Product & { price: string })[],
    places: [0, 1, 2, 3],
  },

  onLoad(): void {
    this.load();
  },

  load(): void {
    this.setData({ state: 'loading' });
    fetchProducts().then(
      list =>
        this.setData({
          state: 'ready',
          products: list.map(product => ({ ...product, price: formatYuan(product.unitAmount) })),
        }),
      ({ message }: Error) => this.setData({ state: 'trouble', trouble: message }),
    );
  },

  openProduct({ currentTarget }: SwanEvent): void {
    const { sku } = currentTarget.dataset;
    if (this.data.products.some(product => product.sku === sku && product.soldOut)) {
      swan.showToast({ title: '这件已售罄，看看别的', icon: 'none' });
      return;
    }
    swan.navigateTo({ url: `/pages/checkout/checkout?sku=${sku}` });
  },

  openOrders(): void {
    swan.navigateTo({ url: '/pages/orders/orders' });
  },
});
