/** Callbacks and looks that come when something else goes on by now: each counts for its own call and its own order. */
import type { Plan } from '../world/cashier';
import type { Button } from '../world/phone';
import { CREATE, Stage, STATUS } from '../world/stage';

/** Silent for eight seconds; pending by a tap before that. */
function pending(plan: Partial<Plan>, statusUrl = true): [Stage, Button] {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
  stage.plan({ pays: false, late: 6000, ...plan });
  button!.tap();
  stage.wait(5000);
  button!.tap();
  stage.wait(1000);
  expect(button!.phase).toBe('pending');
  stage.next();
  return [stage, button!];
}

const CLAIMS = ['cancel', 'failed', 'paying', 'login', 'denied'] as const;
const answerOf = { denied: [false, { errCode: 904 }] } as Record<string, Plan['answer']>;

describe('while the person is asked whether to pay the same order', () => {
  test.each(CLAIMS.flatMap(says => [true, false].map(statusUrl => [says, statusUrl] as const)))(
    'a late %s of the call before says nothing (status-url: %s)',
    (says, statusUrl) => {
      const plan = says === 'denied' ? { says: 'failed' as const, answer: answerOf.denied } : { says };
      const [stage, button] = pending(plan, statusUrl);
      stage.phone.modalMood = 'never';
      button.tap();
      stage.wait(1000);
      expect(stage.next()).toContain('question 尚未收到付款');
      expect(stage.after(5000)).toEqual([]);
      expect(button.phase).toBe('pending');
      stage.phone.modalMood = 'yes';
      button.tap();
      expect(stage.after(10000).filter(line => /^(question|cashier|pay[scfp])/.test(line))).toEqual([
        'question 尚未收到付款',
        'cashier T1',
        `paysuccess T1 1999 ${statusUrl ? 'verified' : 'claimed'}`,
        expect.stringMatching(/^paycomplete success \d+ ms$/),
      ]);
    },
  );

  test.each([true, false])('a late success is the end of it (status-url: %s)', statusUrl => {
    const [stage, button] = pending({ says: 'success', pays: true, notify: 5500 }, statusUrl);
    stage.phone.modalMood = 'never';
    button.tap();
    stage.wait(300);
    stage.next();
    expect(stage.after(5000)).toEqual([
      ...(statusUrl ? ['pending → confirming', 'confirming → paid'] : ['pending → paid']),
      'toast 支付成功',
      `paysuccess T1 1999 ${statusUrl ? 'verified' : 'claimed'} resumed`,
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('an order closed meanwhile does not take the question away', () => {
    const [stage, button] = pending({ says: 'nothing' });
    stage.phone.modalMood = 'never';
    button.tap();
    stage.wait(1000);
    stage.next();
    stage.backend.expire();
    stage.phone.hide();
    stage.phone.show();
    expect(stage.after(5000)).toEqual([]);
    stage.phone.modalMood = 'no';
    button.tap();
    expect(stage.after(1000).slice(-2)).toEqual([
      'paycancel T1 1999 by user',
      expect.stringMatching(/^paycomplete cancel resumed/),
    ]);
  });

  test('a page that is hidden and shown does not take it away either', () => {
    const [stage, button] = pending({ says: 'nothing' });
    stage.phone.modalMood = 'yes';
    button.tap();
    stage.wait(200);
    expect(stage.next()).toContain('question 尚未收到付款');
    stage.phone.hide();
    stage.phone.show();
    expect(stage.after(10000).filter(line => /^(question|cashier|pay[scfp])/.test(line))).toEqual([
      'cashier T1',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success/),
    ]);
  });
});

test('after a yes the new call is asked for its own outcome: a cancel is one', () => {
  const [stage, button] = pending({ says: 'nothing' });
  stage.phone.modalMood = 'yes';
  stage.plan({ says: 'cancel', pays: false });
  button.tap();
  expect(stage.after(10000).slice(-3)).toEqual([
    'toast 已取消支付',
    'paycancel T1 1999 by user',
    expect.stringMatching(/^paycomplete cancel \d+ ms$/),
  ]);
  expect(button.phase).toBe('idle');
});

test('after a yes that waits for its turn a tap does not ask again', () => {
  const [stage, button] = pending({ says: 'nothing' });
  const other = stage.phone.addButton(stage.phone.top()!, { ...CREATE, orderPayload: { purchase: 'cup' } });
  stage.wait(50);
  stage.plan({ says: 'denied', pays: false });
  other.tap();
  stage.wait(100);
  stage.phone.modalMood = 'yes';
  button.tap();
  stage.wait(500);
  expect(button.phase).toBe('ordering');
  button.tap();
  stage.wait(10000);
  expect(stage.phone.questions).toHaveLength(1);
  expect(button.phase).toBe('paid');
});

describe('while the same order waits for its turn at the cashier', () => {
  /** The question was answered yes, and another purchase is at the cashier for ten seconds. */
  function waiting(plan: Partial<Plan>): [Stage, Button] {
    const [stage, button] = pending({ late: 9000, ...plan });
    const other = stage.phone.addButton(stage.phone.top()!, {
      ...CREATE,
      orderPayload: { purchase: 'cup' },
    });
    stage.name(other, 'cup');
    stage.wait(50);
    stage.phone.modalMood = 'yes';
    stage.plan({ open: 10000 });
    button.tap();
    other.pay();
    stage.wait(1000);
    expect([button.phase, other.phase]).toEqual(['ordering', 'paying']);
    stage.next();
    return [stage, button];
  }

  test.each(['failed', 'paying', 'login'] as const)('a late %s of the call before says nothing', says => {
    const [stage] = waiting({ says });
    expect(stage.after(7000)).toEqual([]);
    expect(stage.after(10000).filter(line => /^(cashier|pay[scfp])/.test(line))).toEqual([
      'cashier T1',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
  });

  test('a late success is the end of it: no second cashier', () => {
    const [stage] = waiting({ says: 'success', pays: true, notify: 8000 });
    expect(stage.after(7000).slice(-2)).toEqual([
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
    stage.wait(20000);
    expect(stage.next().filter(line => /^cashier T1/.test(line))).toEqual([]);
  });
});

describe('after a look found that it was paid', () => {
  test.each(['success', 'cancel', 'failed', 'paying', 'login'] as const)(
    'the callback that comes late (%s) is not told on top',
    says => {
      const stage = new Stage();
      const [button] = stage.open({ ...CREATE, ...STATUS });
      stage.plan({ says, late: 20000 });
      button!.tap();
      stage.wait(5000);
      stage.phone.hide();
      stage.phone.show();
      expect(stage.after(1000)).toContain('paysuccess T1 1999 verified');
      expect(stage.after(60000)).toEqual([]);
      expect(button!.phase).toBe('paid');
    },
  );

  test('another look that was under way is not told on top', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(5000);
    stage.next();
    for (let time = 0; time < 3; time++) {
      stage.phone.hide();
      stage.phone.show();
    }
    button!.tap();
    expect(stage.after(60000)).toEqual([
      'paytap paying',
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 5080 ms',
    ]);
  });

  test('the watchdog of its call does not make it pending', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'nothing' });
    button!.tap();
    stage.wait(5000);
    button!.tap();
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified');
    expect(stage.after(1000000)).toEqual([]);
    expect(button!.phase).toBe('paid');
  });
});

describe('an older call of the same order', () => {
  /** The first call is silent, the second is open for a minute and a half. */
  function second(first: Partial<Plan>, statusUrl: boolean): [Stage, Button] {
    const [stage, button] = pending({ late: 30000, ...first }, statusUrl);
    stage.phone.modalMood = 'yes';
    stage.plan({ open: 90000 });
    button.tap();
    stage.wait(1000);
    expect(button.phase).toBe('paying');
    stage.next();
    return [stage, button];
  }

  test.each([true, false])('that succeeds late is the success of this one (status-url: %s)', statusUrl => {
    const [stage] = second({ says: 'success', pays: true, notify: 20000 }, statusUrl);
    expect(stage.after(60000)).toEqual([
      ...(statusUrl ? ['paying → confirming', 'confirming → paid'] : ['paying → paid']),
      'toast 支付成功',
      `paysuccess T1 1999 ${statusUrl ? 'verified' : 'claimed'}`,
      expect.stringMatching(/^paycomplete success \d+ ms$/),
    ]);
    expect(stage.after(60000)).toEqual([]);
    expect(stage.cashier.charges).toHaveLength(1);
  });

  test('leaves the cashier of this one open: nothing else may cover it', () => {
    const [stage] = second({ says: 'success', pays: true, notify: 20000 }, true);
    stage.wait(60000);
    stage.next();
    const other = stage.phone.addButton(stage.phone.top()!, {
      ...CREATE,
      orderPayload: { purchase: 'cup' },
    });
    stage.name(other, 'cup');
    stage.wait(50);
    other.pay();
    expect(stage.after(10000)).toEqual(['cup: idle → ordering', 'cup: ordercreated T2 1999 tea']);
  });

  test('leaves its cashier open while that is being confirmed, too', () => {
    const [stage, button] = second({ says: 'success', pays: true, notify: 10000000 }, true);
    stage.wait(26000);
    const other = stage.phone.addButton(stage.phone.top()!, {
      ...CREATE,
      orderPayload: { purchase: 'cup' },
    });
    stage.wait(50);
    expect(button.phase).toBe('confirming');
    other.pay();
    stage.wait(5000);
    expect([other.phase, stage.cashier.calls.length]).toEqual(['ordering', 2]);
    stage.wait(100000);
    other.pay();
    stage.wait(5000);
    expect(other.phase).toBe('paid');
  });

  test.each(['cancel', 'failed', 'paying'] as const)('that says %s late says nothing', says => {
    const [stage, button] = second({ says }, true);
    expect(stage.after(60000)).toEqual([]);
    expect(button.phase).toBe('paying');
  });

  test('that is watched for fifteen minutes does not end this one', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.phone.modalMood = 'yes';
    stage.plan({ says: 'nothing', pays: false }, { open: 200000 });
    button!.tap();
    stage.wait(800000);
    button!.tap();
    stage.wait(1000);
    button!.tap();
    stage.wait(1000);
    expect(button!.phase).toBe('paying');
    stage.next();
    expect(stage.after(150000)).toEqual([]);
  });
});

describe('a late callback of a pending order', () => {
  test('that says it is still paying says nothing new, without a status-url', () => {
    const [stage, button] = pending({ says: 'paying' }, false);
    expect(stage.after(10000)).toEqual([]);
    expect(button.phase).toBe('pending');
  });

  test('that says it is still paying is looked into, and not told again', () => {
    const [stage] = pending({ says: 'paying' });
    expect(stage.after(100000)).toEqual(['pending → confirming', 'confirming → pending']);
  });
});

test('a second tap while the backend is asked does not ask it again', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  stage.plan({ says: 'nothing', pays: false });
  button!.tap();
  stage.wait(5000);
  button!.tap();
  stage.wait(20);
  button!.tap();
  stage.wait(1000);
  expect(button!.phase).toBe('pending');
  expect(stage.backend.received.filter(({ url }) => /status/.test(url))).toHaveLength(1);
});

test('what an earlier call was handed is not handed over as that of the next', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  stage.plan({ pays: false, answer: [false, { errCode: 6, errMsg: 'first' }] }, { says: 'nothing' });
  button!.tap();
  stage.wait(20000);
  button!.tap();
  stage.wait(5000);
  stage.phone.hide();
  stage.phone.show();
  stage.wait(1000);
  const told = (name: string): Record<string, unknown>[] =>
    button!.events.filter(event => event.name === name).map(({ detail }) => detail);
  expect(told('payfail')).toMatchObject([{ raw: { errCode: 6, errMsg: 'first' } }]);
  expect(told('paysuccess')).toMatchObject([{ verified: true, raw: undefined }]);
});

test('a tap looks at once: a host may put timers off while its cashier covers the page', () => {
  const [stage, button] = pending({ says: 'nothing' });
  const looks = (): number => stage.backend.received.filter(({ url }) => /status/.test(url)).length;
  const before = looks();
  button.tap();
  expect(looks()).toBe(before + 1);
});

test('a late success of what was replaced does not leave the button of the new goods spinning', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, orderKey: 'cart', ...STATUS });
  stage.phone.modalMood = 'yes';
  const no = { pays: false };
  stage.plan({ ...no, says: 'success', late: 60000 }, { ...no, says: 'cancel' }, { ...no, says: 'failed' });
  for (const ms of [3000, 2000, 10000]) {
    button!.tap();
    stage.wait(ms);
  }
  button!.set('orderPayload', { purchase: 'cup' });
  stage.wait(100);
  button!.tap();
  stage.wait(200000);
  expect(button!.data.busy).toBe(false);
});
