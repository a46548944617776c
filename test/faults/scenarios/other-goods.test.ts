/** Other goods under one order-key while the old order may still be paid: what is asked, which order is paid, by which key. */
import type { Button } from '../world/phone';
import { CREATE, Stage, STATUS } from '../world/stage';

const SAME = '如果你已付款，请取消并稍后查看。继续支付仍是同一笔订单。';
const OTHER = '上一笔订单没有收到付款。如果你已付款，请取消并稍后查看；继续将支付新的订单。';

type Goods = (stage: Stage) => Record<string, unknown>;

/** Ordered from the backend. */
const made =
  (purchase: string): Goods =>
  () => ({ createUrl: '/orders', orderKey: 'cart', orderPayload: { purchase }, orderInfo: null });
/** Ordered before, by a server that hands the order to the page. */
const ready =
  (purchase: string): Goods =>
  stage => ({
    createUrl: '',
    orderKey: 'cart',
    orderPayload: null,
    orderInfo: stage.backend.orderInfo(
      stage.backend.orders.find(order => order.purchase === purchase) ?? stage.backend.open(purchase),
    ),
  });

interface Setting {
  first: Goods;
  then: Goods;
  /** how the first payment ends */
  ends: 'pending' | 'failed';
  statusUrl: boolean;
  restart: boolean;
}

/** The first goods end in doubt; now the button shows others. */
function changed({ first, then, ends, statusUrl, restart }: Setting): [Stage, Button] {
  const stage = new Stage();
  const more = statusUrl ? STATUS : { statusUrl: '' };
  const [before] = stage.open({ ...first(stage), ...more });
  stage.plan({ says: ends === 'pending' ? 'nothing' : 'failed', pays: false });
  before!.tap();
  stage.wait(905000);
  let button = before!;
  if (restart) {
    stage.phone.kill();
    button = stage.open({ ...then(stage), ...more })[0]!;
    stage.wait(1000);
  } else {
    show(stage, button, then);
  }
  stage.phone.modalMood = 'yes';
  stage.next();
  return [stage, button];
}

function show(stage: Stage, button: Button, goods: Goods): void {
  for (const [name, value] of Object.entries(goods(stage))) button.set(name, value);
  stage.wait(50);
}

const asked = (stage: Stage): string[] => stage.phone.questions.map(({ content }) => content);
const goodsPaid = (stage: Stage): string[] =>
  stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase);

/** What was sent under each key, in order; a key is long and random. */
function sent(stage: Stage): string[][] {
  const keys = new Map<string, string[]>();
  for (const { url, header, data } of stage.backend.received) {
    if (!/orders/.test(url)) continue;
    const key = header!['Idempotency-Key']!;
    expect(key).toMatch(/^\w{20,}$/);
    keys.set(key, [...(keys.get(key) ?? []), (data as { purchase: string }).purchase]);
  }
  return [...keys.values()];
}

const tea = made('tea');
const cup = made('cup');
const TEA = ready('tea');
const CUP = ready('cup');

describe('the old order may still be paid, and is at hand: the question is about it, and a yes pays it', () => {
  test.each([
    ['pending, with status-url', { first: tea, then: cup, ends: 'pending', statusUrl: true }],
    ['pending, without status-url', { first: tea, then: cup, ends: 'pending', statusUrl: false }],
    ['pending and ready, with status-url', { first: TEA, then: CUP, ends: 'pending', statusUrl: true }],
    ['pending and ready, without status-url', { first: TEA, then: CUP, ends: 'pending', statusUrl: false }],
    ['failed and ready, without status-url', { first: TEA, then: CUP, ends: 'failed', statusUrl: false }],
    ['failed and ready, now made, without it', { first: TEA, then: cup, ends: 'failed', statusUrl: false }],
  ] as const)('%s', (_, setting) => {
    const [stage, button] = changed({ ...setting, restart: false });
    button.tap();
    const heard = stage.after(10000);
    expect(heard.filter(line => /^(question|cashier|paysuccess|ordercreated)/.test(line))).toEqual([
      'question 尚未收到付款',
      'cashier T1',
      `paysuccess T1 1999 ${setting.statusUrl ? 'verified' : 'claimed'}`,
    ]);
    expect(asked(stage)).toEqual([SAME]);
    expect(goodsPaid(stage)).toEqual(['tea']);
    expect(stage.backend.received.filter(({ url }) => /T2/.test(url))).toEqual([]);
  });
});

