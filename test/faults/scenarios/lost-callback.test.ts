/** A cashier that never calls back, and the other purchases of the mini-program. */
import { CREATE, Stage, STATUS } from '../world/stage';

test('a second tap on a button that waits for the cashier shows that there is none: its turn comes', () => {
  const stage = new Stage();
  const other = { ...CREATE, ...STATUS, orderPayload: { purchase: 'cup' } };
  const [tea, cup] = stage.open({ ...CREATE, ...STATUS }, other);
  stage.name(cup!, 'cup');
  stage.plan({ says: 'nothing', pays: false });
  tea!.tap();
  stage.wait(5000);
  stage.next();
  cup!.tap();
  expect(stage.after(3000)).toEqual([
    'cup: paytap idle',
    'cup: idle → ordering',
    'cup: ordercreated T2 1999 tea',
  ]);
  cup!.tap();
  expect(stage.after(1000)).toEqual([
    'cup: paytap ordering',
    'cashier T2',
    'paying → pending',
    'toast 支付结果确认中，请勿重复支付',
    'paypending T1 1999',
    'paycomplete pending 8080 ms',
    'cup: ordering → paying',
  ]);
  expect(stage.after(10000).slice(-2)).toEqual([
    'cup: paysuccess T2 1999 verified',
    expect.stringMatching(/^cup: paycomplete success/),
  ]);
  expect(tea!.phase).toBe('pending');
});

test('on one button that goes on to other goods: the tap that lets them in says nothing of their own cashier', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, orderKey: 'tea' });
  stage.plan({ says: 'nothing', pays: false }, { open: 10000 });
  button!.tap();
  stage.wait(3000);
  button!.set('orderPayload', { purchase: 'cup' });
  button!.set('orderKey', 'cup');
  stage.wait(50);
  button!.tap();
  stage.wait(2000);
  expect(button!.phase).toBe('ordering');
  stage.next();
  button!.tap();
  const after = stage.after(5000);
  expect(after).toContain('ordering → paying');
  expect(after).not.toContain('paypending T2 1999');
  expect(stage.after(20000)).toContain('paysuccess T2 1999 claimed');
});

test('a tap is a tap, although the page sets a property before it calls pay()', () => {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...STATUS, manual: true });
  stage.handler = (one, { name }) => {
    if (name !== 'paytap') return;
    one.set('text', '支付');
    stage.phone.later(50, () => one.pay());
  };
  stage.plan({ says: 'nothing', pays: false });
  button!.tap();
  stage.wait(5000);
  button!.tap();
  expect(stage.after(2000)).toContain('paypending T1 1999');
});
