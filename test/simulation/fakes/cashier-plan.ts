/** What a person and 百度收银台 do with one call, and what its callback reports. */
export type CashierCallback =
  | 'success'
  | 'cancel'
  | 'cancel-text'
  | 'paying'
  | 'failed'
  | 'string-6'
  | 'none'
  | 'rejected'
  | 'not-logged-in'
  | 'throws'
  | 'empty';

export interface CashierPlan {
  charges: boolean;
  callback: CashierCallback;
  /** instead of what `callback` stands for: which callback, and what it is handed */
  response?: [ok: boolean, payload?: unknown];
  /** a second callback follows, of the other kind */
  duplicate: boolean;
  /** ms until the sheet can be seen: taps get through until then */
  showDelay: number;
  /** ms the sheet is open */
  openFor: number;
  /** ms the sheet stays open after the charge (the page that says "paid") */
  closeDelay: number;
  /** ms from the sheet's end to the callback */
  callbackDelay: number;
  /** ms from the charge to the notification at the shop */
  notifyDelay: number;
  /** paying by WeChat hides the app while the cashier works, and shows it before the cashier has answered */
  hidesApp: boolean;
}

/** Pays after two seconds; the callback and the notification follow. */
export const SUCCESS: CashierPlan = {
  charges: true,
  callback: 'success',
  duplicate: false,
  showDelay: 0,
  openFor: 2000,
  closeDelay: 0,
  callbackDelay: 0,
  notifyDelay: 200,
  hidesApp: false,
};

export const RESPONSES: Record<CashierCallback, [ok: boolean, payload?: unknown]> = {
  success: [true, '{not json'],
  cancel: [false, { errCode: '2', errMsg: '' }],
  'cancel-text': [false, { errCode: 999, errMsg: '用户取消' }],
  paying: [false, { errCode: 1, errMsg: '支付失败' }],
  failed: [false, { errCode: 6, errMsg: '支付失败' }],
  'string-6': [false, { errCode: '6' }],
  none: [false],
  rejected: [false, { errCode: '1001', errMsg: '执行失败' }],
  'not-logged-in': [false, { errCode: 5 }],
  throws: [false],
  empty: [false, {}],
};
