/** A pay-button on a page, from its real files, as a person and a page see it. */
import { readFileSync } from 'node:fs';
import type * as SwanCashier from 'swan-cashier';
import type { PayButtonInstance } from 'swan-cashier';
import { killApp, type MountedPage, mountPage, type PageOptions, phone } from '../../sandbox/preview/testing';

/** What it wrote to console.error since the mini-program started. */
export let errors: string[] = [];

/** Calls configure() of the mini-program that runs: each one has modules of its own. */
export function configure(settings: Parameters<typeof SwanCashier.configure>[0]): void {
  jest.requireActual<typeof SwanCashier>('swan-cashier').configure(settings);
}

/** A mini-program that remembers nothing, and a backend that knows one order, which is paid. */
export function startApp(): void {
  jest.useFakeTimers();
  errors = [];
  jest.spyOn(console, 'error').mockImplementation((...words) => void errors.push(words.join(' ')));
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  killApp(true);
  configure({ baseUrl: 'https://shop.example' });
  phone.onRequest(({ url }) => ({
    data: { errno: 0, data: /status/.test(url) ? { status: 'paid' } : orderInfo() },
  }));
  const style = document.createElement('style');
  const css = readFileSync('components/pay-button/pay-button.css', 'utf8');
  style.textContent = css.replace(/\.(?=[a-z])/g, '.pay-button__');
  document.head.replaceChildren(style);
}

export function stopApp(): void {
  killApp(true);
  jest.restoreAllMocks();
  jest.useRealTimers();
}

export const orderInfo = (tpOrderId = 'T1', totalAmount = '1999'): object => ({
  dealId: '470193086',
  appKey: 'MMUBBH',
  totalAmount,
  tpOrderId,
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
});

const COMPONENTS = {
  'pay-button': 'components/pay-button/pay-button',
  'order-summary': 'components/order-summary/order-summary',
};

/** A page with this template; `cart` and `order` are its data by default. */
export const open = (template: string, more: Partial<PageOptions> = {}): Promise<MountedPage> =>
  mountPage({
    template,
    usingComponents: COMPONENTS,
    data: { cart: { goods: 1 }, order: orderInfo(), nothing: null },
    ...more,
  });

export const button = (attributes: string, slot = ''): string =>
  `<pay-button id="p" ${attributes}>${slot}</pay-button>`;
export const CREATE = 'create-url="/orders" order-payload="{{cart}}"';

/** What a person reads on it: what the slot holds, else the label. */
export function label(page: MountedPage, selector = '#p'): string {
  const copy = page.element(`${selector} .pay-button__pay-button`).cloneNode(true) as HTMLElement;
  // jsdom's :empty minds a text of no length, browsers do not.
  copy.normalize();
  document.body.append(copy);
  const parts = [...copy.children].filter(part => getComputedStyle(part).display !== 'none');
  const text = parts.map(({ textContent }) => textContent).join('');
  copy.remove();
  return text.replace(/\s+/g, ' ').trim();
}

export const isLocked = (page: MountedPage, selector = '#p'): boolean =>
  page.find(`${selector} .pay-button__pay-locked`) !== null;

export const facade = (page: MountedPage, selector = '#p'): PayButtonInstance =>
  page.component<PayButtonInstance>(selector);

export const names = (page: MountedPage): string[] => page.events.map(({ name }) => name);
export const outcomes = (page: MountedPage): string[] =>
  names(page).filter(name => /^pay(success|cancel|fail|pending|complete)$/.test(name));
export const toasts = (): string[] => phone.toasts.map(({ title }) => title);
/** How often a pay-button set its data. */
export const updates = (page: MountedPage): number =>
  page.setDataCalls.filter(({ is }) => /pay-button/.test(is)).length;

/** Lets ms pass, and what they bring arrive. */
export async function advance(page: MountedPage, ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  await page.flush();
}

export async function tap(page: MountedPage, ms = 100, selector = '#p'): Promise<void> {
  await page.tap(selector);
  await advance(page, ms);
}

export { phone };
