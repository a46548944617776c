/** The properties of order-summary, as its own code declares them. Written by `npm run docs`: do not edit. */
import type { OrderInfo } from '../order/order-info';
import type { OrderView } from '../order/order-view';

/** Amounts are integer fen. In a template the names are written with hyphens. */
export interface OrderSummaryProps {
  /** null shows the skeleton, {} that there is none. Default: null */
  order?: OrderView | Record<string, never> | null;
  /** where the backend hands out an OrderView; relative to configure({ baseUrl }). Default: '' */
  orderUrl?: string;
  /** its title, its amount and the rows of its bizInfo, without any backend. Default: null */
  orderInfo?: OrderInfo | string | null;
  /** ties it to a pay-button on the same page; default: the order's tpOrderId. Default: '' */
  orderKey?: string;
  /** checked on page show when there is no order-url; GET, `{tpOrderId}` in it or in its query. Default: '' */
  statusUrl?: string;
  /** true: on iOS nothing is rendered. Default: false */
  virtualGoods?: boolean;
  /** true: keeps clear of the home indicator, for a summary at the end of a page. Default: false */
  safeArea?: boolean;
}
