/** One purchase per key and one cashier call at a time, whoever taps what how often. */
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const PAID = [
  'confirming → paid',
  'toast 支付成功',
  'paysuccess T1 1999 verified',
  'paycomplete success 3240 ms',
];
const STORY = [
  'idle → ordering',
  'cashier T1',
  'ordercreated T1 1999 tea',
  'ordering → paying',
  'paying → confirming',
  ...PAID,
];

test('three taps in one moment are one order, one cashier, one outcome', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  for (let finger = 0; finger < 3; finger++) button!.tap();
  expect(stage.after(60000)).toEqual([
    'paytap idle',
    'idle → ordering',
    'paytap ordering',
    'paytap ordering',
    ...STORY.slice(1),
  ]);
  expect(stage.backend.creates).toBe(1);
  expect(stage.cashier.charges).toHaveLength(1);
});

test('quick taps after the cashier was called do not mean that its callback was lost', () => {
  const stage = new Stage();
  const [button] = stage.open(CREATE);
  button!.tap();
  stage.wait(300);
  button!.tap();
  button!.tap();
  expect(stage.after(60000)).toEqual([
    'paytap idle',
    ...STORY.slice(0, 4),
    'paytap paying',
    'paytap paying',
    'paying → paid',
    'toast 支付成功',
    'paysuccess T1 1999 claimed',
    'paycomplete success 2080 ms',
  ]);
});

test('pay() on a live purchase is the same promise, and it resolves to what paycomplete tells', async () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  const first = button!.pay();
  const second = button!.pay();
  expect(second).toBe(first);
  stage.wait(500);
  expect(button!.pay()).toBe(first);
  expect(await settled(first)).toBeNull();
  stage.wait(60000);
  expect(await settled(first)).toBe(button!.events.find(({ name }) => name === 'paycomplete')!.detail);
  expect(await settled(button!.pay())).toMatchObject({ outcome: 'success' });
  expect(stage.next()).toEqual(STORY);
});

test('a tap on paid goods does nothing', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  button!.tap();
  stage.wait(60000);
  stage.next();
  button!.tap();
  expect(stage.after(60000)).toEqual(['paytap paid']);
  expect(stage.backend.creates).toBe(1);
});

describe('two buttons of one purchase', () => {
  test.each([1, 2])(
    'show one phase; the one that was tapped hears the outcome (%i copies of the package)',
    copies => {
      const stage = new Stage({ copies });
      const [first, second] = stage.open({ ...CREATE, ...STATUS }, { ...CREATE, ...STATUS });
      stage.name(second!, 'second');
      first!.tap();
      second!.tap();
      expect(stage.after(60000)).toEqual([
        'paytap idle',
        'idle → ordering',
        'second: idle → ordering',
        'second: paytap ordering',
        'cashier T1',
        'ordercreated T1 1999 tea',
        'ordering → paying',
        'second: ordering → paying',
        'paying → confirming',
        'second: paying → confirming',
        'confirming → paid',
        'second: confirming → paid',
        ...PAID.slice(1),
      ]);
      expect(stage.cashier.calls).toHaveLength(1);
    },
  );
});

describe('two purchases tapped at once', () => {
  test.each([1, 2])('go to the cashier one after the other (%i copies of the package)', copies => {
    const stage = new Stage({ copies });
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.name(cup!, 'cup');
    tea!.tap();
    cup!.tap();
    expect(stage.after(60000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'cup: paytap idle',
      'cup: idle → ordering',
      'cashier T1',
      'ordercreated T1 1999 tea',
      'ordering → paying',
      'cup: ordercreated T2 1999 tea',
      'cashier T2',
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
      'cup: ordering → paying',
      'cup: paying → paid',
      'toast 支付成功',
      'cup: paysuccess T2 1999 claimed',
      'cup: paycomplete success 4080 ms',
    ]);
  });

  test('wait for a second between two calls, although the first one was refused at once', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.plan({ says: 'denied', pays: false });
    tea!.tap();
    cup!.tap();
    stage.wait(60000);
    const [first, second] = stage.cashier.calls;
    expect(second!.at - first!.at).toBe(1100);
    expect(stage.cashier.charges.map(({ tpOrderId }) => tpOrderId)).toEqual(['T2']);
  });

  test('the second gives up, unpaid and its order kept, when the first sits at the cashier for too long', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.name(cup!, 'cup');
    stage.plan({ open: 60000 });
    tea!.tap();
    cup!.tap();
    expect(stage.after(30000).slice(-4)).toEqual([
      'cup: ordering → idle',
      'toast 暂时无法打开收银台，请稍后再试',
      'cup: paycancel T2 1999 by left',
      'cup: paycomplete cancel 15080 ms',
    ]);
    stage.wait(60000);
    stage.next();
    cup!.tap();
    expect(stage.after(200)).toContain('cup: ordercreated T2 1999 tea reused');
  });
});

