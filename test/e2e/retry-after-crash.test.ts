/**
 * End to end in a browser, against the running demo: with any answer of the cashier and any kill of app or server,
 * a user who insists pays exactly once, and in the end the charges at the cashier are the orders paid at the shop.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { OUTCOMES, type OutcomeName } from '../../sandbox/cashier/payment-outcomes';
import { endPrograms } from '../helpers/child-process';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import { waitFor } from '../helpers/wait-for';
import { freePort } from '../../scripts/support/http';
import { cashierState, openDemoPage, type DemoPage, scriptCashier } from '../helpers/demo-page';
import {
  becomes,
  createDemoDatabase,
  type DemoProcess,
  newFolder,
  startDemoProcess,
  statusOf,
} from '../helpers/demo-server';

jest.setTimeout(180_000);

/** ms; the status of a payment that failed is polled for six seconds, and the user is asked more than once. */
const TIMEOUT = 45_000;

/** A success's payload makes no difference here, and a shop knows nothing of a payment without a notification. */
const SAME = /^(paid|success-text|success-empty|success-twice|never-notified)$/;
/** The cashier did not open, so the order was never there: see the test of its own. */
const NEVER_OPENED = 'rejected';
const names = (Object.keys(OUTCOMES) as OutcomeName[]).filter(
  name => !SAME.test(name) && name !== NEVER_OPENED,
);

describeInChromium('a user who retries', () => {
  const folder = newFolder();
  const orders: string[] = [];
  let browser: Browser;
  let demo: DemoProcess;
  let phone: DemoPage;
  let port: number;

  let env: Record<string, string>;
  const data = join(folder.path, 'data');
  const start = async (): Promise<void> => {
    demo = await startDemoProcess(['--port', String(port), '--data', data], env);
    await demo.ready();
  };

  beforeAll(async () => {
    if (!existsSync(resolve(__dirname, '../../dist/demo/app.json')))
      throw new Error('dist/demo is missing: npm run build makes it');
    port = await freePort();
    env = await createDemoDatabase(data);
    [browser] = await Promise.all([connectToChromium(), start()]);
    phone = await openDemoPage(browser, demo.origin);
  });
  beforeEach(() => phone.reset());
  // After all that was run: each of the tests before may have charged another order than its own.
  afterAll(async () => {
    const { charges } = await cashierState(demo.origin);
    expect(charges.map(({ tpOrderId }) => tpOrderId).sort()).toEqual([...orders].sort());
    for (const tpOrderId of orders) expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.kill('SIGTERM');
    endPrograms();
    folder.remove();
  });

  /** Takes every way to pay the same order that the screen offers, until it offers none. */
  async function insist(): Promise<void> {
    const { page } = phone;
    const same = phone.question('继续仍是同一笔订单').getByRole('button', { name: '继续支付' });
    const another = phone.question('继续将支付本次订单').getByRole('button', { name: '取消' });
    const idle = page.locator('.pay-button__pay-button[aria-busy=false]');
    const seen = async (locator: Locator): Promise<boolean> => locator.first().isVisible();
    const end = Date.now() + TIMEOUT;
    for (let last = 0; !(await seen(page.getByText('查看订单', { exact: true })));) {
      if (Date.now() > end) throw new Error(`still not paid:\n${await page.innerText('body')}`);
      const ways = [phone.sheet('dismiss'), phone.sheet('confirm'), same, another];
      const open = (await Promise.all(ways.map(seen))).indexOf(true);
      if (open >= 0)
        await ways[open]!.first()
          .click({ timeout: 1000 })
          .catch(() => undefined);
      else if (Date.now() - last > 1500 && (await seen(idle))) {
        last = Date.now();
        await idle
          .first()
          .click({ timeout: 1000 })
          .catch(() => undefined);
      }
      // Each look costs browser and test more than the page, and a user looks no more often.
      await page.waitForTimeout(300);
    }
  }

  async function begin(name: OutcomeName | 'sheet'): Promise<string> {
    await scriptCashier(demo.origin, { payments: [{ outcome: name, sheet: true }] });
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').waitFor();
    const tpOrderId = String((await phone.detailOf('ordercreated')).tpOrderId);
    orders.push(tpOrderId);
    return tpOrderId;
  }

  async function paidOnce(tpOrderId: string, unpaid: string[] = []): Promise<void> {
    await becomes(demo.origin, tpOrderId, 'paid');
    expect((await cashierState(demo.origin, tpOrderId)).charges).toHaveLength(1);
    // A user who says yes to a new order while nothing is known of the old one has both; but only one is charged.
    const others = (await phone.orders()).filter(other => other !== tpOrderId);
    expect(others).toEqual(expect.arrayContaining(unpaid));
    for (const other of others) expect(await statusOf(demo.origin, other)).toMatch(/^(unpaid|closed)$/);
    expect(phone.consoleErrors.filter(text => !/Failed to load resource/.test(text))).toEqual([]);
  }

  test.each(names)('pays once when the cashier answers "%s" and the app is killed', async name => {
    const tpOrderId = await begin(name);
    await phone.sheet('confirm').click();
    await phone.page.waitForTimeout(300);
    await phone.page.reload();
    await phone.page.locator('.pay-button__pay-button, :text("查看订单")').first().waitFor();
    // Killed between the event and the result page, the button is idle again: who goes on then buys a second one.
    if (!(await phone.hadPaysuccess())) await insist();
    await paidOnce(tpOrderId);
  });

  test('pays once when the cashier never opened and the app is killed: a new order, for the key was in memory', async () => {
    const first = await begin(NEVER_OPENED);
    await phone.sheet('confirm').click();
    expect(await phone.outcome()).toMatchObject({ outcome: 'fail', reason: 'rejected', mayBePaid: false });
    await phone.page.reload();
    await phone.payButton.waitFor();
    await insist();
    const [second = ''] = await phone.orders();
    orders.splice(orders.indexOf(first), 1, second);
    await paidOnce(second, [first]);
    expect(await statusOf(demo.origin, first)).toBe('unpaid');
  });

  test('pays once when shop and cashier are killed under the open cashier', async () => {
    const tpOrderId = await begin('sheet');
    await demo.kill('SIGKILL');
    await phone.sheet('confirm').click();
    await start();
    await insist();
    await paidOnce(tpOrderId);
  });

  test('pays once when shop and cashier are killed just after the money was taken', async () => {
    const tpOrderId = await begin('paid');
    await phone.sheet('confirm').click();
    await waitFor(async () => (await cashierState(demo.origin, tpOrderId)).charges[0]);
    await demo.kill('SIGKILL');
    await start();
    await insist();
    await paidOnce(tpOrderId);
  });
});
