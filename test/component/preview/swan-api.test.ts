import { readFileSync } from 'node:fs';
import { resolvePage } from '../../../sandbox/preview/swan-api/navigation';
import { HostError, flush, killApp, mountPage, phone, takeErrors } from '../../../sandbox/preview/testing';

type Options = Record<string, unknown>;
type Api = Record<string, (...args: unknown[]) => unknown>;

/** The swan object, without the typing that knows better than the phone. */
const api = (): Api => swan as unknown as Api;

/** Calls an asynchronous function and lists what it calls back. */
async function call(name: string, options: Options = {}): Promise<unknown[]> {
  const heard: unknown[] = [];
  const hear = (what: string) => (result: unknown) => heard.push([what, result]);
  api()[name]?.({ success: hear('success'), fail: hear('fail'), complete: hear('complete'), ...options });
  await flush();
  return heard;
}

const both = (what: string, result: unknown) => [
  [what, result],
  ['complete', result],
];

describe('pictures and session', () => {
  test('previewImage shows the current picture, or the first, and fails when there is none', async () => {
    expect(await call('previewImage', { urls: ['/a.png', '/b.png'], current: '/b.png' })).toEqual(
      both('success', {}),
    );
    await call('previewImage', { urls: ['/a.png', '/b.png'], current: '/gone.png' });
    await call('previewImage', { images: [{ url: '/c.png' }] });
    expect(phone.pictures).toEqual(['/b.png', '/a.png', '/c.png']);
    const refusal = {
      errCode: 904,
      errMsg: expect.stringContaining('either urls or images is required') as string,
    };
    expect(await call('previewImage')).toEqual(both('fail', refusal));
  });

  test('checkSession succeeds when the user is logged in, and fails when not', async () => {
    expect(await call('checkSession')).toEqual(both('success', {}));
    phone.login = false;
    expect(await call('checkSession')).toEqual(
      both('fail', { errCode: 10004, errMsg: 'user not logged in' }),
    );
  });
});

test('chooseAddress gives the address that the user chooses, and fails when the user chooses none', async () => {
  phone.answerActionSheets(1, null);
  const address = {
    userName: '李四',
    telNumber: '13900000000',
    postalCode: '310013',
    nationalCode: '330106',
    provinceName: '浙江省',
    cityName: '杭州市',
    countyName: '西湖区',
    detailInfo: '示例街 2 号 3 单元 401',
  };
  expect(await call('chooseAddress')).toEqual(both('success', address));
  expect(phone.actionSheets).toEqual([
    ['张三 北京市海淀区示例路 1 号', '李四 浙江省杭州市西湖区示例街 2 号 3 单元 401'],
  ]);
  expect(await call('chooseAddress')).toEqual(
    both('fail', { errCode: 1002, errMsg: 'chooseAddress:fail cancel' }),
  );
});

