/** A mini-program and the page of the preview around it do not disturb each other: globals, css, pictures. */
import { describeInChromium } from '../helpers/shared-chromium';
import { servePreview, type ServedPreview } from '../helpers/preview-page';

jest.setTimeout(120_000);

describeInChromium('a mini-program in the preview', () => {
  let preview: ServedPreview;
  beforeAll(async () => {
    preview = await servePreview({
      'app.json': { pages: ['p/p'] },
      'p/p.swan': '<div id="text" bind:tap="show">{{ text }}</div>',
      'p/p.css': '* { padding: 9px } div { border: 3px solid red }',
      'p/p.js': `
        const root = Function('return this')();
        Page({
          data: { text: '' },
          onLoad() { root.setTimeout(() => this.setData({ text: typeof root.Object }), 0); },
          show: () => swan.previewImage({ urls: ['/tea.png'] }),
        });`,
    });
  });
  afterAll(() => preview.close());

  test('gets the global object and its timers when a library asks Function for it', async () => {
    const page = await preview.open('p/p');
    await page.waitForFunction(() => document.querySelector('div#text')?.textContent === 'function');
  });

  test('keeps its css on its pages when that is for everything and for tags of HTML', async () => {
    const page = await preview.open('p/p');
    const sizes = (selector: string) =>
      page.$eval(selector, element => {
        const { borderTopWidth, paddingTop } = getComputedStyle(element);
        return [borderTopWidth, paddingTop];
      });
    expect(await sizes('div#text')).toEqual(['3px', '9px']);
    expect(await sizes('#capsule')).not.toContain('3px');
    expect(await sizes('#navigation')).toEqual(['0px', '0px']);
  });

  test('shows a picture over the whole screen until it is tapped when it calls previewImage', async () => {
    const page = await preview.open('p/p');
    await page.click('div#text');
    const picture = page.locator('.veil.picture button');
    await picture.waitFor();
    expect(await picture.locator('img').getAttribute('src')).toBe('/preview/files/tea.png');
    const box = await picture.boundingBox();
    const screen = await page.locator('#screen').boundingBox();
    expect(box).toEqual(screen);
    await picture.click();
    expect(await picture.count()).toBe(0);
  });
});
