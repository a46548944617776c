/**
 * How a payment can end on a phone, one row each: what happens to the money and the notification, and what the page's
 * callbacks get. Pure: the server acts on it, and the developer panel lists it.
 */
interface SuccessCallback {
  type: 'success';
  /** absent: success is called with undefined */
  payload?: unknown;
}

interface FailCallback {
  type: 'fail';
  /** a number from the cashier, a string when the app itself refuses the call */
  errCode: number | string;
  errMsg: string;
}

export type Callback = SuccessCallback | FailCallback;

export interface Outcome {
  /** `later`: `settings.lateCharge` after the callbacks */
  charge: 'no' | 'now' | 'later';
  notify: 'now' | 'late' | 'never';
  callbacks: ('success' | 'success-text' | 'success-empty' | FailCallback)[];
  /** shown to the user, before the callbacks */
  popup?: string;
}

/** The errCode of a phone for a failed payment, without a reason. */
export const FAILED_CODE = 6;

/** The two ways out that the sheet offers. */
export const CANCELLED: FailCallback = { type: 'fail', errCode: 2, errMsg: '支付取消' };
const FAILED: FailCallback = { type: 'fail', errCode: FAILED_CODE, errMsg: '支付失败' };
const PAYING: FailCallback = { type: 'fail', errCode: 1, errMsg: '支付中' };

export const OUTCOMES = {
  paid: { charge: 'now', notify: 'now', callbacks: ['success'] },
  failed: { charge: 'no', notify: 'now', callbacks: [FAILED], popup: FAILED.errMsg },
  cancelled: { charge: 'no', notify: 'now', callbacks: [CANCELLED] },
  'paying-then-paid': { charge: 'later', notify: 'now', callbacks: [PAYING] },
  'paying-then-unpaid': { charge: 'no', notify: 'now', callbacks: [PAYING] },
  'silent-paid': { charge: 'now', notify: 'now', callbacks: [] },
  'silent-unpaid': { charge: 'no', notify: 'now', callbacks: [] },
  'success-twice': {
    charge: 'now',
    notify: 'now',
    callbacks: ['success', 'success'],
  },
  'success-and-fail': {
    charge: 'now',
    notify: 'now',
    callbacks: ['success', FAILED],
  },
  'notified-late': { charge: 'now', notify: 'late', callbacks: ['success'] },
  'never-notified': { charge: 'now', notify: 'never', callbacks: ['success'] },
  'paid-but-cancelled': {
    charge: 'now',
    notify: 'now',
    callbacks: [CANCELLED],
  },
  rejected: {
    charge: 'no',
    notify: 'now',
    callbacks: [{ type: 'fail', errCode: '1001', errMsg: '执行失败' }],
  },
  'success-text': { charge: 'now', notify: 'now', callbacks: ['success-text'] },
  'success-empty': { charge: 'now', notify: 'now', callbacks: ['success-empty'] },
} satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof OUTCOMES;

export function isOutcomeName(value: unknown): value is OutcomeName {
  return typeof value === 'string' && Object.hasOwn(OUTCOMES, value);
}

/** The calls of the page's callbacks; the success payload is the one Android builds. */
export function callbacksOf(name: OutcomeName, orderId: number): Callback[] {
  const responseData = `statecode={0};order_no={${orderId}};notify={}`;
  const outcome: Outcome = OUTCOMES[name];
  return outcome.callbacks.map(callback => {
    if (callback === 'success-empty') return { type: 'success' };
    if (callback === 'success-text') return { type: 'success', payload: responseData };
    if (callback === 'success') {
      return { type: 'success', payload: { statusCode: 0, statusMsg: '支付成功', responseData } };
    }
    return callback;
  });
}
