import { describeInChromium } from '../helpers/shared-chromium';
import { servePreview, type ServedPreview } from '../helpers/preview-page';

jest.setTimeout(180_000);

describeInChromium('the layout of a page in the preview', () => {
  let preview: ServedPreview;
  const heights = (name: string, css: string) => ({
    [`${name}/${name}.swan`]: '<view class="full"><view class="text" /></view><view class="long" />',
    [`${name}/${name}.js`]: 'Page({});',
    [`${name}/${name}.css`]: `${css} .full { height: 100% } .text { height: 30px } .long { height: 1500px }`,
  });
  beforeAll(async () => {
    const boxes = '<view class="box"><view class="full">x</view></view><button class="box">b</button>';
    preview = await servePreview({
      'app.json': {
        pages: [
          'p/p',
          'q/q',
          'r/r',
          'n/n',
          'h/h',
          'i/i',
          'j/j',
          's/s',
          'c/c',
          'k/k',
          'l/l',
          'm/m',
          't/t',
          'u/u',
        ],
      },
      'p/p.swan': boxes,
      'p/p.js': 'Page({});',
      'p/p.css':
        '.box { width: 200px; padding: 10px; border: 1px solid } .full { width: 100%; padding: 5px }',
      'q/q.swan': boxes,
      'q/q.js': 'Page({});',
      'r/r.swan': `<button>b</button><button class="w big">b</button><button class="w pad">b</button>
        <button class="w">二十个字的按钮比一行长</button><view style="display: flex"><button class="w flat">b</button></view>`,
      'n/n.swan': `<navigator url="/p/p">to</navigator><text>a</text><checkbox-group><label class="l">b</label></checkbox-group>`,
      'n/n.js': 'Page({});',
      's/s.swan': `<scroll-view class="row" scroll-x><view class="w" /><view class="w" /></scroll-view>
        <scroll-view class="high" scroll-y><view class="w" style="height: 100%" /></scroll-view>`,
      's/s.js': 'Page({});',
      's/s.css':
        '.row { display: flex } .w { flex: none; width: 300px; height: 30px } .high { height: 80px }',
      'c/c.swan': `<view class="row"><view class="w" /><input class="size" /></view>
        <switch class="size" /><checkbox class="size" /><radio class="size" /><label class="size"><view class="w" /></label>`,
      'c/c.js': 'Page({});',
      'c/c.css': '.row { display: flex } .w { width: 100px; height: 44px }',
      'k/k.swan': `<switch checked color="rgb(1, 2, 3)" /><radio checked color="{{color}}" /><checkbox checked color="rgb(1, 2, 3)" />
        <switch checked /><progress percent="40" stroke-width="8" activeColor="rgb(1, 2, 3)" show-info />
        <slider value="30" block-size="12" active-color="red" background-color="#000" show-value /><slider value="{{50}}" max="{{200}}" />
        <input placeholder="name" placeholder-class="hint" placeholder-style="font-weight: 700" />
        <textarea placeholder="note" value="{{note}}" />`,
      'k/k.js': 'Page({ data: { color: "rgb(1, 2, 3)", note: "" } });',
      'k/k.css': '.hint { color: rgb(1, 2, 3) }',
      'l/l.swan': `<input class="pad" placeholder="name" /><textarea class="pad" placeholder="note" />`,
      'l/l.js': 'Page({});',
      'l/l.css': '.pad { padding: 5px 20px; border: 2px solid }',
      'm/m.swan': `<form><slider min="-100" max="{{max}}" value="-50" show-value />
        <progress percent="{{percent}}" show-info /><button form-type="reset">b</button></form>`,
      'm/m.js': 'Page({ data: { max: 0, percent: "50%" } });',
      'u/u.swan': ['', 'scroll-with-animation', 'scroll-with-animation="{{false}}"']
        .map(
          moves => `<scroll-view scroll-y scroll-top="{{top}}" ${moves}><view class="long" /></scroll-view>`,
        )
        .join(''),
      'u/u.js': 'Page({ data: { top: 0 } });',
      'u/u.css': 'scroll-view { height: 100px } .long { height: 5000px }',
      't/t.swan': `<textarea auto-height value="{{text}}" /><textarea auto-height="{{false}}" value="{{text}}" />
        <textarea class="high" auto-height />`,
      't/t.js': 'Page({ data: { text: "" } });',
      't/t.css': 'textarea { line-height: 20px } .high { min-height: 70px }',
      ...heights('h', ''),
      ...heights('i', 'page { height: 100% }'),
      ...heights('j', 'page { height: 2000px }'),
      'n/n.css': '.l { display: inline-block; width: 30px; font-size: 10px }',
      'r/r.js': 'Page({});',
      'r/r.css': `.w { width: 200px } .big { font-size: 20px } .pad { padding: 10px 0 }
        .flat { margin: 0; line-height: 50px }`,
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

  test('has a button as high as its text needs, in the middle, that grows with padding and with a second line', async () => {
    const page = await preview.open('r/r');
    const boxes = await page.locator('swan-button').evaluateAll(all =>
      all.map(one => {
        const { left, width, height } = one.getBoundingClientRect();
        return [left - 375 / 2 + width / 2, Math.round(height)];
      }),
    );
    expect(boxes).toEqual([
      [0, 44],
      [0, 49],
      [0, 64],
      [0, 88],
      [-375 / 2 + 100, 50],
    ]);
  });

  test('has a navigator in a line of its own, and a checkbox-group in the line it is in', async () => {
    const page = await preview.open('n/n');
    const widths = await page
      .locator('swan-navigator, swan-checkbox-group')
      .evaluateAll(all => all.map(one => one.getBoundingClientRect().width));
    expect(widths).toEqual([375, 30]);
  });

  test('has controls as large as on a phone, an input that fills its row, and a label that is a line', async () => {
    const page = await preview.open('c/c');
    const sizes = await page.locator('.size').evaluateAll(all =>
      all.map(one => {
        const { width, height } = one.getBoundingClientRect();
        return [one.localName, width, height];
      }),
    );
    expect(sizes).toEqual([
      ['swan-input', 275, expect.closeTo(22.4, 1)],
      ['swan-switch', 43, 23],
      ['swan-checkbox', 27, 20],
      ['swan-radio', 27, 20],
      ['swan-label', 375, expect.any(Number)],
    ]);
  });

  test.each([
    ['as high as what is in it, where the page has no height', 'h/h', 30],
    ['of the height of the screen, where the page has it', 'i/i', null],
  ])('has an element of 100% %s', async (_, route, height) => {
    const page = await preview.open(route);
    const [full, screen] = await page.evaluate(() =>
      ['.full', '#pages'].map(selector => document.querySelector(selector)?.getBoundingClientRect().height),
    );
    expect(full).toBe(height ?? screen);
  });

  test('scrolls to the end of a page whose height is larger than the screen', async () => {
    const page = await preview.open('j/j');
    const [bottom, screen] = await page.evaluate(() => {
      const element = document.querySelector('swan-page');
      element?.scrollTo(0, 9999);
      return [document.querySelector('.long'), document.querySelector('#pages')].map(
        one => one?.getBoundingClientRect().bottom,
      );
    });
    expect(bottom).toBe(screen);
  });

  test('has a textarea as high as its text, and that of another height as before, where it has auto-height', async () => {
    const page = await preview.open('t/t');
    const controls = page.locator('swan-textarea > textarea');
    const heights = () => controls.evaluateAll(all => all.map(one => one.getBoundingClientRect().height));
    expect(await heights()).toEqual([expect.closeTo(22.4, 1), 150, 70]);
    await controls.first().fill('1\n2\n3');
    expect(await heights()).toEqual([60, 150, 70]);
    await page.evaluate(() =>
      (window.preview?.page() as { setData(changes: object): void }).setData({ text: '1\n2\n3\n4' }),
    );
    await page.waitForFunction(() => document.querySelector('textarea')?.value.length === 7);
    expect((await heights())[0]).toBe(80);
  });

  test('has a scroll-view that moves to its scroll-top step by step, where it has scroll-with-animation', async () => {
    const page = await preview.open('u/u');
    const places = await page.evaluate(async () => {
      const views = [...document.querySelectorAll('swan-scroll-view')];
      const seen = views.map(() => new Set<number>());
      views.forEach((view, index) => view.addEventListener('scroll', () => seen[index]?.add(view.scrollTop)));
      (window.preview?.page() as { setData(changes: object): void }).setData({ top: 3000 });
      while (views.some(view => view.scrollTop < 3000))
        await new Promise(resolve => requestAnimationFrame(resolve));
      return seen.map(({ size }) => size > 2);
    });
    expect(places).toEqual([false, true, false]);
  });

  test('has what is in a scroll-view one below the other, also with display: flex', async () => {
    const page = await preview.open('s/s');
    const places = await page
      .locator('.w')
      .evaluateAll(all =>
        (all as HTMLElement[]).map(({ offsetLeft, offsetHeight }) => [offsetLeft, offsetHeight]),
      );
    expect(places).toEqual([
      [0, 30],
      [0, 30],
      [0, 80],
    ]);
  });

  test('is the same, scrolled as far, when a page that was over it is closed', async () => {
    const page = await preview.open('j/j');
    const place = () =>
      page
        .locator('swan-page')
        .first()
        .evaluate(element => element.scrollTop);
    await page.locator('swan-page').evaluate(element => element.scrollTo(0, 700));
    await page.evaluate(() => (window.preview?.swan.navigateTo as (to: object) => void)({ url: '/n/n' }));
    await page.waitForSelector('swan-page:nth-child(2)');
    expect(await place()).toBe(700);
    await page.evaluate(() => window.preview?.back());
    await page.waitForSelector('swan-page:nth-child(2)', { state: 'detached' });
    expect(await place()).toBe(700);
  });

  test('has controls and placeholders of the colours and sizes that their tags give', async () => {
    const page = await preview.open('k/k');
    const colours = await page
      .locator('input[type=checkbox], input[type=radio]')
      .evaluateAll(all => all.map(one => getComputedStyle(one).backgroundColor));
    expect(colours).toEqual([...Array<string>(3).fill('rgb(1, 2, 3)'), 'rgb(51, 136, 255)']);
    expect((await page.locator('progress').boundingBox())?.height).toBe(8);
    const shownParts = page.locator('[preview-number]');
    expect(await shownParts.evaluateAll(all => all.map(one => one.getAttribute('preview-number')))).toEqual([
      '40%',
      '30',
    ]);
    const parts = await page
      .locator('input[type=range]')
      .evaluateAll(all => all.map(one => getComputedStyle(one).getPropertyValue('--part')));
    expect(parts).toEqual(['0.3', '0.25']);
    const placeholders = page.locator('preview-placeholder');
    const style = (index: number) =>
      placeholders.nth(index).evaluate(element => {
        const { color, fontWeight } = getComputedStyle(element);
        return { color, fontWeight };
      });
    expect(await style(0)).toEqual({ color: 'rgb(1, 2, 3)', fontWeight: '700' });
    expect(await style(1)).toEqual({ color: 'rgb(176, 179, 187)', fontWeight: '400' });
    expect(await placeholders.nth(1).isVisible()).toBe(true);
    await page.locator('textarea').fill('tea');
    expect(await placeholders.nth(1).isVisible()).toBe(false);
  });

  test('has a placeholder where its text will be, named once to a screen reader, when the control has a padding', async () => {
    const page = await preview.open('l/l');
    const starts = await page.locator('.pad').evaluateAll(all =>
      all.map(({ children: [control, placeholder] }) => {
        if (!control || !placeholder) throw new Error('there is none');
        return {
          control: control.getBoundingClientRect().x,
          placeholder:
            placeholder.getBoundingClientRect().x + parseFloat(getComputedStyle(placeholder).paddingLeft),
        };
      }),
    );
    expect(starts.map(({ placeholder }) => placeholder)).toEqual(starts.map(({ control }) => control));
    expect(await page.locator('main').ariaSnapshot()).toBe('- main:\n  - textbox "name"\n  - textbox "note"');
  });

  test('has a slider that shows how far it is when its range changes or its form is reset', async () => {
    const page = await preview.open('m/m');
    const slider = page.locator('input[type=range]');
    const part = () =>
      slider.evaluate(one => [
        getComputedStyle(one).getPropertyValue('--part'),
        one.parentElement?.getAttribute('preview-number'),
      ]);
    expect(await part()).toEqual(['0.5', '-50']);
    await page.evaluate(() =>
      (window.preview?.page() as { setData(data: object): void }).setData({ max: 100 }),
    );
    expect(await part()).toEqual(['0.25', '-50']);
    await slider.fill('0');
    expect(await part()).toEqual(['0.5', '0']);
    await page.locator('swan-button').click();
    expect(await part()).toEqual(['0.25', '-50']);
    expect(await page.locator('swan-progress').getAttribute('preview-number')).toBe('50%');
  });
});
