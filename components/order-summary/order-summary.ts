/**
 * order-summary: the order a person checks before paying, and comes back to afterwards. What the backend says about the
 * order, what the purchase of the same order-key says about its payment, and the server's clock become one status here.
 *
 * @slot header - above the card, in every state
 * @slot actions - inside the card, below the order; only while an order is shown
 * @slot footer - below the card, in every state
 * @externalclass custom-class - the whole component
 * @externalclass line-class - each line of the order
 * @externalclass total-class - the total
 */
import {
  type BackendResult,
  copyText,
  defineComponent,
  INVALID,
  isIos,
  isPaid,
  look,
  type LookResult,
  type OrderFailDetail,
  type OrderMessages,
  type OrderSummaryEvents,
  type OrderViewStatus,
  type Phase,
  registry,
  send,
  stableJson,
  timing,
  toast,
  toBoolean,
  toText,
  type Types,
} from '../../utils/bundle';
import { createClock, type ServerClock } from './clock';
import { isEmpty, type ReadOrder, readOrder, readOrderInfoRows } from './order-view';
import { formatLeft, showOrder, type ShownOrder } from './show';
import { createRequest, type OneRequest } from './request';
import { apologise, texts } from './texts';
import { createTie, type Tie } from './tie';
import { refusalOf, statusOf } from './verdict';

type State = 'loading' | 'ready' | 'empty' | 'error' | 'hidden';

interface Rendered {
  state: State;
  shown: ShownOrder | null;
  status: OrderViewStatus | '';
  statusText: string;
  /** time left to pay; seen while the status is unpaid */
  left: string;
  /** words instead of an order */
  reason: string;
  retry: boolean;
  safe: boolean;
  words: OrderMessages;
}

/** Fields of the instance that are nobody's data. */
interface Own {
  made?: Parts;
  /** false before it is attached and after its page closed: nothing is set */
  alive?: boolean;
  /** detached: for good */
  gone?: boolean;
  /** order and order-info as they were last read */
  given?: string;
  url?: string;
  state?: State;
  reason?: string;
  read?: ReadOrder | null;
  /** what the backend last said */
  told?: OrderViewStatus;
  status?: OrderViewStatus | '';
  /** the expiresAt that has passed, so that it passes once */
  expired?: number;
  timer?: ReturnType<typeof setTimeout>;
}

interface Parts {
  tie: Tie;
  request: OneRequest;
  clock: ServerClock;
}

const observer = 'changed';

/** A bare attribute and `attr=""` arrive as true. */
const isGiven = (value: unknown): boolean => !!value && value !== true;

