/** The demo mini-program in the preview, as a user and as its developer see it. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { CashierState } from '../../sandbox/cashier';
import type { FaultScript } from '../../sandbox/cashier/fault-script';
import type { Preview } from '../../sandbox/preview/browser/main';
import { json } from '../../scripts/support/http';
import { emptyPage } from './shared-chromium';

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

/** ms; the longest wait is for a failed payment, whose status is polled for six seconds */
const TIMEOUT = 45_000;

const VIEWPORT = { width: 375, height: 812 };

export async function openDemoPage(browser: Browser, origin: string): Promise<DemoPage> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    // What turns while a test waits costs more than what is tested.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  await page.addInitScript(recordEvents);
  return new DemoPage(page, origin);
}

export class DemoPage {
  /** errors of the browser's console, and those that no code of the page caught */
  readonly consoleErrors: string[] = [];
  readonly payButton: Locator;

  constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    this.payButton = page.locator('.pay-button__pay-button');
    page.on('pageerror', error => this.consoleErrors.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') this.consoleErrors.push(message.text());
    });
  }

  sheet(part: 'sheet' | 'confirm' | 'cancel' | 'amount' | 'dismiss'): Locator {
    return this.page.locator(`[data-cashier=${part}]`);
  }

  /** The dialog that has these words. */
  question(words: string): Locator {
    return this.page.getByRole('dialog').filter({ hasText: words });
  }

  /** Makes it a phone that has never run the mini-program. */
  async reset(): Promise<void> {
    await emptyPage(this.page, `${this.origin}/baidu/console.css`);
    await this.page.setViewportSize(VIEWPORT);
    await this.page.emulateMedia({ colorScheme: 'light' });
    this.consoleErrors.length = 0;
  }

  /** Opens a page of the mini-program as if it were started there. */
  async open(path: string): Promise<void> {
    const url = `${this.origin}/#/${path}`;
    // Only the hash would change, and the app run on.
    if (this.page.url().startsWith(`${this.origin}/#`)) await this.page.goto('about:blank');
    await this.page.goto(url);
  }

  /** From the first page to the checkout of a product, with the button ready to be tapped. */
  async checkout(title: string): Promise<void> {
    await this.open('pages/index/index');
    await this.page.locator('.product', { hasText: title }).click();
    await this.payButton.waitFor();
  }

  /** Waits until `text` is anywhere on the screen, at most as long as the test may take. */
  waitForText(text: string): Promise<void> {
    return this.page.getByText(text, { exact: true }).first().waitFor();
  }

  /** The events of the components, and toasts as `toast`. */
  events(): Promise<RecordedEvent[]> {
    return this.page.evaluate(() => window.recordedEvents ?? []);
  }

  /** Names only, statechange with its phase. */
  async eventNames(): Promise<string[]> {
    const recorded = await this.events();
    return recorded
      .filter(({ name }) => /^(pay|toast|ordercreated|statechange)/.test(name))
      .map(({ name, detail }) => (name === 'statechange' ? `${name} ${detail.phase}` : name));
  }

  /** Forgets the events so far. */
  clearEvents(): Promise<void> {
    return this.page.evaluate(() => {
      window.recordedEvents?.splice(0);
    });
  }

  /** The detail of the latest event of this name. */
  async detailOf(name: string): Promise<Record<string, unknown>> {
    const [last] = (await this.events()).filter(event => event.name === name).slice(-1);
    if (!last) throw new Error(`no ${name} so far`);
    return last.detail;
  }

  /** Waits until the payment under way is over; the event's detail. */
  async outcome(): Promise<Record<string, unknown>> {
    await this.page.waitForFunction(() => window.recordedEvents?.some(({ name }) => name === 'paycomplete'));
    return this.detailOf('paycomplete');
  }

  /** Whether a paysuccess was delivered since the context was opened, in an app that was killed just after it, too. */
  hadPaysuccess(): Promise<boolean> {
    return this.page.evaluate(() => sessionStorage.getItem('paysuccess') !== null);
  }

  /** Order numbers of everything this phone's shopper has ordered. */
  async orders(): Promise<string[]> {
    const shopper = await this.page.evaluate(
      () => JSON.parse(localStorage.getItem('swan:shopper') ?? '""') as string,
    );
    const answer = await fetch(`${this.origin}/shop/orders?shopper=${shopper}`);
    return ((await answer.json()) as { data: { tpOrderId: string }[] }).data.map(order => order.tpOrderId);
  }

  /** How often the cashier was called. */
  cashierCalls(): Promise<number> {
    return this.page.evaluate(
      () => (window.preview?.calls ?? []).filter(({ name }) => name === 'requestPolymerPayment').length,
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
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
        if (items.some(({ name }) => name === 'paysuccess'))
          sessionStorage.setItem('paysuccess', 'delivered');
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

/** The state of the demo's cashier, of one order or of all. */
export async function cashierState(origin: string, tpOrderId?: string): Promise<CashierState> {
  const query = tpOrderId === undefined ? '' : `?tpOrderId=${tpOrderId}`;
  const answer = await fetch(`${origin}/baidu/_state${query}`);
  return ((await answer.json()) as { data: CashierState }).data;
}

export async function scriptCashier(origin: string, script: Partial<FaultScript>): Promise<void> {
  const answer = await fetch(`${origin}/baidu/_faults`, { ...json(script), method: 'PUT' });
  if (!answer.ok) throw new Error(`the cashier does not take this script: ${await answer.text()}`);
}
