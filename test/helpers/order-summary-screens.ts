/** A mini-program that shows order-summary and pay-button in every state, built from their sources. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { OrderView } from 'swan-cashier';
import { writeFiles } from '../../scripts/support/write-files';

const ROOT = resolve(__dirname, '../..');
const COMPONENTS = ['order-summary', 'pay-button'];

const picture = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="99" height="99" fill="${colour}"/></svg>`)}`;

const TEAPOT = {
  title: '手作铸铁壶',
  spec: '0.9 L',
  thumbnail: picture('#7f9c96'),
  unitAmount: 46800,
  quantity: 2,
  amount: 93600,
};
const LONG = {
  title: '金桂乌龙，三窨一提，桂花只取当日鲜花，焙火三日，罐装礼盒，附手写卡片一张，春节不打烊',
  spec: '罐装 · 80 g · 可开具发票，收到后七日内在订单中申请即可，逾期请联系客服',
  unitAmount: 8800,
  quantity: 1,
  amount: 8800,
};
const LARGEST = Number.MAX_SAFE_INTEGER;

const order = (more: Partial<OrderView> = {}): OrderView => ({
  tpOrderId: '20261123090000123456789012',
  title: '手作铸铁壶 等 3 件',
  lines: [TEAPOT, LONG],
  fees: [{ title: '运费', amount: 600 }],
  discounts: [{ title: '茶友九折', amount: 10240 }],
  totalAmount: 92760,
  status: 'unpaid',
  createdAt: 1795424400000,
  ...more,
});

const BIZ_INFO = {
  tpData: {
    displayData: {
      cashierTopBlock: [
        [{ leftCol: '订单名称', rightCol: '爱鲜蜂' }],
        [{ leftCol: '服务地址', rightCol: '北京市海淀区上地十街 10 号百度大厦北门快递柜旁边的小桌子' }],
      ],
    },
  },
};

/** Data of the page, by the name of the state it shows. */
export const STATES: Record<string, Record<string, unknown>> = {
  loading: {},
  unpaid: { order: order({ expiresAt: 1795424400000 + 180_061_000, serverTime: 1795424400000 }) },
  paying: { order: order({ status: 'paying' }) },
  paid: {
    order: order({ status: 'paid', refundedAmount: 5000, note: '已部分退款，将原路退回，请留意到账通知' }),
  },
  closed: { order: order({ status: 'closed', note: '超过支付时间，订单已关闭' }) },
  refunding: { order: order({ status: 'refunding' }) },
  refunded: { order: order({ status: 'refunded', refundedAmount: 92760 }) },
  mismatch: { order: order({ totalAmount: 99999 }) },
  empty: { order: {} },
  invalid: { order: { totalAmount: 0.5 } },
  error: { url: '/broken' },
  largest: {
    order: order({
      title: 'Unbreakable'.repeat(12),
      lines: [{ ...LONG, title: '🐉👨‍👩‍👧‍👦'.repeat(30), unitAmount: LARGEST, amount: LARGEST }],
      fees: [{ title: '包装费（含加急、保温与易碎品加固的全部费用）', amount: LARGEST }],
      discounts: [{ title: 'X'.repeat(60), amount: LARGEST }],
      totalAmount: LARGEST,
      details: [{ title: '收货地址', text: 'A'.repeat(90) }],
      refundedAmount: LARGEST,
      tpOrderId: 'x'.repeat(64),
    }),
  },
  many: {
    order: order({
      lines: Array.from({ length: 200 }, (_, index) => ({
        ...LONG,
        title: `${index} ${LONG.title}`,
        amount: 100,
      })),
      fees: [],
      discounts: [],
      totalAmount: 20000,
      expiresAt: 1795424400000 + 900_000,
      serverTime: 1795424400000,
    }),
  },
  info: {
    info: {
      dealId: '470193086',
      appKey: 'MMUBBH',
      totalAmount: '11300',
      tpOrderId: '3028903626',
      dealTitle: '爱鲜蜂',
      signFieldsRange: '1',
      rsaSign: 'c2lnbmVk',
      bizInfo: JSON.stringify(BIZ_INFO),
    },
  },
};

const FILES: Record<string, string> = {
  'app.json': JSON.stringify({ pages: ['pages/index/index'], window: { navigationBarTitleText: '订单' } }),
  'app.js': 'App({});',
  'app.css': `@import "./lib/theme.css";
page { background: #f5f6fa; }
.page { padding: 34rpx; }
.pay { margin-top: 34rpx; }
@media (prefers-color-scheme: dark) { page { background: #0f1012; } }`,
  'pages/index/index.json': JSON.stringify({
    usingComponents: Object.fromEntries(COMPONENTS.map(name => [name, `/lib/${name}/${name}`])),
  }),
  'pages/index/index.swan': `<view class="page">
    <order-summary id="s" order="{{order}}" order-url="{{url}}" order-info="{{info}}" order-key="k"></order-summary>
    <view class="pay"><pay-button id="p" order-key="k" order-info="{{info}}"></pay-button></view>
</view>`,
  'pages/index/index.js': `var states = ${JSON.stringify(STATES)};
Page({
  data: { order: null, url: '', info: null },
  onLoad: function (query) { this.setData(states[query.state]); }
});`,
};

/** @returns the folder of the mini-program, and what removes it */
export async function buildScreens(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'order-summary-'));
  writeFiles(folder, FILES);
  const components = join(ROOT, 'components');
  await build({
    entryPoints: COMPONENTS.map(name => join(components, name, `${name}.ts`)),
    outdir: join(folder, 'lib'),
    outbase: components,
    bundle: true,
    format: 'cjs',
    target: 'es2017',
  });
  for (const name of COMPONENTS) {
    for (const kind of ['swan', 'css', 'json']) {
      cpSync(join(components, name, `${name}.${kind}`), join(folder, 'lib', name, `${name}.${kind}`));
    }
  }
  cpSync(join(components, 'theme.css'), join(folder, 'lib/theme.css'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
