import type { PaymentAdapter } from 'swan-cashier';
import { BACKEND } from './shop-api';

interface Failure {
  errCode: number | string;
  errMsg: string;
}

/** The message of a phone that cannot find out how a payment ended. */
const UNKNOWN: Failure = { errCode: 6, errMsg: '支付结果查询失败，请重试' };

/**
 * The cashier of Baidu's DevTools answers success without a charge and without a notification. There, this replaces
 * `swan.requestPolymerPayment`: the demo's own Baidu charges the order and notifies the shop. An order that Baidu refuses
 * fails as on a phone, and the console has the reasons.
 * @returns null everywhere else, where the cashier takes the money itself: on a phone, and in the preview
 */
export function simulatedCashier(): PaymentAdapter | null {
  const { platform } = Object(swan.getSystemInfoSync()) as Partial<swan.SystemInfo>;
  if (platform !== 'devtools') return null;
  return ({ orderInfo, bannedChannels, success, fail }) =>
    swan.requestPolymerPayment({
      orderInfo,
      bannedChannels,
      success: result => charge(orderInfo, () => success(result), fail),
      fail,
    });
}

function charge(orderInfo: object, charged: () => void, refused: (failure: Failure) => void): void {
  const url = `${BACKEND}/baidu/_simulate`;
  const refuse = (words: string, failure: Failure): void => {
    console.error(`DevTools' cashier took this order for paid, the demo's Baidu did not: ${words}`);
    refused(failure);
  };
  swan.request({
    url,
    method: 'POST',
    data: { orderInfo },
    success({ statusCode, data: body }) {
      if (statusCode === 200) return charged();
      const { errno = UNKNOWN.errCode, msg = '', data } = Object(body) as Partial<Envelope>;
      const reasons = [msg].concat((data && data.reasons) || []).join('\n- ');
      // With 422 the cashier refuses the order, with a phone's code and message; after any other status it may be paid.
      return refuse(
        `HTTP ${statusCode} ${reasons}`,
        statusCode === 422 ? { errCode: errno, errMsg: msg } : UNKNOWN,
      );
    },
    fail: error =>
      refuse(`${url} is out of reach (${Object(error).errMsg}); does npm run demo run?`, UNKNOWN),
  });
}

interface Envelope {
  errno: number | string;
  msg: string;
  data: { reasons?: string[] } | null;
}
