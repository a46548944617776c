import type { Page } from 'playwright-core';
import { describeInChromium } from '../helpers/shared-chromium';
import { servePreview, type ServedPreview } from '../helpers/preview-page';

jest.setTimeout(180_000);

describeInChromium('a touch in the preview', () => {
  let preview: ServedPreview;
  beforeAll(async () => {
    preview = await servePreview({
      'app.json': { pages: ['p/p', 'near/near'] },
      'p/p.swan':
        '<view id="v" bindtouchstart="note" bindtouchmove="note" bindtouchend="note" bindtap="note">{{log}}</view>',
      'p/p.css': 'view { height: 300px }',
      'near/near.swan':
        '<text id="t" bindtap="note">t</text><button size="mini" bindtap="note">b</button><view id="v">{{log}}</view>',
      'near/near.js': 'Page({ note({ target }) { this.setData({ log: target.id }); } });',
      'p/p.js': `Page({ data: { log: '' }, note({ type, touches, changedTouches: [at] }) {
        this.setData({ log: this.data.log + type + touches.length + ' ' + at.pageX + ',' });
      } });`,
    });
  });
  afterAll(() => preview.close());

  const logOf = (page: Page) => page.locator('#v').textContent();

  test('ends before its tap when it comes from a finger', async () => {
    const page = await preview.open('p/p', { hasTouch: true, isMobile: true });
    await page.locator('#v').tap({ position: { x: 40, y: 20 } });
    await page.waitForFunction(() => document.querySelector('#v')?.textContent?.includes('tap'));
    expect(await logOf(page)).toMatch(/^touchstart1 40,touchend0 40,tap0 40,$/);
  });

  test('taps what it is on when a button is beside it', async () => {
    const page = await preview.open('near/near', { hasTouch: true, isMobile: true });
    await page.locator('#t').tap();
    await page.waitForFunction(() => document.querySelector('#v')?.textContent);
    expect(await logOf(page)).toBe('t');
  });

  test('starts, moves and ends when it comes from a mouse, also outside', async () => {
    const page = await preview.open('p/p');
    const { x, y } = (await page.locator('#v').boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 10, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 90, y + 20);
    await page.mouse.move(x + 90, y - 60);
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelector('#v')?.textContent?.includes('touchend'));
    expect(await logOf(page)).toBe('touchstart1 10,touchmove1 90,touchmove1 90,touchend0 90,');
  });
});
