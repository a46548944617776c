import en from '../../utils/config/locale/en';
import {
  alert,
  setPageData,
  configure,
  muteConsoleErrors,
  sampleLine,
  mountSummary,
  NOW,
  order,
  summaryOrderInfo,
  advance,
  phone,
  rows,
  setDataOf,
  startSummaryApp,
  status,
  stopApp,
  timeLeft,
  envelope,
} from '../helpers/component-page';

beforeEach(() => startSummaryApp());
afterEach(stopApp);

describe('order-summary', () => {
  test('shows lines, fees, discounts, total, number and time with one setData when it has an order', async () => {
    const page = await mountSummary({ order: order() });
    expect(status(page)).toBe('待付款');
    expect(page.text('.order-summary__order-title')).toBe('手作铸铁壶 等 2 件');
    expect(page.text('.order-summary__order-goods')).toBe('手作铸铁壶¥936.000.9 L¥468.00 × 2');
    expect(page.getElement('.order-summary__order-picture img').getAttribute('src')).toBe(
      sampleLine.thumbnail,
    );
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(rows(page)).toEqual([
      '运费 | ¥6.00',
      '茶友九折 | -¥93.60',
      expect.stringMatching(/^下单时间 \| 2026-11-2\d \d\d:\d\d$/),
      '订单编号 | 20261123090000000001 | 复制',
    ]);
    expect(timeLeft(page)).toBe('15:00');
    expect(alert(page)).toBeNull();
    expect(setDataOf(page)).toHaveLength(1);
    expect(page.details('orderload')).toEqual([
      { order: expect.objectContaining(order()), mismatch: null, refreshed: false },
    ]);
  });

  test('shows a skeleton when the page has no order yet', async () => {
    const page = await mountSummary({});
    expect(page.getElement('.order-summary__order-card').getAttribute('aria-busy')).toBe('true');
    expect(page.text()).toBe('');
    await setPageData(page, { order: order() });
    expect(page.queryElement('[aria-busy]')).toBeNull();
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  });

  test.each([
    ['unpaid', '待付款'],
    ['paying', '支付处理中'],
    ['paid', '已支付'],
    ['closed', '已关闭'],
    ['refunding', '退款中'],
    ['refunded', '已退款'],
  ] as const)('shows the text and class of the status when the order is %s', async (word, text) => {
    const page = await mountSummary({ order: order({ status: word }) });
    expect(status(page)).toBe(text);
    expect(page.getElement('.order-summary__order-status').className).toContain(
      `order-summary__order-${word}`,
    );
    expect(timeLeft(page)).toBe(word === 'unpaid' ? '15:00' : null);
  });

  test('shows the refunded amount and the note when a part was refunded', async () => {
    const page = await mountSummary({
      order: order({ status: 'paid', refundedAmount: 5000, note: '已部分退款' }),
    });
    expect(rows(page)).toContain('已退款 | ¥50.00');
    expect(page.text('.order-summary__order-note')).toBe('已部分退款');
  });

  test('hides the note, and keeps its place, when the status has changed since', async () => {
    const page = await mountSummary({
      order: order({ note: '请在 15 分钟内付款', expiresAt: NOW + 60_000, serverTime: NOW }),
    });
    const note = (): string => page.getElement('.order-summary__order-note').className;
    expect(note()).not.toContain('order-over');
    await advance(page, 61_000);
    expect(status(page)).toBe('已关闭');
    expect(note()).toContain('order-over');
    expect(page.text('.order-summary__order-note')).toBe('请在 15 分钟内付款');
  });

  test('shows the empty text when an order has no content', async () => {
    const page = await mountSummary({ order: {} });
    expect(page.text()).toBe('暂无订单内容');
    await setPageData(page, { order: { title: '', lines: [], fees: [], discounts: [], totalAmount: 0 } });
    expect(page.text()).toBe('暂无订单内容');
  });

  test('shows no number, no time and nothing to copy when the order is a quote', async () => {
    const { title, lines, fees, discounts, totalAmount } = order();
    const page = await mountSummary({ order: { title, lines, fees, discounts, totalAmount } });
    expect(status(page)).toBe('待付款');
    expect(rows(page)).toEqual(['运费 | ¥6.00', '茶友九折 | -¥93.60']);
    expect(timeLeft(page)).toBeNull();
  });

  test('shows details of the shop above the total when there are some', async () => {
    const page = await mountSummary({ order: order({ details: [{ title: '收货人', text: '小满' }] }) });
    expect(rows(page)[0]).toBe('收货人 | 小满');
  });

  test('sets nothing when the same order comes again, and only what changed when another one does', async () => {
    const page = await mountSummary({ order: order() });
    await setPageData(page, { order: { ...order() } });
    expect(setDataOf(page)).toHaveLength(1);
    await setPageData(page, { order: order({ status: 'paid' }) });
    expect(setDataOf(page)).toHaveLength(2);
    expect(setDataOf(page)[1]?.keys.sort()).toEqual(['status', 'statusText']);
    expect(page.details('statuschange')).toEqual([
      { status: 'paid', previous: 'unpaid', tpOrderId: order().tpOrderId },
    ]);
    expect(page.details('orderload')[1]).toMatchObject({ refreshed: true });
  });

  test('fires no statuschange when another order is shown', async () => {
    const page = await mountSummary({ order: order() });
    await setPageData(page, { order: order({ tpOrderId: 'T2', status: 'paid' }) });
    expect(status(page)).toBe('已支付');
    expect(page.details('statuschange')).toEqual([]);
  });

  test('reads an order when it is given as JSON text', async () => {
    const page = await mountSummary({ order: JSON.stringify(order()) });
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  });
});

