/** What the demo's app.js configures: who takes the payments. */
import { killApp, mountPage, phone } from '../../../sandbox/preview/testing';

const ORDER = {
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '999',
  tpOrderId: 'T1',
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  killApp({ freshModules: true });
  jest.useRealTimers();
});

test.each([
  ['the sandbox', 'devtools', ['http://127.0.0.1:8790/baidu/cashier/calls'], 0],
  ['Baidu', 'android', [], 1],
  ['Baidu', 'ios', [], 1],
])('the demo pays with %s when the platform is %s', async (_cashier, platform, asked, baiduCalls) => {
  phone.system.platform = platform;
  phone.onRequest(({ url }) => (/cashier/.test(url) ? 'never' : { data: { errno: 0, data: ORDER } }));
  Object.assign(globalThis, { App: () => undefined });
  jest.isolateModules(() => void jest.requireActual('../../../demo/app/app'));
  const page = await mountPage({
    template: '<pay-button id="p" create-url="/orders" />',
    usingComponents: { 'pay-button': 'components/pay-button/pay-button' },
  });
  await page.tap('#p');
  await jest.advanceTimersByTimeAsync(20);
  expect(phone.requests.map(({ url }) => url).filter(url => /cashier/.test(url))).toEqual(asked);
  expect(phone.payments).toHaveLength(baiduCalls);
});
