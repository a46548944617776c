import { describeInChromium } from '../helpers/shared-chromium';
import { servePreview, type ServedPreview } from '../helpers/preview-page';

jest.setTimeout(180_000);

describeInChromium('the layout of a page in the preview', () => {
  let preview: ServedPreview;
  beforeAll(async () => {
    const boxes = '<view class="box"><view class="full">x</view></view><button class="box">b</button>';
    preview = await servePreview({
      'app.json': { pages: ['p/p', 'q/q'] },
      'p/p.swan': boxes,
      'p/p.js': 'Page({});',
      'p/p.css':
        '.box { width: 200px; padding: 10px; border: 1px solid } .full { width: 100%; padding: 5px }',
      'q/q.swan': boxes,
      'q/q.js': 'Page({});',
      'q/q.css': '* { box-sizing: border-box } .box { width: 200px; padding: 10px }',
    });
  });
  afterAll(() => preview.close());

  test.each([
    ['adds to the width, but that of a button', 'p/p', [222, 210, 200]],
    ['is within the width, where the page asks for that', 'q/q', [200, 180, 200]],
  ])('has a padding that %s', async (_, route, widths) => {
    const page = await preview.open(route);
    const elements = page.locator('swan-view, swan-button');
    expect(await elements.evaluateAll(all => all.map(one => one.getBoundingClientRect().width))).toEqual(
      widths,
    );
  });
});
