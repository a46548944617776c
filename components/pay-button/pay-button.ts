/**
 * pay-button: one tap, one payment. It reads its properties, shows the phase of their goods, and fires the outcome of each
 * attempt it started.
 *
 * @slot default - the label; what is here replaces it in every phase
 * @externalclass custom-class - the whole component
 * @externalclass label-class - the label
 */
import {
  type ButtonHandle,
  defineComponent,
  fireEvent,
  formatFen,
  INVALID,
  type PayButtonEvents,
  type PayButtonInstance,
  type PayCancelDetail,
  type PayFailDetail,
  type PayInput,
  paymentManager,
  type PaymentRequest,
  type PayOutcome,
  type PaySuccessDetail,
  type Phase,
  showToast,
  text,
  toBoolean,
  toFen,
  toText,
  type Types,
} from '../../utils/internal';
import { checkProperties, isAwaited, isToasted, readRequest, type Report } from './props';

/** Fields of the instance that are not part of `data` and never rendered. */
interface InstanceFields {
  handle?: ButtonHandle;
  phase?: Phase;
  /** false before attached, and after detach or page close: nothing is set */
  isMounted?: boolean;
  /** goods of the properties alone */
  ownGoods?: string;
  /** the same without their amount, while pay() was given something */
  unpricedGoods?: string;
  /** a tap that no pay() has taken yet */
  isTapPending?: boolean;
  /** warnings that were logged */
  warned?: Record<string, boolean>;
}

const EVENTS = {
  success: 'paysuccess',
  cancel: 'paycancel',
  fail: 'payfail',
  pending: 'paypending',
} as const;

const observer = 'render';
const goodsObserver = 'onGoodsChange';

