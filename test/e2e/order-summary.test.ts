import fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { previewPlugin } from '../../sandbox/preview/plugin';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import { buildScreens, STATES } from '../helpers/order-summary-screens';
import { measureLayout } from '../helpers/measure-layout';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

describeInChromium('order-summary on a screen', () => {
  let app: Awaited<ReturnType<typeof buildScreens>>;
  let server: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let origin: string;

  beforeAll(async () => {
    app = await buildScreens();
    server = fastify();
    server.get('/broken', async (_, reply) => reply.code(502).send(''));
    await server.register(previewPlugin({ appDir: app.folder, origin: 'http://127.0.0.1:8790' }));
    [origin, browser] = await Promise.all([
      server.listen({ host: '127.0.0.1', port: 0 }),
      connectToChromium(),
    ]);
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    app?.remove();
  });

  const withPage = async <T>(
    width: number,
    colorScheme: 'light' | 'dark',
    work: (page: Page) => Promise<T>,
  ): Promise<T> => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    return work(page);
  };

  const show = async (page: Page, state: string): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${origin}/#/pages/index/index?state=${state}`);
    await page.waitForSelector(
      state === 'loading'
        ? '.order-summary__order-bone'
        : '.order-summary__order-status, .order-summary__order-reason',
    );
  };

  describe('the layout', () => {
    test.each(Object.keys(STATES))(
      'of the state %s has no fault when the screen is narrow or wide, light or dark',
      async state => {
        await page.setViewportSize({ width: 320, height: 800 });
        await show(page, state);
        for (const width of [320, 375, 430]) {
          await page.setViewportSize({ width, height: 800 });
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            const { buttons, texts, ...wrong } = await measureLayout(page);
            expect({ width, colorScheme, ...wrong }).toEqual({
              width,
              colorScheme,
              overflow: [],
              overlap: [],
              clipped: [],
              lowContrast: [],
              tooCloseToEdge: [],
              wrappedAmounts: [],
            });
            expect(texts).toBeGreaterThan(0);
            expect(new Set(buttons)).toEqual(new Set([88]));
          }
        }
      },
    );
  });

  test.each([
    ['overflow', '.order-summary__order-card { width: 110vw; }'],
    ['overlap', '.order-summary__order-title { margin-bottom: -30px; }'],
    [
      'clipped',
      '.order-summary__order-text { overflow: hidden; white-space: nowrap; max-width: 10px; flex: none; }',
    ],
    ['clipped', '.order-summary__order-number { padding: 0; height: 10px; overflow: hidden; }'],
    ['lowContrast', '.order-summary__order-label { color: #999; }'],
    ['tooCloseToEdge', '.page { padding: 0 !important; } .order-summary__order-card { padding: 2vw; }'],
    ['wrappedAmounts', '.order-summary__order-total { max-width: 40px; }'],
  ] as const)('measureLayout() finds the fault when the layout has %s', async (kind, css) => {
    await withPage(375, 'light', async page => {
      await show(page, 'paid');
      await page.addStyleTag({ content: css });
      const found = await measureLayout(page);
      expect(found[kind].length).toBeGreaterThan(0);
    });
  });

  test('the retry button has no border of the platform when loading failed', async () => {
    await withPage(375, 'light', async page => {
      await show(page, 'error');
      const width = await page.$eval('.order-summary__order-retry', button =>
        [null, '::after'].map(part => getComputedStyle(button, part).borderTopWidth),
      );
      expect(width).toEqual(['0px', '0px']);
    });
  });

  test('the card has the colour of the scheme when that is light or dark', async () => {
    const ground = (scheme: 'light' | 'dark'): Promise<string> =>
      withPage(375, scheme, async page => {
        await show(page, 'unpaid');
        return page.$eval('.order-summary__order-card', card => getComputedStyle(card).backgroundColor);
      });
    expect(await ground('light')).toBe('rgb(255, 255, 255)');
    expect(await ground('dark')).toBe('rgb(29, 31, 35)');
  });

  test('order-summary looks as with theme.css when that is missing and the scheme is light', async () => {
    const colours = (page: Page): Promise<string[]> =>
      page.$$eval('swan-page *', elements =>
        elements.map(element => {
          const { color, backgroundColor, borderRadius } = getComputedStyle(element);
          return [color, backgroundColor, borderRadius].join();
        }),
      );
    await withPage(375, 'light', async page => {
      for (const state of ['unpaid', 'paid', 'closed', 'mismatch', 'error', 'loading']) {
        await show(page, state);
        const themed = await colours(page);
        const removed = await page.evaluate(() => {
          let count = 0;
          for (const sheet of document.styleSheets) {
            for (const rule of sheet.cssRules) {
              if (!(rule instanceof CSSStyleRule)) continue;
              const names = [...rule.style].filter(name => name.startsWith('--cashier'));
              names.forEach(name => rule.style.removeProperty(name));
              count += names.length;
            }
          }
          return count;
        });
        expect(removed).toBeGreaterThan(10);
        expect(await colours(page)).toEqual(themed);
      }
    });
  });

  test('order-summary calls setData once, then at most once per second, when an order has 200 lines', async () => {
    await withPage(375, 'light', async page => {
      const count = (): Promise<{ calls: number; bytes: number }> =>
        page.evaluate(() => {
          const log = window.preview?.setDataLog ?? {};
          const name = Object.keys(log).find(key => key.includes('order-summary')) ?? '';
          return log[name] ?? { calls: 0, bytes: 0 };
        });
      const secondsLeft = async (): Promise<number> => {
        const text = (await page.textContent('.order-summary__order-time')) ?? '';
        const [seconds = 0, minutes = 0, hours = 0] = (text.match(/\d+(?!\d* 天)/g) ?? [])
          .map(Number)
          .reverse();
        return seconds + 60 * minutes + 3600 * hours;
      };
      await show(page, 'many');
      expect(await page.locator('.order-summary__order-line').count()).toBe(200);
      const before = await secondsLeft();
      const load = await count();
      // On a slow machine seconds may have passed: each of them is one more.
      expect(load.calls).toBeLessThanOrEqual(1 + 900 - (await secondsLeft()));
      await page.waitForFunction(
        text => document.querySelector('.order-summary__order-time')?.textContent !== text,
        await page.textContent('.order-summary__order-time'),
      );
      await page.waitForFunction(
        text => document.querySelector('.order-summary__order-time')?.textContent !== text,
        await page.textContent('.order-summary__order-time'),
      );
      const { calls, bytes } = await count();
      expect(calls - load.calls).toBeGreaterThanOrEqual(2);
      expect(calls - load.calls).toBeLessThanOrEqual(before - (await secondsLeft()));
      expect((bytes - load.bytes) / (calls - load.calls)).toBeLessThan(40);
    });
  });
});
