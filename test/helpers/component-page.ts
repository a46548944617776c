/** Pages with order-summary and pay-button, from their real files, as a user and a page see them. */
import { readFileSync } from 'node:fs';
import type * as SwanCashier from 'swan-cashier';
import type { OrderView, PayButtonInstance } from 'swan-cashier';
import { killApp, mountPage, phone, type MountedPage, type PageOptions } from '../../sandbox/preview/testing';

/** 2026-11-23 17:00 in Beijing */
export const NOW = 1795424400000;

/** Calls configure() of the mini-program that runs: each one has modules of its own. */
export function configure(settings: Parameters<typeof SwanCashier.configure>[0]): void {
  jest.requireActual<typeof SwanCashier>('swan-cashier').configure(settings);
}

/** Starts a mini-program that remembers nothing of an earlier test, at the time NOW. */
export function startSummaryApp(settings: Parameters<typeof SwanCashier.configure>[0] = {}): void {
  jest.useFakeTimers({ now: NOW });
  killApp({ freshModules: true });
  configure({ baseUrl: 'https://shop.example', ...settings });
}

export function stopApp(): void {
  killApp({ freshModules: true });
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

export const summaryOrderInfo = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
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
export const envelope = (data: unknown): { data: unknown } => ({ data: { errno: 0, data } });

/** Texts of the rows a user reads, one for each row. */
export const rows = (page: MountedPage): string[] =>
  page
    .getAllElements('.order-summary__order-row, .order-summary__order-number')
    .map(row => [...row.children].map(cell => cell.textContent?.trim()).join(' | '));

export const status = (page: MountedPage): string => page.text('.order-summary__order-status');
export const alert = (page: MountedPage): string | null =>
  page.queryElement('.order-summary__order-alert')?.textContent?.trim() ?? null;
export const timeLeft = (page: MountedPage): string | null =>
  page
    .queryElement('.order-summary__order-left:not(.order-summary__order-over) .order-summary__order-time')
    ?.textContent?.trim() ?? null;
export const setDataOf = (page: MountedPage): { keys: string[]; bytes: number }[] =>
  page.setDataCalls.filter(({ is }) => is === COMPONENTS['order-summary']);

/** Lets time pass, and everything that becomes due in it happen. */
export async function advance(page: MountedPage, milliseconds = 20): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await page.flush();
}

/** The page changes its data; a component answers to several changes together, a moment later. */
export async function setPageData(page: MountedPage, data: Record<string, unknown>): Promise<void> {
  await page.setData(data);
  await advance(page);
}

/** For tests in which errors in the console are expected. */
export function muteConsoleErrors(): jest.SpyInstance {
  return jest.spyOn(console, 'error').mockImplementation(() => undefined);
}

/** What pay-button wrote to console.error since startPayButtonApp(). */
export let consoleErrors: string[] = [];

/** Starts a mini-program that remembers nothing of an earlier test; its backend knows one order, which is paid. */
export function startPayButtonApp(): void {
  jest.useFakeTimers();
  consoleErrors = [];
  jest.spyOn(console, 'error').mockImplementation((...words) => void consoleErrors.push(words.join(' ')));
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  killApp({ freshModules: true });
  configure({ baseUrl: 'https://shop.example' });
  phone.onRequest(({ url }) => ({
    data: { errno: 0, data: /status/.test(url) ? { status: 'paid' } : payButtonOrderInfo() },
  }));
  const style = document.createElement('style');
  const css = readFileSync('components/pay-button/pay-button.css', 'utf8');
  style.textContent = css.replace(/\.(?=[a-z])/g, '.pay-button__');
  document.head.replaceChildren(style);
}

export const payButtonOrderInfo = (tpOrderId = 'T1', totalAmount = '1999'): object => ({
  dealId: '470193086',
  appKey: 'MMUBBH',
  totalAmount,
  tpOrderId,
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
});

/** A page with this template, for pay-buttons; `cart` and `order` are its data by default. */
export const mountPayPage = (template: string, more: Partial<PageOptions> = {}): Promise<MountedPage> =>
  mountPage({
    template,
    usingComponents: COMPONENTS,
    data: { cart: { goods: 1 }, order: payButtonOrderInfo(), nothing: null },
    ...more,
  });

export const payButtonTag = (attributes: string, slot = ''): string =>
  `<pay-button id="p" ${attributes}>${slot}</pay-button>`;
export const CREATE = 'create-url="/orders" order-payload="{{cart}}"';

/** What a user reads on a pay-button: what the slot holds, else the label. */
export function label(page: MountedPage, selector = '#p'): string {
  const copy = page.getElement(`${selector} .pay-button__pay-button`).cloneNode(true) as HTMLElement;
  // jsdom's :empty counts a text of no length, browsers do not.
  copy.normalize();
  document.body.append(copy);
  const parts = [...copy.children].filter(part => getComputedStyle(part).display !== 'none');
  const text = parts.map(({ textContent }) => textContent).join('');
  copy.remove();
  return text.replace(/\s+/g, ' ').trim();
}

export const isLocked = (page: MountedPage, selector = '#p'): boolean =>
  page.queryElement(`${selector} .pay-button__pay-locked`) !== null;

export const payButtonInstance = (page: MountedPage, selector = '#p'): PayButtonInstance =>
  page.component<PayButtonInstance>(selector);

export const eventNames = (page: MountedPage): string[] => page.events.map(({ name }) => name);
export const outcomes = (page: MountedPage): string[] =>
  eventNames(page).filter(name => /^pay(success|cancel|fail|pending|complete)$/.test(name));
export const toasts = (): string[] => phone.toasts.map(({ title }) => title);
/** How often a pay-button set its data. */
export const payButtonUpdates = (page: MountedPage): number =>
  page.setDataCalls.filter(({ is }) => /pay-button/.test(is)).length;

export async function tap(page: MountedPage, ms = 100, selector = '#p'): Promise<void> {
  await page.tap(selector);
  await advance(page, ms);
}

export { phone };