test('a tap within a second of the last cashier call waits for it to pass', () => {
  const stage = new Stage();
  const [button] = stage.open(CREATE);
  stage.plan({ says: 'denied', pays: false });
  button!.tap();
  stage.wait(200);
  button!.tap();
  stage.wait(60000);
  const [first, second] = stage.cashier.calls;
  expect(second!.at - first!.at).toBe(1100);
  expect(stage.cashier.charges).toHaveLength(1);
});

describe('a code 2 for a call that another call replaced', () => {
  /** The sheet of a pending order is still open somewhere when the person pays the same order again. */
  function replaced(statusUrl: boolean): Stage {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
    stage.phone.modalMood = 'yes';
    stage.plan({ open: 2000000 }, { open: 5000 });
    button!.tap();
    stage.wait(901000);
    expect(stage.next().slice(-2)).toEqual(['paypending T1 1999', 'paycomplete pending 900080 ms']);
    button!.pay();
    return stage;
  }

  test('is nobody who cancelled', () => {
    const stage = replaced(true);
    expect(stage.after(60000)).toEqual([
      'pending → confirming',
      'question 尚未收到付款',
      'confirming → pending',
      'cashier T1',
      'pending → ordering',
      'ordering → paying',
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
    expect(stage.cashier.charges).toHaveLength(1);
  });

  test('is nobody who cancelled, without status-url either', () => {
    const heard = replaced(false).after(60000);
    expect(heard.filter(line => /cancel/.test(line))).toEqual([]);
    expect(heard.slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      expect.stringMatching(/^paycomplete success/),
    ]);
  });

  test('because another purchase was paid meanwhile is nobody who cancelled', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.plan({ open: 2000000 });
    tea!.tap();
    stage.wait(901000);
    stage.next();
    cup!.pay();
    const heard = stage.after(60000);
    expect(stage.cashier.calls).toHaveLength(2);
    expect(heard.filter(line => /cancel/.test(line))).toEqual([]);
    expect(tea!.phase).toBe('pending');
  });
});

test('a failure of the call before that comes late says nothing about the one that is open', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  stage.phone.modalMood = 'yes';
  stage.plan({ pays: false, says: 'failed', late: 60000 }, { open: 90000 });
  button!.tap();
  stage.wait(10000);
  button!.tap();
  expect(stage.after(5000)).toContain('paypending T1 1999');
  button!.tap();
  expect(stage.after(60000).slice(-2)).toEqual(['pending → ordering', 'ordering → paying']);
  expect(stage.after(60000).slice(-2)).toEqual([
    'paysuccess T1 1999 verified',
    expect.stringMatching(/^paycomplete success/),
  ]);
});

describe('whatever the host does, an attempt settles once', () => {
  test.each([
    ['success, then fail', { says: 'success' as const }],
    ['fail, then success', { says: 'failed' as const, pays: false }],
    ['cancel, then success', { says: 'cancel' as const, pays: false }],
    ['not logged in, then success', { says: 'login' as const, pays: false }],
  ])('%s', (_, plan) => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ ...plan, again: true });
    button!.tap();
    const heard = stage.after(600000);
    expect(heard.filter(line => /^paycomplete/.test(line))).toHaveLength(1);
    expect(heard.filter(line => /^(paysuccess|paycancel|payfail|paypending)/.test(line))).toHaveLength(1);
  });

  test('a callback that comes ten minutes late is adopted', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ late: 600000 });
    button!.tap();
    stage.wait(5000);
    button!.tap();
    expect(stage.after(1000).slice(-5)).toEqual([
      'paytap paying',
      'paying → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      'paycomplete pending 5000 ms',
    ]);
    expect(stage.after(700000)).toEqual([
      'pending → paid',
      'toast 支付成功',
      'paysuccess T1 1999 claimed resumed',
      'paycomplete success resumed 602080 ms',
    ]);
  });

  test('a late cancel of a pending order is adopted too', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'cancel', pays: false, late: 600000 });
    button!.tap();
    stage.wait(5000);
    button!.tap();
    stage.next();
    expect(stage.after(700000)).toEqual([
      'pending → idle',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      'paycomplete cancel resumed 602080 ms',
    ]);
  });

  test('a callback into an app that was started anew goes nowhere, and the payment is found all the same', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ late: 5000 });
    button!.tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.next();
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.after(60000)).toEqual([
      'idle → pending',
      'pending → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed \d+ ms$/),
    ]);
  });
});

test('a tap of before the cashier, paid by the page after it, does not say that the cashier is gone', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS, manual: true });
  stage.handler = (one, { name }) => {
    if (name === 'paytap') stage.phone.later(3000, () => one.pay());
  };
  stage.plan({ open: 20000 });
  button!.tap();
  stage.wait(3040);
  button!.tap();
  expect(stage.after(60000)).not.toContain('paypending T1 1999');
});
