/** A mini-program to measure with: a page written by hand, and the same with the components. */
import { BACKEND, filesOf, showFiles, type Page, type ShownApp } from '../support/mini-program';

/** What a careful page without the component does: one tap at a time, and the button shows that it is at work. */
const BY_HAND = `Page({
  data: { loading: false, cart: { sku: 'tea' } },
  finish: function (title, icon) {
    this.locked = false;
    this.setData({ loading: false });
    swan.showToast({ title: title, icon: icon });
  },
  pay: function () {
    var page = this;
    if (page.locked) return;
    page.locked = true;
    page.setData({ loading: true });
    swan.request({
      url: '${BACKEND}/orders',
      method: 'POST',
      data: page.data.cart,
      success: function (res) {
        if (res.data.errno !== 0) return page.finish(res.data.msg, 'none');
        swan.requestPolymerPayment({
          orderInfo: res.data.data,
          success: function () { page.finish('支付成功', 'success'); },
          fail: function (err) { page.finish(err.errMsg, 'none'); }
        });
      },
      fail: function () { page.finish('网络不太顺畅', 'none'); }
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

const PAGES: Record<string, Page> = {
  'pages/index/page': {
    template: '<view>bench</view>',
    script: `Page({ go: function (url) { swan.navigateTo({ url: url }); } });\n`,
  },
  'pages/hand/page': {
    template: '<button id="tap" loading="{{loading}}" bindtap="pay">立即支付</button>',
    script: BY_HAND,
  },
  'pages/button/page': {
    template: '<pay-button id="pay" create-url="/orders" order-payload="{{cart}}"></pay-button>',
    script: `Page({ data: { cart: { sku: 'tea' } } });\n`,
  },
};
for (const [many, template] of Object.entries(MANY)) {
  PAGES[routeOf(many as Many)] = { template, script: MANY_SCRIPT };
}

// The pause between two cashier calls is a rule, not work; it would be all there is to see.
const APP = `require('./swan-cashier/utils/index').configure({ baseUrl: '${BACKEND}', timing: { minCallInterval: 0 } });
App({});
`;

/** Notes when it is called. It refuses to open, which leaves nothing behind for the next tap, or takes the money. */
const CASHIER = `window.swanPorts = {
  requestPolymerPayment: function (options) {
    window.cashierCalled(performance.now());
    if (window.cashierSucceeds) options.success({});
    else options.fail({ errCode: 1001, errMsg: '执行失败' });
  }
};`;

const ORDER_INFO = {
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '680',
  dealTitle: '茶',
  signFieldsRange: '1',
  rsaSign: 'c2lnbg==',
};

export function openPhoneApp(): Promise<ShownApp> {
  let orders = 0;
  return showFiles(
    { ...filesOf(PAGES), 'app.js': APP },
    app =>
      app.post('/orders', async () => ({ errno: 0, data: { ...ORDER_INFO, tpOrderId: `T${++orders}` } })),
    CASHIER,
  );
}
