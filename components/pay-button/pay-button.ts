/**
 * pay-button: one tap, one payment. A view of a purchase that the registry owns; it reads its properties, shows the
 * phase, and says what became of each attempt it started.
 *
 * @slot default - the label; what is here replaces it in every phase
 * @externalclass custom-class - the whole component
 * @externalclass label-class - the label
 */
import {
  defineComponent,
  formatFen,
  isOnTop,
  type PayButtonEvents,
  type PayButtonInstance,
  type PayInput,
  type PayOutcome,
  type Phase,
  registry,
  type Source,
  text,
  toast,
  toBoolean,
  toFen,
  toText,
  type Types,
  type View,
} from '../../utils/bundle';
import { readSource } from './source';

/** Fields of the instance that are nobody's data. */
interface Own {
  view?: View;
  phase?: Phase;
  /** false after detach or page close: nothing is set any more */
  alive?: boolean;
  /** detached: hosts go on firing pageLifetimes */
  gone?: boolean;
  /** what pay() was given */
  input?: PayInput | null;
  /** the last tap has not been answered by pay() yet */
  tapped?: boolean;
  /** pay() is being asked for */
  starts?: boolean;
  /** complaints made already */
  reported?: Record<string, boolean>;
}

const observer = 'refresh';
const reorder = 'reorder';

