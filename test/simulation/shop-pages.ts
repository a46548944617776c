/** The pages of the simulated mini-program, and what a person can buy on them. */
import { SECRETS, type ShopOrder } from './fakes/fake-backend';
import type { FakeComponent, Properties } from './fakes/fake-component';
import type { ComponentSpec } from './fakes/fake-host';
import type { FakePage, PageHandlers } from './fakes/fake-page';
import type { Setup } from './schedule';
import type { World } from './world';

export class ShopPages {
  /** the unpaid order that a page would be handed for these goods */
  private readonly given = new Map<string, ShopOrder>();
  private loads = 0;

  constructor(
    private readonly setup: Setup,
    private readonly world: World,
  ) {}

  openPage(goods?: string): FakePage {
    const { rows, sameGoods } = this.setup;
    const specs = Array.from({ length: goods ? 1 : rows }, (_, row): ComponentSpec => ({
      properties: this.propertiesOf(goods ?? `g${sameGoods ? 0 : row}`, row),
      copy: row,
    }));
    return this.open(specs);
  }

  /** The page of one order, as an order list leads to it. */
  openOrderPage(
    order = this.world.backend.orders[this.world.backend.orders.length - 1],
  ): FakePage | undefined {
    const { host, backend } = this.world;
    if (!order || !host.isFront || host.pages.length > 3) return undefined;
    return this.open([
      {
        properties: {
          ...this.sharedProperties(order.goods, 0),
          orderInfo: backend.orderInfo(order),
          amount: '',
        },
      },
    ]);
  }

  private open(specs: ComponentSpec[]): FakePage {
    const { host } = this.world;
    const orderInfo = specs[0]?.properties.orderInfo as { tpOrderId: string } | undefined;
    const summary: ComponentSpec = {
      name: 'order-summary',
      properties: { orderUrl: `/order?tpOrderId=${orderInfo?.tpOrderId}` },
    };
    const page = host.openPage(
      this.setup.summary && orderInfo ? [summary, ...specs] : specs,
      this.handlers(),
    );
    page.buttons.forEach(button => this.watch(button));
    return page;
  }

  addButton(page: FakePage): void {
    this.watch(this.world.host.addComponent(page, { properties: this.propertiesOf('g0', 0) }));
  }

  /** Without a tap, or from a page's own handler. */
  pay(button: FakeComponent | undefined): void {
    if (!button) return;
    const goods = String(button.properties.goods);
    const { source } = this.setup;
    if (button.properties.orderInfo || !/^manual/.test(source)) button.pay();
    else if (source === 'manual') button.pay({ orderInfo: this.newOrderInfo(goods) });
    else button.pay({ payload: this.payloadOf(goods) });
  }

  private handlers(): PageHandlers {
    const { hook } = this.setup;
    const { host } = this.world;
    return {
      onReady: page => hook === 'ready-pays' && this.pay(page.buttons[0]),
      onShow: page => {
        if (hook === 'show-pays') this.pay(page.buttons.find(({ attached }) => attached));
        if (hook === 'show-resumes') host.resumePending();
      },
      onEvent: (component, name) => {
        if (name === 'paytap' && component.properties.manual) this.payForTap(component);
      },
    };
  }

  /** The page orders by itself, and pays what it was given. */
  private payForTap(button: FakeComponent): void {
    const { host } = this.world;
    host.later(150, () => button.isAlive && this.pay(button));
  }

  private watch(button: FakeComponent): void {
    const { backend } = this.world;
    button.isPayable = () => {
      const { amount, orderInfo } = button.properties;
      const { tpOrderId } = (orderInfo ?? {}) as { tpOrderId?: string };
      const order = tpOrderId ? backend.order(tpOrderId) : undefined;
      if (order && (order.status !== 'unpaid' || !order.openAtBaidu)) return false;
      return !amount || Number(amount) === (order ? order.totalAmount : backend.totalAmount);
    };
  }

  propertiesOf(goods: string, row: number): Properties {
    const shared = this.sharedProperties(goods, row);
    switch (this.setup.source) {
      case 'create':
        return { ...shared, createUrl: '/orders', orderPayload: this.payloadOf(goods) };
      case 'manual-payload':
        return { ...shared, createUrl: '/orders', manual: true };
      case 'manual':
        return { ...shared, manual: true };
      case 'order-info':
        return { ...shared, orderInfo: this.givenOrderInfo(goods) };
    }
  }

  private sharedProperties(goods: string, row: number): Properties {
    const { key, statusUrl, amount } = this.setup;
    return {
      row,
      goods,
      orderKey: key === 'explicit' ? `row${row}` : '',
      header: { cookie: SECRETS.header },
      statusUrl: statusUrl ? '/status' : '',
      amount: amount ? this.world.backend.totalAmount : '',
    };
  }

  private payloadOf(goods: string): object {
    const drift = this.setup.drift ? { updatedAt: ++this.loads } : {};
    return { goods, note: SECRETS.payload, ...drift };
  }

  private newOrderInfo(goods: string): object {
    const { backend } = this.world;
    return backend.orderInfo(backend.createOrder(goods));
  }

  /** The page asks its backend for the order of these goods; one that is over is replaced. */
  private givenOrderInfo(goods: string): object {
    const { backend } = this.world;
    const key = `${this.world.userId} ${goods}`;
    const known = this.given.get(key);
    const order = known?.status === 'unpaid' ? known : backend.createOrder(goods);
    this.given.set(key, order);
    return backend.orderInfo(order);
  }
}
