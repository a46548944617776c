/** A mini-program that shows every state of both components, with a backend and a cashier that lead to these states. */
import type { FastifyInstance } from 'fastify';
import type { Page as Screen } from 'playwright-core';
import type { Locale } from '../../merchant';
import en from '../../utils/config/locale/en';
import { MESSAGES, type Messages } from '../../utils/config/messages';
import { BACKEND, filesOf, showFiles, type Page, type ShownApp } from '../support/mini-program';
import type { Files } from '../support/write-files';

const LINES = [
  { title: '高山乌龙', spec: '100 g', unitAmount: 8800, quantity: 1, amount: 8800 },
  { title: '白瓷盖碗', spec: '120 ml', unitAmount: 4600, quantity: 2, amount: 9200 },
];
const ORDER = {
  title: '高山乌龙 等 3 件',
  lines: LINES,
  fees: [{ title: '运费', amount: 600 }],
  discounts: [{ title: '茶友九折', amount: 1860 }],
  totalAmount: 16740,
  tpOrderId: '20261123090000',
  status: 'unpaid',
  serverTime: 1795424400000,
  expiresAt: 1795425300000,
};

/** order-key of a button -> its name in the picture: the phases in their order. */
export const BUTTONS: Record<string, string> = {
  idle: 'idle 待支付',
  ordering: 'ordering 正在下单',
  paying: 'paying 支付中',
  confirming: 'confirming 正在确认',
  pending: 'pending 结果未知',
  paid: 'paid 已支付',
};

export const WORDS: Record<Locale, Messages> = { 'zh-CN': MESSAGES, en };

/**
 * The buttons that are tapped, in this order; each list is a page of its own. While a cashier is open no other button
 * creates an order, and a payment of another order ends one that is pending. `ordering` never gets an answer and comes last,
 * because a tap on another button would end its attempt.
 */
export const TAPS = [['confirming', 'paid', 'ordering'], ['pending'], ['paying']];

/** ms after a success in which a tap means nothing */
const SUCCESS_GUARD = 3000;

/**
 * Brings each of these buttons into the phase it is called after.
 *
 * @param advance lets that many ms pass on the screen
 */
export async function enterPhases(
  screen: Screen,
  taps: readonly string[],
  language: Locale,
  advance: (ms: number) => Promise<void> = ms => screen.waitForTimeout(ms),
): Promise<void> {
  const words = WORDS[language];
  const shown = (key: string): Promise<void> =>
    screen
      .locator(`#${key}`)
      .getByText(words[key as keyof Messages], { exact: true })
      .waitFor();
  for (const key of taps) {
    await screen.locator(`#${key} .pay-button__pay-button`).click();
    // The user is asked about the one before first, because it may be paid.
    if (key === 'paid' && key !== taps[0]) {
      await screen.getByRole('dialog').getByText(words.askConfirm, { exact: true }).click();
    }
    await shown(key);
    if (key === 'paid') await advance(SUCCESS_GUARD);
  }
  for (const key of taps) await shown(key);
}

/** Name in the picture -> the order that is shown. */
export const SUMMARIES: Record<string, object | null> = {
  'unpaid 待付款': ORDER,
  'paying 支付处理中': { ...ORDER, status: 'paying' },
  'paid 已支付': { ...ORDER, status: 'paid' },
  'closed 已关闭': { ...ORDER, status: 'closed' },
  'refunding 退款中': { ...ORDER, status: 'refunding' },
  'refunded 已退款': { ...ORDER, status: 'refunded', refundedAmount: 16740 },
  'mismatch 明细不符': { ...ORDER, totalAmount: 16000 },
  'loading 加载中': null,
  'empty 没有订单': {},
};

const button = (key: string, name: string, more = ''): string =>
  `<view class="name">${name}</view>
<pay-button id="${key}" order-key="${key}" create-url="/orders/${key}" order-payload="{{cart}}" amount="16740" toast="none" ${more}></pay-button>`;