describe('swan.request', () => {
  const url = 'https://shop.example/orders';

  test('returns a task and calls success when the HTTP status is 500', async () => {
    phone.onRequest(() => ({ statusCode: 500, data: { code: 9 }, header: { x: 'y' } }));
    const answer = { statusCode: 500, data: { code: 9 }, header: { x: 'y' } };
    expect(await call('request', { url })).toEqual(both('success', answer));
    expect(typeof (api().request?.({ url }) as { abort: unknown }).abort).toBe('function');
  });

  test('fails with 904 at once, without a task, when the url is invalid', () => {
    const fail = jest.fn();
    expect(api().request?.({ url: 'orders', fail })).toBeUndefined();
    expect(fail).toHaveBeenCalledWith({
      errCode: 904,
      errMsg: expect.stringContaining('invalid url "orders"'),
    });
  });

  test('fails with 904 when something in its options is in itself, as a page is', async () => {
    const page: Options = {};
    page.page = page;
    const errMsg = expect.stringContaining('circular');
    for (const options of [{ data: page }, { method: 'POST', data: page }, { page }])
      expect(await call('request', { url: 'http://127.0.0.1/x', ...options })).toEqual(
        both('fail', { errCode: 904, errMsg }),
      );
    expect(() => api().setStorageSync?.('page', page)).toThrow(TypeError);
  });

  test('fails with 904 when data is a number or a boolean', () => {
    const fail = jest.fn();
    for (const data of [5, true]) api().request?.({ url: 'https://x.cn/', method: 'POST', data, fail });
    expect(fail.mock.calls).toEqual([
      [expect.objectContaining({ errCode: 904 })],
      [expect.objectContaining({ errCode: 904 })],
    ]);
  });

  test('sends JSON by default, a form when the content-type says so, and a query when the method is GET', async () => {
    phone.onRequest(() => ({}));
    await call('request', { url, method: 'post', data: { a: 1 }, header: { 'X-Key': 5, Referer: 'no' } });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    await call('request', { url, method: 'POST', data: { a: '1 2', b: { c: 1 } }, header: form });
    await call('request', { url: `${url}?x=1`, data: { q: '茶' } });
    expect(phone.requests).toMatchObject([
      { method: 'POST', data: { a: 1 }, header: { 'X-Key': '5', 'content-type': 'application/json' } },
      { method: 'POST', data: 'a=1%202&b=%7B%22c%22%3A1%7D' },
      { method: 'GET', url: `${url}?x=1&q=%E8%8C%B6`, data: undefined },
    ]);
    expect(phone.requests[0]?.header).not.toHaveProperty('Referer');
  });

  test('sends no value when it is undefined', async () => {
    phone.onRequest(() => ({}));
    const data = { a: 1, token: undefined, none: null };
    const header = { 'Content-Type': 'application/x-www-form-urlencoded' };
    await call('request', { url, data });
    await call('request', { url, method: 'POST', data, header });
    expect(phone.requests).toMatchObject([{ url: `${url}?a=1&none=null` }, { data: 'a=1&none=null' }]);
  });

  test.each([
    ['{"a":1}', { a: 1 }],
    [' [1] ', [1]],
    ['5', '5'],
    ['"text"', '"text"'],
    ['{broken}', '{broken}'],
    ['<html>', '<html>'],
  ])('passes data to success when the body is %s: %j', async (body, data) => {
    phone.onRequest(() => ({ data: body }));
    expect(await call('request', { url })).toContainEqual(['success', { statusCode: 200, header: {}, data }]);
  });

  test('fails with 1001 without an answer, when aborted and after 60 s', async () => {
    jest.useFakeTimers();
    phone.onRequest(() => new HostError(1001, 'no network'));
    expect(await call('request', { url })).toEqual(both('fail', { errCode: 1001, errMsg: 'no network' }));
    phone.onRequest(() => 'never');
    const fail = jest.fn();
    (api().request?.({ url, fail }) as { abort(): void }).abort();
    await flush();
    expect(fail).toHaveBeenLastCalledWith({ errCode: 1001, errMsg: 'request:fail Canceled' });
    api().request?.({ url, fail });
    await jest.advanceTimersByTimeAsync(59999);
    expect(fail).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(fail).toHaveBeenLastCalledWith({ errCode: 1001, errMsg: 'request:fail timeout' });
    expect(phone.requests.map(({ aborted }) => aborted)).toEqual([false, true, true]);
    jest.useRealTimers();
  });

  test('reports an error with the url when the test has no phone.onRequest', async () => {
    await call('request', { url });
    expect(takeErrors()).toEqual([
      expect.stringContaining(`a request to ${url}, but the test has no phone.onRequest`),
    ]);
  });
});

describe('callbacks', () => {
  test('are called later when a function returns undefined', async () => {
    const success = jest.fn();
    expect(api().showToast?.({ title: 'x', success })).toBeUndefined();
    expect(success).not.toHaveBeenCalled();
    await flush();
    expect(success).toHaveBeenCalledTimes(1);
  });

  test('fail the call with 904 when success is no function', async () => {
    const fail = jest.fn();
    api().showToast?.({ title: 'x', success: 5, fail });
    await flush();
    expect(fail.mock.calls).toEqual([[{ errCode: 904, errMsg: 'params type error' }]]);
    expect(phone.toasts).toEqual([]);
  });

  test('are reported, and complete still runs, when success throws', async () => {
    const complete = jest.fn();
    const success = () => {
      throw new Error('callback broke');
    };
    await call('hideToast', { success, complete });
    expect(complete).toHaveBeenCalledTimes(1);
    expect(takeErrors()).toEqual([expect.stringContaining('callback broke')]);
  });
});

