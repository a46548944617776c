/**
 * order-summary: the order a user checks before paying, and comes back to afterwards. What it does is in controller.ts.
 *
 * @slot header - above the card, in every state
 * @slot actions - inside the card, below the order; only while an order is shown
 * @slot footer - below the card, in every state
 * @externalclass custom-class - the whole component
 * @externalclass line-class - each line of the order
 * @externalclass total-class - the total
 */
import { defineComponent, type OrderSummaryEvents, type Types } from '../../utils/internal';
import { type Controller, createController, type SummaryComponent } from './controller';
import { getMessages } from './messages';
import type { ViewData } from './view-model';

/** Fields of the instance that are not part of `data` and never rendered. */
interface InstanceFields {
  controller?: Controller;
}

/** The first call creates the controller: some hosts run observers before created(). */
const call = (name: keyof Controller) =>
  function (this: SummaryComponent & InstanceFields): void {
    (this.controller = this.controller || createController(this))[name]();
  };

const observer = 'propertyChanged';

defineComponent(
  {
    properties: {
      /** null shows the skeleton, {} that there is none @type {OrderView | Record<string, never> | null} */
      order: { type: Object, value: null, observer },
      /** where the backend returns an OrderView; relative to configure({ baseUrl }) */
      orderUrl: { type: String, value: '', observer },
      /** its title, its amount and the rows of its bizInfo, without any backend @type {OrderInfo | string | null} */
      orderInfo: { type: Object, value: null, observer },
      /** ties it to a pay-button on the same page; default: the order's tpOrderId */
      orderKey: { type: String, value: '', observer },
      /** without order-url: checked when an order-info comes, and on page show; GET, `{tpOrderId}` in it or in its query */
      statusUrl: { type: String, value: '' },
      /** true: on iOS nothing is rendered */
      virtualGoods: { type: Boolean, value: false, observer },
      /** true: keeps clear of the home indicator, for a summary at the end of a page */
      safeArea: { type: Boolean, value: false, observer },
    },

    data: {
      state: 'loading',
      view: null,
      status: '',
      statusText: '',
      timeLeft: '',
      reason: '',
      canRetry: false,
      isSafe: false,
      messages: getMessages(),
    } as ViewData,

    externalClasses: ['custom-class', 'line-class', 'total-class'],

    lifetimes: { attached: call('attached'), ready: call('ready'), detached: call('detached') },
    pageLifetimes: { show: call('shown'), hide: call('hidden') },
    methods: { propertyChanged: call('propertyChanged'), retry: call('retry'), copy: call('copy') },
  },
  {} as Types<InstanceFields, OrderSummaryEvents>,
);
