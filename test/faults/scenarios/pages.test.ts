/** A purchase belongs to the mini-program; pages and components come and go. */
import { CREATE, Stage, STATUS } from '../world/stage';

describe('the person is gone before the order arrives', () => {
  test('to another page: no cashier, the order is kept, and the button that was tapped hears it', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20);
    stage.open();
    expect(stage.after(1000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'ordercreated T1 1999 tea',
      'ordering → idle',
      'paycancel T1 1999 by left',
      'paycomplete cancel 80 ms',
    ]);
    stage.phone.closePage();
    button!.tap();
    expect(stage.after(200)).toContain('ordercreated T1 1999 tea reused');
  });

  test('to another page, on a phone whose base library tells components nothing of it: no cashier', () => {
    const stage = new Stage({ quirks: { pageLifetimes: 'missing' } });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20);
    stage.open();
    stage.wait(1000);
    expect(stage.cashier.calls).toEqual([]);
    stage.phone.closePage();
    button!.tap();
    expect(stage.after(200)).toContain('cashier T1');
  });

  test('out of the app: no cashier', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20);
    stage.phone.hide();
    expect(stage.after(1000)).toContain('paycancel T1 1999 by left');
    expect(stage.cashier.calls).toEqual([]);
  });

  test('back to the page before: no cashier, and the next page of the goods hears of it', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20);
    stage.phone.closePage();
    expect(stage.after(1000)).toEqual(['paytap idle', 'idle → ordering']);
    expect(stage.cashier.calls).toEqual([]);
    stage.open(CREATE);
    expect(stage.after(1000)).toEqual(['paycancel T1 1999 by left', 'paycomplete cancel resumed 80 ms']);
  });

  test('and returns at once: an answer that comes while the page is in front again opens the cashier', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20);
    stage.phone.hide();
    stage.wait(20);
    stage.phone.show();
    stage.wait(1000);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('an order that arrives after its time-out is ignored', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.backend.mood = 'slow';
    button!.tap();
    expect(stage.after(60000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'ordering → idle',
      'toast 网络不太顺畅，请稍后再试',
      'payfail - 0 order-request null 网络不太顺畅，请稍后再试 retryable',
      'paycomplete fail 15000 ms',
    ]);
    expect(stage.cashier.calls).toEqual([]);
  });
});

describe('while the cashier is silent', () => {
  test('hide and show only look, quietly: unpaid changes nothing', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.next();
    stage.phone.hide();
    stage.phone.show();
    expect(stage.after(60000)).toEqual([]);
    expect(button!.phase).toBe('paying');
    expect(stage.backend.received.filter(({ url }) => /status/.test(url))).toHaveLength(1);
  });

  test('a show finds that it was paid', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(5000);
    stage.next();
    stage.phone.hide();
    stage.phone.show();
    expect(stage.after(60000)).toEqual([
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 5080 ms',
    ]);
  });

  test('a tap makes it pending, and says so', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.next();
    button!.tap();
    expect(stage.after(1000)).toEqual([
      'paytap paying',
      'paying → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      'paycomplete pending 5080 ms',
    ]);
  });

  test('fifteen minutes make it pending', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(899000);
    expect(button!.phase).toBe('paying');
    expect(stage.after(2000).slice(-2)).toEqual(['paypending T1 1999', 'paycomplete pending 900080 ms']);
  });

  test.each([
    ['gone before its hide', undefined],
    ['gone after its hide', 'hide-first' as const],
  ])('its page closes (%s) and is opened again: pending is told to the new page', (_, closing) => {
    const stage = new Stage({ quirks: { closing } });
    stage.open();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.next();
    stage.phone.closePage();
    stage.wait(1000);
    const [again] = stage.open(CREATE);
    stage.wait(1000);
    const told = ({ name }: { name: string }): boolean => /^pay/.test(name);
    expect(again!.events.filter(told).map(({ name }) => name)).toEqual(['paypending', 'paycomplete']);
    expect(button!.events.filter(told).map(({ name }) => name)).toEqual(['paytap']);
    expect(again!.phase).toBe('pending');
  });

  test('the app is killed, the page opened again: what was paid is found', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing', notify: 4000 });
    button!.tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.wait(5000);
    stage.next();
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.after(1000)).toEqual([
      'idle → pending',
      'pending → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('the app is killed, and there is no status-url: pending, told once', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(3000);
    stage.phone.kill();
    stage.wait(5000);
    stage.next();
    stage.open(CREATE);
    expect(stage.after(1000)).toEqual([
      'idle → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      expect.stringMatching(/^paycomplete pending resumed/),
    ]);
    stage.phone.kill();
    stage.next();
    stage.open(CREATE);
    expect(stage.after(1000)).toEqual(['idle → pending']);
  });
});