describe('toast, loading and modal', () => {
  test('a toast fails with 904 when it has no title', () => {
    const fail = jest.fn();
    api().showToast?.({ fail });
    expect(fail).toHaveBeenCalledWith({
      errCode: 904,
      errMsg: 'showToast:fail parameter error: title is required',
    });
  });

  test('a toast has the icon success when its icon is unknown, none when its duration is undefined, and is replaced when a loading is shown', async () => {
    await call('showToast', { title: 'a' });
    await call('showToast', { title: 'b', icon: 'error', duration: 500, mask: true });
    await call('showToast', { title: 'c', icon: 'none' });
    expect(await call('showToast', { title: 'd', duration: undefined })).toEqual(
      both('fail', { errCode: 904, errMsg: '[jsNative Argument Error]duration is required.' }),
    );
    expect(phone.toasts).toEqual([
      { title: 'a', icon: 'success', mask: false, duration: 2000 },
      { title: 'b', icon: 'success', mask: true, duration: 500 },
      { title: 'c', icon: 'none', mask: false, duration: 2000 },
    ]);
    await call('showLoading', { title: 'd' });
    expect(phone.visibleToast).toEqual({ title: 'd', icon: 'loading', mask: false, duration: null });
    await call('hideToast');
    expect(phone.visibleToast).toBeNull();
  });

  test('a title, a content and a text for the clipboard are shown as text when they are numbers', async () => {
    phone.answerModals('confirm');
    await call('showToast', { title: 5 });
    await call('showModal', { title: 6, content: 7 });
    await call('setClipboardData', { data: 8 });
    expect(phone.visibleToast).toMatchObject({ title: '5' });
    expect(phone.modals[0]).toMatchObject({ title: '6', content: '7' });
    expect(await call('getClipboardData')).toEqual(both('success', { data: '8' }));
  });

  test('a modal resolves to confirm or cancel alone when the user has chosen', async () => {
    phone.answerModals('cancel', 'confirm');
    expect(await call('showModal', { title: 't', content: 'c' })).toEqual(both('success', { cancel: true }));
    expect(await call('showModal', { content: 'c', confirmText: '继续支付' })).toEqual(
      both('success', { confirm: true }),
    );
    expect(phone.modals[1]).toMatchObject({
      title: '',
      confirmText: '继续支付',
      cancelText: '取消',
      showCancel: true,
    });
  });

  test.each([
    [{ content: 'c', confirmText: '五个汉字了' }, 'confirmText'],
    [{ content: 'c', cancelText: 'nine long' }, 'cancelText'],
    [{ content: 'c', confirmText: 5 }, 'confirmText must be a string'],
    [{ content: 'c', cancelText: undefined }, 'cancelText must be a string'],
    [{ content: undefined }, 'content is required'],
  ])('a modal fails with 904 when its options are %j', async (options, reason) => {
    expect(await call('showModal', options)).toEqual(
      both('fail', { errCode: 904, errMsg: expect.stringContaining(reason) }),
    );
  });
});