describe('an amount', () => {
  test('is exact to the last fen when it is the largest safe integer', async () => {
    const amount = Number.MAX_SAFE_INTEGER;
    const page = await mountSummary({
      order: order({
        lines: [{ ...sampleLine, unitAmount: amount, quantity: 1, amount }],
        fees: [],
        discounts: [],
        totalAmount: amount,
      }),
    });
    expect(page.text('.order-summary__order-total')).toBe('¥90,071,992,547,409.91');
    expect(alert(page)).toBeNull();
  });

  test('is read when it is digits as text', async () => {
    const page = await mountSummary({ order: { ...order(), totalAmount: '84840' } });
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  });

  test('is shown with a notice and an event when the total is one fen off', async () => {
    const consoleErrors = muteConsoleErrors();
    const page = await mountSummary({ order: order({ totalAmount: 84841 }) });
    expect(alert(page)).toBe('明细合计 ¥848.40，与订单金额不符，请联系商家');
    expect(page.getElement('.order-summary__order-alert').getAttribute('role')).toBe('alert');
    expect(page.text('.order-summary__order-total')).toBe('¥848.41');
    expect(page.details('orderload')).toMatchObject([{ mismatch: { sum: 84840, totalAmount: 84841 } }]);
    expect(consoleErrors).toHaveBeenCalledWith(expect.stringContaining('totalAmount'), expect.anything());
  });

  test('has a sign in the notice when the discounts are larger than everything else', async () => {
    muteConsoleErrors();
    const page = await mountSummary({
      order: order({ lines: [], fees: [], discounts: [{ title: '券', amount: 100 }], totalAmount: 0 }),
    });
    expect(alert(page)).toContain('-¥1.00');
  });

  test('is no mismatch when the order names no lines', async () => {
    const { lines: _lines, ...more } = order();
    const page = await mountSummary({ order: more });
    expect(alert(page)).toBeNull();
    expect(page.details('orderload')).toMatchObject([{ mismatch: null, order: { lines: [] } }]);
  });

  test('is a mismatch when the order names a list without lines', async () => {
    muteConsoleErrors();
    const page = await mountSummary({ order: order({ lines: [], fees: [], discounts: [] }) });
    expect(alert(page)).toContain('明细合计 ¥0.00');
  });

  test.each([
    ['yuan', { totalAmount: '848.40' }],
    ['a fraction of a fen', { totalAmount: 84840.5 }],
    ['NaN, which arrives as null', { totalAmount: null }],
    ['a negative total', { totalAmount: -1 }],
    ['more than a number holds', { totalAmount: 2 ** 53 }],
    ['an order number that lost digits', { tpOrderId: JSON.parse('1349625084474417153') }],
    ['a line without an amount', { lines: [{ ...sampleLine, amount: undefined }] }],
    ['a line that is no object', { lines: ['kettle'] }],
    ['lines that are no list', { lines: 'kettle' }],
    ['no pieces', { lines: [{ ...sampleLine, quantity: 0 }] }],
    ['a refund in yuan', { refundedAmount: '5.00' }],
    ['a status nobody knows', { status: 'shipped' }],
    ['a time that is text', { expiresAt: '2026-11-23' }],
  ])('keeps the order from being shown when it has %s', async (_what, more) => {
    const consoleErrors = muteConsoleErrors();
    const page = await mountSummary({ order: { ...order(), ...more } });
    expect(page.text()).toBe('订单信息有误，请联系商家');
    const [name] = Object.keys(more) as [string];
    const message = expect.stringContaining(name);
    expect(page.details('orderfail')).toEqual([
      { reason: 'order-invalid', code: null, message, stale: false },
    ]);
    expect(consoleErrors).toHaveBeenCalledWith(message);
    expect(page.details('orderload')).toEqual([]);
  });
});

