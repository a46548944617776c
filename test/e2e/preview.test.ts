import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { previewPlugin } from '../../sandbox/preview/plugin';
import { describeInChromium, connectToChromium, emptyPage } from '../helpers/shared-chromium';

/** Plays a cashier: pays at once, and shows a developer panel. */
const PORT_SCRIPT = `
  window.swanPorts = {
    requestPolymerPayment(options, screen) {
      screen.dataset.drawnOn = 'yes';
      setTimeout(() => {
        options.success({ via: 'port' });
        options.complete({});
      }, 20);
    },
  };
  if (location.search.includes('dev-panel')) {
    document.addEventListener('DOMContentLoaded', () => {
      document.getElementById('dev-panel').append('orders', document.createElement('hr'));
    });
  }`;

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

describeInChromium('the preview in a browser', () => {
  let server: FastifyInstance;
  let browser: Browser;
  /** the one on which the test is */
  let page: Page;
  /** a computer, and a phone */
  let pages: Record<'mouse' | 'touch', Page>;
  let origin: string;
  const consoleErrors: string[] = [];

  beforeAll(async () => {
    server = fastify();
    server.get('/shop/teas', async request => ({
      message: `page ${(request.query as { page: string }).page}`,
    }));
    server.get('/port.js', async (_, reply) => reply.type('text/javascript').send(PORT_SCRIPT));
    const appDir = join(__dirname, '../component/preview/fixtures/app');
    await server.register(previewPlugin({ appDir, origin: 'http://127.0.0.1:8790', scripts: ['/port.js'] }));
    origin = await server.listen({ host: '127.0.0.1', port: 0 });
    browser = await connectToChromium();
    pages = { mouse: await newPage(false), touch: await newPage(true) };
  }, 60000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  async function newPage(hasTouch: boolean): Promise<Page> {
    const made = await browser.newPage({ hasTouch, isMobile: hasTouch });
    made.setDefaultTimeout(10000);
    made.on('pageerror', error => consoleErrors.push(String(error)));
    made.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') consoleErrors.push(message.text());
    });
    return made;
  }

  const open = async (width: number, path = '/', hasTouch = false): Promise<void> => {
    page = pages[hasTouch ? 'touch' : 'mouse'];
    await emptyPage(page, `${origin}/port.js`);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(origin + path);
    await page.waitForSelector('swan-page');
  };
  afterEach(() => {
    expect(consoleErrors.splice(0)).toEqual([]);
  });

  const hasText = (selector: string, text: string) =>
    page.waitForFunction(([where, what]) => document.querySelector(where)?.textContent?.includes(what), [
      selector,
      text,
    ] as const);
  const styleOf = (selector: string, property: string) =>
    page.$eval(selector, (element, name) => getComputedStyle(element).getPropertyValue(name), property);

  test('the mini-program pays through the cashier port when the button is clicked', async () => {
    await open(1280);
    await page.click('.card__pay');
    await page.waitForSelector('#screen[data-drawn-on]');
    await hasText('.note', 'paid port');
    expect(await page.evaluate(() => window.preview?.calls.map(({ name }) => name))).toEqual([
      'requestPolymerPayment',
    ]);
    expect(await page.evaluate(() => window.preview?.events.map(({ name, id }) => [name, id]))).toEqual([
      ['paid', 'first'],
    ]);
  });

  test('a tap is received once when it comes from a finger', async () => {
    await open(375, '/', true);
    await page.tap('.card__title');
    await hasText('.card__count', '1');
    expect(await page.textContent('.card__count')).toBe('1');
    await page.tap('text=Tieguanyin');
    await hasText('.note', 'Tieguanyin');
    await page.tap('swan-switch input');
    await hasText('swan-view.row:has(swan-switch)', 'gift no');
  });

  test('what a touch opens gets neither its click nor its mouse events when it lies under the finger', async () => {
    await open(375, '/', true);
    await page.evaluate(() => {
      const cover = document.createElement('button');
      cover.id = 'cover';
      cover.style.cssText = 'position: fixed; z-index: 9; inset: 0';
      for (const type of ['mousedown', 'click'])
        cover.addEventListener(type, () => (cover.textContent += `${type} `));
      document.addEventListener('tap', () => document.body.append(cover));
      window.addEventListener('click', () => (document.title = 'clicked'), true);
    });
    await page.tap('.card__title');
    await page.waitForFunction(() => document.title === 'clicked');
    expect(await page.textContent('#cover')).toBe('');
    await page.tap('#cover');
    await hasText('#cover', 'mousedown click');
  });

  test('a tap is received when it comes from the keyboard, not from a scroll', async () => {
    await open(375);
    const box = await page.locator('.card__title').boundingBox();
    if (!box) throw new Error('the card is not drawn');
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 5, box.y + 60, { steps: 3 });
    await page.mouse.up();
    await page.focus('.card__pay');
    await page.keyboard.press('Enter');
    await hasText('.note', 'paid port');
    // The button's tap bubbles to the card around it; the scroll did not count.
    await hasText('.card__count', '1');
  });

  test.each([320, 375, 414])('750rpx fills the screen when that is %i px wide', async width => {
    await open(width);
    expect(await styleOf('.hero', 'width')).toBe(`${width}px`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  test('the screen is 375 px wide with fixed elements inside it when the window is of a desktop', async () => {
    await open(1280);
    expect(await styleOf('.hero', 'width')).toBe('375px');
    const screen = await page.locator('#screen').boundingBox();
    const fixed = await page.locator('.fixed').boundingBox();
    expect(fixed && screen && fixed.x >= screen.x && fixed.x + fixed.width <= screen.x + screen.width).toBe(
      true,
    );
  });

  test('the system information has the safe area below the status bar, and both ratios, when it is asked for', async () => {
    await open(1280);
    const info = await page.evaluate(() =>
      (window.preview?.swan.getSystemInfoSync as () => Record<string, unknown>)(),
    );
    const { screenWidth: width, screenHeight: bottom, statusBarHeight: top } = info as Record<string, number>;
    expect(top).toBeGreaterThan(0);
    expect(info.safeArea).toEqual({
      left: 0,
      right: width,
      top,
      bottom,
      width,
      height: (bottom ?? 0) - (top ?? 0),
    });
    expect(info.devicePixelRatio).toBe(info.pixelRatio);
  });

  test('elements are watched, from the corner of the page, when a page or a component observes them', async () => {
    await open(1280);
    const result = await page.evaluate(() => {
      interface Watcher {
        relativeToViewport(): { observe(selector: string, done: (result: object) => void): void };
      }
      const { swan, component } = window.preview ?? {};
      const ofPage = (
        swan as unknown as { createIntersectionObserver(): Watcher }
      ).createIntersectionObserver();
      const card = component?.('#first') as { createIntersectionObserver(): Watcher };
      const observed = (watcher: Watcher, selector: string): Promise<object> =>
        new Promise(done => watcher.relativeToViewport().observe(selector, done));
      return Promise.all([observed(ofPage, '.hero'), observed(card.createIntersectionObserver(), '.card')]);
    });
    expect(result).toMatchObject([
      {
        intersectionRatio: 1,
        boundingClientRect: { left: 0, top: 0, right: 375, bottom: 100 },
        relativeRect: { left: 0, top: 0, width: 375 },
      },
      { intersectionRatio: 1, boundingClientRect: { left: 12, top: 112 } },
    ]);
  });

  test('css stays in its component, and custom properties reach into it, when page and component have rules', async () => {
    await open(375);
    expect(await styleOf('.card__title', 'color')).toBe('rgb(60, 118, 255)');
    // A class from outside adds; what the component sets itself takes an !important, as on a phone.
    expect(await styleOf('.card__card', 'letter-spacing')).toBe('1px');
    expect(await styleOf('.card__card', 'padding-top')).toBe('16px');
    expect(await styleOf('.card__card', 'background-color')).toBe('rgb(255, 250, 220)');
    expect(await styleOf('.note', 'color')).toBe('rgb(1, 2, 3)');
    await page.click('text=go');
    await hasText('.from', 'button');
    expect(await styleOf('swan-page:not(.under) .hero', 'background-image')).toBe('none');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await styleOf('swan-page', '--brand')).toBe('#6b97ff');
  });

  test('a button draws its border in its ::after when it has one', async () => {
    await open(375);
    const borders = (selector: string): Promise<string[]> =>
      page.$eval(selector, button =>
        [null, '::after'].map(part => {
          const { content, borderTopStyle } = getComputedStyle(button, part);
          return part && content === 'none' ? 'nothing' : borderTopStyle;
        }),
      );
    expect(await borders('swan-button:text("ask")')).toEqual(['none', 'solid']);
    expect(await borders('swan-button[type=warn]')).toEqual(['none', 'nothing']);
    expect(await borders('swan-button[plain]')).toEqual(['solid', 'nothing']);
  });

  test('an element has its hover-class when it is pressed, a button of a component only its own', async () => {
    await open(375);
    const press = async (selector: string): Promise<string> => {
      await page.hover(selector);
      await page.mouse.down();
      await page.waitForSelector(`${selector}[class*=button-hover]`);
      const opacity = await styleOf(selector, 'opacity');
      await page.mouse.move(0, 0);
      await page.mouse.up();
      await page.waitForSelector(`${selector}:not([class*=button-hover])`);
      return opacity;
    };
    expect(await press('swan-button.fixed')).toBe('0.3');
    expect(await press('.card__pay')).toBe('1');
  });

  test('swan.request() reaches the allowed origin, and fails with its name when it is another', async () => {
    await open(375);
    await page.click('text=load');
    await hasText('.note', '200 page 2');
    const request = (url: string) =>
      page.evaluate(
        address =>
          new Promise(resolve => {
            const { request } = window.preview?.swan as { request(options: object): void };
            request({ url: address, success: resolve, fail: resolve });
          }),
        url,
      );
    expect(await request('https://elsewhere.example/x')).toEqual({
      errCode: 202,
      errMsg: expect.stringContaining('start the sandbox with --backend https://elsewhere.example'),
    });
    expect(consoleErrors.splice(0)).toEqual([
      expect.stringContaining('swan.request to https://elsewhere.example is refused'),
    ]);
    expect(await request('http://127.0.0.1:8790/none')).toMatchObject({ statusCode: 404 });
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('404')]);
  });

  test('setData() reports an error, and the page goes on, when the data is circular', async () => {
    await open(375);
    await page.evaluate(() => {
      const self = window.preview?.page() as { setData(changes: object): void };
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      self.setData({ circle });
      self.setData({ note: 'went on' });
    });
    await hasText('.note', 'went on');
    const named = expect.stringMatching(/pages\/index\/index: setData: .*circular/);
    expect(consoleErrors.splice(0)).toEqual([named]);
    expect(await page.evaluate(() => window.preview?.errors)).toEqual([named]);
  });

  test('a page keeps its query through a reload and closes by the bar when it is opened by a navigator', async () => {
    await open(375);
    await page.click('swan-navigator');
    await hasText('.from', 'index 茶 visit 1');
    expect(await page.evaluate(() => window.preview?.pages())).toEqual([
      'pages/index/index',
      'pages/second/second',
    ]);
    expect(await page.textContent('#title')).toBe('Second');
    await page.click('#back');
    expect(await page.textContent('#title')).toBe('Teas');
    const setBar = (name: string, change: object) =>
      page.evaluate(([call, options]) => (window.preview?.swan[call] as (given: object) => void)(options), [
        name,
        change,
      ] as const);
    await setBar('setNavigationBarTitle', { title: 'Tea of today' });
    await setBar('setNavigationBarColor', { frontColor: '#ffffff', backgroundColor: '#aa0000' });
    await hasText('#title', 'Tea of today');
    await page.click('text=go');
    await hasText('#title', 'Second');
    await page.click('#back');
    expect(await page.textContent('#title')).toBe('Tea of today');
    expect(await styleOf('#bar', 'background-color')).toBe('rgb(170, 0, 0)');
    expect(await styleOf('#bar', 'color')).toBe('rgb(255, 255, 255)');
    await page.click('text=go');
    await hasText('.from', 'button');
    await page.reload();
    await hasText('.from', 'button');
    expect(await page.evaluate(() => window.preview?.pages())).toEqual(['pages/second/second']);
    await page.click('#home');
    await hasText('#title', 'Teas');
  });

  test('the app gets onHide and onShow when the user leaves and returns', async () => {
    await open(375);
    await page.click('#leave');
    await page.click('text=返回小程序');
    await page.evaluate(() => {
      window.preview?.appHide();
      window.preview?.appShow();
    });
    const log = await page.evaluate(() => (window.preview?.app() as { log: string[] }).log);
    expect(log).toEqual([
      'launch',
      'index load',
      'show',
      'index show',
      ...Array(2).fill(['hide', 'show', 'index show']).flat(),
    ]);
  });

  test('modal, toast and controls work when the user uses them', async () => {
    await open(375);
    await page.click('text=ask');
    await Promise.all([
      // It goes by itself.
      page.waitForSelector('.toast.success'),
      page.click('[role=dialog] >> text=取消'),
    ]);
    await hasText('.note', 'cancelled');
    await page.waitForSelector('.toast', { state: 'detached' });
    await page.click('swan-switch input');
    await hasText('swan-view.row:has(swan-switch)', 'gift no');
    await page.click('text=M');
    await page.fill('.message input', 'hello');
    await hasText('.picked', 'M hello');
    expect(
      await page.$$eval('swan-radio input', inputs =>
        inputs.map(input => (input as HTMLInputElement).checked),
      ),
    ).toEqual([false, true, false]);
  });

  test('the developer panel is hidden when it is empty, and beside or over the phone when it is not', async () => {
    await open(1280);
    expect(await page.isVisible('#dev-panel')).toBe(false);
    await page.goto(`${origin}/?dev-panel`);
    expect(await page.isVisible('#dev-panel')).toBe(true);
    await page.setViewportSize({ width: 375, height: 800 });
    await page.waitForSelector('#dev-panel', { state: 'hidden' });
    const screen = await page.locator('#screen').boundingBox();
    const toggle = await page.locator('#dev-panel-toggle').boundingBox();
    expect(screen && toggle && screen.y + screen.height <= toggle.y).toBe(true);
    await page.click('#dev-panel-toggle');
    await page.waitForSelector('#dev-panel', { state: 'visible' });
    expect(await page.textContent('#dev-panel-toggle')).toBe('收起');
    await page.click('#dev-panel-toggle');
    await page.waitForSelector('#dev-panel', { state: 'hidden' });
    expect(await page.textContent('#dev-panel-toggle')).toBe('开发者');
  });

  test('the tab of the developer panel is hidden when a dialog covers the page', async () => {
    await open(700);
    await page.goto(`${origin}/?dev-panel`);
    await page.waitForSelector('#dev-panel-toggle', { state: 'visible' });
    await page.click('text=ask');
    await page.waitForSelector('[role=dialog]');
    expect(await page.isVisible('#dev-panel-toggle')).toBe(false);
    await page.click('[role=dialog] >> text=取消');
    await page.waitForSelector('#dev-panel-toggle', { state: 'visible' });
  });
});