describe('storage', () => {
  test.each([
    ['text', 'text', 'text'],
    ['JSON text', '{"a":1}', '{"a":1}'],
    ['a number', 5, 5],
    ['zero', 0, 0],
    ['an empty text', '', ''],
    ['true', true, true],
    ['false, inside an object', false, { data: false }],
    ['null, as an empty object', null, {}],
    ['undefined, as an empty object', undefined, {}],
    ['a list', [1, { a: null }], [1, { a: null }]],
    ['a date, as text', new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('returns the stored value when it is %s', (_, value, back) => {
    expect(api().setStorageSync?.('k', value)).toEqual({});
    expect(api().getStorageSync?.('k')).toEqual(back);
  });

  test('returns an empty text when a key is unknown, and a copy when it is known', () => {
    const value = { a: 1 };
    api().setStorageSync?.('k', value);
    value.a = 2;
    expect(api().getStorageSync?.('k')).toEqual({ a: 1 });
    expect(api().getStorageInfoSync?.()).toEqual({ keys: ['k'], currentSize: 0, limitSize: 10240 });
    api().removeStorageSync?.('k');
    expect(api().getStorageSync?.('k')).toBe('');
  });

  test("returns the error object when it is broken with 'refuse', and null when with 'throw'", () => {
    api().setStorageSync?.('k', 1);
    phone.breakStorage('refuse');
    const refusal = { errCode: '1003', errMsg: expect.any(String) };
    expect([api().setStorageSync?.('k', 2), api().getStorageSync?.('k')]).toEqual([refusal, refusal]);
    phone.breakStorage('throw');
    expect([api().setStorageSync?.('k', 2), api().getStorageSync?.('k')]).toEqual([null, null]);
    phone.breakStorage(null);
    expect(api().getStorageSync?.('k')).toBe(1);
  });

  test("loses writes when it is broken with 'forget', and returns old values when with 'stale'", () => {
    phone.breakStorage('forget');
    expect(api().setStorageSync?.('k', 1)).toEqual({});
    expect(api().getStorageSync?.('k')).toBe('');
    phone.breakStorage('stale');
    api().setStorageSync?.('k', 2);
    expect(api().getStorageSync?.('k')).toBe('');
    expect(phone.stored.get('k')).toBe(2);
  });

  test('returns values when the asynchronous functions are called', async () => {
    await call('setStorage', { key: 'k', data: false });
    expect(await call('getStorage', { key: 'k' })).toEqual(both('success', { data: false }));
    expect(await call('getStorage', { key: 'none' })).toEqual(both('success', { data: '' }));
  });

  test('gives an empty object when an asynchronous function has no result, and 904 when it has no key', async () => {
    for (const name of ['setStorage', 'removeStorage', 'clearStorage'])
      expect(await call(name, { key: 'k', data: 1 })).toEqual(both('success', {}));
    for (const name of ['setStorage', 'getStorage', 'removeStorage'])
      expect(await call(name, { data: 1 })).toEqual(
        both('fail', { errCode: 904, errMsg: '[jsNative Argument Error]key is required.' }),
      );
  });
});

describe('payment', () => {
  const orderInfo = { tpOrderId: '1' };

  test('is answered as queued, and stays open when no answer is queued', async () => {
    phone.answerPayments({ success: { a: 1 } }, { fail: { errCode: '1001', errMsg: 'x' } });
    expect(await call('requestPolymerPayment', { orderInfo })).toEqual(both('success', { a: 1 }));
    expect(await call('requestPolymerPayment', { orderInfo })).toEqual(
      both('fail', { errCode: '1001', errMsg: 'x' }),
    );
    const heard = await call('requestPolymerPayment', { orderInfo });
    expect(heard).toEqual([]);
    phone.payments[2]?.cancel();
    expect(heard).toEqual(both('fail', { errCode: 2, errMsg: '支付取消' }));
  });

  test.each([[{}], [{ orderInfo: 's' }], [{ orderInfo, success: 5 }]])(
    'reaches the scripted cashier when its options are %j',
    async options => {
      phone.answerPayments(({ fail }) => fail(904, 'the cashier’s own words'));
      const refused = both('fail', { errCode: 904, errMsg: 'the cashier’s own words' });
      expect(await call('requestPolymerPayment', options)).toEqual(refused);
    },
  );
});

describe('the page on top', () => {
  /** Scrolls a page that jsdom does not lay out. */
  const scroll = (page: HTMLElement, scrollTop: number, scrollHeight: number): void => {
    Object.defineProperties(page, {
      clientHeight: { value: 100, configurable: true },
      scrollHeight: { value: scrollHeight, configurable: true },
    });
    page.scrollTop = scrollTop;
    page.dispatchEvent(new Event('scroll'));
  };

  test('gets onPageScroll, and onReachBottom once for each end, when it is scrolled', async () => {
    const onPageScroll = jest.fn();
    const onReachBottom = jest.fn();
    const { root } = await mountPage({ template: '<view />', methods: { onPageScroll, onReachBottom } });
    for (const top of [10, 849, 850, 880]) scroll(root, top, 1000);
    expect(onPageScroll.mock.calls.flat()).toEqual([10, 849, 850, 880].map(scrollTop => ({ scrollTop })));
    expect(onReachBottom).toHaveBeenCalledTimes(1);
    scroll(root, 1900, 2000);
    expect(onReachBottom).toHaveBeenCalledTimes(2);
    for (const top of [1000, 1900]) scroll(root, top, 2000);
    expect(onReachBottom).toHaveBeenCalledTimes(3);
  });

  test('is scrolled and refreshed when the mini-program asks for it', async () => {
    const onPullDownRefresh = jest.fn();
    const { root } = await mountPage({ template: '<view />', methods: { onPullDownRefresh } });
    expect(await call('pageScrollTo', { scrollTop: '500', duration: 0 })).toEqual(both('success', {}));
    expect(root.scrollTop).toBe(500);
    await call('startPullDownRefresh');
    expect(onPullDownRefresh).toHaveBeenCalledTimes(1);
    expect(await call('pageScrollTo', { scrollTop: 'top' })).toEqual(
      both('fail', { errCode: 904, errMsg: '[jsNative Argument Error]scrollTop is required.' }),
    );
  });
});

describe('other functions', () => {
  test.each([
    ['request', true],
    ['showToast.object.title', true],
    ['chooseImage', true],
    ['button.open-type.share', true],
    ['picker', true],
    ['requestSomething', false],
  ])('canIUse(%j) returns %j, as on a phone', (schema, known) => {
    expect(api().canIUse?.(schema)).toBe(known);
  });

  test('the swan object has every function when the types of the platform name it', () => {
    const types = readFileSync('node_modules/@baidu/swan-types/index.d.ts', 'utf8');
    const named = (indent: number): string[] =>
      [...types.matchAll(new RegExp(`^ {${indent}}function (\\w+)`, 'gm'))].map(([, name = '']) => name);
    const missing = (names: string[], object: Api): string[] =>
      names.filter(name => typeof object[name] !== 'function');
    expect(named(4).length).toBeGreaterThan(150);
    expect(missing(named(4), api())).toEqual([]);
    expect(missing(named(8), api().ai as unknown as Api)).toEqual([]);
  });

  test('bytes are the same when they have gone through base64', () => {
    const text = api().arrayBufferToBase64?.(new Uint8Array([0, 254, 255]).buffer);
    expect(text).toBe('AP7/');
    expect([...new Uint8Array(api().base64ToArrayBuffer?.(text) as ArrayBuffer)]).toEqual([0, 254, 255]);
  });

  test('a function fails with 101, and a console warning, when the preview does not simulate it', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const message = 'swan.chooseImage is not part of the preview';
    expect(await call('chooseImage')).toEqual([
      ['fail', { errCode: 101, errMsg: message }],
      ['complete', { errCode: 101, errMsg: message }],
    ]);
    expect(warn).toHaveBeenCalledWith(message);
    warn.mockRestore();
  });

  test.each([
    'showFavoriteGuide',
    'getOptimalPriceInfo',
    'startLocationUpdate',
    'onLocationChange',
    'ai.faceMatch',
    'cloud.init',
    'cloud.callFunction',
    'setURLQuery',
  ])(
    'a function of Swan does not throw when it is swan.%s, which the preview does not simulate',
    async name => {
      const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
      const found = name.split('.').reduce<unknown>((from, key) => Reflect.get(from as object, key), api());
      expect((found as () => unknown)()).toBeUndefined();
      await flush();
      warn.mockRestore();
    },
  );

  test('a function of swan is followed by what swan.after was given for it', async () => {
    const seen = jest.fn();
    api().after?.({ vibrateLong: { success: seen } });
    await call('vibrateLong');
    expect(seen).toHaveBeenCalledTimes(1);
  });

  test('a page gets its query, the folder of its files and the battery from the swan object when it asks', async () => {
    await mountPage({ template: '<view />', query: { id: '7' } });
    expect(api().getURLQuery?.()).toEqual({ id: '7' });
    expect(api().env).toEqual({ USER_DATA_PATH: expect.stringMatching(/^bdfile:/) });
    expect(api().getBatteryInfoSync?.()).toEqual({ level: '100', isCharging: true });
  });

  test('listeners and canvas objects do nothing when a page calls them', () => {
    expect(api().onNetworkStatusChange?.(() => undefined)).toBeUndefined();
    const context = api().createCanvasContext?.('c') as { arc(): { fill(): unknown }; width: number };
    context.width = 3;
    expect(typeof context.arc().fill()).toBe('object');
    expect(api().noSuchFunction).toBeUndefined();
  });

  test('an object that does nothing is compared like any other when a page has it in its data', async () => {
    const page = await mountPage({
      template: '<view class="{{video}}" />',
      data: { video: '' },
      methods: {
        onShow(this: { data: { video: unknown }; setData(changes: object): void }) {
          this.setData({ video: `${this.data.video}` ? 'kept' : api().createVideoContext?.('v') });
        },
      },
    });
    await page.hide();
    await page.show();
    expect(page.data.video).toBe('kept');
  });

  test('navigateBack() closes the page on top, and navigateTo() fails when the page is unknown', async () => {
    const first = await mountPage({ template: '<view />' });
    await first.open({ template: '<view />' });
    await call('navigateBack');
    expect(getCurrentPages()).toEqual([first.pageObject]);
    expect((await call('navigateTo', { url: '/pages/none/none' }))[0]).toEqual([
      'fail',
      expect.objectContaining({ errCode: 1001 }),
    ]);
  });

  test('a move returns a promise, which resolves when the page is loaded, and rejects when reLaunch() is refused', async () => {
    const first = await mountPage({ template: '<view />' });
    await first.open({ template: '<view />' });
    await expect(api().navigateBack?.()).resolves.toBeUndefined();
    expect(getCurrentPages()).toEqual([first.pageObject]);
    const fail = jest.fn();
    const to = { url: '/pages/typo/typo', fail };
    await expect(api().navigateTo?.(to)).resolves.toBeUndefined();
    await expect(api().redirectTo?.(to)).resolves.toBeUndefined();
    const refusal = { errCode: 1001, errMsg: expect.stringContaining('fail there is no page pages/typo') };
    await expect(api().reLaunch?.(to)).rejects.toEqual(refusal);
    expect(fail).toHaveBeenCalledTimes(3);
  });

  test('a refused move is reported when the call has no fail, and is not when it has one', async () => {
    await mountPage({ template: '<view />' });
    for (const name of ['navigateTo', 'redirectTo', 'reLaunch']) api()[name]?.({ url: '/pages/typo/typo' });
    await flush();
    const errors = takeErrors();
    expect(errors).toHaveLength(3);
    expect(errors[0]).toMatch(/^swan\.navigateTo: .*there is no page pages\/typo\/typo/);
    expect(await call('navigateTo', { url: '/pages/typo/typo' })).toContainEqual([
      'fail',
      { errCode: 1001, errMsg: expect.stringMatching(/^navigateTo:fail there is no page pages/) },
    ]);
  });

  test('a query is cut at each ? and = when it is not encoded, and is refused when it is encoded wrongly', () => {
    expect(resolvePage('/a/a?sign=ab==&b=1+1&url=https://x.cn/?c=1&d=2', '').query).toEqual({
      sign: 'ab',
      b: '1 1',
      url: 'https://x.cn/',
    });
    expect(resolvePage(`/a/a?sign=${encodeURIComponent('ab==?&')}&e&f=`, '').query).toEqual({
      sign: 'ab==?&',
      e: '',
      f: '',
    });
    expect(() => resolvePage('/a/a?rate=5%', '')).toThrow(URIError);
  });

  test('a page is opened by its address when its path is Chinese', () => {
    expect(resolvePage('/pages/中文/页?a=%E8%8C%B6', '')).toEqual({
      route: 'pages/中文/页',
      query: { a: '茶' },
    });
    expect(resolvePage('../100%/a', 'pages/a/a').route).toBe('pages/100%/a');
  });

  test('setNavigationBarColor() fails with 904 at once when frontColor is another one than black and white', () => {
    const fail = jest.fn();
    api().setNavigationBarColor?.({ frontColor: 'white', backgroundColor: '#000000', fail });
    expect(fail).toHaveBeenCalledWith({
      errCode: 904,
      errMsg: expect.stringContaining('invalid frontColor "white"'),
    });
  });

  test('clipboard, navigation bar, login and system info are those of the phone when a page uses them', async () => {
    await call('setClipboardData', { data: 'no. 1' });
    await call('setNavigationBarTitle', { title: 'Pay' });
    expect([phone.clipboardText, phone.navigationBarTitle]).toEqual(['no. 1', 'Pay']);
    phone.login = false;
    phone.system.platform = 'ios';
    expect(api().isLoginSync?.()).toEqual({ isLogin: false });
    expect(api().getSystemInfoSync?.()).toMatchObject({ platform: 'ios', host: 'baiduboxapp' });
  });

  test('an error is reported when a timer of the mini-program throws', async () => {
    await mountPage({ template: '<view />' });
    setTimeout(() => {
      throw new Error('late and lost');
    }, 0);
    const print = jest.spyOn(console, 'error').mockImplementation(() => {});
    await flush();
    print.mockRestore();
    expect(takeErrors()).toEqual([expect.stringContaining('late and lost')]);
    killApp();
  });
});
