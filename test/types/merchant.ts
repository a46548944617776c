/** A backend's code against swan-cashier/merchant: all of this must compile. */
import { generateKeyPairSync } from 'node:crypto';
import {
  buildOrderInfo,
  createClient,
  loadPrivateKey,
  loadPublicKey,
  signOrderInfo,
  verifyNotification,
  verifyOrderInfo,
} from 'swan-cashier/merchant';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const key = loadPrivateKey(privateKey);
/** As process.env gives it: perhaps nothing. */
export const keyOfVariable = (text: string | undefined) => [loadPrivateKey(text), loadPublicKey(text)];
const unsigned = buildOrderInfo({
  appKey: 'MMdemo',
  dealId: '470193086',
  tpOrderId: 'T1',
  totalAmount: 680,
  dealTitle: '茶',
  notifyUrl: process.env.NOTIFY_URL,
});
export const client = createClient({
  clientId: 'demo',
  clientSecret: 'demo',
  pmAppKey: 'MMdemo',
  baseUrl: process.env.BAIDU_BASE_URL,
});
export const orderInfo = signOrderInfo(unsigned, key);
export const genuine: boolean = verifyOrderInfo(orderInfo, publicKey);

export function heard(body: string): string {
  const answer = verifyNotification(body, publicKey);
  if (!answer.ok) return answer.message;
  return answer.kind === 'pay' ? answer.notification.tpOrderId : answer.notification.refundBatchId;
}

// @ts-expect-error yuan as text
buildOrderInfo({ appKey: 'MMdemo', dealId: '1', tpOrderId: 'T1', totalAmount: '6.80', dealTitle: '茶' });
// @ts-expect-error an order without a title
buildOrderInfo({ appKey: 'MMdemo', dealId: '1', tpOrderId: 'T1', totalAmount: 680 });