defineComponent(
  {
    properties: {
      /** where an order is created; relative to configure({ baseUrl }) */
      createUrl: { type: String, value: '', observer: reorder },
      /** what is sent to create-url (cart, sku, …) */
      orderPayload: { type: Object, value: null, observer: reorder },
      /** a ready orderInfo instead of create-url @type {OrderInfo | string | null} */
      orderInfo: { type: Object, value: null, observer: reorder },
      /** HTTP method for create-url */
      method: { type: String, value: 'POST', observer: reorder },
      /** request header for create-url and status-url @type {Record<string, string> | null} */
      header: { type: Object, value: null },
      /** where the backend says whether the order is paid; GET, tpOrderId is added to its query */
      statusUrl: { type: String, value: '' },
      /** identity of the purchase; default: hash of create-url, method and order-payload, or order-info's tpOrderId */
      orderKey: { type: String, value: '', observer: reorder },
      /** label; the default slot replaces it */
      text: { type: String, value: '', observer },
      /** integer fen, shown in the label; an order of another totalAmount is refused @type {number | string} */
      amount: { type: null, value: '', observer },
      /** true: a tap does nothing */
      disabled: { type: Boolean, value: false, observer },
      /** as the built-in button @type {'primary' | 'default' | 'warn'} */
      type: { type: String, value: 'primary', observer },
      /** as the built-in button @type {'default' | 'mini'} */
      size: { type: String, value: 'default', observer },
      /** a tap only fires paytap; the page calls pay() */
      manual: { type: Boolean, value: false },
      /** 'none': the page tells the person itself @type {'auto' | 'none'} */
      toast: { type: String, value: 'auto' },
      /** channels the cashier hides: Alipay, WeChat, BDWallet, … @type {string[]} */
      bannedChannels: { type: Array, value: [] },
      /** key of an inline-payment-panel */
      inlinePaySign: { type: String, value: '' },
      /** Web 态: page to return to after paying */
      payResultUrl: { type: String, value: '' },
      /** platform coupons (spuid), comma separated */
      promotionTag: { type: String, value: '' },
      /** true: on iOS nothing is rendered and pay() fails 'virtual-goods-ios' */
      virtualGoods: { type: Boolean, value: false, observer },
    },

    data: { label: '', look: '', mini: false, busy: false, locked: false, hidden: false },

    externalClasses: ['custom-class', 'label-class'],
    behaviors: ['swan://component-export'],

    export(): PayButtonInstance {
      const phase = (): Phase => this.phase || 'idle';
      return {
        pay: input => this.pay(input),
        reset: () => registry().reset(this.viewNow().source.orderKey),
        get phase() {
          return phase();
        },
      };
    },

    lifetimes: {
      attached() {
        this.alive = true;
        registry().attach(this.viewNow());
        this.refresh();
      },
      ready() {
        registry().show(this.viewNow());
      },
      detached() {
        this.alive = false;
        this.gone = true;
        registry().detach(this.viewNow());
      },
    },

    pageLifetimes: {
      show() {
        // A tab page that was switched away from looks closed, and comes back.
        if (this.gone) return;
        this.alive = true;
        registry().show(this.viewNow());
        this.refresh();
      },
      hide() {
        this.tapped = false;
        if (!registry().hide(this.viewNow())) this.alive = false;
      },
    },

    methods: {
      handleTap(): void {
        if (toBoolean(this.data.disabled)) return;
        this.tapped = true;
        this.triggerEvent('paytap', { phase: this.phase || 'idle' });
        // A page that paid in its handler has said what it wants.
        if (!toBoolean(this.data.manual) && this.tapped) this.pay();
      },

      pay(input?: PayInput): Promise<PayOutcome> {
        const view = this.viewNow();
        const tapped = !!this.tapped;
        this.tapped = false;
        this.input = input || null;
        view.source = this.sourceNow(true);
        this.starts = true;
        const promise = registry().pay(view, tapped);
        this.starts = false;
        this.sync();
        return promise;
      },

      /** What is to be bought changed: what pay() was given before is over. */
      reorder(): void {
        this.input = null;
        this.refresh();
      },

      refresh(): void {
        this.viewNow().source = this.sourceNow(false);
        this.sync();
      },

      /** Shows the phase of the purchase these properties mean now. */
      sync(): void {
        this.enter(registry().watch(this.viewNow()));
      },

      enter(phase: Phase): void {
        const previous = this.phase || 'idle';
        this.phase = phase;
        this.render();
        if (phase === previous) return;
        // The cashier was called after that tap, so the tap does not tell whether it is still there.
        if (phase === 'paying') this.tapped = false;
        this.triggerEvent('statechange', { phase, previous });
      },

      render(): void {
        if (!this.alive) return;
        const { data } = this;
        const phase = this.phase || 'idle';
        const fen = toFen(data.amount);
        const label =
          phase === 'idle'
            ? (toText(data.text) || text('idle')) + (fen !== null && fen === fen ? ' ¥' + formatFen(fen) : '')
            : text(phase);
        const next: Partial<typeof data> = {};
        const set = <Key extends keyof typeof data>(key: Key, value: (typeof data)[Key]): void => {
          if (data[key] !== value) next[key] = value;
        };
        set('label', label);
        set('look', data.type === 'default' || data.type === 'warn' ? data.type : 'primary');
        set('mini', data.size === 'mini');
        set('busy', phase === 'ordering' || phase === 'paying' || phase === 'confirming');
        set('locked', toBoolean(data.disabled) || phase === 'paid');
        const { refusal } = this.viewNow().source;
        set('hidden', !!refusal && refusal.reason === 'virtual-goods-ios');
        if (Object.keys(next).length) this.setData(next);
      },

      sourceNow(paying: boolean): Source {
        const reported = (this.reported = this.reported || {});
        return readSource(this.data, this.input || null, paying, (property, problem) => {
          const complaint = 'pay-button: ' + property + ' ' + problem;
          if (!reported[complaint]) console.error(complaint);
          reported[complaint] = true;
        });
      },

      /** Property observers run before created(), so the view is made when it is first asked for. */
      viewNow(): View {
        return (this.view = this.view || {
          source: this.sourceNow(false),
          payer: {
            orderCreated: detail => this.triggerEvent('ordercreated', detail),
            settled: outcome => this.announce(outcome),
          },
          // What came to rest may be about other goods than the button by now.
          phaseChanged: ({ phase }) =>
            this.enter(phase === 'paid' || phase === 'idle' ? registry().watch(this.viewNow()) : phase),
        });
      },

      announce(outcome: PayOutcome): void {
        // Not whether it is visible: a host may hide the page for its cashier and call back before it shows it again.
        if (this.data.toast !== 'none' && isOnTop(this.viewNow())) toastOutcome(outcome, !!this.starts);
        const { tpOrderId, totalAmount } = outcome;
        const order = { tpOrderId, totalAmount };
        switch (outcome.outcome) {
          case 'success': {
            const { verified, resumed, raw } = outcome;
            this.triggerEvent('paysuccess', { ...order, verified, resumed, raw });
            break;
          }
          case 'cancel':
            this.triggerEvent('paycancel', { ...order, by: outcome.by });
            break;
          case 'pending':
            this.triggerEvent('paypending', order);
            break;
          case 'fail': {
            const { reason, code, message, retryable, mayBePaid, raw } = outcome;
            this.triggerEvent('payfail', { ...order, reason, code, message, retryable, mayBePaid, raw });
          }
        }
        this.triggerEvent('paycomplete', outcome);
      },
    },
  },
  {} as Types<Own, PayButtonEvents>,
);

/** @param starts something else is what the person wants now */
function toastOutcome(outcome: PayOutcome, starts: boolean): void {
  if (outcome.outcome === 'success') {
    toast(text('success'), true);
  } else if (outcome.outcome === 'fail') {
    toast(outcome.message);
  } else if (outcome.outcome === 'pending') {
    toast(text('unconfirmed'));
  } else if (outcome.by === 'user') {
    toast(text('cancel'));
  } else if (!(outcome.resumed || starts)) {
    // The page is in front, so what the person waited for was the cashier's turn.
    toast(text('rejected'));
  }
}
