/** A create answer that names a status: it is read as status-url is, and it counts for the order it names alone. */
import type { OrderStatus } from '../../../utils';
import { CREATE, Stage, STATUS } from '../world/stage';

const answer = (data: object) => ({ statusCode: 200, data: { errno: 0, data } });

/** In doubt without status-url, so that the next tap asks for the order again. */
function inDoubt(options: ConstructorParameters<typeof Stage>[0] = {}, properties: object = {}) {
  const stage = new Stage(options);
  const [button] = stage.open({ ...CREATE, ...properties });
  stage.plan({ says: 'failed', notify: 60000 });
  button!.tap();
  stage.wait(20000);
  stage.next();
  return { stage, button: button! };
}

const mapStatus = (data: unknown): OrderStatus | undefined =>
  ({ SETTLED: 'paid' as const })[(data as { state: string }).state];

test.each([
  ["Baidu's 2", { status: 2 }, {}],
  ["a word of mapStatus's", { state: 'SETTLED' }, { mapStatus }],
])('%s is paid', (_what, order, settings) => {
  const { stage, button } = inDoubt({ settings });
  const orderInfo = stage.backend.orderInfo(stage.backend.orders[0]!);
  stage.backend.instead = () => answer({ orderInfo, order });
  button.tap();
  expect(stage.after(20000)).toContain('paysuccess T1 1999 verified resumed');
  expect(stage.cashier.calls).toHaveLength(1);
});

test.each([
  ['a word that nobody knows', {}, { status: 'limbo' }],
  ['a word that mapStatus does not know', { mapStatus }, { state: 'unpaid' }],
])('%s is not unpaid: no cashier, and the developer reads why', (_what, settings, order) => {
  const { stage, button } = inDoubt({ settings });
  const orderInfo = stage.backend.orderInfo(stage.backend.orders[0]!);
  stage.backend.instead = () => answer({ orderInfo, order });
  button.tap();
  expect(stage.after(20000)).toContainEqual(expect.stringMatching(/^payfail T1 1999 order-request /));
  expect(stage.cashier.calls).toHaveLength(1);
  expect(stage.warnings()).toContainEqual(expect.stringMatching(/orders names no status that is known/));
});

test('an order without a word about its status is there to be paid', () => {
  const stage = new Stage();
  const orderInfo = stage.backend.orderInfo(stage.backend.open('tea'));
  stage.backend.instead = ({ url }) =>
    /status/.test(url) ? undefined : answer({ orderInfo, order: { note: 'before six' } });
  stage.open({ ...CREATE, ...STATUS })[0]!.tap();
  expect(stage.after(20000)).toContain('paysuccess T1 1999 verified');
});

test.each(['closed', 'paid'] as const)('%s of another order does not end the doubt about ours', status => {
  const { stage, button } = inDoubt();
  const other = stage.backend.orderInfo({ tpOrderId: 'T9', purchase: 'tea', status });
  stage.backend.instead = () => answer({ orderInfo: other, order: { status } });
  button.tap();
  expect(stage.after(2000)).toContainEqual(
    expect.stringMatching(/^payfail T1 1999 order-invalid .* mayBePaid$/),
  );
  stage.backend.instead = null;
  button.tap();
  stage.wait(20000);
  expect(stage.cashier.charges).toHaveLength(1);
});

test('paid without a number is the order that is known', () => {
  const { stage, button } = inDoubt();
  stage.backend.instead = () => answer({ order: { status: 'paid' } });
  button.tap();
  expect(stage.after(20000)).toContain('paysuccess T1 1999 verified resumed');
});

test('closed without a number is the order that is known', () => {
  const { stage, button } = inDoubt({}, { orderKey: 'cart' });
  stage.backend.instead = () => answer({ order: { status: 'closed' } });
  button.tap();
  expect(stage.after(2000)).toContain('payfail T1 1999 closed null 订单已关闭，请重新下单 retryable');
});
