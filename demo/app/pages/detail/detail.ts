import type { PaySuccessDetail, StateChangeDetail } from 'swan-cashier';
import type { Cart } from '../../lib/cart';
import { events, type LoggedEvent, note } from '../../lib/event-log';
import { orderUrl, type Status } from '../../lib/orders';
import { definePage, type SwanEvent } from '../../lib/page';
import { finish, recall } from '../../lib/purchases';
import { actionOf, actionsFor, type ActionName } from './actions';

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
      orderKey: '',
      /** what the order was made from; null when it was ordered on another phone */
      cart: null as Cart | null,
      status: '' as Status | '',
      totalAmount: 0,
      actions: [] as { name: ActionName; title: string }[],
      events: [] as LoggedEvent[],
    },

    onLoad({ tpOrderId = '', sample = '' }: Query): void {
      this.tpOrderId = tpOrderId;
      this.acting = false;
      const purchase = recall(tpOrderId);
      this.setData({
        sample,
        orderUrl: sample ? `/shop/samples/${sample}` : orderUrl(tpOrderId),
        orderKey: purchase ? purchase.orderKey : tpOrderId || sample,
        cart: purchase ? purchase.cart : null,
        events: events(),
      });
    },

    noteEvent(event: SwanEvent): void {
      this.setData({ events: note(event) });
    },

    show(event: SwanEvent<{ status: Status; totalAmount: number }>): void {
      const { status, totalAmount } = event.detail;
      this.setData({
        events: note(event),
        status,
        totalAmount,
        actions: this.data.sample ? [] : actionsFor(status),
      });
    },

    follow(event: SwanEvent<StateChangeDetail>): void {
      this.noteEvent(event);
    },

    paid(event: SwanEvent<PaySuccessDetail>): void {
      this.noteEvent(event);
      finish(event.detail.tpOrderId);
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

    /** One at a time: a tap while another one is on its way is ignored. */
    run(work: Promise<unknown>, done: string): void {
      swan.showLoading({ title: '请稍候' });
      const finished = (message: string): void => {
        this.acting = false;
        swan.hideLoading();
        swan.showToast({ title: message, icon: 'none' });
        this.refresh();
      };
      work.then(
        () => finished(done),
        ({ message }: Error) => finished(message),
      );
    },

    refresh(): void {
      this.setData({ orderUrl: `${orderUrl(this.tpOrderId)}?at=${new Date().getTime()}` });
    },
  },
  {} as { tpOrderId: string; acting: boolean },
);
