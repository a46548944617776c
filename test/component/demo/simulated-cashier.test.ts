/** The demo's cashier in Baidu's DevTools: what the user sees when the demo's own Baidu does not take the money. */
import type { configure as Configure } from 'swan-cashier';
import { simulatedCashier } from '../../../demo/app/lib/simulated-cashier';
import {
  HostError,
  killApp,
  mountPage,
  phone,
  type Answer,
  type MountedPage,
} from '../../../sandbox/preview/testing';

const ORDER = {
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '999',
  tpOrderId: 'T1',
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
};

let errors: string[];
beforeEach(() => {
  jest.useFakeTimers();
  errors = [];
  jest.spyOn(console, 'error').mockImplementation((...words) => void errors.push(words.join(' ')));
});
afterEach(() => {
  killApp(true);
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A tap on the button, where the demo's Baidu answers so. */
async function pay(simulate: Answer, platform = 'devtools'): Promise<MountedPage> {
  phone.system.platform = platform;
  phone.onRequest(({ url }) =>
    url.endsWith('/baidu/_simulate') ? simulate : { data: { errno: 0, data: ORDER } },
  );
  phone.answerPayments({ success: { statusCode: 0 } });
  const { configure } = jest.requireActual<{ configure: typeof Configure }>('swan-cashier');
  configure({ baseUrl: 'https://shop.example', requestPayment: simulatedCashier() });
  const page = await mountPage({
    template: '<pay-button id="p" create-url="/orders" />',
    usingComponents: { 'pay-button': 'components/pay-button/pay-button' },
  });
  await page.tap('#p');
  await jest.advanceTimersByTimeAsync(20);
  await page.flush();
  return page;
}

const simulations = (): unknown[] =>
  phone.requests.filter(({ url }) => url.endsWith('/_simulate')).map(({ data }) => data);
const label = (page: MountedPage): string => page.text('.pay-button__pay-label');

test("a button is paid when the demo's Baidu has charged the order", async () => {
  const page = await pay({ data: { errno: 0, data: { charged: true } } });
  expect(simulations()).toEqual([{ orderInfo: ORDER }]);
  expect(label(page)).toBe('已支付');
  expect(errors).toEqual([]);
});

test("payfail has reason rejected, and the console has every reason, when the demo's Baidu refuses the order", async () => {
  const reasons = ['the key in the console is another one', 'totalAmount is signed'];
  const page = await pay({ statusCode: 422, data: { errno: 202, msg: '请求签名错误', data: { reasons } } });
  expect(page.details('paysuccess')).toEqual([]);
  expect(page.details('payfail')).toMatchObject([{ reason: 'rejected', code: 202 }]);
  expect(label(page)).toBe('立即支付');
  expect(errors).toEqual([
    `DevTools' cashier took this order for paid, the demo's Baidu did not: HTTP 422 请求签名错误\n- ${reasons.join('\n- ')}`,
  ]);
});

test.each<[string, Answer, string]>([
  ['out of reach', new HostError(1001, 'no network'), 'is out of reach (no network); does npm run demo run?'],
  [
    'failing with HTTP 500',
    { statusCode: 500, data: { errno: 'INTERNAL', msg: 'broken' } },
    'HTTP 500 broken',
  ],
  ['another server', { statusCode: 404, data: '<html>' }, 'HTTP 404 '],
])(
  "payfail has mayBePaid, and the console names the cause, when the demo's Baidu is %s",
  async (_, answer, words) => {
    const page = await pay(answer);
    expect(page.details('paysuccess')).toEqual([]);
    expect(page.details('payfail')).toMatchObject([{ reason: 'cashier', code: 6, mayBePaid: true }]);
    expect(label(page)).toBe('查询支付结果');
    expect(errors).toEqual([expect.stringContaining(words)]);
  },
);

test.each(['android', 'ios'])('no simulation request is sent when the platform is %s', async platform => {
  const page = await pay('never', platform);
  expect(simulations()).toEqual([]);
  expect(label(page)).toBe('已支付');
});
