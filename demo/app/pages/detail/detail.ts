import type { OrderCreatedDetail, OrderLoadDetail, OrderView, StatusChangeDetail } from 'swan-cashier';
import { type Cart, cartOf } from '../../lib/cart';
import { events, type LoggedEvent, note } from '../../lib/event-log';
import { orderUrl, type Status } from '../../lib/orders';
import { definePage, type SwanEvent } from '../../lib/page';
import { recallCart, rememberCart } from '../../lib/ordered-carts';
import { actionOf, actionsFor, type Choice } from './actions';

interface Query {
  tpOrderId?: string;
  /** an order made up by the shop, to look at */
  sample?: string;
}

definePage(
  {
    data: {
      sample: '',
      orderUrl: '',
      /** the order after something was done with it; until then order-summary fetches it from orderUrl */
      order: null as OrderView | null,
      /** what the order was made from; null when it was ordered on another phone */
      cart: null as Cart | null,
      status: '' as Status | '',
      totalAmount: 0,
      actions: [] as Choice[],
      events: [] as LoggedEvent[],
    },

    onLoad({ tpOrderId = '', sample = '' }: Query): void {
      this.tpOrderId = tpOrderId;
      this.acting = false;
      this.setData({
        sample,
        orderUrl: sample ? `/shop/samples/${sample}` : orderUrl(tpOrderId),
        // A sample cannot be paid. The one with a wrong total has a button all the same, which refuses to pay.
        cart: sample ? cartOf('pine-smoke', 2, '') : recallCart(tpOrderId),
        events: events(),
      });
    },

    noteEvent(event: SwanEvent): void {
      this.setData({ events: note(event) });
    },

    show(event: SwanEvent<OrderLoadDetail>): void {
      const { status, totalAmount } = event.detail.order;
      this.setData({ events: note(event), totalAmount, ...this.follow(status) });
    },

    changed(event: SwanEvent<StatusChangeDetail>): void {
      this.setData({ events: note(event), ...this.follow(event.detail.status) });
    },

    follow(status: Status): { status: Status; actions: Choice[] } {
      return { status, actions: this.data.sample ? [] : actionsFor(status) };
    },

    /** The order was closed meanwhile, and the shop has made another one of the same cart. */
    ordered(event: SwanEvent<OrderCreatedDetail>): void {
      this.noteEvent(event);
      const { tpOrderId } = event.detail;
      const { cart } = this.data;
      if (tpOrderId === this.tpOrderId || !cart) return;
      rememberCart(tpOrderId, cart);
      this.tpOrderId = tpOrderId;
      this.setData({ orderUrl: orderUrl(tpOrderId), order: null });
    },

    act({ currentTarget }: SwanEvent): void {
      const action = actionOf(currentTarget.dataset.name || '');
      if (!action || this.acting) return;
      this.acting = true;
      swan.showModal({
        title: action.title,
        content: action.question,
        success: ({ confirm }) => {
          if (confirm) this.run(action.run(this.tpOrderId), action.done);
          else this.acting = false;
        },
        fail: () => {
          this.acting = false;
        },
      });
    },

    /** One at a time: a tap during another action is ignored. */
    run(work: Promise<OrderView>, done: string): void {
      swan.showLoading({ title: '请稍候' });
      const finished = (message: string): void => {
        this.acting = false;
        swan.hideLoading();
        swan.showToast({ title: message, icon: 'none' });
      };
      work.then(
        order => {
          this.setData({ order });
          finished(done);
        },
        ({ message }: Error) => finished(message),
      );
    },
  },
  {} as { tpOrderId: string; acting: boolean },
);
