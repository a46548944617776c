/** resumePending(): it stands in nobody's way, and whatever settles a purchase is its answer. */
import type { Plan } from '../world/cashier';
import type { Button } from '../world/phone';
import { CREATE, foundAtOnce, settled, Stage, STATUS } from '../world/stage';

const GOODS = { ...CREATE, ...STATUS };
const DAY = 86400000;

/** At the cashier, which never calls back; pending by a tap. */
function pending(plan: Partial<Plan> = {}): [Stage, Button] {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  stage.plan({ says: 'nothing', pays: false, ...plan });
  button!.tap();
  stage.wait(5000);
  button!.tap();
  stage.wait(1000);
  expect(button!.phase).toBe('pending');
  stage.next();
  return [stage, button!];
}

const looksOf = (stage: Stage): number =>
  stage.backend.received.filter(({ url }) => /status/.test(url)).length;
test('while the button is confirming: its outcome is the answer', async () => {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  stage.plan({ notify: 20000 });
  button!.tap();
  stage.wait(5000);
  expect(button!.phase).toBe('confirming');
  const answer = stage.phone.library.resumePending();
  stage.wait(60000);
  expect(await answer).toEqual([expect.objectContaining({ outcome: 'success', tpOrderId: 'T1' })]);
  expect(stage.next().filter(line => /^paycomplete/.test(line))).toHaveLength(1);
});

test('while the cashier is silent: what it finds is told to the button, once', async () => {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  stage.plan({ says: 'nothing', notify: 7000 });
  button!.tap();
  stage.wait(5000);
  stage.next();
  const answer = stage.phone.library.resumePending();
  expect(stage.after(100000)).toEqual([
    'paying → paid',
    'toast 支付成功',
    'paysuccess T1 1999 verified',
    expect.stringMatching(/^paycomplete success \d+ ms$/),
  ]);
  expect(await answer).toEqual([expect.objectContaining({ outcome: 'success' })]);
});

test('settled by a tap between two looks: that outcome, and no look more', async () => {
  const [stage, button] = pending();
  const answer = stage.phone.library.resumePending();
  stage.wait(6000);
  stage.backend.notify('T1');
  const before = looksOf(stage);
  button.tap();
  stage.wait(100000);
  expect(looksOf(stage) - before).toBe(1);
  expect(await answer).toEqual([expect.objectContaining({ outcome: 'success', tpOrderId: 'T1' })]);
});

test('settled by a tap and reset between two looks: that outcome all the same', async () => {
  const [stage, button] = pending();
  const answer = stage.phone.library.resumePending();
  stage.wait(6000);
  stage.backend.notify('T1');
  button.tap();
  stage.wait(200);
  button.reset();
  stage.wait(100000);
  expect(button.phase).toBe('idle');
  expect(await answer).toEqual([expect.objectContaining({ outcome: 'success', tpOrderId: 'T1' })]);
});

test('closed by the backend: that is the answer, and the button hears it', async () => {
  const [stage] = pending();
  stage.backend.expire();
  const answer = stage.phone.library.resumePending();
  expect(stage.after(1000).slice(-2)).toEqual([
    'payfail T1 1999 closed null 订单已关闭，请重新下单 retryable',
    expect.stringMatching(/^paycomplete fail resumed/),
  ]);
  expect(await answer).toEqual([expect.objectContaining({ outcome: 'fail', reason: 'closed' })]);
});

test('again after it ended: it looks again', async () => {
  const [stage] = pending();
  const first = stage.phone.library.resumePending();
  stage.wait(100000);
  expect(await first).toEqual([expect.objectContaining({ outcome: 'pending' })]);
  stage.backend.notify('T1');
  const second = stage.phone.library.resumePending();
  stage.wait(1000);
  expect(await second).toEqual([expect.objectContaining({ outcome: 'success' })]);
});

test.each([
  ['paid', {}],
  ['cancelled', { says: 'cancel', pays: false }],
] as const)('with a purchase that is %s there is nothing to find', async (_, plan) => {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  stage.plan(plan);
  button!.tap();
  stage.wait(10000);
  const before = looksOf(stage);
  expect(await foundAtOnce(stage)).toEqual([]);
  expect(looksOf(stage)).toBe(before);
});

test('a purchase that grows too old meanwhile is looked into no more, and nobody waits for it', async () => {
  const [stage, button] = pending();
  stage.wait(DAY - 16000);
  const answer = stage.phone.library.resumePending();
  stage.wait(20000);
  button.tap();
  stage.wait(10000);
  const before = looksOf(stage);
  expect(await settled(answer as never)).toEqual([
    expect.objectContaining({ outcome: 'pending', tpOrderId: 'T1' }),
  ]);
  stage.wait(100000);
  expect(looksOf(stage)).toBe(before);
});

test('a look that ends the doubt while the person pays again: the answer is what comes of that', async () => {
  const stage = new Stage();
  stage.plan({ says: 'failed', pays: false });
  stage.open(GOODS)[0]!.tap();
  stage.wait(20000);
  stage.phone.kill();
  const [again] = stage.open(GOODS);
  const answer = stage.phone.library.resumePending();
  stage.wait(500);
  again!.tap();
  stage.wait(40);
  stage.backend.mood = 'slow';
  stage.wait(120000);
  expect(await settled(answer as never)).toEqual([expect.objectContaining({ tpOrderId: 'T1' })]);
});
