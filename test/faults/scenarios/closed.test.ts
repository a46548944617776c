/** The backend closes an order: it is told when somebody waits for it, and what comes next is a purchase of its own. */
import type { Plan } from '../world/cashier';
import type { Button } from '../world/phone';
import { CREATE, Stage, STATUS } from '../world/stage';

const WORDS = '订单已关闭，请重新下单';
const TOLD = [`toast ${WORDS}`, `payfail T1 1999 closed null ${WORDS} retryable`];

function begun(plan: Partial<Plan>, ms: number, statusUrl = true): [Stage, Button] {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
  stage.plan({ pays: false, ...plan });
  button!.tap();
  stage.wait(ms);
  stage.next();
  return [stage, button!];
}

function showAgain(stage: Stage): void {
  stage.phone.hide();
  stage.phone.show();
}

const keysOf = (stage: Stage): string[] =>
  stage.backend.received
    .filter(({ url }) => /orders/.test(url))
    .map(({ header }) => header!['Idempotency-Key'] as string);

const recordOf = (stage: Stage): string => JSON.stringify(stage.phone.storage.get('swan-cashier') ?? '');

/** One request with a new key, and the new order is paid. */
function buysAnew(stage: Stage, button: Button): void {
  const before = keysOf(stage);
  button.tap();
  expect(
    stage.after(10000).filter(line => /^(paytap|question|cashier|ordercreated|pay[scfp])/.test(line)),
  ).toEqual([
    'paytap idle',
    'cashier T2',
    'ordercreated T2 1999 tea',
    expect.stringMatching(/^paysuccess T2 1999 (verified|claimed)$/),
    expect.stringMatching(/^paycomplete success \d+ ms$/),
  ]);
  const [key, ...more] = keysOf(stage).slice(before.length);
  expect(more).toEqual([]);
  expect(key).toMatch(/^\w{20,}$/);
  expect(before).not.toContain(key);
}

test('while it is pending and nobody taps: a show of the page finds out', () => {
  const [stage, button] = begun({ says: 'nothing' }, 905000);
  stage.backend.expire();
  showAgain(stage);
  expect(stage.after(1000)).toEqual([
    'pending → idle',
    ...TOLD,
    expect.stringMatching(/^paycomplete fail resumed/),
  ]);
  expect(recordOf(stage)).not.toContain('T1');
  buysAnew(stage, button);
});

test('while it is pending, a look that was asked before counts as well', () => {
  const stage = new Stage();
  const [below] = stage.open({ ...CREATE, ...STATUS });
  stage.name(below!, 'below');
  const [button] = stage.open({ ...CREATE, ...STATUS });
  stage.plan({ says: 'nothing', pays: false });
  button!.tap();
  stage.wait(5000);
  stage.backend.expire();
  button!.tap();
  stage.phone.closePage();
  expect(stage.after(30).slice(-2)).toEqual([
    'below: paypending T1 1999',
    expect.stringMatching(/^below: paycomplete pending/),
  ]);
  expect(stage.after(1000)).toEqual([
    'below: pending → idle',
    TOLD[0],
    `below: ${TOLD[1]}`,
    expect.stringMatching(/^below: paycomplete fail resumed/),
  ]);
});

test('while the cashier is open: its own answer comes first', () => {
  const [stage, button] = begun({ says: 'cancel', open: 20000 }, 5000);
  stage.backend.expire();
  showAgain(stage);
  expect(stage.after(5000)).toEqual([]);
  expect(button.phase).toBe('paying');
  expect(stage.after(20000)).toEqual([
    'paying → confirming',
    'confirming → idle',
    ...TOLD,
    'paycomplete fail 20160 ms',
  ]);
  buysAnew(stage, button);
});

test('while the cashier is open and never answers: a tap finds out', () => {
  const [stage, button] = begun({ says: 'nothing' }, 5000);
  stage.backend.expire();
  button.tap();
  expect(stage.after(1000)).toEqual(['paytap paying', 'paying → idle', ...TOLD, 'paycomplete fail 5080 ms']);
  buysAnew(stage, button);
});