describe('an orderInfo', () => {
  const bizInfo = JSON.stringify({
    tpData: {
      displayData: {
        cashierTopBlock: [
          [
            { leftCol: '订单名称', rightCol: '爱鲜蜂' },
            { leftCol: '数量', rightCol: 1 },
          ],
          [{ leftCol: '服务地址', rightCol: '上地十街 10 号' }, null],
          'nonsense',
        ],
      },
    },
  });

  test('shows its title, its amount and the rows the cashier shows when there is no backend', async () => {
    const page = await mountSummary({ info: summaryOrderInfo({ bizInfo }) });
    expect(page.text('.order-summary__order-title')).toBe('手作铸铁壶 等 2 件');
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(rows(page)).toEqual([
      '订单名称 | 爱鲜蜂',
      '数量 | 1',
      '服务地址 | 上地十街 10 号',
      '订单编号 | 20261123090000000001 | 复制',
    ]);
    expect(alert(page)).toBeNull();
  });

  test.each([undefined, '', 'not JSON', '{}', '{"tpData":{"displayData":[]}}', '[]'])(
    'has no rows when its bizInfo is %p',
    async text => {
      const page = await mountSummary({ info: summaryOrderInfo({ bizInfo: text }) });
      expect(rows(page)).toEqual(['订单编号 | 20261123090000000001 | 复制']);
    },
  );

  test('is not shown when its amount cannot be read', async () => {
    muteConsoleErrors();
    const page = await mountSummary({ info: summaryOrderInfo({ totalAmount: '848.40' }) });
    expect(page.text()).toBe('订单信息有误，请联系商家');
  });

  test('is ignored when there is an order, too', async () => {
    const page = await mountSummary({ order: order(), info: summaryOrderInfo({ totalAmount: '1' }) });
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  });
});

describe('a long order', () => {
  test('is all there after one setData when it has 200 lines', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      ...sampleLine,
      title: `茶 ${index}`,
      unitAmount: 100,
      quantity: 1,
      amount: 100,
    }));
    const page = await mountSummary({ order: order({ lines, fees: [], discounts: [], totalAmount: 20000 }) });
    expect(page.getAllElements('.order-summary__order-line')).toHaveLength(200);
    expect(setDataOf(page)).toHaveLength(1);
    expect(alert(page)).toBeNull();
  });

  test('shows titles whole when they are long and of emoji', async () => {
    const title = '👨‍👩‍👧‍👦 家庭装 '.repeat(20).trim();
    const page = await mountSummary({ order: order({ lines: [{ ...sampleLine, title }] }) });
    expect(page.text('.order-summary__order-name')).toBe(title);
  });

  test('keeps the place of a picture when other lines have one', async () => {
    const bare = { ...sampleLine, thumbnail: '' };
    const mixed = order({ lines: [sampleLine, bare], totalAmount: 178440 });
    const page = await mountSummary({ order: mixed });
    expect(page.getAllElements('.order-summary__order-picture')).toHaveLength(2);
    expect(page.getAllElements('.order-summary__order-picture img')).toHaveLength(1);
    await setPageData(page, { order: order({ lines: [bare] }) });
    expect(page.getAllElements('.order-summary__order-picture')).toHaveLength(0);
  });
});

