import type { BrowserContextOptions, Page } from 'playwright-core';
import { servePreview, type ServedPreview } from '../helpers/preview-page';
import { describeInChromium } from '../helpers/shared-chromium';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

/** ms */
const INTERVAL = 701;

const slides = (class_ = 'slide') =>
  ['红茶', '绿茶', '乌龙']
    .map(tea => `<swiper-item><view class="${class_}">${tea}</view></swiper-item>`)
    .join('');

/** A page whose title is the last event of its swiper. */
const page = (template: string) => ({
  swan: template,
  js: `Page({
    note({ type, detail }) { this.log = (this.log || []).concat(type + ' ' + detail.current + ' ' + detail.source); },
    goOn() { swan.navigateTo({ url: '/pages/other/other' }); },
    goAway() { swan.redirectTo({ url: '/pages/other/other' }); },
  });`,
});

const PAGES = {
  autoplay:
    page(`<swiper class="banner" autoplay circular indicator-dots interval="${INTERVAL}" duration="100"
      indicator-active-color="#3c76ff" bind:change="note" bind:animationfinish="note">${slides()}</swiper>
    <button class="on" bind:tap="goOn">on</button><button class="away" bind:tap="goAway">away</button>`),
  row: page(`<swiper class="banner" duration="100" bind:change="note">${slides()}</swiper>`),
  peek: page(
    `<swiper class="banner" circular previous-margin="75rpx" next-margin="20px" bind:change="note">${slides()}</swiper>`,
  ),
  column: page(`<swiper class="outer" vertical duration="100" bind:change="note">
      <swiper-item><swiper class="inner" duration="100">${slides('inside')}</swiper></swiper-item>
      <swiper-item>second</swiper-item></swiper>`),
  scroll:
    page(`<scroll-view scroll-y style="height: 400px"><swiper class="banner" duration="100" bind:change="note">
      ${slides()}</swiper><view style="height: 900px">below</view></scroll-view>`),
  other: page('<view class="other">other</view>'),
};

const FILES = Object.fromEntries(
  Object.entries(PAGES).flatMap(([name, { swan, js }]) => [
    [`pages/${name}/${name}.swan`, swan],
    [`pages/${name}/${name}.js`, js],
  ]),
);

