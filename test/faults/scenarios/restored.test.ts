/** What an app that was killed finds in storage when it is opened again: its own, somebody else's, or something broken. */
import { SECRETS } from '../world/backend';
import type { Plan } from '../world/cashier';
import type { Button } from '../world/phone';
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const HOUR = 3600000;
const GOODS = { ...CREATE, ...STATUS };
const READY = { ...CREATE, orderKey: 'cart', ...STATUS };

const looksOf = (stage: Stage): { url: string; header?: Record<string, string> }[] =>
  stage.backend.received.filter(({ url }) => /status/.test(url));
const createsOf = (stage: Stage): string[] =>
  stage.backend.received
    .filter(({ url }) => /orders/.test(url))
    .map(({ header }) => header!['Idempotency-Key'] as string);
const recordOf = (stage: Stage): string => JSON.stringify(stage.phone.storage.get('swan-cashier') ?? '');

/** The app is killed in mid-payment. */
function killed(plan: Partial<Plan> = { says: 'nothing', pays: false }, goods: object = GOODS): Stage {
  const stage = new Stage();
  const [button] = stage.open({ ...goods });
  stage.plan(plan);
  button!.tap();
  stage.wait(3000);
  stage.phone.kill();
  stage.wait(2000);
  stage.next();
  return stage;
}

function unheard(plan: Partial<Plan>): Stage {
  const stage = new Stage();
  stage.open();
  stage.payUnheard(GOODS, plan);
  return stage;
}

const again = (stage: Stage, goods: object = GOODS): Button => stage.open({ ...goods })[0]!;

describe('a purchase that was cancelled', () => {
  test('is idle, says nothing, and its order is used again', () => {
    const stage = killed({ says: 'cancel', pays: false });
    const button = again(stage);
    expect(stage.after(1000)).toEqual([]);
    expect([button.phase, looksOf(stage)]).toEqual(['idle', [expect.anything()]]);
    button.tap();
    expect(stage.after(200)).toEqual([
      'paytap idle',
      'idle → ordering',
      'cashier T1',
      'ordercreated T1 1999 tea reused',
      'ordering → paying',
    ]);
  });

  test('is not looked into when its page is shown', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'cancel', pays: false });
    button!.tap();
    stage.wait(5000);
    const before = looksOf(stage).length;
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    expect(looksOf(stage)).toHaveLength(before);
  });

  test('is a new purchase after a day', () => {
    const stage = killed({ says: 'cancel', pays: false });
    stage.wait(25 * HOUR);
    again(stage).tap();
    stage.wait(1000);
    expect(new Set(createsOf(stage)).size).toBe(2);
  });
});

