/** Pending is never a dead end and never a second charge; the record, its owner and its end. */
import { CREATE, foundAtOnce, settled, Stage, STATUS } from '../world/stage';
import { SECRETS } from '../world/backend';

const HOUR = 3600000;

/** A purchase whose cashier never called back, pending after fifteen minutes. */
function pending({ statusUrl = true, pays = false, notify = 10 * HOUR } = {}): Stage {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
  stage.plan({ says: 'nothing', pays, notify });
  button!.tap();
  stage.wait(905000);
  expect(button!.phase).toBe('pending');
  stage.next();
  return stage;
}
const tap = (stage: Stage): void => stage.phone.top()!.buttons[0]!.tap();

describe('a tap on a pending purchase', () => {
  test('finds out that it was paid', () => {
    const stage = pending();
    stage.backend.notify('T1');
    tap(stage);
    expect(stage.after(10000)).toEqual([
      'paytap pending',
      'pending → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      'paycomplete success resumed 80 ms',
    ]);
  });

  test('finds out that it was closed: fail, and the next tap buys anew', () => {
    const stage = pending();
    stage.backend.expire();
    tap(stage);
    expect(stage.after(10000)).toEqual([
      'paytap pending',
      'pending → confirming',
      'confirming → idle',
      'toast 订单已关闭，请重新下单',
      'payfail T1 1999 closed null 订单已关闭，请重新下单 retryable',
      'paycomplete fail resumed 80 ms',
    ]);
    tap(stage);
    expect(stage.after(10000)).toContain('ordercreated T2 1999 tea');
  });

  test.each([true, false])('asks before it pays the same order (status-url: %s)', statusUrl => {
    const stage = pending({ statusUrl });
    stage.phone.modalMood = 'yes';
    tap(stage);
    const heard = stage.after(60000);
    expect(heard).toContain('question 尚未收到付款');
    expect(heard).toContain('cashier T1');
    expect(heard.slice(-1)).toEqual([expect.stringMatching(/^paycomplete success \d+ ms$/)]);
    expect(stage.phone.questions).toEqual([
      {
        title: '尚未收到付款',
        content: '如果你已付款，请取消并稍后查看。继续支付仍是同一笔订单。',
        confirmText: '继续支付',
        cancelText: '取消',
      },
    ]);
    expect(stage.backend.creates).toBe(1);
  });

  test('asks, and a no leaves it pending', () => {
    const stage = pending();
    stage.phone.modalMood = 'no';
    tap(stage);
    expect(stage.after(60000)).toEqual([
      'paytap pending',
      'pending → confirming',
      'question 尚未收到付款',
      'confirming → pending',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      'paycomplete cancel resumed 380 ms',
    ]);
  });

  test('stays pending when the backend is unreachable, without a question', () => {
    const stage = pending();
    stage.backend.mood = 'lost';
    tap(stage);
    expect(stage.after(60000)).toEqual([
      'paytap pending',
      'pending → confirming',
      'confirming → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      'paycomplete pending resumed 300 ms',
    ]);
    expect(stage.phone.questions).toEqual([]);
  });

  test('whose question was lost asks again', () => {
    const stage = pending();
    stage.phone.modalMood = 'never';
    tap(stage);
    stage.wait(1200);
    stage.next();
    stage.phone.modalMood = 'yes';
    tap(stage);
    expect(stage.after(60000).slice(0, 3)).toEqual(['paytap pending', 'question 尚未收到付款', 'cashier T1']);
    expect(stage.cashier.calls).toHaveLength(2);
  });

  test('asks once, however quickly it is tapped again', () => {
    const stage = pending({ statusUrl: false });
    stage.phone.modalMood = 'never';
    for (const ms of [40, 150, 400]) {
      tap(stage);
      stage.wait(ms);
    }
    expect(stage.phone.questions).toHaveLength(1);
  });

  test.each(['fails', 'throws'] as const)('takes a host whose modal %s for a no', showModal => {
    const stage = pending();
    stage.phone.quirks.showModal = showModal;
    tap(stage);
    expect(stage.after(60000).slice(-2)).toEqual([
      'paycancel T1 1999 by user',
      expect.stringMatching(/^paycomplete cancel resumed/),
    ]);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('of a killed app pays the same order, although its signature was not remembered', () => {
    const stage = pending();
    stage.phone.kill();
    stage.open({ ...CREATE, ...STATUS });
    stage.phone.modalMood = 'yes';
    stage.next();
    tap(stage);
    expect(
      stage.after(60000).filter(line => /^(question|cashier|ordercreated|paysuccess)/.test(line)),
    ).toEqual([
      'question 尚未收到付款',
      'cashier T1',
      'ordercreated T1 1999 tea reused',
      'paysuccess T1 1999 verified',
    ]);
    expect(stage.backend.orders).toHaveLength(1);
  });
});

describe('the record', () => {
  test('is in storage before the cashier opens, and holds no secret', () => {
    const stage = new Stage();
    const [button] = stage.open({
      ...STATUS,
      createUrl: '/orders',
      orderPayload: { purchase: 'tea', note: SECRETS.payload },
      header: { cookie: SECRETS.header },
    });
    let before = '';
    stage.phone.library.configure({
      requestPayment: options => {
        before = JSON.stringify([...stage.phone.storage]);
        options.success({ sign: SECRETS.rsaSign });
      },
      onTrace: trace => stage.phone.traces.push({ ...trace }),
    });
    button!.tap();
    stage.wait(100000);
    expect(before).toContain('T1');
    const everything = before + JSON.stringify(stage.phone.traces) + JSON.stringify(stage.phone.said);
    for (const secret of Object.values(SECRETS)) expect(everything).not.toContain(secret);
  });

  test('is written once before the cashier', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(1000);
    expect(stage.phone.traces.filter(({ step }) => step === 'save')).toEqual([
      expect.objectContaining({ durable: true, tpOrderId: 'T1' }),
    ]);
  });

  test.each(['refuses', 'throws', 'lies'] as const)(
    'that storage %s: paid all the same, and the trace says so',
    mood => {
      const stage = new Stage();
      stage.phone.storageMood = mood;
      const [button] = stage.open({ ...CREATE, ...STATUS });
      stage.plan({ says: 'nothing', notify: 0 });
      button!.tap();
      stage.wait(5000);
      expect(stage.phone.traces.filter(({ step }) => step === 'save')).toEqual([
        expect.objectContaining({ durable: false }),
      ]);
      button!.tap();
      stage.wait(1000);
      expect(stage.next()).toContain('paysuccess T1 1999 verified');
    },
  );

  test.each([
    ['text', 'x'],
    ['a refusal that looks like data', { errCode: '1003', errMsg: 'refused' }],
    ['half of it', { text: '{"v":1,"records":{' }],
    ['another version', { text: '{"v":99,"records":{" cart":{}}}' }],
    ['a list', { text: '{"v":1,"records":[1,null,"x"]}' }],
    [
      'nothing where the payment was',
      { text: '{"v":1,"records":{" cart":{"orderKey":"cart","owner":"","startedAt":1700000000000}}}' },
    ],
    [
      'a payment of nothing but a key',
      {
        text: '{"v":1,"records":{" cart":{"orderKey":"cart","owner":"","startedAt":1700000000000,"payment":{"idempotencyKey":"k"}}}}',
      },
    ],
    ['null', null],
  ])('that is corrupt (%s) is as if it were not there', (_, value) => {
    const stage = new Stage();
    stage.phone.storage.set('swan-cashier', value);
    const [button] = stage.open({ ...CREATE, ...STATUS, orderKey: 'cart' });
    expect(button!.data.label).toBe('立即支付');
    button!.tap();
    expect(stage.after(10000)).toContain('paysuccess T1 1999 verified');
    expect(stage.phone.violations).toEqual([]);
  });

  test('blocks for a day at most', () => {
    for (const [hours, orders] of [
      [23, 1],
      [25, 2],
    ] as const) {
      const stage = pending();
      stage.phone.kill();
      stage.wait(hours * HOUR);
      const [button] = stage.open({ ...CREATE, ...STATUS });
      stage.phone.modalMood = 'no';
      button!.tap();
      stage.wait(10000);
      expect(stage.backend.orders).toHaveLength(orders);
    }
  });

  test('is gone with a logout, which clears storage: a new purchase', () => {
    const stage = pending();
    stage.phone.kill();
    stage.phone.storage.clear();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    expect(button!.phase).toBe('idle');
  });
});

test('a failed payment that may be paid is still in doubt after a restart: the next tap looks, no second cashier', () => {
  const stage = new Stage();
  const orderInfo = stage.backend.orderInfo(stage.backend.open('tea'));
  const [button] = stage.open({ orderInfo, ...STATUS });
  stage.plan({ says: 'failed', notify: 30000 });
  button!.tap();
  stage.wait(20000);
  expect(stage.next()).toContain('paycomplete fail 8240 ms');
  stage.phone.kill();
  stage.wait(30000);
  const [again] = stage.open({ orderInfo, ...STATUS });
  stage.phone.storageMood = 'refuses';
  again!.tap();
  expect(stage.after(10000).slice(-2)).toEqual([
    'paysuccess T1 1999 verified resumed',
    expect.stringMatching(/^paycomplete success resumed/),
  ]);
  expect(stage.cashier.calls).toHaveLength(1);
});

describe('another owner', () => {
  const open = (stage: Stage) => stage.open({ ...CREATE, ...STATUS })[0]!;

  test('is neither blocked by what the last one left nor told of it', () => {
    const stage = new Stage({ settings: { owner: 'ann' } });
    stage.plan({ says: 'nothing', pays: false });
    open(stage).tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.phone.library.configure({ owner: 'bob' });
    stage.next();
    const button = open(stage);
    expect(stage.after(1000)).toEqual([]);
    expect(button.phase).toBe('idle');
    button.tap();
    expect(stage.after(10000)).toContain('paysuccess T2 1999 verified');
  });

  test('may be a number, or null for nobody, and finds its payment again', () => {
    const stage = new Stage({ settings: { owner: 7 } });
    stage.plan({ says: 'nothing', pays: false });
    open(stage).tap();
    stage.wait(3000);
    stage.phone.kill();
    expect(open(stage).phase).toBe('pending');
    stage.phone.library.configure({ owner: null });
    expect(open(stage).phase).toBe('idle');
  });

  test('is another one also where both names and keys read the same in one line', () => {
    const stage = new Stage({ settings: { owner: 'ann b' } });
    stage.plan({ says: 'nothing', pays: false });
    stage.open({ ...CREATE, orderKey: 'tea' })[0]!.tap();
    stage.wait(3000);
    stage.phone.library.configure({ owner: 'ann' });
    const [button] = stage.open({ ...CREATE, orderKey: 'b tea' });
    expect(button!.phase).toBe('idle');
  });

  test('leaves the payment of the first to the first', () => {
    const stage = new Stage({ settings: { owner: 'ann' } });
    stage.plan({ says: 'nothing', notify: 10000 });
    open(stage).tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.phone.library.configure({ owner: 'bob' });
    open(stage);
    stage.wait(20000);
    stage.phone.kill();
    stage.next();
    open(stage);
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
  });

  test('who comes while the first is paying does not take the record over', () => {
    const stage = new Stage({ settings: { owner: 'ann' } });
    stage.plan({ says: 'paying', pays: false, late: 3000 });
    stage.open(CREATE)[0]!.tap();
    stage.wait(3000);
    stage.phone.library.configure({ owner: 'bob' });
    stage.wait(10000);
    stage.phone.kill();
    expect(stage.open(CREATE)[0]!.phase).toBe('pending');
    stage.phone.kill();
    stage.phone.library.configure({ owner: 'bob' });
    expect(stage.open(CREATE)[0]!.phase).toBe('idle');
  });

  test('a payment that ends after the owner changed is not left spinning on the button', () => {
    const stage = new Stage({ settings: { owner: 'ann' } });
    const button = open(stage);
    button.tap();
    stage.wait(500);
    stage.phone.library.configure({ owner: 'bob' });
    stage.wait(60000);
    expect(button.phase).not.toMatch(/ordering|paying|confirming/);
    expect(stage.next().filter(line => /^paycomplete/.test(line))).toHaveLength(1);
  });
});

describe('resumePending', () => {
  test('finds what was paid, for a page without a button', async () => {
    const stage = new Stage();
    stage.plan({ says: 'nothing', notify: 4000 });
    stage.open({ ...CREATE, ...STATUS })[0]!.tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.open();
    const found = stage.phone.library.resumePending();
    stage.wait(70000);
    expect(await found).toEqual([
      {
        outcome: 'success',
        tpOrderId: 'T1',
        totalAmount: 1999,
        verified: true,
        resumed: true,
        elapsed: expect.any(Number),
        raw: undefined,
      },
    ]);
    // Told to the page of the goods as well, once.
    stage.next();
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.after(1000).filter(line => /^pay[a-z]+ (?!→)/.test(line))).toEqual([
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('waits until the confirm window is over, then it is still pending', async () => {
    const stage = pending();
    const found = stage.phone.library.resumePending();
    stage.wait(30000);
    expect(await Promise.race([found, Promise.resolve('open')])).toBe('open');
    stage.wait(60000);
    expect(await found).toEqual([
      expect.objectContaining({ outcome: 'pending', tpOrderId: 'T1', resumed: true }),
    ]);
    expect(stage.next().filter(line => /^pay[a-z]+ (?!→)/.test(line))).toEqual([]);
  });

  test('answers at once without a status-url, and with nothing when nothing is open', async () => {
    const stage = pending({ statusUrl: false });
    expect(await foundAtOnce(stage)).toEqual([expect.objectContaining({ outcome: 'pending' })]);
    expect(await foundAtOnce(new Stage())).toEqual([]);
  });

  test('twice at once asks once', async () => {
    const stage = pending();
    stage.backend.notify('T1');
    const looks = (): number => stage.backend.received.filter(({ url }) => /status/.test(url)).length;
    const before = looks();
    const found = [stage.phone.library.resumePending(), stage.phone.library.resumePending()];
    stage.wait(70000);
    const [first, second] = await Promise.all(found);
    expect(first).toEqual(second);
    expect(looks() - before).toBe(1);
  });

  test('is not told what belongs to another owner', async () => {
    const stage = pending();
    stage.phone.library.configure({ owner: 'bob' });
    expect(await foundAtOnce(stage)).toEqual([]);
  });
});

describe('reset()', () => {
  test('releases what was paid', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(5000);
    stage.next();
    button!.reset();
    expect(stage.after(50)).toEqual(['paid → idle']);
  });

  test('is ignored, with a warning, while an order may be paid', () => {
    const stage = pending();
    stage.phone.top()!.buttons[0]!.reset();
    expect(stage.phone.top()!.buttons[0]!.phase).toBe('pending');
    expect(stage.warnings()).toEqual(['pay-button: reset() is ignored while order T1 may still be paid']);
  });

  test('while the cashier still shows that it was paid does not let a second cashier over it', async () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ open: 2000, stays: 8000 });
    button!.tap();
    stage.wait(4000);
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    expect(button!.phase).toBe('paid');
    button!.reset();
    const again = button!.pay();
    stage.wait(1000);
    expect(stage.cashier.calls).toHaveLength(1);
    stage.wait(60000);
    expect(stage.phone.violations).toEqual([]);
    expect(await settled(again)).toMatchObject({ outcome: 'success', tpOrderId: 'T2' });
  });
});

test.each(['throws', 'refuses', 'breaks'] as const)(
  'storage that %s at first is read again before anything is written',
  mood => {
    const stage = new Stage();
    stage.plan({ says: 'nothing', notify: 60000 });
    stage.open({ ...CREATE, ...STATUS })[0]!.tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.phone.storageMood = mood;
    stage.open();
    stage.open({ ...CREATE, ...STATUS, orderPayload: { purchase: 'cup' } });
    stage.phone.storageMood = 'well';
    stage.open({ ...CREATE, ...STATUS })[0]!.tap();
    stage.wait(120000);
    expect(stage.cashier.charges).toHaveLength(1);
  },
);