describeInChromium('a swiper in a browser', () => {
  let preview: ServedPreview;
  let page: Page;

  beforeAll(async () => {
    const pages = Object.keys(PAGES).map(name => `pages/${name}/${name}`);
    const slide =
      '.slide, .inside { height: 100%; font-size: 60rpx; background: #e8f0ff; text-align: center }';
    preview = await servePreview({ 'app.json': { pages }, 'app.css': slide, ...FILES });
  }, 60000);
  afterAll(() => preview.close());
  afterEach(() => page.context().close());

  const open = async (name: keyof typeof PAGES, options?: BrowserContextOptions): Promise<void> => {
    page = await preview.open(`pages/${name}/${name}`, options);
  };
  const box = async (selector: string) => {
    const found = await page.locator(selector).boundingBox();
    if (!found) throw new Error(`${selector} is not drawn`);
    return found;
  };
  /** Waits until a slide is where the swiper is. */
  const isShown = (tea: string, swiper = '.banner') =>
    page.waitForFunction(
      ([text, selector]) => {
        const frame = document.querySelector(selector)?.getBoundingClientRect();
        return [...document.querySelectorAll(`${selector} swan-swiper-item`)].some(slide => {
          const { left, top } = slide.getBoundingClientRect();
          return slide.textContent === text && left === frame?.left && top === frame?.top;
        });
      },
      [tea, swiper] as const,
    );
  const log = () => page.evaluate(() => (window.preview?.page() as { log?: string[] }).log ?? []);
  /** @param rest ms before the button is released */
  const drag = async (selector: string, x: number, y: number, rest = 0): Promise<void> => {
    const { x: left, y: top, width, height } = await box(selector);
    const [fromX, fromY] = [left + width / 2, top + height / 2];
    await page.mouse.move(fromX, fromY);
    await page.mouse.down();
    await page.mouse.move(fromX + x, fromY + y, { steps: 8 });
    await page.waitForTimeout(rest);
    await page.mouse.up();
  };

  test('turns around the circle by itself, and its dots with it, when it has autoplay', async () => {
    await open('autoplay');
    // Noted in the page, where no other turn can come between a turn and the look at it, however busy the machine is.
    const turns = await page.evaluate(
      () =>
        new Promise<string[][]>(resolve => {
          const swiper = document.querySelector('.banner') as HTMLElement;
          const seen: string[][] = [];
          swiper.addEventListener('animationfinish', () => {
            const { left } = swiper.getBoundingClientRect();
            const shown = [...swiper.querySelectorAll('swan-swiper-item')].filter(
              slide => slide.getBoundingClientRect().left === left,
            );
            const dots = [...swiper.querySelectorAll('preview-dot')];
            const colors = dots.map(dot => getComputedStyle(dot).backgroundColor);
            seen.push([...shown.map(slide => slide.textContent ?? ''), ...colors]);
            if (seen.length === 3) resolve(seen);
          });
        }),
    );
    const [active, passive] = ['rgb(60, 118, 255)', 'rgba(0, 0, 0, 0.3)'];
    const circle = [
      ['红茶', active, passive, passive],
      ['绿茶', passive, active, passive],
      ['乌龙', passive, passive, active],
    ];
    // It may have turned before the page was looked at.
    const first = circle.findIndex(([tea]) => tea === turns[0]?.[0]);
    expect(turns).toEqual([0, 1, 2].map(turn => circle[(first + turn) % 3]));
    await page.waitForFunction(() => {
      const { log = [] } = window.preview?.page() as { log?: string[] };
      return log.length >= 6;
    });
    expect((await log()).slice(0, 6)).toEqual(
      [1, 2, 0].flatMap(index => [`change ${index} autoplay`, `animationfinish ${index} autoplay`]),
    );
  });

  test('does not turn by itself when the user wants less motion', async () => {
    await open('autoplay', { reducedMotion: 'reduce' });
    await page.waitForTimeout(2 * INTERVAL);
    await isShown('红茶');
    expect(await log()).toEqual([]);
    await drag('.banner', -250, 0);
    await isShown('绿茶');
    expect(await log()).toEqual(['change 1 touch', 'animationfinish 1 touch']);
  });

  test('waits while its page is under another one, and leaves no timer when its page is closed', async () => {
    await open('autoplay');
    await page.evaluate(delay => {
      const running = new Set();
      const { setTimeout, clearTimeout } = window;
      const start = (work: () => void, ms?: number): number => {
        const timer = setTimeout(() => {
          running.delete(timer);
          work();
        }, ms);
        if (ms === delay) running.add(timer);
        return timer;
      };
      const stop = (timer?: number): void => {
        running.delete(timer);
        clearTimeout(timer);
      };
      Object.assign(window, { setTimeout: start, clearTimeout: stop, turns: running });
    }, INTERVAL);
    const turns = () => page.evaluate(() => (window as unknown as { turns: Set<unknown> }).turns.size);
    const leaveBy = async (button: string): Promise<void> => {
      await page.click(button);
      await page.waitForSelector('.other');
    };
    await drag('.banner', -250, 0);
    expect(await turns()).toBe(1);
    await leaveBy('.on');
    expect(await turns()).toBe(0);
    await page.click('#back');
    await page.waitForSelector('.other', { state: 'detached' });
    expect(await turns()).toBe(1);
    await page.click('#leave');
    expect(await turns()).toBe(0);
    await page.click('text=返回小程序');
    expect(await turns()).toBe(1);
    await leaveBy('.away');
    expect(await turns()).toBe(0);
  });

  test('shows the neighbor of its slide when it is dragged, but not beyond its ends, nor after a short way', async () => {
    await open('row');
    await drag('.banner', 200, 0);
    await drag('.banner', -150, 0, 150);
    await isShown('红茶');
    for (const tea of ['绿茶', '乌龙', '乌龙']) {
      await drag('.banner', -250, 0);
      await isShown(tea);
    }
    await drag('.banner', 250, 0);
    await isShown('绿茶');
    expect(await log()).toEqual(['change 1 touch', 'change 2 touch', 'change 1 touch']);
  });

  test('shows a part of both neighbors when it has margins, also of the last slide before the first', async () => {
    await open('peek');
    const lefts = await page.$$eval('.banner swan-swiper-item', items =>
      items.map(item => [item.getBoundingClientRect().left, item.getBoundingClientRect().width]),
    );
    expect(lefts).toEqual([
      [37.5, 317.5],
      [355, 317.5],
      [-280, 317.5],
    ]);
  });

  test('moves along its own axis when it is inside a swiper of the other axis', async () => {
    await open('column');
    await drag('.inner', -250, 0);
    await isShown('绿茶', '.inner');
    expect(await log()).toEqual([]);
    await drag('.inner', 0, -120);
    await isShown('second', '.outer');
    expect(await log()).toEqual(['change 1 touch']);
  });

  test('moves by a finger along its axis, and the list around it along the other', async () => {
    await open('scroll', { hasTouch: true, isMobile: true });
    const touch = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number): Promise<void> => {
      const { x: left, y: top } = await box('.banner');
      const point = (part: number) => [{ x: left + 300 + x * part, y: top + 100 + y * part }];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0) });
      for (const part of [0.2, 0.4, 0.6, 0.8, 1])
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(part) });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    // More than half of a slide: a slow machine gives the finger no speed.
    await swipe(-240, 0);
    await isShown('绿茶');
    await swipe(0, -80);
    await page.waitForFunction(() => (document.querySelector('swan-scroll-view')?.scrollTop ?? 0) > 20);
    expect(await log()).toEqual(['change 1 touch']);
  });
});
