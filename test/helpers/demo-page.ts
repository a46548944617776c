/** The demo mini-program on the preview's phone, as a person and as its developer see it. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { CashierState } from '../../sandbox/cashier';
import type { FaultScript } from '../../sandbox/cashier/faults';
import type { Preview } from '../../sandbox/preview/browser/recorder';
import { json } from '../../scripts/requests';

interface RecordedEvent {
  name: string;
  detail: Record<string, unknown>;
}

declare global {
  interface Window {
    /** events of components and toasts, in one order */
    recordedEvents?: RecordedEvent[];
  }
}

export interface DemoPage {
  page: Page;
  /** what the browser's console and the mini-program complained about */
  complaints: string[];
  payButton: Locator;
  sheet(part: 'sheet' | 'confirm' | 'cancel' | 'amount' | 'dismiss'): Locator;
  /** the dialog that names this */
  question(words: string): Locator;
  /** opens a page of the mini-program as if it were started there */
  open(path: string): Promise<void>;
  /** from the first page to the checkout of a product, with the button ready to be tapped */
  checkout(title: string): Promise<void>;
  /** shows `text` anywhere on the screen, before the test's time is over */
  sees(text: string): Promise<void>;
  /** the events of the components, and toasts as `toast` */
  events(): Promise<RecordedEvent[]>;
  /** names only, statechange with its phase */
  eventNames(): Promise<string[]>;
  /** forgets the events so far */
  clearEvents(): Promise<void>;
  detailOf(name: string): Promise<Record<string, unknown>>;
  /** waits until the payment under way is over; the event's detail */
  outcome(): Promise<Record<string, unknown>>;
  /** order numbers of everything this phone's shopper has ordered */
  orders(): Promise<string[]>;
  /** how often the cashier was called */
  cashierCalls(): Promise<number>;
  close(): Promise<void>;
}

/** ms; the longest thing to wait for is a failed payment, which is looked into for six seconds */
const TIMEOUT = 45_000;

export async function openDemoPage(browser: Browser, origin: string): Promise<DemoPage> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 375, height: 812 } });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.addInitScript(recordEvents);

  const events = (): Promise<RecordedEvent[]> => page.evaluate(() => window.recordedEvents ?? []);
  const phone: DemoPage = {
    page,
    complaints,
    payButton: page.locator('.pay-button__pay-button'),
    sheet: part => page.locator(`[data-cashier=${part}]`),
    question: words => page.getByRole('dialog').filter({ hasText: words }),
    async open(path) {
      await page.goto('about:blank');
      await page.goto(`${origin}/#/${path}`);
    },
    async checkout(title) {
      await phone.open('pages/index/index');
      await page.locator('.product', { hasText: title }).click();
      await phone.payButton.waitFor();
    },
    sees: text => page.getByText(text, { exact: true }).first().waitFor(),
    events,
    async eventNames() {
      const recorded = await events();
      return recorded
        .filter(({ name }) => /^(pay|toast|ordercreated|statechange)/.test(name))
        .map(({ name, detail }) => (name === 'statechange' ? `${name} ${detail.phase}` : name));
    },
    clearEvents: () =>
      page.evaluate(() => {
        window.recordedEvents?.splice(0);
      }),
    async detailOf(name) {
      const [last] = (await events()).filter(event => event.name === name).slice(-1);
      if (!last) throw new Error(`no ${name} so far`);
      return last.detail;
    },
    async outcome() {
      await page.waitForFunction(() => window.recordedEvents?.some(({ name }) => name === 'paycomplete'));
      return phone.detailOf('paycomplete');
    },
    async orders() {
      const shopper = await page.evaluate(
        () => JSON.parse(localStorage.getItem('swan:shopper') ?? '""') as string,
      );
      const answer = await fetch(`${origin}/shop/orders?shopper=${shopper}`);
      return ((await answer.json()) as { data: { tpOrderId: string }[] }).data.map(order => order.tpOrderId);
    },
    cashierCalls: () =>
      page.evaluate(
        () => (window.preview?.calls ?? []).filter(({ name }) => name === 'requestPolymerPayment').length,
      ),
    close: () => context.close(),
  };
  return phone;
}

/** Runs in the page, before everything else: lists what the preview records, in the order in which it happens. */
function recordEvents(): void {
  const recorded: RecordedEvent[] = [];
  window.recordedEvents = recorded;
  let preview: Preview | undefined;
  Object.defineProperty(window, 'preview', {
    get: () => preview,
    set(value: Preview) {
      preview = value;
      const { events, calls } = value;
      events.push = (...items) => {
        items.forEach(({ name, detail }) => recorded.push({ name, detail: Object(detail) }));
        return Array.prototype.push.apply(events, items);
      };
      calls.push = (...items) => {
        items
          .filter(({ name }) => name === 'showToast')
          .forEach(({ options }) => recorded.push({ name: 'toast', detail: Object(options) }));
        return Array.prototype.push.apply(calls, items);
      };
    },
  });
}

/** What the demo's Baidu has in its books about one order, or about all. */
export async function cashierState(origin: string, tpOrderId?: string): Promise<CashierState> {
  const query = tpOrderId === undefined ? '' : `?tpOrderId=${tpOrderId}`;
  const answer = await fetch(`${origin}/baidu/_state${query}`);
  return ((await answer.json()) as { data: CashierState }).data;
}

export async function scriptCashier(origin: string, script: Partial<FaultScript>): Promise<void> {
  const answer = await fetch(`${origin}/baidu/_faults`, { ...json(script), method: 'PUT' });
  if (!answer.ok) throw new Error(`the cashier does not take this script: ${await answer.text()}`);
}