describe('the order number', () => {
  test('is copied, with a toast and an event, when it is tapped', async () => {
    const page = await mountSummary({ order: order() });
    const row = page.getElement('.order-summary__order-number');
    expect(row.getAttribute('role')).toBe('button');
    expect(row.getAttribute('aria-label')).toBe('复制 订单编号 20261123090000000001');
    await page.tap('.order-summary__order-number');
    await advance(page);
    expect(phone.clipboardText).toBe('20261123090000000001');
    expect(phone.toasts).toMatchObject([{ title: '已复制', icon: 'success' }]);
    expect(page.details('ordercopy')).toEqual([{ tpOrderId: '20261123090000000001' }]);
  });

  test('is copied with a toast without a tick when the text of the shop is too long for a tick', async () => {
    configure({ messages: { orderCopied: '订单编号已经复制' } });
    const page = await mountSummary({ order: order() });
    await page.tap('.order-summary__order-number');
    await advance(page);
    expect(phone.toasts).toMatchObject([{ title: '订单编号已经复制', icon: 'none' }]);
  });

  test('is copied without a toast when the text for it is empty', async () => {
    configure({ messages: { orderCopied: '' } });
    const page = await mountSummary({ order: order() });
    await page.tap('.order-summary__order-number');
    await advance(page);
    expect(phone.toasts).toEqual([]);
    expect(page.details('ordercopy')).toHaveLength(1);
  });

  test('is neither shown nor copied when it is a number that lost digits', async () => {
    muteConsoleErrors();
    const page = await mountSummary({
      info: summaryOrderInfo({ tpOrderId: JSON.parse('1349625084474417153') }),
    });
    expect(page.text()).toBe('订单信息有误，请联系商家');
    expect(page.details('orderfail')).toMatchObject([
      { reason: 'order-invalid', message: expect.stringContaining('tpOrderId must be in quotes') },
    ]);
  });
});

describe('the template', () => {
  test('shows the skeleton when its attributes are bare or empty', async () => {
    const page = await mountSummary({}, '', {
      template: '<order-summary id="s" order order-url="" order-info order-key=""></order-summary>',
    });
    expect(page.getElement('.order-summary__order-card').getAttribute('aria-busy')).toBe('true');
    expect(phone.requests).toEqual([]);
  });

  test('shows the slots header and footer, and actions when there is an order', async () => {
    const slot = (name: string): string => `<view slot="${name}" class="in-${name}">${name}</view>`;
    const slots = ['header', 'actions', 'footer'].map(slot).join('');
    const page = await mountSummary({}, '', {
      template: `<order-summary id="s" order="{{order}}">${slots}</order-summary>`,
      data: { order: null },
    });
    expect(page.text()).toBe('headerfooter');
    expect(page.queryElement('.in-actions')).toBeNull();
    await setPageData(page, { order: order() });
    expect(page.text()).toMatch(/^header.*actionsfooter$/);
  });

  test('takes the classes of the page when they are for the card, the lines and the total', async () => {
    const page = await mountSummary({ order: order() }, 'custom-class="a" line-class="b" total-class="c"');
    expect(page.queryElement('.a .b')).not.toBeNull();
    expect(page.text('.c')).toBe('¥848.40');
  });

  test('has the hidden total with its external class when there is no order yet', async () => {
    const page = await mountSummary({ order: null }, 'total-class="c"');
    const total = page.getElement('.c');
    expect(page.isVisible('.c')).toBe(false);
    await setPageData(page, { order: order() });
    expect(page.getElement('.c')).toBe(total);
    expect(page.isVisible('.c')).toBe(true);
  });

  test('has the safe-area class when safe-area is set', async () => {
    const page = await mountSummary({ order: order() }, 'safe-area');
    expect(page.queryElement('.order-summary__order-safe')).not.toBeNull();
  });

  test('has the English texts and those of the shop when they are configured', async () => {
    configure({ messages: { ...en, orderTotal: 'You pay', orderCreated: '' } });
    const page = await mountSummary({ order: order() });
    expect(status(page)).toBe('To pay');
    expect(page.text('.order-summary__order-sum')).toBe('You pay¥848.40');
    expect(rows(page)[3]).toBe('Order number | 20261123090000000001 | Copy');
    expect(rows(page)[2]).toMatch(/^ \| 2026-11-2/);
  });
});

test('order-summary shows nothing and sends no request when the goods are virtual and the phone runs iOS', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ url: '/orders/1', order: order() }, 'virtual-goods');
  expect(page.root.textContent).toBe('');
  expect(page.queryElement('.order-summary__order')).toBeNull();
  await page.hide();
  await page.show();
  expect(phone.requests).toEqual([]);
  expect(page.events).toEqual([]);
});

test('order-summary shows the order when the goods are not virtual', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ order: order() });
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
});

test('order-summary disappears, and leaves the backend alone, when the goods turn out to be virtual', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  phone.onRequest(() => envelope(order()));
  const page = await mountSummary({ url: '/orders/1', virtual: false }, 'virtual-goods="{{virtual}}"');
  await advance(page);
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  await setPageData(page, { virtual: true });
  expect(page.root.textContent).toBe('');
  const before = setDataOf(page).length;
  await advance(page, 901_000);
  await page.hide();
  await page.show();
  expect(phone.requests).toHaveLength(1);
  expect(setDataOf(page)).toHaveLength(before);
  expect(page.details('orderexpire')).toEqual([]);
});