defineComponent(
  {
    properties: {
      /** null shows the skeleton, {} that there is none @type {OrderView | Record<string, never> | null} */
      order: { type: Object, value: null, observer },
      /** where the backend hands out an OrderView; relative to configure({ baseUrl }) */
      orderUrl: { type: String, value: '', observer },
      /** its title, its amount and the rows of its bizInfo, without any backend @type {OrderInfo | string | null} */
      orderInfo: { type: Object, value: null, observer },
      /** ties it to a pay-button; default: the order's tpOrderId */
      orderKey: { type: String, value: '', observer },
      /** asked on page show when there is no order-url; GET, tpOrderId is added to its query */
      statusUrl: { type: String, value: '' },
      /** true: on iOS nothing is rendered */
      virtualGoods: { type: Boolean, value: false, observer },
      /** true: keeps clear of the home indicator, for a summary at the end of a page */
      safeArea: { type: Boolean, value: false, observer },
    },

    data: {
      state: 'loading',
      shown: null,
      status: '',
      statusText: '',
      left: '',
      reason: '',
      retry: false,
      safe: false,
      words: texts(),
    } as Rendered,

    externalClasses: ['custom-class', 'line-class', 'total-class'],

    lifetimes: {
      attached() {
        this.alive = true;
        registry().attach(this.parts().tie.view);
      },
      ready() {
        this.update();
      },
      detached() {
        this.gone = true;
        this.leave();
        registry().detach(this.parts().tie.view);
      },
    },

    pageLifetimes: {
      show() {
        // A tab page that was switched away from looks closed, and comes back.
        if (this.gone) return;
        this.alive = true;
        registry().show(this.parts().tie.view);
        this.update();
        this.refresh();
      },
      hide() {
        clearTimeout(this.timer);
        if (!registry().hide(this.parts().tie.view)) this.leave();
      },
    },

    methods: {
      /** Made when first asked for: hosts differ in what they call first. */
      parts(): Parts {
        return (this.made = this.made || {
          tie: createTie(({ phase }) => {
            this.sync();
            if (phase === 'paid' && !isPaid(this.told)) this.refresh();
          }),
          request: createRequest(),
          clock: createClock(),
        });
      },

      /** The first call comes before created(). A pay-button's properties that change with these come after them. */
      changed(): void {
        if (this.alive) setTimeout(() => this.update(), 0);
      },

      /** Reads the properties; what is the same by value is not read again. */
      update(): void {
        const { data } = this;
        if (!this.alive || this.isHidden()) return this.sync();
        const url = toText(data.orderUrl);
        const given = stableJson([data.order, data.orderInfo]);
        const moved = url !== this.url;
        const changed = moved || given !== this.given;
        this.url = url;
        this.given = given;
        if (moved) this.parts().request.giveUp();
        if (changed && isGiven(data.order)) {
          this.take(readOrder(data.order));
        } else if (changed && isGiven(data.orderInfo)) {
          this.take(readOrderInfoRows(data.orderInfo));
        } else {
          if (changed && (moved || !url)) this.startOver();
          this.sync();
        }
        if (moved && url) this.refresh();
      },

      startOver(): void {
        this.state = 'loading';
        this.read = null;
        this.status = '';
      },

      take(read: ReadOrder): void {
        const { order, tpOrderId, sum, problem } = read;
        const refreshed = this.isShowing();
        if (!order) return this.fail({ reason: 'order-invalid', code: null, message: problem }, read);
        if (!this.read || this.read.tpOrderId !== tpOrderId) this.status = '';
        this.read = read;
        this.told = order.status;
        this.state = isEmpty(order) ? 'empty' : 'ready';
        this.reason = texts().orderEmpty;
        this.parts().clock.hear(order.serverTime);
        const { totalAmount } = order;
        const mismatch = sum === totalAmount ? null : { sum, totalAmount };
        if (mismatch) console.error('order-summary: lines + fees - discounts is not totalAmount', mismatch);
        this.sync(() => this.triggerEvent('orderload', { order, mismatch, refreshed }));
      },

      /** @param read an order that came but cannot be believed: it replaces what was shown */
      fail({ reason, code, message }: Omit<OrderFailDetail, 'stale'>, read?: ReadOrder): void {
        const stale = this.isShowing() && !read;
        if (read) console.error('order-summary: ' + message);
        if (!stale) {
          this.startOver();
          this.state = 'error';
          this.read = read;
          this.reason = apologise({ reason, code, message }, texts());
        }
        this.sync(() => this.triggerEvent('orderfail', { reason, code, message, stale }));
      },

      isShowing(): boolean {
        return this.state === 'ready' || this.state === 'empty';
      },

      isHidden(): boolean {
        return toBoolean(this.data.virtualGoods) && isIos();
      },

      // ---- the backend

      /** Reads the order again; where there is no order-url, its status. */
      refresh(): void {
        const { url } = this;
        const statusUrl = toText(this.data.statusUrl);
        const { tpOrderId } = this.known();
        if (!this.alive || this.isHidden()) return;
        if (url) {
          const { order: timeout } = timing();
          this.parts().request.begin(
            done => send({ url, method: 'GET', timeout }, done),
            (result: BackendResult) => {
              if (!result.ok) return this.fail(result);
              this.take(readOrder(result.data || {}));
              this.passOn();
            },
          );
        } else if (statusUrl && tpOrderId) {
          this.parts().request.begin(
            done => look(statusUrl, null, tpOrderId, done),
            (status: LookResult) => {
              if (status === 'unreachable' || this.known().tpOrderId !== tpOrderId) return;
              this.told = status;
              this.sync();
              this.passOn();
            },
          );
        }
      },

      /** What the backend just said settles a payment in doubt, too. */
      passOn(): void {
        const { told } = this;
        const { tpOrderId } = this.known();
        if (this.read && this.read.order && tpOrderId && told && told !== 'paying') {
          registry().heard(this.parts().tie.view.source.orderKey, tpOrderId, told);
        }
      },

      // ---- the purchase

      known(): { phase: Phase; tpOrderId: string } {
        return this.parts().tie.known(this.read ? this.read.tpOrderId : '');
      },

      leave(): void {
        this.alive = false;
        clearTimeout(this.timer);
        const { tie, request } = this.parts();
        request.giveUp();
        tie.to('');
      },

      // ---- the clock

      /** ms left to pay by the server's clock; null when nothing waits for a payment */
      timeLeft(): number | null {
        const expiresAt = this.read && this.read.order ? this.read.order.expiresAt : undefined;
        return expiresAt !== undefined &&
          statusOf(this.told as OrderViewStatus, this.known().phase) === 'unpaid'
          ? expiresAt - this.parts().clock.now()
          : null;
      },

      /** Once a second, when the second turns; not in the background. */
      tick(): void {
        const left = this.timeLeft();
        if (left !== null && left > 0) {
          this.render({ left: formatLeft(left, texts()) });
          this.wait(left);
        } else {
          this.sync();
          this.refresh();
        }
      },

      wait(left: number): void {
        clearTimeout(this.timer);
        if (this.parts().tie.view.visible) this.timer = setTimeout(() => this.tick(), left % 1000 || 1000);
      },

      // ---- what is shown

      /** @param tell an event to come right after what it is about is shown */
      sync(tell?: () => void): void {
        if (!this.alive) return;
        const { data, read, status: previous = '' } = this;
        const order = read ? read.order : null;
        const { tie } = this.parts();
        tie.to(toText(data.orderKey) || (read ? read.tpOrderId : ''));
        registry().watch(tie.view);
        const { phase, tpOrderId } = this.known();
        const words = texts();
        const hidden = this.isHidden();
        const left = this.timeLeft();
        const over = left !== null && left <= 0;
        const status = over ? 'closed' : order ? statusOf(this.told as OrderViewStatus, phase) : '';
        const counts = left !== null && !over && !hidden;
        const expiresAt = over && order ? order.expiresAt : undefined;
        const expires = expiresAt !== undefined && expiresAt !== this.expired;
        const addsUp = !!read && !!order && read.sum === order.totalAmount;

        this.expired = expiresAt;
        this.status = status;
        tie.view.objection = status ? refusalOf(status, addsUp, words.orderPaid) : read ? INVALID : null;
        this.render({
          state: hidden ? 'hidden' : this.state || 'loading',
          shown: read && order ? showOrder(order, read.sum, tpOrderId, words) : null,
          status,
          statusText: status && words[('status-' + status) as 'status-paid'],
          // What was left when it was paid keeps its place, unseen, so that nothing below it moves.
          left: counts ? formatLeft(left, words) : previous && status !== 'unpaid' ? data.left : '',
          reason: this.reason || '',
          retry: this.state === 'error' && !!this.url,
          safe: toBoolean(data.safeArea),
          words,
        });
        clearTimeout(this.timer);
        if (counts) this.wait(left);
        if (tell) tell();
        if (expires) this.triggerEvent('orderexpire', { tpOrderId, expiresAt });
        if (previous && status && previous !== status) {
          this.triggerEvent('statuschange', { status, previous, tpOrderId });
        }
      },

      /** One setData for all that changed, none when nothing did. */
      render(next: Partial<Rendered>): void {
        const changes: Partial<Rendered> = {};
        const put = <Key extends keyof Rendered>(key: Key): void => {
          if (stableJson(next[key]) !== stableJson(this.data[key])) changes[key] = next[key];
        };
        (Object.keys(next) as (keyof Rendered)[]).forEach(put);
        if (this.alive && Object.keys(changes).length) this.setData(changes);
      },

      handleRetry(): void {
        this.startOver();
        this.sync();
        this.refresh();
      },

      handleCopy(): void {
        const { tpOrderId } = this.known();
        copyText(tpOrderId, () => {
          toast(texts().orderCopied, true);
          this.triggerEvent('ordercopy', { tpOrderId });
        });
      },
    },
  },
  {} as Types<Own, OrderSummaryEvents>,
);
