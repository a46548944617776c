import type { OrderView } from 'swan-cashier';
import { ask } from '../../lib/backend';
import { orderUrl, type Status } from '../../lib/orders';

/** A button of the page. */
export interface Choice {
  name: 'query' | 'close' | 'refund';
  title: string;
}

/** What can be done with an order, and what a person is asked before. Titles <= 8, questions <= 50 characters. */
interface Action extends Choice {
  question: string;
  /** toast after it is done */
  done: string;
  /** orders it makes sense for */
  fits: Status[];
  /** @returns the order as it is then */
  run(tpOrderId: string): Promise<OrderView>;
}

const ACTIONS: Action[] = [
  {
    name: 'query',
    title: '查询状态',
    question: '向百度收银台查询这笔订单的支付状态？',
    done: '已更新',
    fits: ['unpaid', 'paying', 'paid', 'refunding'],
    run: tpOrderId => ask('POST', `${orderUrl(tpOrderId)}/query`),
  },
  {
    name: 'close',
    title: '关闭订单',
    question: '关闭后不能再支付，需要重新下单。',
    done: '订单已关闭',
    fits: ['unpaid'],
    run: tpOrderId => ask('POST', `${orderUrl(tpOrderId)}/close`, {}),
  },
  {
    name: 'refund',
    title: '申请退款',
    question: '款项将原路退回，申请后不能撤销。',
    done: '已申请退款',
    fits: ['paid'],
    run: tpOrderId => ask('POST', `${orderUrl(tpOrderId)}/refund`, {}),
  },
];

export const actionsFor = (status: Status): Choice[] =>
  ACTIONS.filter(({ fits }) => fits.indexOf(status) >= 0).map(({ name, title }) => ({ name, title }));

export const actionOf = (name: string): Action | undefined =>
  ACTIONS.filter(action => action.name === name)[0];
