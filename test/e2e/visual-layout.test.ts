/** How the components look in every state and size of text: nothing jumps, nothing is cut off, everything can be read. */
import type { Browser, Page, Route } from 'playwright-core';
import { BUTTONS, enterPhases, openStates, SUMMARIES, TAPS, WORDS } from '../../scripts/screenshots/states';
import type { Messages } from '../../utils/config/messages';
import { describeInChromium, connectToChromium, emptyPage } from '../helpers/shared-chromium';
import { waitFor } from '../helpers/wait-for';
import { measureLayout } from '../helpers/measure-layout';

jest.setTimeout(180_000);

type PageName = 'buttons' | 'summaries' | 'checkout';

/** How many texts each page that is measured has at least. */
const LEAST = {
  buttons: Object.keys(BUTTONS).length + 4,
  summaries: 8 * Object.keys(SUMMARIES).length - 20,
};

/** Each page that is measured; the buttons several times, because not all of their phases can be there at once. */
const SCREENS: [keyof typeof LEAST, string[]][] = [
  ...TAPS.map((taps): [keyof typeof LEAST, string[]] => ['buttons', taps]),
  ['summaries', []],
];

/** ms after a call from which a tap is proof that the cashier is not open */
const LOST_AFTER = 5000;

/** How much larger than usual the user has made the text of the phone. */
const SCALES = [1, 1.5, 2];

declare global {
  interface CSSStyleRule {
    /** its lengths before the text was made larger */
    unscaled?: { fontSize: string; lineHeight: string };
  }
}

/** Runs in the page: makes its text larger than it was made, as a phone does, heights of lines included. */
function scaleTexts(factor: number): void {
  const scale = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof CSSGroupingRule) scale(rule.cssRules);
      if (!(rule instanceof CSSStyleRule)) continue;
      const { fontSize, lineHeight } = rule.style;
      rule.unscaled ??= { fontSize, lineHeight };
      for (const name of ['fontSize', 'lineHeight'] as const) {
        const length = rule.unscaled[name];
        // What is relative follows by itself.
        if (/(px|cqw)\b/.test(length)) rule.style[name] = `calc((${length}) * ${factor})`;
      }
    }
  };
  for (const sheet of document.styleSheets) scale(sheet.cssRules);
}

/** Runs in the page: where things are on it, however far it is scrolled. */
function places(): Record<string, number[]> {
  const selectors = [
    '.order-summary__order-card',
    '.order-summary__order-title',
    '.order-summary__order-sum',
  ];
  const page = document.querySelector('.page')!.getBoundingClientRect();
  return Object.fromEntries(
    selectors.concat('.pay-button__pay-button', '#below').map(selector => {
      const { left, top, width, height } = document.querySelector(selector)!.getBoundingClientRect();
      return [selector, [left - page.left, top - page.top, width, height]];
    }),
  );
}

/** Holds every request for a path back. @returns what waits for the next of them */
async function hold(page: Page, path: string): Promise<() => Promise<Route>> {
  const held: Route[] = [];
  await page.route(`**${path}*`, route => void held.push(route));
  return () => waitFor(() => held.shift());
}

