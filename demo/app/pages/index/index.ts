import { type Product, products, yuan } from '../../lib/catalogue';
import { definePage, type SwanEvent } from '../../lib/page';

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
    products().then(
      list =>
        this.setData({
          state: 'ready',
          products: list.map(product => ({ ...product, price: yuan(product.unitAmount) })),
        }),
      ({ message }: Error) => this.setData({ state: 'trouble', trouble: message }),
    );
  },

  open({ currentTarget }: SwanEvent): void {
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