describe('the old order is out of reach after a restart: the question says so, and a yes pays the new one', () => {
  test.each([
    ['pending, with status-url', { first: tea, then: cup, ends: 'pending', statusUrl: true }],
    ['pending, without status-url', { first: tea, then: cup, ends: 'pending', statusUrl: false }],
    ['failed, without status-url', { first: tea, then: cup, ends: 'failed', statusUrl: false }],
    ['pending and ready, with status-url', { first: TEA, then: CUP, ends: 'pending', statusUrl: true }],
    ['pending and ready, without status-url', { first: TEA, then: CUP, ends: 'pending', statusUrl: false }],
    ['failed and ready, without status-url', { first: TEA, then: CUP, ends: 'failed', statusUrl: false }],
  ] as const)('%s', (_, setting) => {
    const [stage, button] = changed({ ...setting, restart: true });
    button.tap();
    const heard = stage.after(10000);
    expect(heard.filter(line => /^(question|cashier|paysuccess)/.test(line))).toEqual([
      'question 尚未收到付款',
      'cashier T2',
      `paysuccess T2 1999 ${setting.statusUrl ? 'verified' : 'claimed'}`,
    ]);
    expect(asked(stage)).toEqual([OTHER]);
    expect(goodsPaid(stage)).toEqual(['cup']);
    expect(sent(stage)).toEqual(setting.first === tea ? [['tea'], ['cup']] : []);
  });
});

