/** A mini-program's code as its author writes it against the package: all of this must compile. */
import type {
  CancelCause,
  CashierResult,
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
  PaymentAdapter,
  RequestAdapter,
  Trace,
} from 'swan-cashier';
import { configure, formatFen, parseFen, parseOrderInfo, resumePending } from 'swan-cashier';
import en from 'swan-cashier/locale/en';
import type * as ByButton from 'swan-cashier/pay-button/pay-button';
import type * as BySummary from 'swan-cashier/order-summary/order-summary';
import type { CashierElements } from 'swan-cashier/taro';

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
  statusUrl: '/orders/{tpOrderId}/status',
  orderKey: 'tea',
  amount: 1260,
  toast: 'fail,cancel',
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
  onPaycancel: ({ detail: { by, mayBePaid, orderKey } }) => void [cause(by), mayBePaid || orderKey],
  onPaypending: ({ detail: { tpOrderId, totalAmount, orderKey } }) => void [tpOrderId, totalAmount, orderKey],
  onOrdercreated: ({ detail: { dealTitle, reused, orderKey } }) => void [dealTitle, reused, orderKey],
  onStatechange: ({ detail: { phase, previous } }) => void (phase === previous),
  onPaycomplete: ({ detail }) => void describe(detail),
  onOrderload: ({ detail }) => void detail.order.lines.map(({ amount }) => formatFen(amount)),
  onStatuschange: ({ detail }) => void (detail.status === 'paying'),
};

/** The elements as JSX of Taro has them. */
export const elements: CashierElements = {
  'pay-button': {
    id: 'buy',
    'custom-class': 'buy',
    createUrl: '/orders',
    amount: 680,
    children: '付款',
    onPaysuccess: ({ detail }) => void (detail.verified && detail.tpOrderId),
  },
  'order-summary': {
    slot: 'footer',
    orderUrl: '/orders/1',
    onStatuschange: ({ detail }) => void (detail.status === 'paid'),
  },
};

/** Each outcome has its own fields once its name is known, and there are four of them. */
export function describe(outcome: PayOutcome): string {
  const order: string = outcome.tpOrderId + formatFen(outcome.totalAmount) + outcome.orderKey;
  switch (outcome.outcome) {
    case 'success':
      return outcome.verified ? order : 'unverified';
    case 'cancel':
      return outcome.mayBePaid ? 'check first' : outcome.by;
    case 'pending':
      return String(outcome.elapsed);
    case 'fail':
      return outcome.mayBePaid ? 'check first' : outcome.message;
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
    'amount-changed': 4,
    unsupported: 5,
    'virtual-goods-ios': 6,
    'not-logged-in': 7,
    rejected: 8,
    cashier: 9,
    closed: 10,
    refunded: 11,
  };
  return known[reason];
}

/** Every cause of a cancel is one of these. */
export function cause(by: CancelCause): number {
  const known: Record<CancelCause, number> = {
    user: 1,
    left: 2,
    busy: 3,
    changed: 4,
    superseded: 5,
    detached: 6,
    reset: 7,
  };
  return known[by];
}

/** What selectComponent gives. */
export async function payNow(component: PayButtonInstance, orderInfo: OrderInfo): Promise<Phase> {
  const inputs: PayInput[] = [
    { orderInfo },
    { payload: { sku: 'tea' }, amount: '1260', orderKey: 'tea' },
    {},
  ];
  const outcome = await component.pay(inputs[0]);
  const isFree: boolean = outcome.outcome === 'success' && component.reset();
  return isFree ? 'idle' : component.phase;
}

const throughOurGateway: RequestAdapter = ({ url, method, success, fail }) => {
  if (method === 'GET') success({ statusCode: 200, data: { url } });
  else fail();
};

const asyncGateway: RequestAdapter = async ({ success }) => success({ data: {} });

const simulated: PaymentAdapter = ({ orderInfo, success }) => success({ orderInfo });
const doubtful: CashierResult = 'paying';

const settings: Partial<Config> = {
  baseUrl: 'https://shop.example',
  header: () => ({ Authorization: 'Bearer token' }),
  requestAdapter: throughOurGateway,
  requestPayment: simulated,
  userId: 7,
  mapStatus: data => (data === 'SETTLED' ? 'paid' : null),
  outcomes: { 10005: 'rejected', 10006: doubtful },
  messages: { idle: '去付款', orderTotal: '应付', success: '' },
  timing: {
    createTimeout: 9000,
    statusTimeout: 3000,
    minCallInterval: 1500,
    callTimeout: 600000,
    recordTtl: 3600000,
    confirmDelays: [0, 2000],
    failureDelays: [0],
  },
  onOutcome: outcome => void describe(outcome),
  onTrace: (trace: Trace) => void [trace.at, trace.event, trace.tpOrderId],
};
configure(settings);
configure({ messages: en, userId: undefined, outcomes: { 10005: undefined }, requestAdapter: asyncGateway });
configure({ messages: { ...en, idle: 'Buy' } });

export const fen: number | null = parseFen('680');
export const problems: string[] = parseOrderInfo({}).problems.map(({ field, message }) => field + message);
export const later: Promise<PayOutcome[]> = resumePending();
