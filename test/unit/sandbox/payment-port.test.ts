import type { CashierApi } from '../../../sandbox/cashier/browser/cashier-api';
import { createPaymentPort, type CashierView } from '../../../sandbox/cashier/browser/payment-port';
import type { RejectedCall } from '../../../sandbox/cashier/rejection-log';
import type { SheetOrCallbacks } from '../../../sandbox/cashier/payments';
import type { Sheet } from '../../../sandbox/cashier/sheet';

const SHEET: Sheet = {
  title: '水果',
  amount: '1.00',
  groups: [],
  channels: [{ id: 'WeChat', name: '微信支付' }],
};
const PAID: SheetOrCallbacks = { callbacks: [{ type: 'success', payload: { statusCode: 0 } }], popup: null };

/** A phone with one cashier: `shown` is what the user sees, `received` what the page's callbacks got. */
function phone(
  answers: {
    open?: () => Promise<SheetOrCallbacks>;
    pay?: () => Promise<SheetOrCallbacks>;
    rejections?: Pick<RejectedCall, 'tpOrderId' | 'errMsg' | 'reasons'>[];
  } = {},
) {
  let now = 0;
  const shown: string[] = [];
  const received: unknown[] = [];
  const log: string[] = [];
  const taps: { confirm(channel: string): void; cancel(): void }[] = [];
  const view: CashierView = {
    showSheet: (sheet, on) => {
      shown.push(`sheet ${sheet.amount}`);
      taps.push(on);
    },
    showBusy: () => shown.push('busy'),
    showPopup: message => shown.push(`popup ${message}`),
    close: () => shown.push('closed'),
  };
  const api = {
    open: answers.open ?? (async () => ({ sheet: SHEET })),
    pay: answers.pay ?? (async () => PAID),
    state: async () => ({ rejections: answers.rejections ?? [] }),
  } as unknown as CashierApi;
  const port = createPaymentPort(api, () => view, { now: () => now, log: line => log.push(line) });
  const call = (name: string, options: object = {}) =>
    port(
      {
        orderInfo: { tpOrderId: name },
        success: (result: unknown) => received.push([name, 'success', result]),
        fail: (error: unknown) => received.push([name, 'fail', error]),
        complete: () => received.push([name, 'complete']),
        ...options,
      },
      {} as HTMLElement,
    );
  return { call, shown, received, log, taps, wait: (ms: number) => (now += ms) };
}

const settle = () => new Promise(resolve => setImmediate(resolve));
const cancelled = { errCode: 2, errMsg: '支付取消' };

it('calls success and then complete when the user confirms', async () => {
  const { call, shown, received, taps } = phone();
  call('a');
  await settle();
  expect(shown).toEqual(['sheet 1.00']);
  expect(received).toEqual([]);

  taps[0]?.confirm('WeChat');
  await settle();
  expect(shown).toEqual(['sheet 1.00', 'busy', 'closed']);
  expect(received).toEqual([
    ['a', 'success', { statusCode: 0 }],
    ['a', 'complete'],
  ]);
});

it('fails with 2 once when the user cancels twice', async () => {
  const { call, received, taps } = phone();
  call('a');
  await settle();
  taps[0]?.cancel();
  taps[0]?.cancel();
  expect(received).toEqual([
    ['a', 'fail', cancelled],
    ['a', 'complete'],
  ]);
});

it.each([
  ['missing orderInfo', { orderInfo: undefined }, '[jsNative Argument Error]orderInfo is required.'],
  ['orderInfo as text', { orderInfo: '{}' }, '[jsNative Argument Error]orderInfo is required.'],
  ['orderInfo as a list', { orderInfo: [] }, '[jsNative Argument Error]orderInfo is required.'],
  ['success that is no function', { success: 'x' }, 'params type error'],
])(
  'fails with 904 without opening, and the next call opens, when it gets %s',
  async (_what, options, errMsg) => {
    const { call, shown, received } = phone();
    call('a', options);
    expect(received).toEqual([]);
    await settle();
    expect(received).toEqual([
      ['a', 'fail', { errCode: 904, errMsg }],
      ['a', 'complete'],
    ]);
    call('b');
    await settle();
    expect(shown).toEqual(['sheet 1.00']);
  },
);

it('calls no callback when the call comes less than a second after the previous one', async () => {
  const { call, shown, received, log, wait } = phone();
  call('a');
  await settle();
  wait(999);
  call('b');
  await settle();
  expect(shown).toEqual(['sheet 1.00']);
  expect(received).toEqual([]);
  expect(log.join()).toContain('ignored');

  wait(1);
  call('c');
  await settle();
  expect(shown.at(-1)).toBe('sheet 1.00');
});

