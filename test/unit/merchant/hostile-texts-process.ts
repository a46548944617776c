/** Gives every hostile text to every function that takes text, and prints the most MiB that were used besides the heap. */
import { diagnoseNotification, diagnoseOrder, verifyNotification } from '../../../merchant';
import { readOrderInput } from '../../../merchant/diagnose/order-input';
import { createKeyPair } from '../../../scripts/support/keys';
import { hostileTexts, notificationBody } from './hostile-texts';
import { sha1WithRsa } from './random-orders';

const { privateKey, publicKey } = createKeyPair();
const rsaSign = sha1WithRsa('unknown text', privateKey);
const order = {
  appKey: 'MMMabc',
  dealId: '470193086',
  totalAmount: '11300',
  tpOrderId: 'T1',
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign,
};

let most = 0;
for (const [index, [, text]] of hostileTexts().entries()) {
  const half = text.slice(0, 20_000);
  const inputs: (() => unknown)[] = [
    () => diagnoseNotification(text, publicKey),
    () => diagnoseOrder(text, publicKey),
    () => readOrderInput(text),
    () => verifyNotification(notificationBody('returnData', text, rsaSign), publicKey),
  ];
  // The cost of a search does not depend on the text, so a few texts are enough.
  if (index % 8 === 0) {
    for (const name of ['tpOrderId', 'totalAmount', 'dealTitle', 'rsaSign']) {
      inputs.push(() => diagnoseOrder({ ...order, [name]: half }, publicKey));
    }
    const bizInfo = JSON.stringify({ tpData: { returnData: half } });
    inputs.push(() => diagnoseOrder({ ...order, bizInfo }, publicKey));
    for (const name of ['returnData', 'tpOrderId', 'zzz']) {
      const body = notificationBody(name, text, rsaSign);
      inputs.push(() => diagnoseNotification(body, publicKey));
    }
  }
  for (const examine of inputs) {
    const before = process.memoryUsage().external;
    examine();
    most = Math.max(most, process.memoryUsage().external - before);
  }
}
console.log(most / 1024 / 1024);
