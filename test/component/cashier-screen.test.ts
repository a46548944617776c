import { within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import type { CashierApi } from '../../sandbox/cashier/browser/api';
import { mountDrawer, type Drawer } from '../../sandbox/cashier/browser/drawer';
import { cashierView } from '../../sandbox/cashier/browser/view';
import { noFaults, type FaultScript } from '../../sandbox/cashier/faults';
import type { Sheet } from '../../sandbox/cashier/sheet';
import type { CashierState, NotificationRow } from '../../sandbox/cashier/state';

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
const drawerPart = (hook: string) => document.querySelector<HTMLElement>(`[data-drawer="${hook}"]`);

beforeEach(() => {
  document.body.innerHTML = '<div id="screen"></div><aside id="drawer"></aside>';
});

describe('the sheet', () => {
  const show = () => {
    const heard: string[] = [];
    const view = cashierView(document.getElementById('screen') as HTMLElement);
    view.showSheet(SHEET, {
      confirm: channel => heard.push(`confirm ${channel}`),
      cancel: () => heard.push('cancel'),
    });
    return { heard, view };
  };

  it('shows what is paid for as text, the rows and the channels', () => {
    show();
    expect(part('title')?.textContent).toBe('<b>水果</b>');
    expect(part('amount')?.textContent).toBe('¥113.00');
    expect(part('sheet')?.textContent).toContain('数量1');
    expect([...document.querySelectorAll('[data-cashier="channel"]')].map(row => row.textContent)).toEqual([
      '微微信支付',
      '支支付宝',
    ]);
  });

  it('confirms with the chosen channel, and only once', async () => {
    const { heard } = show();
    await userEvent.click(within(document.body).getByText('支付宝'));
    part('confirm')?.click();
    part('confirm')?.click();
    expect(heard).toEqual(['confirm Alipay']);
  });

  it('cancels by its button and by Escape', async () => {
    const first = show();
    part('cancel')?.click();
    const second = show();
    await userEvent.keyboard('{Escape}');
    expect([first.heard, second.heard]).toEqual([['cancel'], ['cancel']]);
  });

  it('can be neither confirmed nor cancelled while the payment is under way', () => {
    const { heard, view } = show();
    view.showBusy();
    part('confirm')?.click();
    part('cancel')?.click();
    expect(heard).toEqual([]);
    expect(part('confirm')?.textContent).toBe('正在支付…');
  });

  it('is gone for the person as soon as it closes, and a popup closes by its button', () => {
    const { view } = show();
    view.close();
    expect(part('sheet')).toBeNull();
    const other = cashierView(document.getElementById('screen') as HTMLElement);
    other.showPopup('支付失败');
    expect(part('popup')?.textContent).toContain('支付失败');
    part('dismiss')?.click();
    expect(part('popup')).toBeNull();
  });
});

describe('the drawer', () => {
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
  const books: CashierState = {
    orders: [
      {
        orderId: 1,
        appKey: 'MMMabc',
        tpOrderId: 'T1',
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
    refusals: [
      { at: 0, tpOrderId: 'T2', errCode: 6, errMsg: '请求签名错误', reasons: ['another key signed it'] },
    ],
  };

  const drawers: Drawer[] = [];
  afterEach(() => drawers.splice(0).forEach(drawer => drawer.stop()));

  const open = async (script: FaultScript = noFaults()) => {
    const sent: FaultScript[] = [];
    let current = script;
    const api = {
      state: async () => books,
      faults: async () => current,
      setFaults: async (next: FaultScript) => {
        sent.push(next);
        current = next;
        return next;
      },
    } as unknown as CashierApi;
    const drawer = mountDrawer(document.getElementById('drawer') as HTMLElement, api);
    drawers.push(drawer);
    await new Promise(resolve => setTimeout(resolve));
    return { sent, drawer };
  };

  it('shows each order, its notifications with the last reply, and why a call was refused', async () => {
    await open();
    expect(drawerPart('order')?.textContent).toContain('¥113.00');
    expect(drawerPart('status')?.textContent).toBe('已支付');
    expect(drawerPart('notification')?.textContent).toContain('已发 1 次');
    expect(drawerPart('notification')?.textContent).toContain('HTTP 500');
    expect(drawerPart('notification')?.textContent).toContain('busy');
    expect(drawerPart('refusal')?.textContent).toContain('another key signed it');
  });

  it('sets the outcome of the next payment and says what comes', async () => {
    const { sent } = await open({ ...noFaults(), promoMoney: 5 });
    await userEvent.selectOptions(drawerPart('outcome') as HTMLElement, 'success-twice');
    expect(sent).toEqual([
      { ...noFaults(), promoMoney: 5, payments: [{ outcome: 'success-twice', sheet: false }] },
    ]);
    expect(drawerPart('script')?.textContent).toBe('接下来：成功回调两次，之后恢复正常收银台');
  });

  it('sets the outcome of every payment, behind the sheet, when asked to', async () => {
    const { sent } = await open();
    await userEvent.selectOptions(drawerPart('outcome') as HTMLElement, 'cancelled');
    await userEvent.click(drawerPart('always') as HTMLElement);
    await userEvent.click(drawerPart('sheet-first') as HTMLElement);
    expect(sent.at(-1)).toEqual({ ...noFaults(), always: { outcome: 'cancelled', sheet: true } });
    await userEvent.selectOptions(drawerPart('outcome') as HTMLElement, 'sheet');
    expect(sent.at(-1)).toEqual(noFaults());
  });

  it('keeps open what the developer opened when it refreshes', async () => {
    const { drawer } = await open();
    (drawerPart('notification') as HTMLDetailsElement).open = true;
    books.orders[0] = { ...(books.orders[0] as CashierState['orders'][number]), consumed: true };
    drawer.refresh();
    await new Promise(resolve => setTimeout(resolve));
    expect(drawerPart('status')?.textContent).toBe('已支付 · 已消费');
    expect((drawerPart('notification') as HTMLDetailsElement).open).toBe(true);
  });

  it('keeps open that notice which was opened, and not its neighbour, when it is sent again', async () => {
    const { drawer } = await open();
    const shown = () => [...document.querySelectorAll<HTMLDetailsElement>('[data-drawer="notification"]')];
    const update = async (notifications: NotificationRow[]) => {
      books.notifications = notifications;
      drawer.refresh();
      await new Promise(resolve => setTimeout(resolve));
    };
    await update([notice(3, 'refund'), notice(2, 'refund'), notice(1, 'pay')]);
    (shown()[1] as HTMLDetailsElement).open = true;
    await update([notice(4, 'refund'), notice(3, 'refund'), notice(2, 'refund', 2), notice(1, 'pay')]);
    expect(shown().map(details => details.open)).toEqual([false, false, true, false]);
  });

  it('asks for the books again and again, until it is stopped', async () => {
    jest.useFakeTimers();
    try {
      const drawer = document.getElementById('drawer') as HTMLElement;
      let looks = 0;
      const state = async () => {
        looks += 1;
        return books;
      };
      const { stop } = mountDrawer(drawer, {
        state,
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