/** A mini-program of others: tabs, a page with a mistake, a tag that is not drawn, a backend of its own. */
const FOREIGN: Record<string, string> = {
  'app.json': JSON.stringify({
    pages: ['home/home', 'cart/cart', 'bad/bad', 'bare/bare'],
    tabBar: {
      selectedColor: '#aa0000',
      list: [
        { pagePath: 'home/home', text: 'Home', iconPath: 'leaf.svg' },
        { pagePath: 'cart/cart', text: 'Cart' },
      ],
    },
  }),
  'app.js': 'App({});',
  'leaf.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'home/home.swan': `<import src="../rows.swan" /><template is="row" data="{{ {text: said} }}" />
    <map class="map" /><image class="leaf" src="{{leaf}}" />
    <button class="ask" bind:tap="ask">ask</button><button class="throw" bind:tap="fall">throw</button>
    <button class="later" data-how="timer" bind:tap="later">timer</button>
    <button class="promise" data-how="promise" bind:tap="later">promise</button>
    <navigator class="bad" url="/bad/bad">bad</navigator><navigator class="bare" url="/bare/bare">bare</navigator>`,
  'rows.swan': '<template name="row"><view class="row">{{text}}</view></template>',
  'home/home.js': `import { url } from './url';
Page({
  data: { said: 'not asked', leaf: '../leaf.svg' },
  ask() {
    swan.request({
      url: url(), method: 'POST', data: { a: 1 }, header: { cookie: 'c=1' },
      success: ({ data, header }) => this.setData({ said: data.cookie + ' ' + header['Set-Cookie'] }),
      fail: ({ errMsg }) => this.setData({ said: errMsg }),
    });
  },
  fall() { throw new Error('fell'); },
  later({ currentTarget }) {
    const { how } = currentTarget.dataset;
    const fall = () => { throw new Error(how + ' fell'); };
    if (how === 'timer') setTimeout(fall, 0);
    else Promise.resolve().then(fall);
  },
});`,
  'home/url.js': 'export const url = () => getApp().backend;\n',
  'cart/cart.swan': '<view class="cart">cart</view>',
  'cart/cart.js': 'Page({});',
  'bad/bad.swan': '<view>{{ a ?? b }}</view>',
  'bad/bad.js': 'Page({});',
  'bare/bare.swan': '<view class="bare-top">own bar</view>',
  'bare/bare.json': '{ "navigationStyle": "custom", "navigationBarTitleText": "Unseen" }',
  'bare/bare.js': 'Page({});',
};

describeInChromium('the preview of another mini-program', () => {
  let backend: FastifyInstance;
  let backendOrigin: string;
  let server: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let folder: string;
  let consoleErrors: string[];

  beforeAll(async () => {
    backend = fastify();
    backend.post('/orders', async (request, reply) =>
      reply.header('set-cookie', 'd=2').send({ cookie: request.headers.cookie }),
    );
    backend.get('/bytes', async (_, reply) =>
      reply.type('application/octet-stream').send(Buffer.from([0, 255, 254])),
    );
    backend.get('/gbk', async (_, reply) =>
      reply.type('application/json; charset=GBK').send(Buffer.from('7b2261223a22d6d0227d', 'hex')),
    );
    backendOrigin = await backend.listen({ host: '127.0.0.1', port: 0 });
    folder = mkdtempSync(join(tmpdir(), 'swan-preview-'));
    for (const [name, text] of Object.entries(FOREIGN)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    jest.spyOn(console, 'error').mockImplementation(() => {});
    server = fastify();
    await server.register(previewPlugin({ appDir: folder, backend: backendOrigin }));
    jest.restoreAllMocks();
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    browser = await connectToChromium();
    page = await browser.newPage({ viewport: { width: 375, height: 800 } });
    page.setDefaultTimeout(20000);
    consoleErrors = [];
    page.on('pageerror', error => consoleErrors.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    await page.goto(origin);
    await page.waitForSelector('.row');
  }, 60000);
  afterEach(() => {
    expect(consoleErrors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([server.close(), backend.close()]);
    rmSync(folder, { recursive: true });
  });

  const text = (selector: string) => page.locator(selector).innerText();

  test('a tag is a box with its name when it is not drawn, and an image is loaded when its path is set at run time', async () => {
    const label = await page.$eval('.map', box => getComputedStyle(box, '::before').content);
    expect(label).toContain('map');
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('.leaf img')?.naturalWidth === 1,
    );
  });

  test('a request reaches the backend with its cookies, and fails with a sentence when it is for another server', async () => {
    const ask = async (url: string): Promise<void> => {
      await page.evaluate(
        address => Object.assign(window.preview?.app() as object, { backend: address }),
        url,
      );
      await page.click('.ask');
    };
    await ask(`${backendOrigin}/orders`);
    await page.waitForFunction(() => document.querySelector('.row')?.textContent === 'c=1 d=2');
    await ask('https://elsewhere.example/orders');
    const remedy = 'start the sandbox with --backend https://elsewhere.example';
    await page.waitForFunction(words => document.querySelector('.row')?.textContent?.includes(words), remedy);
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining(remedy)]);
  });

  test('a request gets bytes when it asks for an arraybuffer, and text in the charset of the answer when not', async () => {
    const received = await page.evaluate(origin => {
      const { request } = window.preview?.swan as { request(options: object): void };
      const get = (path: string, more: object = {}): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const success = ({ data }: { data: unknown }): void =>
            resolve(data instanceof ArrayBuffer ? [...new Uint8Array(data)] : data);
          request({ url: origin + path, success, fail: reject, ...more });
        });
      return Promise.all([get('/bytes', { responseType: 'arraybuffer' }), get('/gbk')]);
    }, backendOrigin);
    expect(received).toEqual([[0, 255, 254], { a: '中' }]);
  });

  test('the tab bar switches between living pages, and is hidden when another page is open', async () => {
    await page.click('#tabs button:has-text("Cart")');
    await page.waitForSelector('.cart');
    expect(await page.isVisible('.row')).toBe(false);
    const selected = page.locator('#tabs [aria-current=page]');
    expect([await selected.innerText(), await selected.evaluate(tab => getComputedStyle(tab).color)]).toEqual(
      ['Cart', 'rgb(170, 0, 0)'],
    );
    await page.click('#tabs button:has-text("Home")');
    expect(await text('.row')).toContain('--backend');
    expect(await page.isVisible('.cart')).toBe(false);
  });

  test('a tab has a badge or a dot until it is taken away, and the bar is hidden when the page asks for that', async () => {
    const call = (name: string, options: object = {}): Promise<unknown> =>
      page.evaluate(
        ([method, given]) =>
          new Promise(resolve => {
            const functions = window.preview?.swan as Record<string, (options: object) => void>;
            functions[method]?.({ ...given, success: () => resolve('ok'), fail: resolve });
          }),
        [name, options] as const,
      );
    const marks = () => page.$$eval('#tabs .badge', all => all.map(mark => mark.parentElement?.innerText));
    expect(await call('setTabBarBadge', { index: 1, text: '3' })).toBe('ok');
    expect(await call('showTabBarRedDot', { index: 0 })).toBe('ok');
    expect(await marks()).toEqual(['Home', 'Cart\n3']);
    await call('setTabBarBadge', { index: 1, text: '12' });
    await call('hideTabBarRedDot', { index: 0 });
    expect(await marks()).toEqual(['Cart\n12']);
    await call('removeTabBarBadge', { index: 1 });
    expect(await marks()).toEqual([]);
    expect(await call('setTabBarBadge', { index: 9, text: '3' })).toMatchObject({
      errMsg: expect.stringContaining('no tab 9'),
    });
    expect(await call('setTabBarBadge', { index: 1, text: '' })).toMatchObject({
      errMsg: expect.stringContaining('text is required'),
    });
    await call('hideTabBar');
    expect(await page.isVisible('#tabs')).toBe(false);
    await call('showTabBar');
    expect(await page.isVisible('#tabs')).toBe(true);
  });

  test('an error is shown above the page, until it is closed, when a handler throws', async () => {
    await page.click('.throw');
    await page.waitForSelector('#errors:has-text("home/home: fall: fell")');
    await page.click('#errors-close');
    expect(await page.isVisible('#errors')).toBe(false);
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('fell')]);
  });

  test.each(['later', 'promise'])(
    'an error is shown above the page when it is thrown by a %s',
    async button => {
      const how = button === 'later' ? 'timer' : button;
      await page.click(`.${button}`);
      await page.waitForSelector(`#errors:has-text("home/home.js: ${how} fell")`);
      await page.click('#errors-close');
      expect(consoleErrors.splice(0)).toEqual([expect.stringContaining(`${how} fell`)]);
      expect(await page.evaluate(() => window.preview?.errors.pop())).toBe(`home/home.js: ${how} fell`);
    },
  );

  test('a page begins at the top of the screen, under the capsule alone, when its navigationStyle is custom', async () => {
    await page.click('.bare');
    await page.waitForSelector('.bare-top');
    const boxes = await Promise.all(['#screen', '.bare-top'].map(box => page.locator(box).boundingBox()));
    expect(boxes[1]?.y).toBe(boxes[0]?.y);
    const visible = ['#title', '#back', '#home', '#capsule'].map(part => page.isVisible(part));
    expect(await Promise.all(visible)).toEqual([false, false, false, true]);
    await page.click('#menu');
    await page.click('.sheet >> text=返回上一页');
    await page.waitForSelector('.bare-top', { state: 'detached' });
    expect(await page.isVisible('#title')).toBe(true);
  });

  test('a page shows its problem, and the others work, when its template has a mistake', async () => {
    await page.click('.bad');
    expect(await text('preview-problem')).toContain('bad/bad.swan:1: "a ?? b": ?? is not supported');
    expect(await page.isVisible('#tabs')).toBe(false);
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('bad/bad.swan:1')]);
    await page.click('#back');
    expect(await page.isVisible('.row')).toBe(true);
    expect(await page.isVisible('#tabs')).toBe(true);
  });
});
