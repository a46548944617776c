/** The port that lets DevTools pay through swan-cashier-sandbox. */
import { sandboxCashier } from '../../../utils/host/sandbox-cashier';
import type { PaymentAdapter } from '../../../utils/host/swan';

interface Sent {
  method: string;
  url: string;
  data?: unknown;
  success: (response: { statusCode?: number; data?: unknown }) => void;
  fail: (error?: unknown) => void;
}

const URL = 'http://127.0.0.1:8790';
const CALLS = `${URL}/baidu/cashier/calls`;
const ORDER = { tpOrderId: 'T1' };
const CANCELLED = { type: 'fail', errCode: 2, errMsg: '支付取消' };

let sent: Sent[];
let outcomes: unknown[];
let consoleErrors: string[];
beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  outcomes = [];
  consoleErrors = [];
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  jest.spyOn(console, 'error').mockImplementation(line => void consoleErrors.push(String(line)));
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  delete (globalThis as { swan?: unknown }).swan;
});

function createPort(
  env: unknown,
  request = (options: Sent): void => void sent.push(options),
): PaymentAdapter | null {
  Object.assign(globalThis, {
    swan: { request, getEnvInfoSync: () => env, showToast: () => undefined },
  });
  return sandboxCashier(`${URL}/`);
}

function pay(port: PaymentAdapter | null, orderInfo: object = ORDER): void {
  port?.({
    orderInfo,
    success: result => outcomes.push(['success', result]),
    fail: error => outcomes.push(['fail', error]),
  });
}

/** Answers the latest request. */
function answer(data: unknown, { statusCode = 200, errno = 0, msg = 'success' } = {}): void {
  sent.at(-1)?.success({ statusCode, data: { errno, msg, data } });
}

const summary = ({ method, url, data }: Sent) => [method, url, data];

test('a payment ends with the callback of the sandbox when the user has decided there', () => {
  pay(createPort({ env: 'development' }));
  expect(sent.map(summary)).toEqual([['POST', CALLS, { orderInfo: ORDER, bannedChannels: undefined }]]);
  answer({ callId: 'c1' });
  jest.advanceTimersByTime(1000);
  expect(summary(sent[1] as Sent)).toEqual(['GET', `${CALLS}/c1`, undefined]);
  answer({});
  expect(outcomes).toEqual([]);
  jest.advanceTimersByTime(1000);
  answer({ callbacks: [{ type: 'success', payload: { statusCode: 0 } }], popup: null });
  expect(outcomes).toEqual([['success', { statusCode: 0 }]]);
  jest.advanceTimersByTime(60_000);
  expect([sent.length, consoleErrors]).toEqual([3, []]);
});

test('callbacks run in order when the sandbox sends two, and none when it sends none', () => {
  const port = createPort({});
  pay(port);
  answer({ callbacks: [{ type: 'success' }, { type: 'fail', errCode: 6, errMsg: '支付失败' }] });
  expect(outcomes).toEqual([
    ['success', undefined],
    ['fail', { errCode: 6, errMsg: '支付失败' }],
  ]);
  outcomes.length = 0;
  pay(port);
  answer({ callbacks: [] });
  jest.advanceTimersByTime(60_000);
  expect([outcomes, sent.length, consoleErrors]).toEqual([[], 2, []]);
});

test('an open payment is cancelled when a second one starts', () => {
  const port = createPort({});
  pay(port);
  answer({ callId: 'c1' });
  pay(port, { tpOrderId: 'T2' });
  expect(sent.slice(1).map(summary)).toEqual([
    ['POST', `${CALLS}/c1`, { outcome: 'cancelled' }],
    ['POST', CALLS, { orderInfo: { tpOrderId: 'T2' }, bannedChannels: undefined }],
  ]);
  jest.advanceTimersByTime(1000);
  answer({ callbacks: [CANCELLED], popup: null });
  expect(outcomes).toEqual([['fail', { errCode: 2, errMsg: '支付取消' }]]);
});

test('a payment fails with 6, and the console has the command, when the sandbox does not run', () => {
  pay(createPort({}));
  sent[0]?.fail({ errMsg: 'request:fail' });
  expect(outcomes).toEqual([['fail', { errCode: 6, errMsg: '支付结果查询失败，请重试' }]]);
  expect(consoleErrors.join()).toContain(
    `${CALLS} cannot be reached (request:fail). Run npx swan-cashier-sandbox`,
  );
});

test('a payment fails with 6 when the request of the host throws', () => {
  pay(
    createPort({}, () => {
      throw new Error('no network');
    }),
  );
  expect(outcomes).toEqual([['fail', { errCode: 6, errMsg: expect.any(String) }]]);
  expect(consoleErrors.join()).toContain('cannot be reached');
});

test.each([
  [
    404,
    { errno: 404, msg: 'not found' },
    { errCode: 1001, errMsg: '执行失败' },
    'answered HTTP 404: not found',
  ],
  [200, '<html>', { errCode: 1001, errMsg: '执行失败' }, 'answered HTTP 200'],
  [200, { errno: 0, data: {} }, { errCode: 1001, errMsg: '执行失败' }, 'Is it swan-cashier-sandbox'],
  [500, null, { errCode: 6, errMsg: '支付结果查询失败，请重试' }, 'answered HTTP 500'],
])(
  'a payment fails, and the console names the response, when another server answers HTTP %i %j',
  (statusCode, data, error, sentence) => {
    pay(createPort({}));
    sent[0]?.success({ statusCode, data });
    expect(outcomes).toEqual([['fail', error]]);
    expect(consoleErrors.join()).toContain(sentence);
  },
);

test('a payment goes on when the sandbox is away for 29 s, and fails with 6 when for 30 s', () => {
  pay(createPort({}));
  answer({ callId: 'c1' });
  for (let question = 0; question < 29; question++) {
    jest.advanceTimersByTime(1000);
    sent.at(-1)?.fail();
  }
  jest.advanceTimersByTime(1000);
  answer({});
  for (let question = 0; question < 30; question++) {
    expect(outcomes).toEqual([]);
    jest.advanceTimersByTime(1000);
    sent.at(-1)?.fail();
  }
  expect(outcomes).toEqual([['fail', { errCode: 6, errMsg: '支付结果查询失败，请重试' }]]);
  jest.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(61);
});

test('a payment fails with 6 at once when the sandbox does not know the call', () => {
  pay(createPort({}));
  answer({ callId: 'c1' });
  jest.advanceTimersByTime(1000);
  answer(null, { statusCode: 404, errno: 404, msg: 'There is no such cashier call' });
  expect(outcomes).toEqual([['fail', { errCode: 6, errMsg: '支付结果查询失败，请重试' }]]);
});

test.each([{ env: 'production' }, { env: 'release' }])(
  'sandboxCashier() returns null, with a warning, when the package is released: %j',
  env => {
    expect(createPort(env)).toBeNull();
    expect(consoleErrors.join()).toContain('sandboxCashier() is ignored in a released package');
  },
);

test.each([{ env: 'development' }, { env: 'trial' }, {}, null, { env: 7 }])(
  'sandboxCashier() returns a cashier when the environment is %j',
  env => {
    expect(createPort(env)).not.toBeNull();
  },
);

test('sandboxCashier() returns a cashier when the host has no getEnvInfoSync', () => {
  Object.assign(globalThis, { swan: {} });
  expect(sandboxCashier(URL)).not.toBeNull();
});
