/** A component that pays nothing but knows of the order, as order-summary does: what it hears, and what it may say. */
import type { Failure } from '../../../utils/payment/state-machine';
import type { View } from '../../../utils/payment/source';
import type { Plan } from '../world/cashier';
import type { Button } from '../world/phone';
import { CREATE, Stage, STATUS } from '../world/stage';

const GOODS = { ...CREATE, ...STATUS, orderKey: 'cart' };
const CLOSED: Failure = { reason: 'closed', code: null, final: true };

/** On the page that is in front. */
function summary(stage: Stage, orderKey = 'cart'): { view: View; heard: string[] } {
  const heard: string[] = [];
  const view: View = {
    source: { orderKey },
    payer: null,
    phaseChanged: ({ phase, previous }) => heard.push(`${previous} → ${phase}`),
  };
  const registry = stage.phone.library.registry();
  registry.attach(view);
  registry.watch(view);
  return { view, heard };
}

function pending(plan: Partial<Plan> = {}, goods: object = GOODS): [Stage, Button] {
  const stage = new Stage();
  const [button] = stage.open({ ...goods });
  stage.plan({ says: 'paying', pays: false, ...plan });
  button!.tap();
  stage.wait(100000);
  expect(button!.phase).toBe('pending');
  stage.next();
  return [stage, button!];
}

const known = (stage: Stage, orderKey = 'cart'): unknown[] => {
  const { phase, tpOrderId } = stage.phone.library.registry().known(orderKey);
  return [phase, tpOrderId];
};
const looksOf = (stage: Stage): number =>
  stage.backend.received.filter(({ url }) => /status/.test(url)).length;

describe('it hears', () => {
  test('each phase once, however often its page was shown, and nothing when nothing changed', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...GOODS, statusUrl: '' });
    const { view, heard } = summary(stage);
    const registry = stage.phone.library.registry();
    for (let time = 0; time < 3; time++) {
      registry.hide(view);
      registry.show(view);
    }
    button!.tap();
    stage.wait(500);
    button!.tap();
    stage.wait(5000);
    button!.tap();
    stage.wait(1000);
    expect(heard).toEqual(['idle → ordering', 'ordering → paying', 'paying → paid']);
  });

  test('nothing of another key', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    const { heard } = summary(stage, 'other');
    button!.tap();
    stage.wait(5000);
    expect(heard).toEqual([]);
    expect(stage.next()).toContain('paysuccess T1 1999 verified');
  });

  test('no outcome: that waits for a button', () => {
    const stage = new Stage();
    stage.open();
    const { view, heard } = summary(stage);
    stage.payUnheard(GOODS);
    stage.phone.library.registry().show(view);
    stage.next();
    expect(heard.slice(-1)).toEqual(['confirming → paid']);
    stage.open(GOODS);
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
  });
});

test('a button beside it pays, although it has no source of its own', () => {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  summary(stage);
  button!.tap();
  expect(stage.after(5000)).toContain('paysuccess T1 1999 verified');
  expect(stage.errors()).toEqual([]);
});

test('its page alone does not look into a payment of before', () => {
  const [stage] = pending();
  stage.phone.kill();
  stage.open();
  const before = looksOf(stage);
  const { view } = summary(stage);
  stage.phone.library.registry().show(view);
  stage.wait(1000);
  expect(looksOf(stage)).toBe(before);
  expect(known(stage)).toEqual(['pending', 'T1']);
});

