import type {
  OrderCreatedDetail,
  OrderView,
  PayFailDetail,
  PaySuccessDetail,
  StateChangeDetail,
} from 'swan-cashier';
import { type Cart, cartOf, quote } from '../../lib/cart';
import { type Coupon, coupons, yuan } from '../../lib/catalogue';
import { events, type LoggedEvent, note } from '../../lib/event-log';
import { definePage, type SwanEvent } from '../../lib/page';
import { rememberCart } from '../../lib/ordered-carts';

interface Choice extends Coupon {
  condition: string;
  /** the goods are worth enough for it */
  fits: boolean;
}

const MAX_QUANTITY = 99;

definePage(
  {
    data: {
      trouble: '',
      order: null as OrderView | null,
      cart: cartOf('', 1, ''),
      coupons: [] as Choice[],
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
      coupons()
        .then(offers => {
          this.offers = offers;
        })
        .then(() => this.price(this.wanted))
        .catch(({ message }: Error) => this.complain(message));
    },

    /** Shows a cart only together with its price, so that a person pays for the cart that is on the screen. */
    price(cart: Cart): void {
      const quoteId = ++this.latestQuote;
      this.wanted = cart;
      quote(cart).then(
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
              condition: `满 ${yuan(coupon.minimum)} 可用`,
              fits: goods >= coupon.minimum,
            })),
            events: events(),
          });
        },
        ({ message }: Error) => {
          if (quoteId !== this.latestQuote) return;
          if (this.data.order) this.wanted = this.data.cart;
          this.complain(message);
        },
      );
    },

    complain(message: string): void {
      if (this.data.order) swan.showToast({ title: message, icon: 'none' });
      else this.setData({ trouble: message });
    },

    /** A quote is as old as its prices. */
    priceAgain(event: SwanEvent): void {
      this.noteEvent(event);
      this.price(this.wanted);
    },

    fewer(): void {
      this.change(-1);
    },

    more(): void {
      this.change(1);
    },

    change(by: number): void {
      const [item] = this.wanted.items;
      if (!item || this.data.locked) return;
      const quantity = item.quantity + by;
      if (quantity < 1 || quantity > MAX_QUANTITY) return;
      const coupon = this.stillFits(quantity) ? this.wanted.coupon : '';
      this.price(cartOf(item.sku, quantity, coupon));
    },

    /** Fewer pieces may be worth too little for the coupon that was chosen. */
    stillFits(quantity: number): boolean {
      const line = this.data.order && this.data.order.lines[0];
      return this.offers.some(
        ({ code, minimum }) => code === this.wanted.coupon && !!line && line.unitAmount * quantity >= minimum,
      );
    },

    choose({ currentTarget }: SwanEvent): void {
      const { code } = currentTarget.dataset;
      const [coupon] = this.data.coupons.filter(each => each.code === code);
      const [item] = this.wanted.items;
      if (!coupon || !item || this.data.locked) return;
      if (!coupon.fits) {
        swan.showToast({ title: coupon.condition, icon: 'none' });
        return;
      }
      this.price(cartOf(item.sku, item.quantity, this.wanted.coupon === coupon.code ? '' : coupon.code));
    },

    noteEvent(event: SwanEvent): void {
      this.setData({ events: note(event) });
    },

    follow(event: SwanEvent<StateChangeDetail>): void {
      this.setData({ events: note(event), locked: event.detail.phase !== 'idle' });
    },

    ordered(event: SwanEvent<OrderCreatedDetail>): void {
      this.noteEvent(event);
      rememberCart(event.detail.tpOrderId, this.data.cart);
    },

    paid(event: SwanEvent<PaySuccessDetail>): void {
      this.noteEvent(event);
      swan.redirectTo({ url: `/pages/result/result?tpOrderId=${event.detail.tpOrderId}` });
    },

    failed(event: SwanEvent<PayFailDetail>): void {
      this.noteEvent(event);
      // The shop refused the order as it was shown: sold out, or the price has changed.
      if (/^(order-rejected|order-invalid|amount-changed)$/.test(event.detail.reason)) {
        this.price(this.wanted);
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