defineComponent(
  {
    properties: {
      /** where an order is created; relative to configure({ baseUrl }) */
      createUrl: { type: String, value: '', observer: goodsObserver },
      /** what is sent to create-url (cart, sku, …) */
      orderPayload: { type: Object, value: null, observer: goodsObserver },
      /** a ready orderInfo instead of create-url; while it is null or {} the button is locked @type {OrderInfo | string | null} */
      orderInfo: { type: Object, value: null, observer: goodsObserver },
      /** HTTP method for create-url */
      method: { type: String, value: 'POST', observer: goodsObserver },
      /** request header for create-url and status-url @type {Record<string, string> | null} */
      header: { type: Object, value: null, observer: goodsObserver },
      /** where the backend says whether the order is paid; GET, with tpOrderId in place of `{tpOrderId}`, else in the query */
      statusUrl: { type: String, value: '', observer: goodsObserver },
      /** a name for this purchase; with it the same goods stay `paid` until the app restarts, and an order-summary can be tied to it */
      orderKey: { type: String, value: '', observer: goodsObserver },
      /** label; the default slot replaces it */
      text: { type: String, value: '', observer },
      /** integer fen, shown in the label; an order of another totalAmount is refused. Part of what is bought: set it before the tap @type {number | string} */
      amount: { type: null, value: '', observer: goodsObserver },
      /** locks the button, as it does the built-in one */
      disabled: { type: Boolean, value: false, observer },
      /** as the built-in button @type {'primary' | 'default' | 'warn'} */
      type: { type: String, value: 'primary', observer },
      /** as the built-in button @type {'default' | 'mini'} */
      size: { type: String, value: 'default', observer },
      /** a tap only fires paytap; the page calls pay() */
      manual: { type: Boolean, value: false, observer },
      /** 'auto', 'none', or a list of the outcomes that are toasted, such as "fail,cancel" */
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
      virtualGoods: { type: Boolean, value: false, observer: goodsObserver },
    },

    // Not `hidden`: a host hides a component by the data of that name, which is what the attribute sets.
    data: { label: '', variant: '', mini: false, busy: false, locked: false, absent: false },

    externalClasses: ['custom-class', 'label-class'],
    behaviors: ['swan://component-export'],

    export(): PayButtonInstance {
      const phase = (): Phase => this.phase || 'idle';
      return {
        pay: input => this.pay(input),
        reset: () => paymentManager().reset(this.getHandle()),
        get phase() {
          return phase();
        },
      };
    },

    lifetimes: {
      attached() {
        this.isMounted = true;
        paymentManager().add(this.getHandle());
        this.refresh();
      },
      ready() {
        paymentManager().ready(this.getHandle());
      },
      detached() {
        this.isMounted = false;
        paymentManager().remove(this.getHandle());
      },
    },

    pageLifetimes: {
      show() {
        // Hosts go on firing pageLifetimes after detached.
        if (this.getHandle().isDetached) return;
        this.isMounted = true;
        paymentManager().shown(this.getHandle());
        this.refresh();
      },
      hide() {
        this.isTapPending = false;
        if (!paymentManager().hidden(this.getHandle())) this.isMounted = false;
      },
    },

    methods: {
      handleTap(): void {
        const handle = this.getHandle();
        paymentManager().tapped(handle);
        if (isLocked(this.data, this.phase === 'paid' ? null : this.lockedLabel())) return;
        this.isTapPending = true;
        this.emit('paytap', { phase: this.phase || 'idle' });
        // A page that called pay() in its handler has started the payment already.
        if (!toBoolean(this.data.manual) && this.isTapPending) this.pay();
        if (this.isTapPending) paymentManager().keepTap(handle);
        // A later pay() of the page is not taken for this tap.
        this.isTapPending = false;
      },

      pay(input?: PayInput): Promise<PayOutcome> {
        const isTapped = !!this.isTapPending;
        this.isTapPending = false;
        const handle = this.getHandle();
        if (input) this.unpricedGoods = this.read({ amount: '' }).goods;
        let request = this.read(input || null, 'full');
        const { input: earlierInput, goods } = handle.request;
        // The properties have come to name what pay() was given: these are the same goods.
        const inputRequest = !input && earlierInput && this.read(earlierInput, 'full');
        if (inputRequest && goods && inputRequest.goods === request.goods && inputRequest.goods !== goods)
          request = { ...inputRequest, goods };
        const promise = paymentManager().pay(handle, request, isTapped);
        this.refresh();
        return promise;
      },

      onGoodsChange(): void {
        const handle = this.getHandle();
        const { goods: before, input } = handle.request;
        const propertyRequest = this.read(null);
        const inputRequest = input && this.read(input);
        const unpricedGoods = inputRequest ? this.read({ amount: '' }).goods : '';
        // The input of pay() no longer counts when the properties name other goods than these, or another order-key.
        const isSame =
          inputRequest &&
          inputRequest.orderKey === handle.request.orderKey &&
          (propertyRequest.goods === this.ownGoods ||
            (propertyRequest.goods === inputRequest.goods && isBusy(this.phase)) ||
            // The page shows what the order comes to, not the price of the next cart.
            (inputRequest.goods === before &&
              unpricedGoods === this.unpricedGoods &&
              (this.phase !== 'paid' || paymentManager().paidAmount(handle) === propertyRequest.amount)));
        handle.request = isSame ? { ...inputRequest, goods: before } : propertyRequest;
        this.ownGoods = propertyRequest.goods;
        this.unpricedGoods = unpricedGoods;
        const { paid } = handle;
        const { goods } = handle.request;
        if (paid && before !== goods)
          handle.paid = handle.isPriced(paid.goods, paid.outcome.totalAmount) ? { ...paid, goods } : null;
        this.refresh();
        paymentManager().changed(handle);
      },

      /** Something about payments changed. */
      refresh(): void {
        const previous = this.phase || 'idle';
        const phase = paymentManager().phaseOf(this.getHandle());
        this.phase = phase;
        this.render();
        if (phase !== previous && paymentManager().isMounted(this.getHandle()))
          this.emit('statechange', { phase, previous });
      },

      /** The label while an order-summary locks the button, null while none does. */
      lockedLabel(): string | null {
        return isBusy(this.phase) ? null : paymentManager().lockedLabel(this.getHandle());
      },

      render(): void {
        if (!this.isMounted) return;
        const { data } = this;
        const phase = this.phase || 'idle';
        const { refusal } = this.getHandle().request;
        const lockedLabel = this.lockedLabel();
        const next: Partial<typeof data> = {};
        const set = <Key extends keyof typeof data>(key: Key, value: (typeof data)[Key]): void => {
          if (data[key] !== value) next[key] = value;
        };
        set('label', lockedLabel || (phase === 'idle' ? idleLabel(data) : text(phase)));
        set('variant', data.type === 'default' || data.type === 'warn' ? data.type : 'primary');
        set('mini', data.size === 'mini');
        set('busy', isBusy(phase));
        set('locked', isLocked(data, lockedLabel) || phase === 'paid');
        set('absent', !!refusal && refusal.reason === 'virtual-goods-ios');
        if (Object.keys(next).length) this.setData(next);
      },

      /** @param extent 'full' reads all of order-info, to pay it; what is only shown is checked besides */
      read(input: PayInput | null, extent?: 'full'): PaymentRequest {
        const warned = (this.warned = this.warned || {});
        const report: Report = (property, problem) => {
          const warning = 'pay-button: ' + property + ' ' + problem;
          if (!warned[warning]) console.error(warning);
          warned[warning] = true;
        };
        if (!extent) checkProperties(this.data, report);
        try {
          return readRequest(this.data, report, input, extent);
        } catch {
          // An object of a page may throw when it is read.
          report('a property', 'or what pay() was given cannot be read');
          const request = readRequest({}, report, null);
          request.refusal = INVALID;
          return request;
        }
      },

      /** Property observers run before created(), so the handle is made when it is first asked for. */
      getHandle(): ButtonHandle {
        if (this.handle) return this.handle;
        const request = this.read(null);
        this.ownGoods = request.goods;
        return (this.handle = {
          kind: 'button',
          instance: this,
          request,
          read: input => this.read(input, 'full'),
          readProperties: () => this.read(null),
          isPriced: (goods, totalAmount) => {
            const { amount, input } = this.getHandle().request;
            return amount === totalAmount && this.read({ ...input, amount: '' }).goods === goods;
          },
          refresh: () => this.refresh(),
          onCreated: detail => this.emit('ordercreated', detail),
          onOutcome: outcome => this.emitOutcome(outcome),
        });
      },

      emitOutcome(outcome: PayOutcome): void {
        if (isToasted(this.data.toast, outcome.outcome) && paymentManager().isActive(this.getHandle())) {
          toastOutcome(outcome);
        }
        // Only paycomplete carries these.
        const extras = ['outcome', 'elapsed'].concat(outcome.outcome === 'success' ? [] : 'resumed');
        const detail: Record<string, unknown> = {};
        Object.keys(outcome).forEach(key => {
          if (extras.indexOf(key) < 0) detail[key] = outcome[key as keyof PayOutcome];
        });
        this.emit(
          EVENTS[outcome.outcome],
          detail as unknown as PaySuccessDetail & PayCancelDetail & PayFailDetail,
        );
        this.emit('paycomplete', outcome);
      },

      emit<Name extends keyof PayButtonEvents>(name: Name, detail: PayButtonEvents[Name]): void {
        fireEvent(this, name, detail);
      },
    },
  },
  {} as Types<InstanceFields, PayButtonEvents>,
);

const isBusy = (phase: Phase | undefined): boolean => /^(ordering|paying|confirming)$/.test(phase || '');

/** Whether the button is disabled, has nothing to pay yet, or is locked by an order-summary. */
const isLocked = (values: Record<string, unknown>, lockedLabel: string | null): boolean =>
  lockedLabel !== null || toBoolean(values.disabled) || isAwaited(values);

function idleLabel(values: { text: unknown; amount: unknown }): string {
  const fen = toFen(values.amount);
  return (toText(values.text) || text('idle')) + (fen !== null && !isNaN(fen) ? ' ¥' + formatFen(fen) : '');
}

function toastOutcome(outcome: PayOutcome): void {
  const isSuccess = outcome.outcome === 'success';
  let message = text(isSuccess ? 'success' : 'unconfirmed');
  if (outcome.outcome === 'fail') message = outcome.message;
  if (outcome.outcome === 'cancel') message = outcome.by === 'user' ? text('cancel') : '';
  if (message) showToast(message, isSuccess ? 'success' : 'none');
}
