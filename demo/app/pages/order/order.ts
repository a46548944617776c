import type {
  OrderCreatedDetail,
  OrderLoadDetail,
  OrderView,
  OrderViewStatus,
  StatusChangeDetail,
} from 'swan-cashier';
import { type Cart, cartOf, orderUrl, request } from '../../lib/shop-api';
import { events, type LoggedEvent, logEvent } from '../../lib/event-log';
import { definePage, type SwanEvent } from '../../lib/define-page';
import { findOrderedCart, saveOrderedCart } from '../../lib/ordered-carts';

/** A button of the page. */
interface ActionButton {
  name: 'query' | 'close' | 'refund';
  title: string;
}

/** What can be done with an order, and what the user is asked before. Titles <= 8, questions <= 50 characters. */
interface Action extends ActionButton {
  question: string;
  /** toast after it is done */
  done: string;
  /** orders it makes sense for */
  statuses: OrderViewStatus[];
  /** @returns the order as it is then */
  run(tpOrderId: string): Promise<OrderView>;
}

const ACTIONS: Action[] = [
  {
    name: 'query',
    title: '查询状态',
    question: '向百度收银台查询这笔订单的支付状态？',
    done: '已更新',
    statuses: ['unpaid', 'paying', 'paid', 'refunding'],
    run: tpOrderId => request('POST', `${orderUrl(tpOrderId)}/query`),
  },
  {
    name: 'close',
    title: '关闭订单',
    question: '关闭后不能再支付，需要重新下单。',
    done: '订单已关闭',
    statuses: ['unpaid'],
    run: tpOrderId => request('POST', `${orderUrl(tpOrderId)}/close`, {}),
  },
  {
    name: 'refund',
    title: '申请退款',
    question: '款项将原路退回，申请后不能撤销。',
    done: '已申请退款',
    statuses: ['paid'],
    run: tpOrderId => request('POST', `${orderUrl(tpOrderId)}/refund`, {}),
  },
];

const actionsFor = (status: OrderViewStatus): ActionButton[] =>
  ACTIONS.filter(({ statuses }) => statuses.indexOf(status) >= 0).map(({ name, title }) => ({ name, title }));

const actionOf = (name: string): Action | undefined => ACTIONS.filter(action => action.name === name)[0];

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
      status: '' as OrderViewStatus | '',
      totalAmount: 0,
      actions: [] as ActionButton[],
      events: [] as LoggedEvent[],
    },

    onLoad({ tpOrderId = '', sample = '' }: Query): void {
      this.tpOrderId = tpOrderId;
      this.isActing = false;
      this.setData({
        sample,
        orderUrl: sample ? `/shop/samples/${sample}` : orderUrl(tpOrderId),
        // A sample cannot be paid. The one with a wrong total has a button all the same, which refuses to pay.
        cart: sample ? cartOf('pine-smoke', 2, '') : findOrderedCart(tpOrderId),
        events: events(),
      });
    },

    addToLog(event: SwanEvent): void {
      this.setData({ events: logEvent(event) });
    },

    onOrderLoad(event: SwanEvent<OrderLoadDetail>): void {
      const { status, totalAmount } = event.detail.order;
      this.setData({ events: logEvent(event), totalAmount, ...this.statusData(status) });
    },

    onStatusChange(event: SwanEvent<StatusChangeDetail>): void {
      this.setData({ events: logEvent(event), ...this.statusData(event.detail.status) });
    },

    statusData(status: OrderViewStatus): { status: OrderViewStatus; actions: ActionButton[] } {
      return { status, actions: this.data.sample ? [] : actionsFor(status) };
    },

    /** The order was closed meanwhile, and the shop has made another one of the same cart. */
    onOrderCreated(event: SwanEvent<OrderCreatedDetail>): void {
      this.addToLog(event);
      const { tpOrderId } = event.detail;
      const { cart } = this.data;
      if (tpOrderId === this.tpOrderId || !cart) return;
      saveOrderedCart(tpOrderId, cart);
      this.tpOrderId = tpOrderId;
      this.setData({ orderUrl: orderUrl(tpOrderId), order: null });
    },

    onActionTap({ currentTarget }: SwanEvent): void {
      const action = actionOf(currentTarget.dataset.name || '');
      if (!action || this.isActing) return;
      this.isActing = true;
      swan.showModal({
        title: action.title,
        content: action.question,
        success: ({ confirm }) => {
          if (confirm) this.runAction(action.run(this.tpOrderId), action.done);
          else this.isActing = false;
        },
        fail: () => {
          this.isActing = false;
        },
      });
    },

    /** One at a time: a tap during another action is ignored. */
    runAction(work: Promise<OrderView>, done: string): void {
      swan.showLoading({ title: '请稍候' });
      const finished = (message: string): void => {
        this.isActing = false;
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
  {} as { tpOrderId: string; isActing: boolean },
);
