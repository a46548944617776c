import { within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { type CashierApi, cashierApi } from '../../sandbox/cashier/browser/cashier-api';
import { refundTable } from '../../sandbox/cashier/browser/console-tables';
import { mountDevPanel, type DevPanel } from '../../sandbox/cashier/browser/dev-panel';
import { labelsOf, currentLocale, switchLanguage } from '../../sandbox/cashier/browser/labels';
import { SheetView } from '../../sandbox/cashier/browser/sheet-view';
import { noFaults, type FaultScript } from '../../sandbox/cashier/fault-script';
import type { Sheet } from '../../sandbox/cashier/sheet';
import type { CashierState, NotificationRow } from '../../sandbox/cashier/cashier-state';

const SHEET: Sheet = {
  title: '<b>水果</b>',
  amount: '113.00',
  groups: [[{ left: '数量', right: '1' }]],
  channels: [
    { id: 'WeChat', name: '微信支付' },
    { id: 'Alipay', name: '支付宝' },
  ],
};

const part = (hook: string) => document.querySelector<HTMLElement>(`[data-cashier="${hook}"]`);
const panelPart = (hook: string) => document.querySelector<HTMLElement>(`[data-panel="${hook}"]`);

beforeEach(() => {
  localStorage.clear();
  jest.spyOn(navigator, 'language', 'get').mockReturnValue('zh-CN');
  document.body.innerHTML = '<div id="screen"></div><aside id="dev-panel"></aside>';
});

describe('the cashier sheet', () => {
  const show = () => {
    const heard: string[] = [];
    const view = new SheetView(document.getElementById('screen') as HTMLElement);
    view.showSheet(SHEET, {
      confirm: channel => heard.push(`confirm ${channel}`),
      cancel: () => heard.push('cancel'),
    });
    return { heard, view };
  };

  it('shows the title as text, the rows and the channels when an order is opened', () => {
    show();
    expect(part('title')?.textContent).toBe('<b>水果</b>');
    expect(part('amount')?.textContent).toBe('¥113.00');
    expect(part('sheet')?.textContent).toContain('数量1');
    expect([...document.querySelectorAll('[data-cashier="channel"]')].map(row => row.textContent)).toEqual([
      '微微信支付',
      '支支付宝',
    ]);
  });

  it('confirms once, with the chosen channel, when the confirm button is clicked twice', async () => {
    const { heard } = show();
    await userEvent.click(within(document.body).getByText('支付宝'));
    part('confirm')?.click();
    part('confirm')?.click();
    expect(heard).toEqual(['confirm Alipay']);
  });

  it('cancels when its button is clicked and when Escape is pressed', async () => {
    const first = show();
    part('cancel')?.click();
    const second = show();
    await userEvent.keyboard('{Escape}');
    expect([first.heard, second.heard]).toEqual([['cancel'], ['cancel']]);
  });

  it('ignores confirm and cancel when the payment is running', () => {
    const { heard, view } = show();
    view.showBusy();
    part('confirm')?.click();
    part('cancel')?.click();
    expect(heard).toEqual([]);
    expect(part('confirm')?.textContent).toBe('正在支付…');
  });

  it('leaves the page when it closes, and a popup does when its button is clicked', () => {
    const { view } = show();
    view.close();
    expect(part('sheet')).toBeNull();
    const other = new SheetView(document.getElementById('screen') as HTMLElement);
    other.showPopup('支付失败');
    expect(part('popup')?.textContent).toContain('支付失败');
    part('dismiss')?.click();
    expect(part('popup')).toBeNull();
  });
});

describe('the developer panel', () => {
  const notice = (id: number, kind: 'pay' | 'refund', attempts = 1): NotificationRow => ({
    id,
    kind,
    orderId: 1,
    tpOrderId: 'T1',
    refundBatchId: kind === 'refund' ? id : null,
    url: `http://127.0.0.1/${kind}`,
    params: {},
    state: 'waiting',
    dueAt: 0,
    attemptCount: attempts,
    attempts: Array.from({ length: attempts }, (_, index) => ({
      number: index + 1,
      httpStatus: 500,
      reply: 'busy',
      verdict: 'retry',
      explanation: 'HTTP 500',
      startedAt: 0,
      finishedAt: 0,
    })),
  });
  const state: CashierState = {
    orders: [
      {
        orderId: 1,
        appKey: 'MMMabc',
        tpOrderId: 'T1',
        userId: 149235070,
        title: '水果',
        amount: 11300,
        status: 2,
        consumed: false,
        createdAt: 0,
      },
    ],
    charges: [],
    notifications: [notice(1, 'pay')],
    refunds: [],
    calls: [],
    rejections: [
      { at: 0, tpOrderId: 'T2', errCode: 6, errMsg: '请求签名错误', reasons: ['another key signed it'] },
    ],
  };

  const panels: DevPanel[] = [];
  afterEach(() => panels.splice(0).forEach(panel => panel.stop()));

  const open = async (script: FaultScript = noFaults()) => {
    const sent: FaultScript[] = [];
    const resent: number[] = [];
    let current = script;
    const api = {
      state: async () => state,
      faults: async () => current,
      setFaults: async (next: FaultScript) => {
        sent.push(next);
        current = next;
        return next;
      },
      resend: async (id: number) => {
        resent.push(id);
        throw new Error('This notification has no address');
      },
    } as unknown as CashierApi;
    const panel = mountDevPanel(document.getElementById('dev-panel') as HTMLElement, api);
    panels.push(panel);
    await new Promise(resolve => setTimeout(resolve));
    return { sent, resent, panel };
  };

  it('shows each order, its notifications with the last reply and the rejection reasons when it opens', async () => {
    await open();
    expect(panelPart('order')?.textContent).toContain('¥113.00');
    expect(panelPart('status')?.textContent).toBe('已支付');
    expect(panelPart('notification')?.textContent).toContain('已发 1 次');
    expect(panelPart('notification')?.textContent).toContain('HTTP 500');
    expect(panelPart('notification')?.textContent).toContain('busy');
    expect(panelPart('rejection')?.textContent).toContain('another key signed it');
  });

  it.each<[string, Partial<NotificationRow>, string | undefined]>([
    ['is sent again', {}, 'HTTP 500'],
    ['sent the money back', { state: 'abnormal-refund' }, 'HTTP 500'],
    ['has no address', { state: 'held', url: '', attempts: [] }, '没有通知地址：启动时加 --notify URL'],
    [
      'has no address of refunds',
      { kind: 'refund', state: 'held', url: '', attempts: [] },
      '没有通知地址：启动时加 --refund-notify URL',
    ],
    ['is done', { state: 'done' }, undefined],
    ['is not sent yet', { attempts: [] }, undefined],
  ])('says beside the closed details why when a notification %s', async (_what, changes, words) => {
    state.notifications = [{ ...notice(1, 'pay'), ...changes }];
    await open();
    state.notifications = [notice(1, 'pay')];
    expect(panelPart('notification-problem')?.textContent).toBe(words);
  });

  it.each([
    ['before the orders when the latest call was rejected', 2, ['rejections', 'orders']],
    ['after the orders when another call was accepted since', 0, ['orders', 'rejections']],
  ])('shows rejected calls %s', async (_when, at, order) => {
    const [rejection] = state.rejections;
    state.rejections = [{ ...rejection!, at }];
    await open();
    state.rejections = [rejection!];
    const lists = [
      ...document.querySelectorAll<HTMLElement>('[data-panel="orders"], [data-panel="rejections"]'),
    ];
    expect(lists.map(({ dataset }) => dataset.panel)).toEqual(order);
  });

  it('sets the outcome of the next payment, and names it, when an outcome is selected', async () => {
    const { sent } = await open({ ...noFaults(), promoMoney: 5 });
    await userEvent.selectOptions(panelPart('outcome') as HTMLElement, 'success-twice');
    expect(sent).toEqual([
      { ...noFaults(), promoMoney: 5, payments: [{ outcome: 'success-twice', sheet: false }] },
    ]);
    expect(panelPart('script')?.textContent).toBe('接下来：成功回调两次，之后恢复正常收银台');
  });

  it('sets the outcome of every payment, behind the sheet, when both boxes are checked', async () => {
    const { sent } = await open();
    await userEvent.selectOptions(panelPart('outcome') as HTMLElement, 'cancelled');
    await userEvent.click(panelPart('always') as HTMLElement);
    await userEvent.click(panelPart('sheet-first') as HTMLElement);
    expect(sent.at(-1)).toEqual({ ...noFaults(), always: { outcome: 'cancelled', sheet: true } });
    await userEvent.selectOptions(panelPart('outcome') as HTMLElement, 'sheet');
    expect(sent.at(-1)).toEqual(noFaults());
  });

  it('shows what is scripted in its controls when it opens', async () => {
    jest.spyOn(navigator, 'language', 'get').mockReturnValue('en');
    await open({ ...noFaults(), payments: [{ outcome: 'paid-but-cancelled', sheet: true }] });
    expect((panelPart('outcome') as HTMLSelectElement).value).toBe('paid-but-cancelled');
    expect((panelPart('sheet-first') as HTMLInputElement).checked).toBe(true);
    expect(panelPart('script')?.textContent).toBe(
      'Next: paid, but reported as cancelled (2) (after the sheet); then the sheet, as usual',
    );
  });

  it('keeps open what the developer opened when it refreshes', async () => {
    const { panel } = await open();
    (panelPart('notification') as HTMLDetailsElement).open = true;
    state.orders[0] = { ...(state.orders[0] as CashierState['orders'][number]), consumed: true };
    panel.refresh();
    await new Promise(resolve => setTimeout(resolve));
    expect(panelPart('status')?.textContent).toBe('已支付 · 已消费');
    expect((panelPart('notification') as HTMLDetailsElement).open).toBe(true);
  });

  it('keeps the opened notification open when it is sent again', async () => {
    const { panel } = await open();
    const shown = () => [...document.querySelectorAll<HTMLDetailsElement>('[data-panel="notification"]')];
    const update = async (notifications: NotificationRow[]) => {
      state.notifications = notifications;
      panel.refresh();
      await new Promise(resolve => setTimeout(resolve));
    };
    await update([notice(3, 'refund'), notice(2, 'refund'), notice(1, 'pay')]);
    (shown()[1] as HTMLDetailsElement).open = true;
    await update([notice(4, 'refund'), notice(3, 'refund'), notice(2, 'refund', 2), notice(1, 'pay')]);
    expect(shown().map(details => details.open)).toEqual([false, false, true, false]);
  });

  it('sends a notification again, and shows its failure after a refresh, when the resend button is clicked', async () => {
    const { panel, resent } = await open();
    panelPart('resend')?.click();
    await new Promise(resolve => setTimeout(resolve));
    panel.refresh();
    await new Promise(resolve => setTimeout(resolve));
    expect(resent).toEqual([state.notifications[0]?.id]);
    expect(panelPart('action-error')?.textContent).toBe('This notification has no address');
  });

  it('is in English when the browser is, and in the other language when the developer switches', async () => {
    jest.spyOn(navigator, 'language', 'get').mockReturnValue('de');
    await open();
    expect(panelPart('cashier')?.textContent).toContain('Rejected calls');
    panelPart('language')?.click();
    await new Promise(resolve => setTimeout(resolve));
    expect(document.querySelectorAll('[data-panel="cashier"]')).toHaveLength(1);
    expect(panelPart('cashier')?.textContent).toContain('被拒绝的调起');
    expect(panelPart('order')?.textContent).toContain('¥113.00');
    await open();
    expect(document.querySelectorAll('[data-panel="cashier"]')[1]?.textContent).toContain('被拒绝的调起');
  });

  it('polls the state until it is stopped', async () => {
    jest.useFakeTimers();
    try {
      const place = document.getElementById('dev-panel') as HTMLElement;
      let looks = 0;
      const countedState = async () => {
        looks += 1;
        return state;
      };
      const { stop } = mountDevPanel(place, {
        state: countedState,
        faults: async () => noFaults(),
      } as unknown as CashierApi);
      await jest.advanceTimersByTimeAsync(10_000);
      const before = looks;
      expect(before).toBeGreaterThan(3);
      stop();
      await jest.advanceTimersByTimeAsync(10_000);
      expect(looks).toBe(before);
    } finally {
      jest.useRealTimers();
    }
  });
});

test.each([
  ['not-consumed', 1, '退款中：等支付通知被确认（已消费）后才退款'],
  ['daily-limit', 3, '退款失败：超过每日退款上限'],
  [null, 2, '退款成功'],
] as const)('the console says why a refund does not go on when it is %s', (statusReason, status, said) => {
  const refund: CashierState['refunds'][number] = {
    refundBatchId: 1,
    bizRefundBatchId: 'R1',
    orderId: 1,
    tpOrderId: 'T1',
    money: 100,
    reason: '缺货',
    status,
    statusReason,
    createdAt: 0,
    finishedAt: null,
  };
  const state = { refunds: [refund] } as unknown as CashierState;
  const labels = labelsOf('zh-CN');
  const table = refundTable(state, {
    labels,
    cashierPath: '/baidu',
    resend: () => undefined,
    decide: () => undefined,
  });
  expect([...table.querySelectorAll('td')].map(cell => cell.textContent)).toContain(said);
});

test('requests send the Accept-Language of the console when its language changes', async () => {
  const asked: unknown[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (async (_url: unknown, init: RequestInit) => {
    asked.push(new Map(Object.entries(init.headers ?? {})).get('accept-language'));
    return { json: async () => ({ errno: 0, msg: '', data: null }) };
  }) as unknown as typeof globalThis.fetch;
  const before = currentLocale();
  await cashierApi('/baidu').state(1);
  const after = switchLanguage();
  await cashierApi('/baidu').state(1);
  globalThis.fetch = fetch;
  expect(asked).toEqual([before, after]);
  expect(after).not.toBe(before);
});
