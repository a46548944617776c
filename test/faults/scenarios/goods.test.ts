/** What is paid is what was meant: the goods on the button, the goods a page names, the order that is paid already. */
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const CART = { ...CREATE, ...STATUS, orderKey: 'cart' };

const boughtBy = (stage: Stage): string[] =>
  stage.backend.orders.map(({ purchase, status }) => `${purchase} ${status}`);

describe('a button that says 已支付', () => {
  test('does not say so of goods that came onto it while the first were paid', () => {
    const stage = new Stage();
    const [button] = stage.open(CART);
    button!.tap();
    stage.wait(500);
    button!.set('orderPayload', { purchase: 'cup' });
    stage.wait(20000);
    expect(button!.data.label).toBe('立即支付');
  });

  test('does not say so of what another button of its key has paid', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CART, { ...CART, orderPayload: { purchase: 'cup' } });
    tea!.tap();
    stage.wait(20000);
    cup!.tap();
    stage.wait(20000);
    expect([tea!.data.label, cup!.data.label]).toEqual(['立即支付', '已支付']);
  });
});

describe('goods are compared as they are sent', () => {
  const open = (stage: Stage) => stage.open({ createUrl: '/orders', ...STATUS })[0]!;

  test('another Date is another booking', () => {
    const stage = new Stage();
    const button = open(stage);
    button.pay({ payload: { purchase: 'room', day: new Date(1e12) } });
    stage.wait(20000);
    button.pay({ payload: { purchase: 'room', day: new Date(2e12) } });
    stage.wait(20000);
    expect(boughtBy(stage)).toEqual(['room paid', 'room paid']);
  });

  test('a field that is undefined is as good as absent, also after a restart', () => {
    const stage = new Stage();
    stage.plan({ says: 'nothing', notify: 60000 });
    stage.open({ ...CREATE, ...STATUS })[0]!.pay({ payload: { purchase: 'tea', coupon: undefined } });
    stage.wait(3000);
    stage.phone.kill();
    stage.open({ ...CREATE, ...STATUS })[0]!.tap();
    stage.wait(120000);
    expect(stage.cashier.charges).toHaveLength(1);
  });
});

describe('pay() with goods of its own', () => {
  test('inside paytap, without manual, pays them and not those of the button, too', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS, orderPayload: { purchase: 'cup' } });
    stage.handler = (one, { name }) => {
      if (name === 'paytap') one.pay({ payload: { purchase: 'tea' } });
    };
    button!.tap();
    stage.wait(20000);
    expect(boughtBy(stage)).toEqual(['tea paid']);
  });

  test('under another key leaves the same goods that are being ordered under the first', () => {
    const stage = new Stage();
    const [button] = stage.open(CART);
    button!.pay();
    stage.wait(5);
    button!.set('orderKey', 'other');
    stage.wait(20);
    button!.pay();
    stage.wait(20000);
    expect(boughtBy(stage)).toEqual(['tea unpaid', 'tea paid']);
  });

  test('while other goods are being ordered is not told that those were paid', async () => {
    const stage = new Stage();
    const [button] = stage.open(CART);
    const first = button!.pay();
    stage.wait(20);
    const second = button!.pay({ payload: { purchase: 'cup' } });
    stage.wait(20000);
    expect(await settled(first)).toMatchObject({ outcome: 'cancel', by: 'left' });
    expect(stage.next().filter(line => /^toast/.test(line))).toEqual(['toast 支付成功']);
    const outcome = await settled(second);
    expect(stage.backend.order(outcome!.tpOrderId)!.purchase).toBe('cup');
  });
});

describe('an order that a create-url made and a page hands on as order-info', () => {
  function handedOn(stage: Stage, orderKey: string) {
    const orderInfo = stage.backend.orderInfo(stage.backend.orders[0]!);
    return stage.open({ orderInfo, ...STATUS, orderKey })[0]!;
  }

  test('is paid when it was found paid', () => {
    const stage = new Stage();
    stage.plan({ says: 'nothing', notify: 10000 });
    stage.open(CART)[0]!.tap();
    stage.wait(3000);
    stage.phone.closePage();
    stage.wait(20000);
    const button = handedOn(stage, 'cart');
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
    button.tap();
    stage.wait(20000);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('is the same order when it is in doubt: the question is not about a new one', () => {
    const stage = new Stage();
    stage.plan({ says: 'nothing', pays: false });
    stage.open(CART)[0]!.tap();
    stage.wait(3000);
    stage.phone.closePage();
    stage.wait(20000);
    stage.phone.modalMood = 'yes';
    const button = handedOn(stage, 'cart');
    stage.wait(1000);
    button.tap();
    stage.wait(20000);
    expect(stage.cashier.charges.map(({ tpOrderId }) => tpOrderId)).toEqual(['T1']);
    expect(stage.phone.questions.map(({ content }) => content)).toEqual([
      '如果你已付款，请取消并稍后查看。继续支付仍是同一笔订单。',
    ]);
  });
});