describeInChromium('the components on a screen', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await connectToChromium();
    page = await browser.newPage();
    await page.clock.install();
  });
  afterAll(() => browser?.close());

  describe.each(['zh-CN', 'en'] as const)('in %s', language => {
    const words = WORDS[language];
    let states: Awaited<ReturnType<typeof openStates>>;
    beforeAll(async () => {
      states = await openStates(language);
    });
    afterAll(() => states?.close());

    async function open(
      name: PageName,
      look: { width?: number; taps?: readonly string[] } = {},
    ): Promise<void> {
      await page.unrouteAll();
      await emptyPage(page, `${states.origin}/preview/app.json`);
      await page.setViewportSize({ width: look.width ?? 375, height: 812 });
      await page.goto(`${states.origin}/#/pages/${name}/${name}`);
      // A circle that turns is now and then measured as a square on its corner.
      await page.addStyleTag({ content: '::before { animation: none !important; }' });
      const advance = (ms: number): Promise<void> => page.clock.fastForward(ms);
      if (name === 'buttons') await enterPhases(page, look.taps ?? [], language, advance);
      else if (name === 'summaries') await page.locator('.order-summary__order-retry').waitFor();
      else await page.locator('.order-summary__order-status').waitFor();
    }

    const shows = (page: Page, key: string, phase: keyof Messages): Promise<void> =>
      page.locator(`#${key}`).getByText(words[phase], { exact: true }).waitFor();

    describe.each(SCREENS)('on the page %s (tapped: %j)', (name, taps) => {
      beforeAll(() => open(name, { taps }));

      test.each(['light', 'dark'] as const)(
        'every text has enough contrast when the scheme is %s',
        async colorScheme => {
          await page.emulateMedia({ colorScheme });
          const { lowContrast, texts } = await measureLayout(page);
          expect(lowContrast).toEqual([]);
          expect(texts).toBeGreaterThanOrEqual(LEAST[name]);
        },
      );

      test.each([320, 375, 768])('nothing overflows or is clipped when the screen has %d px', async width => {
        await page.setViewportSize({ width, height: 812 });
        for (const scale of SCALES) {
          await page.evaluate(scaleTexts, scale);
          const { overflow, overlap, clipped, wrappedAmounts } = await measureLayout(page);
          expect({ scale, overflow, overlap, clipped, wrappedAmounts }).toEqual({
            scale,
            overflow: [],
            overlap: [],
            clipped: [],
            wrappedAmounts: [],
          });
        }
      });
    });

    test('the buttons of the test show every phase', () => {
      expect(['idle', ...TAPS.flat()].sort()).toEqual(Object.keys(BUTTONS).sort());
    });

    test('a button takes two lines with an unbroken amount when it is too narrow for its label', async () => {
      await open('buttons');
      await page.addStyleTag({ content: '#idle { display: block; width: 130px; }' });
      const labels = page.locator('#idle, #warn').locator('.pay-button__pay-label');
      await labels.last().waitFor();
      const { clipped } = await measureLayout(page);
      expect(clipped).toEqual([]);
      const heights = await labels.evaluateAll(found => found.map(({ clientHeight }) => clientHeight));
      expect(heights[0]).toBeGreaterThan(1.5 * heights[1]!);
    });

    test('a button changes its look when it is pressed, and does not when it is locked', async () => {
      await open('buttons', { taps: ['paid'] });
      const pressed = async (key: string): Promise<string> => {
        const button = page.locator(`#${key} .pay-button__pay-button`);
        await button.hover();
        await page.mouse.down();
        // The platform's own class has 20 ms.
        await page.waitForTimeout(100);
        const opacity = await button.evaluate(element => getComputedStyle(element).opacity);
        await page.mouse.move(0, 0);
        await page.mouse.up();
        return opacity;
      };
      expect([await pressed('idle'), await pressed('paid')]).toEqual(['0.7', '1']);
    });

    describe.each(SCALES)('with text %d times as large', scale => {
      test.each([320, 375])('a payment keeps its layout when the screen has %d px', async width => {
        await open('checkout', { width });
        await page.evaluate(scaleTexts, scale);
        await page.evaluate(() => {
          // Never answers.
          Object.assign(window, { swanPorts: { requestPolymerPayment() {} } });
        });
        const order = await hold(page, '/orders/one');
        const look = await hold(page, '/status/one');
        const tap = (): Promise<void> => page.locator('#one .pay-button__pay-button').click();
        const sayStatus = async (status: string): Promise<void> =>
          (await look()).fulfill({ json: { errno: 0, data: { status } } });
        const before = await page.evaluate(places);
        const steps: [keyof Messages, () => Promise<void>][] = [
          ['ordering', tap],
          ['paying', async () => (await order()).continue()],
          // Where the cashier should be, a tap shows that its answer was lost.
          [
            'pending',
            async () => {
              await page.clock.fastForward(LOST_AFTER);
              await tap();
              await sayStatus('unpaid');
            },
          ],
          ['confirming', tap],
          ['paid', () => sayStatus('paid')],
        ];
        for (const [phase, enter] of steps) {
          await enter();
          await shows(page, 'one', phase);
          expect({ phase, ...(await page.evaluate(places)) }).toEqual({ phase, ...before });
        }
        const { clipped, overlap } = await measureLayout(page);
        expect({ clipped, overlap }).toEqual({ clipped: [], overlap: [] });
      });
    });

    test('an order number keeps its distance to the row above when it takes several lines', async () => {
      await open('summaries', { width: 320 });
      const number = page.locator('.order-summary__order-number').first();
      const distance = (): Promise<number> =>
        number.evaluate(row => {
          const text = row.querySelector('.order-summary__order-text')!.getBoundingClientRect();
          return Math.round(text.top - row.previousElementSibling!.getBoundingClientRect().bottom);
        });
      const before = await distance();
      // The longest tpOrderId that the kit takes.
      await number.locator('.order-summary__order-text').evaluate(text => {
        text.textContent = '0123456789abcdef'.repeat(4);
      });
      expect(await distance()).toBe(before);
    });

    test('the card is larger when the text is', async () => {
      await open('summaries');
      const card = page.locator('swan-order-summary').first();
      const before = (await card.boundingBox())?.height ?? 0;
      await page.evaluate(scaleTexts, 1.5);
      expect((await card.boundingBox())?.height ?? 0).toBeGreaterThan(before * 1.2);
    });
  });
});