describe('the old order failed, and the backend says that it is unpaid: the new one is paid without a question', () => {
  test.each([
    ['by a look', { first: tea, then: cup, statusUrl: true, restart: false }, [['tea'], ['cup']]],
    [
      'by a look, after a restart',
      { first: tea, then: cup, statusUrl: true, restart: true },
      [['tea'], ['cup']],
    ],
    ['by its key', { first: tea, then: cup, statusUrl: false, restart: false }, [['tea', 'tea'], ['cup']]],
    ['by a look, both ready', { first: TEA, then: CUP, statusUrl: true, restart: false }, []],
    ['by a look, the new one ready', { first: tea, then: CUP, statusUrl: true, restart: false }, [['tea']]],
    [
      'by its key, the new one ready',
      { first: tea, then: CUP, statusUrl: false, restart: false },
      [['tea', 'tea']],
    ],
    ['by a look, the old one ready', { first: TEA, then: cup, statusUrl: true, restart: false }, [['cup']]],
  ] as const)('%s', (_, setting, keys) => {
    const [stage, button] = changed({ ...setting, ends: 'failed' });
    button.tap();
    const heard = stage.after(10000);
    expect(heard.filter(line => /^(question|cashier|pay[scf])/.test(line))).toEqual([
      'cashier T2',
      `paysuccess T2 1999 ${setting.statusUrl ? 'verified' : 'claimed'}`,
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
    expect(goodsPaid(stage)).toEqual(['cup']);
    expect(sent(stage)).toEqual(keys);
    button.tap();
    expect(stage.after(10000)).toEqual(['paytap paid']);
  });
});

test('the key that asks about the old goods goes on asking about them after their page was shown again', () => {
  const [stage, button] = changed({
    first: tea,
    then: cup,
    ends: 'failed',
    statusUrl: false,
    restart: false,
  });
  stage.phone.hide();
  stage.phone.show();
  button.tap();
  stage.wait(10000);
  expect(sent(stage)).toEqual([['tea', 'tea'], ['cup']]);
});

test('a no forgets nothing: the question comes again, and no key is used for other goods', () => {
  const [stage, button] = changed({ first: tea, then: cup, ends: 'failed', statusUrl: false, restart: true });
  stage.phone.modalMood = 'no';
  for (let time = 0; time < 2; time++) {
    button.tap();
    expect(stage.after(10000)).toEqual([
      'paytap idle',
      'question 尚未收到付款',
      'idle → pending',
      'pending → idle',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      'paycomplete cancel resumed 300 ms',
    ]);
  }
  expect(asked(stage)).toEqual([OTHER, OTHER]);
  expect(sent(stage)).toEqual([['tea']]);
  stage.phone.modalMood = 'yes';
  button.tap();
  stage.wait(10000);
  expect(sent(stage)).toEqual([['tea'], ['cup']]);
});

test('a no to a pending order leaves it pending, and the old goods are found paid when they are', () => {
  const [stage, button] = changed({ first: tea, then: cup, ends: 'pending', statusUrl: true, restart: true });
  stage.phone.modalMood = 'no';
  button.tap();
  expect(stage.after(10000).slice(-3)).toEqual([
    'toast 已取消支付',
    'paycancel T1 1999 by user',
    'paycomplete cancel resumed 380 ms',
  ]);
  expect(button.phase).toBe('pending');
  stage.backend.notify('T1');
  button.tap();
  expect(stage.after(10000)).toContain('paysuccess T1 1999 verified resumed');
  expect(sent(stage)).toEqual([['tea']]);
});

test('with a backend out of reach nothing is ordered: the old order is pending', () => {
  const [stage, button] = changed({ first: tea, then: cup, ends: 'failed', statusUrl: true, restart: false });
  stage.backend.mood = 'unknown-status';
  button.tap();
  expect(stage.after(10000)).toEqual([
    'paytap idle',
    'idle → confirming',
    'confirming → pending',
    'toast 支付结果确认中，请勿重复支付',
    'paypending T1 1999',
    'paycomplete pending resumed 80 ms',
  ]);
  expect(sent(stage)).toEqual([['tea']]);
});

test('when the new order cannot be made, nothing is in doubt any more, and its key stays', () => {
  const [stage, button] = changed({ first: tea, then: cup, ends: 'pending', statusUrl: true, restart: true });
  stage.backend.instead = ({ url }) => (/orders/.test(url) ? { statusCode: 500, data: {} } : undefined);
  button.tap();
  expect(stage.after(10000).slice(-4)).toEqual([
    'ordering → idle',
    'toast 网络不太顺畅，请稍后再试',
    'payfail - 0 order-request 500 网络不太顺畅，请稍后再试 retryable',
    'paycomplete fail 460 ms',
  ]);
  stage.backend.instead = null;
  button.tap();
  expect(stage.after(200).slice(0, 4)).toEqual([
    'paytap idle',
    'idle → ordering',
    'cashier T2',
    'ordercreated T2 1999 tea',
  ]);
  expect(sent(stage)).toEqual([['tea'], ['cup', 'cup']]);
});

test('a look at the old order that comes after the new one was begun says nothing about that', () => {
  const [stage, button] = changed({ first: tea, then: cup, ends: 'failed', statusUrl: true, restart: false });
  button.tap();
  stage.wait(70);
  stage.phone.hide();
  stage.phone.show();
  stage.wait(20);
  stage.backend.order('T1')!.status = 'paid';
  expect(stage.after(1000).slice(-3)).toEqual([
    'cashier T2',
    'ordercreated T2 1999 tea',
    'ordering → paying',
  ]);
});

describe('the goods are the same', () => {
  const same = (more: Partial<Setting>): [Stage, Button] =>
    changed({ first: TEA, then: TEA, ends: 'failed', statusUrl: false, restart: false, ...more });

  test.each([
    ['ready, without status-url', {}],
    ['ready, without status-url, after a restart', { restart: true }],
    ['pending and ready, after a restart', { restart: true, ends: 'pending' as const }],
  ])('%s: asks, and pays the same order', (_, more) => {
    const [stage, button] = same(more);
    button.tap();
    expect(stage.after(10000).filter(line => /^(question|cashier|paysuccess)/.test(line))).toEqual([
      'question 尚未收到付款',
      'cashier T1',
      'paysuccess T1 1999 claimed',
    ]);
    expect(asked(stage)).toEqual([SAME]);
    expect(sent(stage)).toEqual([]);
  });

  test('made, after a restart: asks about the same order, and its key finds it', () => {
    const [stage, button] = same({ first: tea, then: tea, ends: 'pending', restart: true });
    button.tap();
    expect(stage.after(10000).filter(line => /^(question|cashier|ordercreated)/.test(line))).toEqual([
      'question 尚未收到付款',
      'cashier T1',
      'ordercreated T1 1999 tea reused',
    ]);
    expect(asked(stage)).toEqual([SAME]);
    expect(sent(stage)).toEqual([['tea', 'tea']]);
  });

  test('ready, with a backend that says unpaid: paid without a question', () => {
    const [stage, button] = same({ statusUrl: true });
    button.tap();
    expect(stage.after(200)).toEqual([
      'paytap idle',
      'idle → confirming',
      'cashier T1',
      'confirming → ordering',
      'ordering → paying',
    ]);
  });

  test('ready, with a backend out of reach: asks', () => {
    const [stage, button] = same({ statusUrl: true });
    stage.backend.mood = 'lost';
    button.tap();
    expect(stage.after(1000)).toEqual([
      'paytap idle',
      'idle → confirming',
      'question 尚未收到付款',
      'confirming → pending',
      'cashier T1',
      'pending → ordering',
      'ordering → paying',
    ]);
  });

  test('made, with a status nobody knows: the key asks, and the order is paid', () => {
    const [stage, button] = same({ first: tea, then: tea, statusUrl: true });
    stage.backend.mood = 'unknown-status';
    button.tap();
    expect(stage.after(1000)).toEqual([
      'paytap idle',
      'idle → confirming',
      'confirming → ordering',
      'cashier T1',
      'ordercreated T1 1999 tea reused',
      'ordering → paying',
    ]);
  });

  test.each([
    ['unpaid', 'well', ' retryable', ''],
    ['a status nobody knows', 'unknown-status', ' retryable mayBePaid', ' resumed'],
  ] as const)('made, but not made again after a look that says %s', (_, mood, marks, resumed) => {
    const [stage, button] = same({ first: tea, then: tea, statusUrl: true });
    stage.backend.mood = mood;
    stage.backend.instead = ({ url }) => (/orders/.test(url) ? { statusCode: 500, data: {} } : undefined);
    const words =
      marks === ' retryable' ? '网络不太顺畅，请稍后再试' : '支付没有完成，如已扣款请稍后查看订单';
    if (mood !== 'well') {
      stage.backend.instead = ({ url }) =>
        /orders/.test(url)
          ? { statusCode: 500, data: {} }
          : { statusCode: 200, data: { errno: 0, data: { status: 'limbo' } } };
    }
    button.tap();
    expect(stage.after(1000).slice(-2)).toEqual([
      `payfail T1 1999 order-request 500 ${words}${marks}`,
      `paycomplete fail${resumed} 160 ms`,
    ]);
  });
});

describe('two buttons of one order-key', () => {
  const goods = (purchase: string): Record<string, unknown> => ({
    ...CREATE,
    orderKey: 'cart',
    orderPayload: { purchase },
  });

  test('with other goods: what is being ordered is shown by both, and a tap joins it', () => {
    const stage = new Stage();
    const [first, second] = stage.open(goods('tea'), goods('cup'));
    stage.name(second!, 'second');
    first!.tap();
    stage.phone.hide();
    stage.phone.show();
    expect(second!.phase).toBe('ordering');
    second!.tap();
    expect(stage.after(60000).slice(0, 4)).toEqual([
      'paytap idle',
      'idle → ordering',
      'second: idle → ordering',
      'second: paytap ordering',
    ]);
    expect(goodsPaid(stage)).toEqual(['tea']);
  });

  test('keep what was paid when one of them has nothing to sell any more', () => {
    const stage = new Stage();
    const [button] = stage.open(goods('tea'));
    button!.tap();
    stage.wait(5000);
    stage.next();
    button!.set('createUrl', '');
    expect(stage.after(100)).toEqual([]);
    expect(button!.phase).toBe('paid');
  });

  test('agree on a source again when the one that differed is gone', () => {
    const stage = new Stage();
    const [first, second] = stage.open(goods('tea'), { ...goods('tea'), createUrl: '/others' });
    second!.detach();
    first!.tap();
    expect(stage.after(5000)).toContain('paysuccess T1 1999 claimed');
    expect(stage.errors()).toEqual([]);
  });
});

test('two sources under two keys are no conflict', () => {
  const stage = new Stage();
  const [first, second] = stage.open(CREATE, { ...CUP(stage), orderKey: '' });
  first!.tap();
  stage.wait(5000);
  second!.tap();
  stage.wait(5000);
  expect(goodsPaid(stage)).toEqual(['tea', 'cup']);
  expect(stage.errors()).toEqual([]);
});

test('the next attempt goes by what the button says now', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, header: { session: 'old' } });
  stage.plan({ says: 'cancel', pays: false });
  button!.tap();
  stage.wait(5000);
  button!.set('header', { session: 'new' });
  stage.wait(50);
  button!.tap();
  stage.wait(5000);
  expect(stage.backend.received.map(({ header }) => header!.session)).toEqual(['old', 'new']);
});