describe('an outcome nobody is there to hear', () => {
  test('waits for the first page with that purchase', () => {
    const stage = new Stage();
    stage.open();
    stage.payUnheard({ ...CREATE, ...STATUS });
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.next()).toEqual([
      'idle → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.after(1000)).toEqual(['idle → paid']);
  });

  test('waits for a page whose goods arrive after it was shown', () => {
    const stage = new Stage();
    stage.open();
    stage.payUnheard({ ...CREATE, ...STATUS });
    const [late] = stage.open({ ...CREATE, ...STATUS, orderPayload: null });
    expect(stage.after(1000)).toEqual([]);
    late!.set('orderPayload', CREATE.orderPayload);
    expect(stage.after(1000)).toEqual([
      'idle → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('waits in storage when the app is killed meanwhile', () => {
    const stage = new Stage();
    stage.open();
    stage.payUnheard({ ...CREATE, ...STATUS });
    stage.phone.kill();
    stage.next();
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.next()).toEqual([
      'idle → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
    stage.phone.kill();
    stage.next();
    stage.open({ ...CREATE, ...STATUS });
    expect(stage.after(1000)).toEqual([]);
  });

  test('goes to another open page that shows the purchase', () => {
    const stage = new Stage();
    const [below] = stage.open({ ...CREATE, ...STATUS });
    stage.name(below!, 'below');
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ notify: 5000 });
    button!.tap();
    stage.wait(3000);
    stage.phone.closePage();
    stage.next();
    expect(stage.after(60000)).toEqual([
      'below: confirming → paid',
      'toast 支付成功',
      'below: paysuccess T1 1999 verified',
      expect.stringMatching(/^below: paycomplete success/),
    ]);
  });
});

test('while another page covers it, the button that was tapped hears the outcome without a toast', () => {
  const stage = new Stage();
  const [button] = stage.open(CREATE);
  button!.tap();
  stage.wait(500);
  stage.open();
  stage.next();
  expect(stage.after(60000)).toEqual([
    'paying → paid',
    'paysuccess T1 1999 claimed',
    'paycomplete success 2080 ms',
  ]);
});

test('a button that was removed while its page stays hears the outcome and is not drawn any more', () => {
  const stage = new Stage();
  const [button] = stage.open(CREATE);
  button!.tap();
  stage.wait(500);
  button!.detach();
  stage.next();
  expect(stage.after(60000).filter(line => /pay(success|complete)/.test(line))).toEqual([
    'paysuccess T1 1999 claimed',
    'paycomplete success 2080 ms',
  ]);
  expect(stage.phone.violations).toEqual([]);
});

describe('a button pays', () => {
  test('on a tab page that was left and came back', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.phone.switchTab();
    stage.wait(50);
    stage.phone.switchTab();
    stage.wait(50);
    button!.tap();
    expect(stage.after(60000).slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
    expect(button!.data.label).toBe('已支付');
    expect(stage.phone.violations).toEqual([]);
  });

  test('although it appeared while another page was in front', () => {
    const stage = new Stage();
    const below = stage.phone.openPage([]);
    stage.open();
    const button = stage.phone.addButton(below, CREATE);
    stage.wait(50);
    stage.phone.closePage();
    stage.wait(50);
    button.tap();
    expect(stage.after(60000).slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
  });

  test('although it appeared so, on a phone whose base library tells components nothing of pages', () => {
    const stage = new Stage({ quirks: { pageLifetimes: 'missing' } });
    const below = stage.phone.openPage([]);
    stage.open();
    const button = stage.phone.addButton(below, CREATE);
    stage.wait(50);
    stage.phone.closePage();
    button.tap();
    expect(stage.after(60000).slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
  });

  test('and a tab that is left in mid-payment finds out when it is back', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(5000);
    stage.phone.switchTab();
    stage.wait(5000);
    stage.next();
    stage.phone.switchTab();
    stage.wait(2000);
    expect(stage.next().filter(line => /^pay[a-z]+ (?!→)/.test(line))).toEqual([
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
    expect(button!.data.label).toBe('已支付');
  });
});

describe('nothing is set', () => {
  test('when nothing visible changed', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, amount: '1999' });
    const before = button!.setDataCount;
    stage.phone.hide();
    stage.phone.show();
    button!.set('orderPayload', { purchase: 'cup' });
    button!.set('amount', 1999);
    stage.wait(1000);
    expect([before, button!.setDataCount]).toEqual([1, 1]);
  });

  test('on a button that was removed, although its page still pays with it', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.detach();
    const before = button!.setDataCount;
    button!.pay();
    stage.wait(10000);
    expect(button!.setDataCount).toBe(before);
  });
});

test('a page that is closed has no say about an order-key, on a host that tells nobody', () => {
  const stage = new Stage({ quirks: { pageLifetimes: 'missing' } });
  stage.open();
  stage.open({ ...CREATE, orderKey: 'cart' });
  stage.phone.closePage();
  const orderInfo = stage.backend.orderInfo(stage.backend.open('tea'));
  stage.open({ orderInfo, orderKey: 'cart' })[0]!.tap();
  expect(stage.after(20000)).toContain('paysuccess T1 1999 claimed');
});
