/** How the components look in every state: nothing jumps, nothing is cut off, everything can be read. */
import type { Browser, Page } from 'playwright-core';
import { BUTTONS, openStates, SUMMARIES } from '../../scripts/pictures/states';
import { describeInChromium, launchChromium } from '../chromium';

jest.setTimeout(60_000);

/** WCAG AA for text of normal size. */
const READABLE = 4.5;

interface Text {
  text: string;
  contrast: number;
}

/** Runs in the page: texts of the components, and how they stand out from what is behind them. */
function readTexts(): Text[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color).map(value => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isClear = (color: string): boolean => color === 'transparent' || channels(color)[3] === 0;
  const behind = (element: Element | null): string => {
    const color = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
    return isClear(color) ? behind(element?.parentElement ?? null) : color;
  };
  const found: Text[] = [];
  for (const element of document.querySelectorAll('swan-pay-button *, swan-order-summary *')) {
    const text = [...element.childNodes]
      .filter(node => node.nodeType === Node.TEXT_NODE)
      .map(node => node.textContent ?? '')
      .join('')
      .trim();
    if (!text || !(element as HTMLElement).offsetParent) continue;
    const [front, back] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    found.push({ text, contrast: (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05) });
  }
  return found;
}

describeInChromium('The components on a screen', () => {
  let browser: Browser;
  let states: Awaited<ReturnType<typeof openStates>>;
  beforeAll(async () => {
    [browser, states] = await Promise.all([launchChromium(), openStates()]);
  });
  afterAll(async () => {
    await browser?.close();
    await states?.close();
  });

  async function open(
    route: 'buttons' | 'summaries',
    look: { width?: number; dark?: boolean } = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: look.width ?? 375, height: 812 },
      colorScheme: look.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(`${states.origin}/#/pages/${route}/${route}`);
    if (route === 'summaries') await page.getByText('重新加载').waitFor();
    else await enterPhases(page);
    return page;
  }

  /** Brings each button into the phase it is called after. */
  async function enterPhases(page: Page): Promise<void> {
    const words: Record<string, string> = {
      ordering: '正在下单',
      paid: '已支付',
      pending: '查询支付结果',
      confirming: '正在确认',
      paying: '支付中',
    };
    for (const key of Object.keys(BUTTONS).slice(1)) {
      await page.locator(`#${key} .pay-button__pay-button`).click();
      await page
        .locator(`#${key}`)
        .getByText(words[key] ?? key, { exact: true })
        .waitFor();
    }
  }

  test('a button has the same place and size in every phase', async () => {
    const page = await open('buttons');
    const boxes = await page.evaluate(
      keys =>
        keys.map(key => {
          const { width, height, left } = document
            .querySelector(`#${key} .pay-button__pay-button`)!
            .getBoundingClientRect();
          return [width, height, left].join(' ');
        }),
      Object.keys(BUTTONS),
    );
    expect(new Set(boxes).size).toBe(1);
    expect(boxes).toHaveLength(6);
    await page.context().close();
  });

  test('a button that is pressed shows it, one that is locked does not', async () => {
    const page = await open('buttons');
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
    await page.context().close();
  });

  test.each([
    ['buttons', false],
    ['buttons', true],
    ['summaries', false],
    ['summaries', true],
  ] as const)('every text of the %s can be read, dark mode: %s', async (route, dark) => {
    const page = await open(route, { dark });
    const texts = await page.evaluate(readTexts);
    expect(texts.filter(({ contrast }) => contrast < READABLE)).toEqual([]);
    expect(texts.length).toBeGreaterThanOrEqual(
      route === 'buttons' ? 10 : 8 * Object.keys(SUMMARIES).length - 20,
    );
    await page.context().close();
  });

  test.each([
    ['buttons', 320],
    ['buttons', 768],
    ['summaries', 320],
    ['summaries', 768],
  ] as const)('the %s fit a screen of %d px, and no label is cut off', async (route, width) => {
    const page = await open(route, { width });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('swan-pay-button *, swan-order-summary *')]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map(({ className, textContent }) => `${className}: ${textContent}`),
    );
    expect(cut).toEqual([]);
    await page.context().close();
  });

  test('text made half as large again grows the card and is cut off nowhere', async () => {
    const page = await open('summaries');
    const card = page.locator('swan-order-summary').first();
    const before = (await card.boundingBox())?.height ?? 0;
    await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('swan-order-summary *')];
      const sizes = all.map(element => parseFloat(getComputedStyle(element).fontSize));
      all.forEach((element, at) => (element.style.fontSize = `${(sizes[at] ?? 0) * 1.5}px`));
    });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('swan-order-summary *')]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map(({ className, textContent }) => `${className}: ${textContent}`),
    );
    expect(cut).toEqual([]);
    expect((await card.boundingBox())?.height ?? 0).toBeGreaterThan(before * 1.2);
    await page.context().close();
  });
});