it('cancels the open cashier with code 2 when another call comes, and opens the new one', async () => {
  const { call, shown, received, taps, wait } = phone();
  call('a');
  await settle();
  wait(1000);
  call('b');
  expect(received).toEqual([
    ['a', 'fail', cancelled],
    ['a', 'complete'],
  ]);
  await settle();
  expect(shown).toEqual(['sheet 1.00', 'closed', 'sheet 1.00']);
  taps[1]?.confirm('WeChat');
  await settle();
  expect(received.slice(2)).toEqual([
    ['b', 'success', { statusCode: 0 }],
    ['b', 'complete'],
  ]);
});

it('calls no further callback of a payment when another call replaced it', async () => {
  let answer: (answer: SheetOrCallbacks) => void = () => undefined;
  const { call, received, taps, wait } = phone({ pay: () => new Promise(resolve => (answer = resolve)) });
  call('a');
  await settle();
  taps[0]?.confirm('WeChat');
  wait(1000);
  call('b');
  await settle();
  answer(PAID);
  await settle();
  expect(received).toEqual([
    ['a', 'fail', cancelled],
    ['a', 'complete'],
  ]);
});

it('runs complete and the next callback, and logs the error, when a callback throws', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation();
  const twice: SheetOrCallbacks = {
    callbacks: [...('callbacks' in PAID ? PAID.callbacks : []), { type: 'success' }],
    popup: null,
  };
  const { call, received } = phone({ open: async () => twice });
  let times = 0;
  call('a', {
    success: () => {
      times += 1;
      throw new Error('page broke');
    },
  });
  await settle();
  expect(times).toBe(2);
  expect(received).toEqual([
    ['a', 'complete'],
    ['a', 'complete'],
  ]);
  expect(String(error.mock.calls[0]?.[1])).toContain('page broke');
  error.mockRestore();
});

it('passes on a string code when the call fails, and calls nothing when the outcome is silent', async () => {
  const rejected: SheetOrCallbacks = {
    callbacks: [{ type: 'fail', errCode: '1001', errMsg: '执行失败' }],
    popup: null,
  };
  const refused = phone({ open: async () => rejected });
  refused.call('a');
  await settle();
  expect(refused.received[0]).toEqual(['a', 'fail', { errCode: '1001', errMsg: '执行失败' }]);

  const silent = phone({ open: async () => ({ callbacks: [], popup: null }) });
  silent.call('a');
  await settle();
  expect(silent.received).toEqual([]);
  expect(silent.shown).toEqual(['closed']);
});

it('shows the popup before fail is called when the cashier refuses', async () => {
  const failed: SheetOrCallbacks = {
    callbacks: [{ type: 'fail', errCode: 6, errMsg: '支付失败' }],
    popup: '支付失败',
  };
  const { call, shown } = phone({ open: async () => failed });
  let seen: string[] = [];
  call('a', { fail: () => (seen = [...shown]) });
  await settle();
  expect(seen).toEqual(['popup 支付失败']);
});

const REASONS = ['请求签名错误: WRONG_KEY', '请求签名错误: --key'];

it.each([
  ['logs why when the cashier refuses the order', 'a', { tpOrderId: 'a' }, REASONS],
  ['logs why when the refused order has no number', '', {}, REASONS],
  ['logs why when the number of the refused order is none', '', { tpOrderId: 7 }, REASONS],
  ['logs nothing when only another order was refused', 'b', { tpOrderId: 'a' }, []],
])('%s', async (_what, tpOrderId, orderInfo, expected) => {
  const refused: SheetOrCallbacks = {
    callbacks: [{ type: 'fail', errCode: 6, errMsg: '请求签名错误' }],
    popup: '请求签名错误',
  };
  const { call, log } = phone({
    open: async () => refused,
    rejections: [{ tpOrderId, errMsg: '请求签名错误', reasons: ['WRONG_KEY', '--key'] }],
  });
  call('a', { orderInfo });
  await settle();
  expect(log).toEqual(expected);
});

it('fails with 6 and a popup when the cashier cannot be reached before or after the confirmation', async () => {
  const down = async (): Promise<SheetOrCallbacks> => {
    throw new TypeError('Failed to fetch');
  };
  const before = phone({ open: down });
  before.call('a');
  await settle();
  expect(before.shown).toEqual(['popup 网络不给力，请稍后重试']);
  expect(before.received[0]).toMatchObject(['a', 'fail', { errCode: 6 }]);

  const after = phone({ pay: down });
  after.call('a');
  await settle();
  after.taps[0]?.confirm('WeChat');
  await settle();
  expect(after.shown.at(-1)).toBe('popup 支付结果查询失败，请稍后查看订单');
  expect(after.received[0]).toMatchObject(['a', 'fail', { errCode: 6, errMsg: '支付结果查询失败，请重试' }]);
});