describe('a purchase whose outcome is not known', () => {
  test('is looked into with the header of its page', () => {
    const stage = killed();
    again(stage, { ...GOODS, header: { session: 'new' } });
    stage.wait(1000);
    expect(looksOf(stage).map(({ header }) => header!.session)).toEqual(['new']);
  });

  test('that began without a status-url is looked into where the page has one by now', () => {
    const stage = killed({ says: 'nothing' }, CREATE);
    again(stage);
    expect(stage.after(1000).slice(-2)).toEqual([
      'paysuccess T1 1999 verified resumed',
      'paycomplete success resumed 5080 ms',
    ]);
  });

  test('is looked into by its own status-url where the page has none any more', () => {
    const stage = killed({ says: 'nothing' });
    again(stage, CREATE);
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
  });

  test('is looked into by a tap where the page has no status-url any more', () => {
    const stage = killed();
    const button = again(stage, CREATE);
    stage.wait(1000);
    stage.backend.notify('T1');
    button.tap();
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
  });

  test('is joined by a tap while it is looked into: one look, one outcome, and the promise is kept', async () => {
    const stage = killed({ says: 'nothing' });
    const button = stage.phone.openPage([{ properties: { ...GOODS }, copy: 0 }]).buttons[0]!;
    stage.wait(1);
    expect(looksOf(stage)).toHaveLength(1);
    button.tap();
    const promise = button.pay();
    expect(stage.after(5000)).toEqual([
      'idle → pending',
      'paytap pending',
      'pending → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
    expect(looksOf(stage)).toHaveLength(1);
    expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
  });

  test('and is found paid by a look keeps nobody waiting who calls pay() then', async () => {
    const stage = killed({ says: 'nothing' });
    const button = again(stage);
    stage.wait(1000);
    expect(button.phase).toBe('paid');
    stage.next();
    expect(await settled(button.pay())).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
    expect(stage.after(1000)).toEqual([]);
  });

  test('is looked into once when its page is shown twice in one moment', () => {
    const stage = killed();
    again(stage);
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    const pending = stage.next().filter(line => /^paypending/.test(line));
    expect(pending).toEqual(['paypending T1 1999']);
  });

  test('whose pending nobody heard says so to the first page after the app was killed, once', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.phone.closePage();
    stage.wait(1000);
    for (const heard of [['paypending T1 1999'], []]) {
      stage.phone.kill();
      stage.next();
      stage.open(CREATE);
      expect(stage.after(1000).filter(line => /^paypending/.test(line))).toEqual(heard);
    }
  });
});

describe('an outcome that waited', () => {
  test('and was told is not told again, and a cancelled order keeps its key', () => {
    const stage = unheard({ says: 'cancel', pays: false });
    const button = again(stage);
    expect(stage.after(1000)).toEqual(
      ['paycancel T1 1999 by user', expect.stringMatching(/^paycomplete cancel resumed/)].flatMap(
        (line, index) => (index ? [line] : ['toast 已取消支付', line]),
      ),
    );
    expect(recordOf(stage)).toContain('T1');
    expect(button.phase).toBe('idle');
    stage.phone.kill();
    stage.next();
    const next = again(stage);
    expect(stage.after(1000)).toEqual([]);
    next.tap();
    expect(stage.after(200)).toContain('ordercreated T1 1999 tea reused');
  });

  test('and was told leaves nothing in storage when it was paid', () => {
    const stage = unheard({});
    expect(recordOf(stage)).toContain('T1');
    again(stage);
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
    expect(recordOf(stage)).not.toContain('T1');
  });

  test('is what pay() is told that comes after a restart', async () => {
    const stage = unheard({});
    stage.phone.kill();
    const button = again(stage);
    const promise = button.pay();
    expect(promise).toHaveProperty('then');
    expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('is not told after a day', () => {
    const stage = unheard({ says: 'cancel', pays: false });
    stage.phone.kill();
    stage.wait(25 * HOUR);
    again(stage);
    expect(stage.after(1000)).toEqual([]);
  });

  test('waits without what the cashier handed over, which may hold a secret', () => {
    const stage = unheard({ answer: [true, { sign: SECRETS.rsaSign }] });
    expect(recordOf(stage)).toContain('"waiting');
    expect(stage.phone.violations).toEqual([]);
  });

  test('of an order that could not be made keeps the key, which the backend may know by now', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(GOODS);
    stage.backend.mood = 'lost-answer';
    button!.tap();
    stage.wait(20);
    stage.phone.closePage();
    stage.wait(20000);
    stage.backend.mood = 'well';
    again(stage);
    stage.wait(1000);
    stage.phone.kill();
    again(stage).tap();
    stage.wait(1000);
    expect(new Set(createsOf(stage)).size).toBe(1);
    expect(stage.backend.orders).toHaveLength(1);
  });
});

describe('a record', () => {
  interface Record {
    [field: string]: unknown;
    payment: { [field: string]: unknown };
  }

  /** Storage as a kill in mid-payment leaves it, with its one record changed. */
  function damaged(damage: (record: Record, holder: { v: unknown; records: unknown }) => void): Stage {
    const stage = killed({ says: 'nothing' }, READY);
    const { text } = stage.phone.storage.get('swan-cashier') as { text: string };
    const holder = JSON.parse(text) as { v: unknown; records: { [id: string]: Record } };
    const [record] = Object.values(holder.records);
    damage(record!, holder);
    stage.phone.storage.set('swan-cashier', { text: JSON.stringify(holder) });
    stage.phone.kill();
    return stage;
  }

  test('that is whole is found', () => {
    const stage = damaged(() => undefined);
    again(stage, READY);
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
  });

  test.each<[string, Parameters<typeof damaged>[0]]>([
    ['an owner that is no text', record => (record.owner = 7)],
    ['an order-key that is no text', record => (record.orderKey = null)],
    ['goods that are no text', record => delete record.fingerprint],
    ['a status-url that is no text', record => (record.statusUrl = {})],
    ['a key that is no text', ({ payment }) => delete payment.idempotencyKey],
    ['an order that is no text', ({ payment }) => (payment.tpOrderId = 1)],
    ['a title that is no text', ({ payment }) => delete payment.dealTitle],
    ['an amount that is none', ({ payment }) => (payment.totalAmount = '19.99')],
    ['no amount', ({ payment }) => delete payment.totalAmount],
    ['a phase that no purchase at rest has', ({ payment }) => (payment.phase = 'paying')],
    ['no phase', ({ payment }) => delete payment.phase],
    ['no payment', record => (record.payment = null as never)],
    ['a paid order that nobody waits to hear of', ({ payment }) => (payment.phase = 'paid')],
    ['an outcome that is none', record => (record.waiting = { outcome: 'maybe' })],
    ['no time', record => delete record.startedAt],
    ['another version', (_, holder) => (holder.v = 2)],
    ['no records', (_, holder) => delete holder.records],
    ['records that are null', (_, holder) => (holder.records = null)],
  ])('with %s is as if it were not there', (_, damage) => {
    const stage = damaged(damage as never);
    stage.backend.order('T1')!.status = 'unpaid';
    const button = again(stage, READY);
    expect(stage.after(1000)).toEqual([]);
    expect(button.phase).toBe('idle');
    button.tap();
    expect(stage.after(10000).slice(-2)).toEqual([
      'paysuccess T2 1999 verified',
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('of an order that its goods do not go with: nothing is paid with it', () => {
    const stage = new Stage();
    const orderInfo = stage.backend.orderInfo(stage.backend.open('tea'));
    const goods = { orderInfo, orderKey: 'cart', ...STATUS };
    stage.plan({ says: 'failed', pays: false });
    again(stage, goods).tap();
    stage.wait(20000);
    stage.backend.open('cup');
    const { text } = stage.phone.storage.get('swan-cashier') as { text: string };
    stage.phone.storage.set('swan-cashier', {
      text: text.replace('"tpOrderId":"T1"', '"tpOrderId":"T2"'),
    });
    stage.phone.kill();
    const button = again(stage, goods);
    stage.next();
    button.tap();
    expect(stage.after(1000)).toEqual([
      'paytap idle',
      'idle → confirming',
      'confirming → idle',
      'toast 订单信息有误，请联系商家',
      'payfail T2 1999 order-invalid null 订单信息有误，请联系商家',
      'paycomplete fail 80 ms',
    ]);
  });

  test('is not written where there is none to take away', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.backend.instead = (_, good) => {
      const orderInfo = (good as { data: object }).data;
      return { statusCode: 200, data: { errno: 0, data: { orderInfo, order: { status: 'paid' } } } };
    };
    button!.tap();
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified');
    expect(stage.phone.storage.size).toBe(0);
    expect(stage.phone.traces.filter(({ step }) => step === 'forget')).toMatchObject([{ durable: true }]);
  });

  test('of another owner does not take the place of a payment under way', async () => {
    const stage = new Stage({ settings: { owner: 'ann' } });
    stage.plan({ says: 'nothing', pays: false });
    again(stage, READY).tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.phone.library.configure({ owner: 'bob' });
    const button = again(stage, READY);
    stage.plan({ open: 10000 });
    button.tap();
    stage.wait(1000);
    expect(await settled(stage.phone.library.resumePending() as never)).toBeNull();
    stage.wait(20000);
    expect(stage.next().slice(-2)).toEqual([
      'paysuccess T2 1999 verified',
      expect.stringMatching(/^paycomplete success/),
    ]);
    button.tap();
    expect(stage.after(5000)).toEqual(['paytap paid']);
  });
});

describe('a day later, without a restart', () => {
  test('a pending order blocks no more, and nothing of it is left in storage', () => {
    const stage = new Stage();
    const button = again(stage);
    stage.plan({ says: 'nothing', pays: false });
    button.tap();
    stage.wait(905000);
    stage.wait(24 * HOUR);
    stage.next();
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    expect(recordOf(stage)).not.toContain('T1');
    button.tap();
    expect(stage.after(10000)).toContain('paysuccess T2 1999 verified');
  });

  test('what was paid is still locked', () => {
    const stage = new Stage();
    const button = again(stage);
    button.tap();
    stage.wait(25 * HOUR);
    stage.next();
    button.tap();
    expect(stage.after(10000)).toEqual(['paytap paid']);
  });

  test('a question that is still open is about the same order', () => {
    const stage = new Stage();
    const button = again(stage);
    stage.plan({ says: 'nothing', pays: false });
    button.tap();
    stage.wait(905000);
    stage.phone.modalMood = 'never';
    button.tap();
    stage.wait(25 * HOUR);
    stage.next();
    stage.phone.modalMood = 'yes';
    button.tap();
    expect(stage.after(1000)).toEqual([
      'paytap pending',
      'question 尚未收到付款',
      'cashier T1',
      'pending → ordering',
      'ordering → paying',
    ]);
  });

  test('a look that was under way does not speak for what took the place of the old order', () => {
    const stage = new Stage();
    const button = again(stage);
    stage.plan({ says: 'nothing', pays: false });
    const start = stage.clock.now();
    button.tap();
    stage.wait(905000);
    stage.wait(start + 24 * HOUR - 30 - stage.clock.now());
    stage.next();
    stage.backend.notify('T1');
    stage.phone.hide();
    stage.phone.show();
    stage.wait(35);
    button.tap();
    expect(stage.after(10000).filter(line => /^pay[scfp]/.test(line))).toEqual([
      'paysuccess T2 1999 verified',
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
  });
});
