import type {
  OrderCreatedDetail,
  OrderView,
  PayFailDetail,
  PaySuccessDetail,
  StateChangeDetail,
} from 'swan-cashier';
import { formatYuan } from '../../lib/format';
import { type Cart, cartOf, type Coupon, fetchCoupons, fetchQuote } from '../../lib/shop-api';
import { events, type LoggedEvent, logEvent } from '../../lib/event-log';
import { definePage, type SwanEvent } from '../../lib/define-page';
import { saveOrderedCart } from '../../lib/ordered-carts';

interface ShownCoupon extends Coupon {
  condition: string;
  /** the goods are worth enough for it */
  isUsable: boolean;
}

const MAX_QUANTITY = 99;

definePage(
  {
    data: {
      trouble: '',
      order: null as OrderView | null,
      cart: cartOf('', 1, ''),
      coupons: [] as ShownCoupon[],
      /** a payment is under way: what is bought stays as it is */
      locked: false,
      events: [] as LoggedEvent[],
    },

    onLoad({ sku = '' }: { sku?: string }): void {
      this.offers = [];
      this.latestQuote = 0;
      this.wanted = cartOf(sku, 1, '');
      this.load();
    },

    load(): void {
      fetchCoupons()
        .then(offers => {
          this.offers = offers;
        })
        .then(() => this.loadQuote(this.wanted))
        .catch(({ message }: Error) => this.showError(message));
    },

    /** Shows a cart only together with its price, so that the user pays for the cart that is on the screen. */
    loadQuote(cart: Cart): void {
      const quoteId = ++this.latestQuote;
      this.wanted = cart;
      fetchQuote(cart).then(
        order => {
          if (quoteId !== this.latestQuote) return;
          if (this.data.locked) {
            this.wanted = this.data.cart;
            return;
          }
          const goods = order.lines.reduce((sum, line) => sum + line.amount, 0);
          this.setData({
            trouble: '',
            order,
            cart,
            coupons: this.offers.map(coupon => ({
              ...coupon,
              condition: `满 ${formatYuan(coupon.minimum)} 可用`,
              isUsable: goods >= coupon.minimum,
            })),
            events: events(),
          });
        },
        ({ message }: Error) => {
          if (quoteId !== this.latestQuote) return;
          if (this.data.order) this.wanted = this.data.cart;
          this.showError(message);
        },
      );
    },

    showError(message: string): void {
      if (this.data.order) swan.showToast({ title: message, icon: 'none' });
      else this.setData({ trouble: message });
    },

    /** A quote is as old as its prices. */
    onOrderExpire(event: SwanEvent): void {
      this.addToLog(event);
      this.loadQuote(this.wanted);
    },

    onDecrease(): void {
      this.changeQuantity(-1);
    },

    onIncrease(): void {
      this.changeQuantity(1);
    },

    changeQuantity(by: number): void {
      const [item] = this.wanted.items;
      if (!item || this.data.locked) return;
      const quantity = item.quantity + by;
      if (quantity < 1 || quantity > MAX_QUANTITY) return;
      const coupon = this.isStillUsable(quantity) ? this.wanted.coupon : '';
      this.loadQuote(cartOf(item.sku, quantity, coupon));
    },

    /** Fewer pieces may be worth too little for the coupon that was chosen. */
    isStillUsable(quantity: number): boolean {
      const line = this.data.order && this.data.order.lines[0];
      return this.offers.some(
        ({ code, minimum }) => code === this.wanted.coupon && !!line && line.unitAmount * quantity >= minimum,
      );
    },

    onCouponTap({ currentTarget }: SwanEvent): void {
      const { code } = currentTarget.dataset;
      const [coupon] = this.data.coupons.filter(each => each.code === code);
      const [item] = this.wanted.items;
      if (!coupon || !item || this.data.locked) return;
      if (!coupon.isUsable) {
        swan.showToast({ title: coupon.condition, icon: 'none' });
        return;
      }
      this.loadQuote(cartOf(item.sku, item.quantity, this.wanted.coupon === coupon.code ? '' : coupon.code));
    },

    addToLog(event: SwanEvent): void {
      this.setData({ events: logEvent(event) });
    },

    onStateChange(event: SwanEvent<StateChangeDetail>): void {
      this.setData({ events: logEvent(event), locked: event.detail.phase !== 'idle' });
    },

    onOrderCreated(event: SwanEvent<OrderCreatedDetail>): void {
      this.addToLog(event);
      saveOrderedCart(event.detail.tpOrderId, this.data.cart);
    },

    onPaySuccess(event: SwanEvent<PaySuccessDetail>): void {
      this.addToLog(event);
      swan.redirectTo({ url: `/pages/result/result?tpOrderId=${event.detail.tpOrderId}` });
    },

    onPayFail(event: SwanEvent<PayFailDetail>): void {
      this.addToLog(event);
      // The shop refused the order as it was shown: sold out, or the price has changed.
      if (/^(order-rejected|order-invalid|amount-changed)$/.test(event.detail.reason)) {
        this.loadQuote(this.wanted);
      }
    },
  },
  {} as {
    /** the cart that is shown, or is being priced to be shown */
    wanted: Cart;
    offers: Coupon[];
    /** number of the latest quote asked for: an older answer is late */
    latestQuote: number;
  },
);
