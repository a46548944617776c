/** A mini-program's code as its author writes it against the package: all of this must compile. */
import type {
  Config,
  OrderInfo,
  OrderLine,
  OrderSummaryEvents,
  OrderSummaryProps,
  OrderView,
  PayButtonEvents,
  PayButtonInstance,
  PayButtonProps,
  PayFailReason,
  PayOutcome,
  PayInput,
  Phase,
  RequestPort,
  Trace,
} from 'swan-cashier';
import { configure, formatFen, parseFen, parseOrderInfo, resumePending } from 'swan-cashier';
import type * as ByButton from 'swan-cashier/pay-button/pay-button';
import type * as BySummary from 'swan-cashier/order-summary/order-summary';

const line: OrderLine = { title: '茶', unitAmount: 680, quantity: 2, amount: 1360 };
const order: OrderView = {
  title: '两杯茶',
  lines: [line],
  fees: [],
  discounts: [{ title: '新客立减', amount: 100 }],
  totalAmount: 1260,
  status: 'unpaid',
};

export const button: PayButtonProps = {
  createUrl: '/orders',
  orderPayload: { sku: 'tea' },
  statusUrl: '/orders/status',
  amount: 1260,
  toast: 'none',
  type: 'primary',
  bannedChannels: ['Alipay'],
};

export const summary: OrderSummaryProps = { order, orderKey: 'tea' };
export const skeleton: OrderSummaryProps = { order: null };
export const nothingOrdered: OrderSummaryProps = { order: {} };

/** Beside each component are the types of what a page does with it: the same ones. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Types = [
  Same<ByButton.PayButtonEvents, PayButtonEvents>,
  Same<ByButton.PayButtonInstance, PayButtonInstance>,
  Same<ByButton.PayButtonProps, PayButtonProps>,
  Same<ByButton.PayInput, PayInput>,
  Same<ByButton.PayOutcome, PayOutcome>,
  Same<BySummary.OrderSummaryEvents, OrderSummaryEvents>,
  Same<BySummary.OrderSummaryProps, OrderSummaryProps>,
  Same<BySummary.OrderView, OrderView>,
];
export const same: Types = [true, true, true, true, true, true, true, true];

/** Handlers take the detail their event carries. */
type Handlers<Events> = {
  [Name in keyof Events as `on${Capitalize<string & Name>}`]?: (event: { detail: Events[Name] }) => void;
};

export const handlers: Handlers<PayButtonEvents> & Handlers<OrderSummaryEvents> = {
  onPaysuccess: ({ detail }) => {
    const told: [string, number, boolean] = [detail.tpOrderId, detail.totalAmount, detail.verified];
    return void told;
  },
  onPayfail: ({ detail }) => void explain(detail.reason),
  onPaycancel: ({ detail: { by } }) => void (by === 'left'),
  onStatechange: ({ detail: { phase, previous } }) => void (phase === previous),
  onPaycomplete: ({ detail }) => void describe(detail),
  onOrderload: ({ detail }) => void detail.order.lines.map(({ amount }) => formatFen(amount)),
  onStatuschange: ({ detail }) => void (detail.status === 'paying'),
};

/** Each outcome has its own fields once its name is known, and there are four of them. */
export function describe(outcome: PayOutcome): string {
  switch (outcome.outcome) {
    case 'success':
      return outcome.verified ? outcome.tpOrderId : 'unverified';
    case 'cancel':
      return outcome.by;
    case 'pending':
      return String(outcome.elapsed);
    case 'fail':
      return outcome.mayBePaid ? 'look first' : outcome.message;
    default:
      return impossible(outcome);
  }
}

function impossible(value: never): string {
  return String(value);
}

/** Every reason is one of these. */
export function explain(reason: PayFailReason): number {
  const known: Record<PayFailReason, number> = {
    'order-request': 1,
    'order-rejected': 2,
    'order-invalid': 3,
    unsupported: 4,
    'virtual-goods-ios': 5,
    'not-logged-in': 6,
    rejected: 7,
    cashier: 8,
    closed: 9,
  };
  return known[reason];
}

/** What selectComponent gives. */
export async function payNow(component: PayButtonInstance, orderInfo: OrderInfo): Promise<Phase> {
  const input: PayInput = { orderInfo };
  const outcome = await component.pay(input);
  if (outcome.outcome === 'success') component.reset();
  return component.phase;
}

const throughOurGateway: RequestPort = ({ url, method, success, fail }) => {
  if (method === 'GET') success({ statusCode: 200, data: { url } });
  else fail();
};

const settings: Partial<Config> = {
  baseUrl: 'https://shop.example',
  header: () => ({ Authorization: 'Bearer token' }),
  request: throughOurGateway,
  requestPayment: ({ orderInfo, success }) => success({ orderInfo }),
  mapStatus: data => (data === 'SETTLED' ? 'paid' : null),
  outcomes: { 10005: 'rejected' },
  messages: { idle: '去付款', orderTotal: '应付' },
  timing: { guard: 1500, confirm: [0, 2000] },
  locale: 'en',
  onTrace: (trace: Trace) => void [trace.at, trace.step],
};
configure(settings);

export const fen: number | null = parseFen('680');
export const problems: string[] = parseOrderInfo({}).problems.map(({ field, message }) => field + message);
export const later: Promise<PayOutcome[]> = resumePending();
