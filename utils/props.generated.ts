/** The properties of the components, as their own code declares them. Written by `npm run docs`: do not edit. */
import type { OrderInfo } from './order/order-info';
import type { OrderView } from './order/order-view';

/** Amounts are integer fen. In a template the names are written with hyphens. */
export interface PayButtonProps {
  /** where an order is created; relative to configure({ baseUrl }). Default: '' */
  createUrl?: string;
  /** what is sent to create-url (cart, sku, …). Default: null */
  orderPayload?: object | null;
  /** a ready orderInfo instead of create-url; while it is null or {} the button is locked. Default: null */
  orderInfo?: OrderInfo | string | null;
  /** HTTP method for create-url. Default: 'POST' */
  method?: string;
  /** request header for create-url and status-url. Default: null */
  header?: Record<string, string> | null;
  /** where the backend says whether the order is paid; GET, with tpOrderId in place of `{tpOrderId}`, else in the query. Default: '' */
  statusUrl?: string;
  /** a name for this purchase; with it the same goods stay `paid` until the app restarts, and an order-summary can be tied to it. Default: '' */
  orderKey?: string;
  /** label; the default slot replaces it. Default: '' */
  text?: string;
  /** integer fen, shown in the label; an order of another totalAmount is refused. Part of what is bought: set it before the tap. Default: '' */
  amount?: number | string;
  /** locks the button, as it does the built-in one. Default: false */
  disabled?: boolean;
  /** as the built-in button. Default: 'primary' */
  type?: 'primary' | 'default' | 'warn';
  /** as the built-in button. Default: 'default' */
  size?: 'default' | 'mini';
  /** a tap only fires paytap; the page calls pay(). Default: false */
  manual?: boolean;
  /** 'auto', 'none', or a list of the outcomes that are toasted, such as "fail,cancel". Default: 'auto' */
  toast?: string;
  /** channels the cashier hides: Alipay, WeChat, BDWallet, … Default: [] */
  bannedChannels?: string[];
  /** key of an inline-payment-panel. Default: '' */
  inlinePaySign?: string;
  /** Web 态: page to return to after paying. Default: '' */
  payResultUrl?: string;
  /** platform coupons (spuid), comma separated. Default: '' */
  promotionTag?: string;
  /** true: on iOS nothing is rendered and pay() fails 'virtual-goods-ios'. Default: false */
  virtualGoods?: boolean;
}

/** Amounts are integer fen. In a template the names are written with hyphens. */
export interface OrderSummaryProps {
  /** null shows the skeleton, {} that there is none. Default: null */
  order?: OrderView | Record<string, never> | null;
  /** where the backend returns an OrderView; relative to configure({ baseUrl }). Default: '' */
  orderUrl?: string;
  /** its title, its amount and the rows of its bizInfo, without any backend. Default: null */
  orderInfo?: OrderInfo | string | null;
  /** ties it to a pay-button on the same page; default: the order's tpOrderId. Default: '' */
  orderKey?: string;
  /** without order-url: checked when an order-info comes, and on page show; GET, `{tpOrderId}` in it or in its query. Default: '' */
  statusUrl?: string;
  /** true: on iOS nothing is rendered. Default: false */
  virtualGoods?: boolean;
  /** true: keeps clear of the home indicator, for a summary at the end of a page. Default: false */
  safeArea?: boolean;
}