/** `pending` has no status-url, so that the result of a payment that the cashier calls unfinished stays unknown. */
const BUTTONS_PAGE = [
  ...Object.entries(BUTTONS).map(([key, name]) =>
    button(key, name, key === 'pending' ? '' : `status-url="/status/${key}"`),
  ),
  button('disabled', 'disabled 不可用', 'disabled="{{true}}"'),
  button('plain', 'type: default', 'type="default"'),
  button('warn', 'type: warn', 'type="warn"'),
  button('mini', 'size: mini', 'size="mini"'),
].join('\n');

const SUMMARIES_PAGE = Object.keys(SUMMARIES)
  .map((_name, at) => `<order-summary order="{{orders[${at}]}}" order-key="s${at}"></order-summary>`)
  .concat('<order-summary order-url="/orders/unreachable"></order-summary>')
  .join('\n');

/** One order on its way, and something below it. */
const CHECKOUT_PAGE = `<order-summary order="{{order}}" order-key="one"></order-summary>
${button('one', 'one', 'status-url="/status/one"')}
<view class="name" id="below">below</view>`;

const CSS = `.page { padding: 24rpx 34rpx 40rpx; }
.name { margin: 28rpx 0 10rpx; color: #5c6066; font-size: 24rpx; }
page { background-color: #f5f6fa; }
`;

const page = (title: string, template: string, data: object): Page => ({
  title,
  template: `<view class="page">${template}</view>`,
  script: `Page({ data: ${JSON.stringify(data)} });\n`,
});

const PAGES = {
  'pages/buttons/buttons': page('pay-button', BUTTONS_PAGE, { cart: { sku: 'oolong' } }),
  'pages/summaries/summaries': page('order-summary', SUMMARIES_PAGE, { orders: Object.values(SUMMARIES) }),
  'pages/checkout/checkout': page('checkout', CHECKOUT_PAGE, {
    order: { ...ORDER, tpOrderId: 'one' },
    cart: { sku: 'oolong' },
  }),
};

const SETTINGS = {
  baseUrl: BACKEND,
  timing: { minCallInterval: 0, createTimeout: 60000, statusTimeout: 60000, confirmDelays: [0, 600000] },
};

const filesIn = (language: Locale): Files => ({
  ...filesOf(PAGES),
  'app.js': `require('./swan-cashier/utils/index').configure(${JSON.stringify({ ...SETTINGS, messages: language === 'en' ? en : {} })});
App({});
`,
  'app.css': `@import "./swan-cashier/theme.css";\n${CSS}`,
});

/** Answers of the cashier by order number; without one it stays open. */
const CASHIER = `window.swanPorts = {
  requestPolymerPayment: function (options) {
    var key = options.orderInfo.tpOrderId;
    if (key === 'pending') options.fail({ errCode: 1, errMsg: '支付中' });
    else if (key !== 'paying') options.success({});
  }
};`;

function addBackend(app: FastifyInstance): void {
  const never = new Promise<void>(() => undefined);
  app.post<{ Params: { key: string } }>('/orders/:key', async ({ params: { key } }) => {
    if (key === 'ordering') await never;
    const orderInfo = {
      dealId: '470193086',
      appKey: 'MMdemo',
      totalAmount: '16740',
      tpOrderId: key,
      dealTitle: ORDER.title,
      signFieldsRange: '1',
      rsaSign: 'c2lnbg==',
    };
    return { errno: 0, data: orderInfo };
  });
  app.get('/orders/unreachable', async (_request, reply) => reply.code(503).send({ errno: 1 }));
  app.get<{ Params: { key: string } }>('/status/:key', async ({ params: { key } }) => {
    return { errno: 0, data: { status: key === 'confirming' ? 'unpaid' : 'paid' } };
  });
}

export const openStates = (language: Locale = 'zh-CN'): Promise<ShownApp> =>
  showFiles(filesIn(language), addBackend, CASHIER);
