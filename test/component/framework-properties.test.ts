/** Properties as the compilers of other frameworks set them: those that a page does not give are there, as undefined. */
import {
  label,
  mountPayPage,
  outcomes,
  phone,
  startPayButtonApp,
  stopApp,
  tap,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

const undefinedOnes = (names: string[]): string => names.map(name => `${name}="{{absent}}"`).join(' ');

const BUTTON = [
  ...['order-info', 'method', 'header', 'status-url', 'order-key', 'text', 'amount', 'disabled', 'type'],
  ...['size', 'manual', 'toast', 'banned-channels', 'inline-pay-sign', 'pay-result-url', 'promotion-tag'],
  ...['virtual-goods', 'custom-class', 'label-class'],
];
const SUMMARY = [
  'order',
  'order-info',
  'status-url',
  'virtual-goods',
  'safe-area',
  'line-class',
  'total-class',
];

test('pay-button pays as with its defaults when all other properties are set to undefined', async () => {
  const attributes = `create-url="/orders" order-payload="{{cart}}" ${undefinedOnes(BUTTON)}`;
  const page = await mountPayPage(`<pay-button id="p" ${attributes}></pay-button>`);
  expect(label(page)).toBe('立即支付');
  phone.answerPayments({ success: {} });
  await tap(page, 3000);
  expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
  expect(phone.requests.map(({ method, url }) => [method, url])).toEqual([
    ['POST', 'https://shop.example/orders'],
  ]);
  expect(Object.keys(phone.payments[0]?.options ?? {})).not.toContain('bannedChannels');
});

test('order-summary loads its order when all other properties are set to undefined', async () => {
  phone.onRequest(() => ({ data: { errno: 0, data: { title: '茶', lines: [], totalAmount: 680 } } }));
  const attributes = `order-url="/orders/1" ${undefinedOnes(SUMMARY)}`;
  const page = await mountPayPage(`<order-summary id="s" ${attributes}></order-summary>`);
  expect(page.text('.order-summary__order-total')).toMatch(/6\.80/);
});
