/**
 * Decisions where Baidu's documents leave something open. Every value is this cashier's choice, not a fact about Baidu;
 * change one with `createCashier({ settings: { … } })`. Times are ms of Baidu's clock, which runs `clockScale` times faster
 * than the wall clock; those of the wall clock say so.
 */
export interface Settings {
  /** How long after its creation an unpaid order can be paid; 0 = for ever. Unknown in every source. */
  orderLifetime: number;
  /** Message for a payment of an order that is paid already; the code is the cashier's general "failed". */
  paidAgainMessage: string;
  /** Largest amount in fen, null = none. An unreleased package of a real mini-program may not exceed 1000. */
  maxAmount: number | null;
  /** Longest tpOrderId and dealTitle in characters: no limit is documented. */
  maxLength: { tpOrderId: number; dealTitle: number };
  /** `local`: orderInfo.notifyUrl, which the client can alter, may only name this machine or the console URL's host. */
  notifyHosts: 'local' | 'any';

  /** Delay of a scripted late charge or late notification, on the wall clock, so that a developer can watch it. */
  lateCharge: number;
  lateNotification: number;

  /** Documented: 通知支付状态 is retried every two minutes. */
  notifyRetryInterval: number;
  /** Documented as 200 on one page and as 3 on another. */
  notifyRetryLimit: number;
  /** Documented for 通知退款状态: 2, 4, 10, 30 minutes, then every hour without end. */
  refundRetryIntervals: number[];
  /** Documented: a reply has two seconds. On the wall clock, because networks do not get faster with clockScale. */
  replyTimeout: number;
  /** One page says a reply that is no JSON is retried, another that it refunds the payment. */
  badJsonReply: 'retry' | 'abnormal-refund';

  /** The cashier user who pays here, as it arrives in `userId`, unless `_simulate` names another one. */
  userId: number;
  openId: string;
  /** Seen in notifications: 1087, 1117, 9101. The meaning is not documented. */
  payType: number;
  /** Seen: 0, 6000001, 1000000003. Not documented. */
  partnerId: number;
  /** `createTime` of findByTpOrderId: the unit is not documented. */
  createTimeUnit: 'seconds' | 'milliseconds';
  /** Commission in 1/10000 of an order, taken in whole fen, at least one. Documented as 0.6 %. */
  commission: number;

  /** How long an access_token counts, in seconds of the wall clock. Documented: one month. */
  tokenLifetime: number;
  /** How long a refund is 退款中. It is carried out then, and only then can it fail. */
  refundDuration: number;
  /** Documented: refunds of an order that was never 已消费 get stuck. `allow` carries them out all the same. */
  refundBeforeConsumed: 'wait' | 'allow';
  /** 每日退款上限 in fen for each service; beyond it the refund fails. Documented: at most 10,000 yuan. */
  dailyRefundLimit: number;
  /** How long a statement is being exported. */
  statementDuration: number;
  /** exportStatus of a statement's export: the enumeration is not documented. */
  exportStatus: { running: number; done: number };

  /** errno of the six calls: no list is published for them, so the nearest published codes serve. */
  errno: {
    parameterMissing: number;
    parameterInvalid: number;
    serviceUnknown: number;
    orderUnknown: number;
    refused: number;
    internal: number;
  };
}

const MINUTE = 60_000;

export const DEFAULT_SETTINGS: Settings = {
  orderLifetime: 0,
  paidAgainMessage: '订单已支付',
  maxAmount: null,
  maxLength: { tpOrderId: 128, dealTitle: 256 },
  notifyHosts: 'local',

  lateCharge: 3000,
  lateNotification: 8000,

  notifyRetryInterval: 2 * MINUTE,
  notifyRetryLimit: 200,
  refundRetryIntervals: [2 * MINUTE, 4 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE],
  replyTimeout: 2000,
  badJsonReply: 'retry',

  userId: 149235070,
  openId: 'demoOpenId1492350',
  payType: 1117,
  partnerId: 6000001,
  createTimeUnit: 'seconds',
  commission: 60,

  tokenLifetime: 2_592_000,
  refundDuration: MINUTE,
  refundBeforeConsumed: 'wait',
  dailyRefundLimit: 1_000_000,
  statementDuration: MINUTE,
  exportStatus: { running: 1, done: 2 },

  errno: {
    parameterMissing: 5010001,
    parameterInvalid: 10001,
    serviceUnknown: 60008,
    orderUnknown: 10002,
    refused: 10002,
    internal: 10003,
  },
};

/** Two minutes of Baidu's clock take two seconds, so that a developer can watch a retry. */
export const DEMO_CLOCK_SCALE = 60;
