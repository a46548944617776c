/** Orders, and an order-summary on a page with the pay-button of the same order. */
import type * as SwanCashier from 'swan-cashier';
import type { OrderView } from 'swan-cashier';
import { killApp, mountPage, phone, type MountedPage, type PageOptions } from '../../sandbox/preview/testing';

/** 2026-11-23 17:00 in Beijing */
export const NOW = 1795424400000;

/** Calls configure() of the mini-program that runs: each one has modules of its own. */
export function configure(settings: Parameters<typeof SwanCashier.configure>[0]): void {
  jest.requireActual<typeof SwanCashier>('swan-cashier').configure(settings);
}

/** Starts a mini-program that remembers nothing of an earlier test, at the time NOW. */
export function startApp(settings: Parameters<typeof SwanCashier.configure>[0] = {}): void {
  jest.useFakeTimers({ now: NOW });
  killApp(true);
  configure({ baseUrl: 'https://shop.example', ...settings });
}

export function stopApp(): void {
  jest.restoreAllMocks();
  jest.useRealTimers();
}

export const sampleLine = {
  title: '手作铸铁壶',
  spec: '0.9 L',
  thumbnail: 'https://shop.example/kettle.png',
  unitAmount: 46800,
  quantity: 2,
  amount: 93600,
};

export const order = (more: Partial<OrderView> = {}): OrderView => ({
  tpOrderId: '20261123090000000001',
  title: '手作铸铁壶 等 2 件',
  lines: [sampleLine],
  fees: [{ title: '运费', amount: 600 }],
  discounts: [{ title: '茶友九折', amount: 9360 }],
  totalAmount: 84840,
  status: 'unpaid',
  createdAt: NOW,
  expiresAt: NOW + 900_000,
  serverTime: NOW,
  ...more,
});

export const orderInfo = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  dealId: '470193086',
  appKey: 'MMUBBH',
  totalAmount: '84840',
  tpOrderId: '20261123090000000001',
  dealTitle: '手作铸铁壶 等 2 件',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
  ...more,
});

export const COMPONENTS = {
  'order-summary': 'components/order-summary/order-summary',
  'pay-button': 'components/pay-button/pay-button',
};

const PROPERTIES = 'order="{{order}}" order-url="{{url}}" order-info="{{info}}"';

/** A summary alone. Data: order, url, info, key and what `attributes` name. */
export const mountSummary = (
  data: Record<string, unknown>,
  attributes = '',
  more: Partial<PageOptions> = {},
): Promise<MountedPage> =>
  mountPage({
    template: `<order-summary id="s" ${PROPERTIES} order-key="{{key}}" ${attributes}></order-summary>`,
    usingComponents: COMPONENTS,
    data: { order: null, url: '', info: null, key: '', ...data },
    ...more,
  });

/** The backend's envelope. */
export const answer = (data: unknown): { data: unknown } => ({ data: { errno: 0, data } });

/** Texts of the rows a person reads, one for each row. */
export const rows = (page: MountedPage): string[] =>
  page
    .elements('.order-summary__order-row, .order-summary__order-number')
    .map(row => [...row.children].map(cell => cell.textContent?.trim()).join(' | '));

export const status = (page: MountedPage): string => page.text('.order-summary__order-status');
export const alert = (page: MountedPage): string | null =>
  page.find('.order-summary__order-alert')?.textContent?.trim() ?? null;
export const timeLeft = (page: MountedPage): string | null =>
  page
    .find('.order-summary__order-left:not(.order-summary__order-over) .order-summary__order-time')
    ?.textContent?.trim() ?? null;
export const setDataOf = (page: MountedPage): { keys: string[]; bytes: number }[] =>
  page.setDataCalls.filter(({ is }) => is === COMPONENTS['order-summary']);

/** Lets time go by, and everything that happens in it. */
export async function advance(page: MountedPage, milliseconds = 20): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await page.flush();
}

/** The page changes its data; a component answers to several changes together, a moment later. */
export async function setPageData(page: MountedPage, data: Record<string, unknown>): Promise<void> {
  await page.setData(data);
  await advance(page);
}

/** Complaints in the console are expected here. */
export function expectComplaints(): jest.SpyInstance {
  return jest.spyOn(console, 'error').mockImplementation(() => undefined);
}

export { phone };