describe('it makes the button refuse', () => {
  test('its own key and no other, until it takes that back', () => {
    const stage = new Stage();
    const [button, other] = stage.open(GOODS, { ...GOODS, orderKey: 'other' });
    stage.name(other!, 'other');
    const { view } = summary(stage);
    view.objection = CLOSED;
    button!.tap();
    expect(stage.after(1000)).toEqual([
      'paytap idle',
      'toast 订单已关闭，请重新下单',
      'payfail - 0 closed null 订单已关闭，请重新下单',
      'paycomplete fail 0 ms',
    ]);
    other!.tap();
    expect(stage.after(10000)).toContain('other: paysuccess T1 1999 verified');
    view.objection = null;
    button!.tap();
    expect(stage.after(10000)).toContain('paysuccess T2 1999 verified');
  });

  test('as long as one of two that know the order says so', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    const [first, second] = [summary(stage), summary(stage)];
    first.view.objection = CLOSED;
    second.view.objection = null;
    button!.tap();
    stage.phone.library.registry().detach(second.view);
    button!.tap();
    stage.wait(10000);
    expect(stage.cashier.calls).toEqual([]);
  });

  test('until the cashier is called, also while the order is on its way', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    const { view } = summary(stage);
    button!.tap();
    stage.wait(20);
    view.objection = { ...CLOSED, message: '订单已支付' };
    expect(stage.after(20000)).toContain('payfail T1 1999 closed null 订单已支付');
    expect(stage.cashier.calls).toEqual([]);
  });

  test('not any more when its page is gone, on a host that tells nobody', () => {
    const stage = new Stage({ quirks: { pageLifetimes: 'missing' } });
    stage.open();
    stage.open();
    summary(stage).view.objection = CLOSED;
    stage.phone.closePage();
    stage.open(GOODS)[0]!.tap();
    expect(stage.after(20000)).toContain('paysuccess T1 1999 verified');
  });

  test('and a page that tries again where that helps does not try for ever', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    summary(stage).view.objection = CLOSED;
    stage.handler = (one, { name, detail }) => {
      if (name === 'payfail' && detail.retryable) one.pay();
    };
    button!.tap();
    expect(stage.after(1000).filter(line => /^payfail/.test(line))).toHaveLength(1);
  });

  test('what is pending is looked into all the same', () => {
    const [stage, button] = pending({ pays: true, notify: 101000 });
    summary(stage).view.objection = CLOSED;
    button.tap();
    expect(stage.after(1000)).toContainEqual(
      expect.stringMatching(/^payfail T1 1999 closed null .* mayBePaid$/),
    );
    expect(button.phase).toBe('pending');
    stage.wait(5000);
    button.tap();
    expect(stage.after(5000)).toContain('paysuccess T1 1999 verified resumed');
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('what is in doubt is looked into, and found unpaid it is not paid', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'failed', pays: false });
    button!.tap();
    stage.wait(20000);
    stage.next();
    summary(stage).view.objection = CLOSED;
    const looks = looksOf(stage);
    button!.tap();
    expect(stage.after(5000)).toContainEqual(expect.stringMatching(/^payfail T1 1999 closed null /));
    expect(looksOf(stage)).toBe(looks + 1);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('as two sources of one key do: what is in doubt is looked into, and found unpaid it is not paid', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'failed', pays: false });
    button!.tap();
    stage.wait(20000);
    stage.phone.addButton(stage.phone.top()!, { ...GOODS, createUrl: '/other' });
    stage.wait(50);
    stage.next();
    button!.tap();
    expect(stage.after(5000)).toContainEqual(expect.stringMatching(/^payfail T1 1999 order-invalid /));
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('what is pending stays so, and its order is still the one that is paid', () => {
    const [stage, button] = pending({}, { ...GOODS, statusUrl: '' });
    const { view } = summary(stage);
    view.objection = CLOSED;
    button.tap();
    expect(stage.after(1000)).toEqual([
      'paytap pending',
      'toast 支付没有完成，如已扣款请稍后查看订单',
      'payfail T1 1999 closed null 支付没有完成，如已扣款请稍后查看订单 mayBePaid',
      'paycomplete fail resumed 0 ms',
    ]);
    view.objection = null;
    stage.phone.modalMood = 'yes';
    button.tap();
    expect(stage.after(10000).filter(line => /^(question|cashier|paysuccess)/.test(line))).toEqual([
      'question 尚未收到付款',
      'cashier T1',
      'paysuccess T1 1999 claimed',
    ]);
  });
});

describe('it knows', () => {
  test('the phase and the number of what the button shows', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS, { ...CREATE, orderKey: 'other' });
    expect(known(stage)).toEqual(['idle', '']);
    button!.tap();
    expect(known(stage)).toEqual(['ordering', '']);
    stage.wait(1000);
    expect(known(stage)).toEqual(['paying', 'T1']);
    expect(known(stage, 'other')).toEqual(['idle', '']);
    stage.wait(5000);
    expect(known(stage)).toEqual(['paid', 'T1']);
  });

  test('nothing of goods that the button does not show any more', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    button!.tap();
    stage.wait(5000);
    button!.set('orderPayload', { purchase: 'cup' });
    stage.wait(100);
    expect(known(stage)).toEqual(['idle', '']);
  });

  test('what was bought when there is no button any more', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(GOODS);
    button!.tap();
    stage.wait(5000);
    stage.phone.closePage();
    expect(known(stage)).toEqual(['paid', 'T1']);
  });
});

describe('what the backend told it', () => {
  test('ends a payment whose outcome is not known', () => {
    const [stage] = pending({}, { ...GOODS, statusUrl: '' });
    stage.phone.library.registry().heard('cart', 'T1', 'paid');
    expect(stage.next()).toEqual([
      'pending → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('about another order, or of a key nobody bought with, says nothing', () => {
    const [stage, button] = pending();
    stage.phone.library.registry().heard('cart', 'T9', 'paid');
    stage.phone.library.registry().heard('nothing', 'T1', 'paid');
    expect(stage.next()).toEqual([]);
    expect(button.phase).toBe('pending');
  });

  test('while it hears that the payment is pending: nobody hears of pending any more, and paid is told once', () => {
    const stage = new Stage();
    stage.open();
    const { view } = summary(stage);
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(5000);
    const registry = stage.phone.library.registry();
    view.phaseChanged = ({ phase }) => {
      if (phase === 'pending') registry.heard('cart', 'T1', 'paid');
    };
    stage.phone.closePage();
    stage.wait(1000);
    stage.next();
    const saved = stage.phone.traces.filter(({ step, phase }) => step === 'save' && phase === 'paid');
    expect(saved).toHaveLength(1);
    stage.open(GOODS);
    expect(stage.after(1000)).toEqual([
      'idle → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });
});
