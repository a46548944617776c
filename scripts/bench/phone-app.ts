/** A mini-program to measure with: a page written by hand as in Baidu's demo, and the same with the components. */
import { BACKEND, filesOf, showFiles, type Page, type Shown } from '../mini-program';

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
const APP = `require('./swan-cashier/utils/index').configure({ baseUrl: '${BACKEND}', timing: { guard: 0 } });
App({});
`;

/** Notes when it is called, and says what the page is told to expect: cancel, or success. */
const CASHIER = `window.swanPorts = {
  requestPolymerPayment: function (options) {
    window.cashierCalled(performance.now());
    if (window.cashierSucceeds) options.success({});
    else options.fail({ errCode: 2, errMsg: '支付取消' });
  }
};`;

const ORDER_INFO = {
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '680',
  tpOrderId: 'T1',
  dealTitle: '茶',
  signFieldsRange: '1',
  rsaSign: 'c2lnbg==',
};

export function openPhoneApp(): Promise<Shown> {
  const answer = { errno: 0, data: ORDER_INFO };
  return showFiles(
    { ...filesOf(PAGES), 'app.js': APP },
    app => app.post('/orders', async () => answer),
    CASHIER,
  );
}
