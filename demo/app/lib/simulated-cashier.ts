import type { PaymentPort } from 'swan-cashier';
import { BACKEND } from './backend';

/**
 * The cashier of Baidu's DevTools is only simulated: it says paid, but no shop ever hears of it. This stands in for
 * `swan.requestPolymerPayment` there and lets the demo's own Baidu charge the order and notify the shop.
 * @returns null where a cashier takes part that does so itself, as in the preview
 */
export function simulatedCashier(): PaymentPort | null {
  const { brand } = Object(swan.getSystemInfoSync()) as Partial<swan.SystemInfo>;
  if (brand === 'swan-preview') return null;
  return ({ orderInfo, bannedChannels, success, fail }) =>
    swan.requestPolymerPayment({
      orderInfo,
      bannedChannels,
      success: result =>
        swan.request({
          url: `${BACKEND}/baidu/_simulate`,
          method: 'POST',
          data: { orderInfo },
          success: () => success(result),
          fail: () => success(result),
        }),
      fail,
    });
}
