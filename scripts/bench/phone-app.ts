/** A mini-program to measure with: a page written by hand as in Baidu's demo, and the same with the components. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fastify from 'fastify';
import { previewPlugin } from '../../demo/preview/server';

const DIST = resolve(__dirname, '../../dist');
const BACKEND = 'https://shop.example';

const BY_HAND = `Page({
  data: { loading: false },
  pay: function () {
    var page = this;
    page.setData({ loading: true });
    swan.request({
      url: '${BACKEND}/orders',
      method: 'POST',
      data: { sku: 'tea' },
      success: function (res) {
        if (res.data.errno !== 0) return swan.showToast({ title: res.data.msg, icon: 'none' });
        swan.requestPolymerPayment({
          orderInfo: res.data.data,
          success: function () { page.setData({ loading: false }); swan.showToast({ title: '支付成功' }); },
          fail: function (err) { page.setData({ loading: false }); swan.showToast({ title: err.errMsg, icon: 'none' }); }
        });
      }
    });
  }
});
`;

/** What is mounted in numbers, by page: the components, and built-in tags that show as much. */
export const MANY = {
  'pay-button':
    '<pay-button s-for="n in list" order-key="{{n}}" create-url="/orders" amount="680"></pay-button>',
  'built-in button': '<button s-for="n in list" type="primary">立即支付 ¥6.80</button>',
  'order-summary': '<order-summary s-if="{{order}}" order="{{order}}"></order-summary>',
  'built-in views':
    '<view s-for="line in lines"><view>{{line.title}}</view><view>{{line.amount}}</view><view>{{line.unitAmount}} × {{line.quantity}}</view></view>',
};
export type Many = keyof typeof MANY;

const MANY_SCRIPT = `Page({
  data: { list: [], lines: [], order: null },
  onLoad: function (query) {
    var count = Number(query.count);
    var list = [], lines = [];
    for (var n = 0; n < count; n++) {
      list.push('k' + n);
      lines.push({ title: '茶 ' + n, unitAmount: 680, quantity: 1, amount: 680 });
    }
    this.setData({
      list: list, lines: lines,
      order: { title: '茶', lines: lines, fees: [], discounts: [], totalAmount: 680 * count, status: 'unpaid' }
    });
  }
});
`;

export const routeOf = (many: Many): string => `pages/many${Object.keys(MANY).indexOf(many)}/page`;

function writeApp(folder: string): void {
  const write = (file: string, content: string | object): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  for (const part of ['pay-button', 'order-summary', 'utils']) {
    cpSync(join(DIST, part), join(folder, 'swan-cashier', part), { recursive: true });
  }
  const pages: string[] = [];
  const page = (route: string, template: string, script: string): void => {
    pages.push(route);
    write(`${route}.swan`, template);
    write(`${route}.js`, script);
    write(`${route}.json`, {
      usingComponents: {
        'pay-button': '/swan-cashier/pay-button/pay-button',
        'order-summary': '/swan-cashier/order-summary/order-summary',
      },
    });
  };
  page(
    'pages/index/page',
    '<view>bench</view>',
    `Page({ go: function (url) { swan.navigateTo({ url: url }); } });\n`,
  );
  page('pages/hand/page', '<button id="tap" loading="{{loading}}" bindtap="pay">立即支付</button>', BY_HAND);
  page(
    'pages/button/page',
    '<pay-button id="pay" create-url="/orders" order-payload="{{cart}}"></pay-button>',
    `Page({ data: { cart: { sku: 'tea' } } });\n`,
  );
  for (const [many, template] of Object.entries(MANY)) page(routeOf(many as Many), template, MANY_SCRIPT);
  write('app.json', { pages });
  // The pause between two cashier calls is a rule, not work; it would be all there is to see.
  write(
    'app.js',
    `require('./swan-cashier/utils/index').configure({ baseUrl: '${BACKEND}', timing: { guard: 0 } });\nApp({});\n`,
  );
}

/** Notes when it is called, and says what the page is told to expect: cancel, or success. */
const CASHIER = `window.swanPorts = {
  requestPolymerPayment: function (options) {
    window.cashierCalled(performance.now());
    if (window.cashierSucceeds) options.success({});
    else options.fail({ errCode: 2, errMsg: '支付取消' });
  }
};`;

export interface PhoneApp {
  origin: string;
  close(): Promise<void>;
}

export async function openPhoneApp(): Promise<PhoneApp> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-bench-'));
  writeApp(folder);
  const app = fastify({ forceCloseConnections: true });
  const data = {
    dealId: '470193086',
    appKey: 'MMdemo',
    totalAmount: '680',
    tpOrderId: 'T1',
    dealTitle: '茶',
    signFieldsRange: '1',
    rsaSign: 'c2lnbg==',
  };
  app.post('/orders', async () => ({ errno: 0, data }));
  app.get('/cashier.js', async (_request, reply) => reply.type('text/javascript').send(CASHIER));
  await app.register(previewPlugin({ appDir: folder, origin: BACKEND, scripts: ['/cashier.js'] }));
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