test('after it failed and was told so: a show says nothing on top, and the next tap finds out', () => {
  const [stage, button] = begun({ says: 'failed' }, 20000);
  stage.backend.expire();
  showAgain(stage);
  expect(stage.after(5000)).toEqual([]);
  button.tap();
  expect(stage.after(1000)).toEqual([
    'paytap idle',
    'idle → confirming',
    'confirming → idle',
    ...TOLD,
    'paycomplete fail resumed 80 ms',
  ]);
  buysAnew(stage, button);
});

test('after it failed, without status-url: the create request finds out, and what may be paid is not made anew', () => {
  const [stage, button] = begun({ says: 'failed' }, 20000, false);
  stage.backend.expire();
  button.tap();
  expect(stage.after(1000)).toEqual([
    'paytap idle',
    'idle → ordering',
    'ordering → idle',
    `toast ${WORDS}`,
    expect.stringMatching(/^payfail T1 \d+ closed null/),
    'paycomplete fail resumed 80 ms',
  ]);
  expect(keysOf(stage)).toHaveLength(2);
  buysAnew(stage, button);
});

test('after a cancel, time and again: each attempt makes one new order', () => {
  const [stage, button] = begun({ says: 'cancel' }, 5000);
  for (const order of ['T2', 'T3']) {
    stage.backend.expire();
    stage.plan({ says: 'cancel', pays: false });
    button.tap();
    expect(stage.after(5000)).toContain(`ordercreated ${order} 1999 tea`);
  }
  const keys = keysOf(stage);
  expect(keys).toHaveLength(5);
  expect(new Set(keys).size).toBe(3);
  for (const key of keys) expect(key).toMatch(/^\w{20,}$/);
});

test('and the app is killed after that was told: nothing of it is left', () => {
  const [stage, button] = begun({ says: 'failed' }, 20000);
  stage.backend.expire();
  button.tap();
  stage.wait(1000);
  expect(recordOf(stage)).not.toContain('T1');
  stage.phone.kill();
  stage.next();
  const [again] = stage.open({ ...CREATE, ...STATUS });
  expect(stage.after(1000)).toEqual([]);
  buysAnew(stage, again!);
});

test('while nobody is there to hear: told by the next page, and a new purchase after that', () => {
  const stage = new Stage();
  stage.open();
  const [button] = stage.open({ ...CREATE, ...STATUS });
  stage.plan({ says: 'cancel', pays: false, open: 2000 });
  button!.tap();
  stage.wait(2090);
  stage.backend.expire();
  stage.phone.closePage();
  stage.wait(1000);
  stage.next();
  const [again] = stage.open({ ...CREATE, ...STATUS });
  expect(stage.after(1000)).toEqual([...TOLD, expect.stringMatching(/^paycomplete fail resumed/)]);
  buysAnew(stage, again!);
});

test.each([true, false])(
  'and the closed order is paid late all the same: the new one goes on (its callback: %s)',
  success => {
    const [stage, button] = begun({ says: success ? 'success' : 'failed', late: 30000 }, 5000);
    stage.backend.expire();
    button.tap();
    stage.wait(1000);
    stage.plan({ open: 60000 });
    button.tap();
    stage.wait(1000);
    expect(button.phase).toBe('paying');
    stage.next();
    expect(stage.after(40000)).toEqual([]);
    expect(stage.after(40000).slice(-2)).toEqual([
      'paysuccess T2 1999 verified',
      expect.stringMatching(/^paycomplete success/),
    ]);
  },
);

test('an order that turns out paid in place of a closed one keeps nobody waiting for the cashier', () => {
  const [stage, button] = begun({ says: 'failed' }, 20000);
  stage.backend.expire();
  button.tap();
  stage.wait(1000);
  stage.backend.instead = (_, good) => {
    const orderInfo = (good as { data: object }).data;
    return { statusCode: 200, data: { errno: 0, data: { orderInfo, order: { status: 'paid' } } } };
  };
  button.pay();
  stage.wait(1000);
  expect(button.phase).toBe('paid');
  stage.backend.instead = null;
  const cup = stage.phone.addButton(stage.phone.top()!, { ...CREATE, orderPayload: { purchase: 'cup' } });
  stage.wait(50);
  cup.pay();
  stage.wait(200);
  expect(cup.phase).toBe('paying');
});
