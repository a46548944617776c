/** Whether a cashier is in sight: a callback that never comes must not keep the other purchases waiting. */
import type { Button } from '../world/phone';
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const TEA = { ...CREATE, ...STATUS };
const CUP = { ...CREATE, ...STATUS, orderPayload: { purchase: 'cup' } };

/** The tea was found paid by a look; its cashier has not called back. */
function found(): [Stage, Button, Button] {
  const stage = new Stage();
  stage.name(stage.open(CUP)[0]!, 'below');
  const [tea, cup] = stage.open(TEA, CUP);
  stage.name(cup!, 'cup');
  stage.plan({ says: 'nothing' });
  tea!.tap();
  stage.wait(5000);
  stage.phone.hide();
  stage.phone.show();
  stage.wait(1000);
  expect(tea!.phase).toBe('paid');
  stage.next();
  return [stage, tea!, cup!];
}

describe('a purchase was found paid by a look while its cashier was silent', () => {
  test('a tap on other goods shows that there is none in sight: they are paid at once', () => {
    const [stage, , cup] = found();
    cup.tap();
    expect(stage.after(200).filter(line => !/^below/.test(line))).toEqual([
      'cup: paytap idle',
      'cup: idle → ordering',
      'cashier T2',
      'cup: ordercreated T2 1999 tea',
      'cup: ordering → paying',
    ]);
  });

  test('a tap on the same goods shows it as well', () => {
    const [stage, tea, cup] = found();
    tea.tap();
    cup.pay();
    stage.wait(200);
    expect(cup.phase).toBe('paying');
  });

  test('without a tap the other goods wait for it, and give up', () => {
    const [stage, , cup] = found();
    cup.pay();
    stage.wait(14000);
    expect(cup.phase).toBe('ordering');
    expect(stage.after(2000)).toContain('cup: paycancel T2 1999 by left');
  });

  test('its page closes, and its cashier with it', () => {
    const [stage] = found();
    stage.phone.closePage();
    stage.wait(50);
    const [below] = stage.phone.top()!.buttons;
    below!.pay();
    stage.wait(200);
    expect(below!.phase).toBe('paying');
  });

  test('after fifteen minutes nobody believes in it any more', () => {
    const [stage, , cup] = found();
    stage.wait(900000);
    cup.pay();
    stage.wait(200);
    expect(cup.phase).toBe('paying');
  });
});

test('the watchdog of an earlier call does not let anything over the cashier of a later one', () => {
  const stage = new Stage();
  const [tea, cup] = stage.open(TEA, CUP);
  stage.phone.modalMood = 'yes';
  stage.plan({ says: 'nothing', pays: false }, { open: 10000, stays: 300000 });
  tea!.tap();
  stage.wait(800000);
  tea!.tap();
  stage.wait(1000);
  tea!.tap();
  stage.wait(12000);
  stage.phone.hide();
  stage.phone.show();
  stage.wait(1000);
  expect(tea!.phase).toBe('paid');
  stage.wait(87000);
  cup!.pay();
  stage.wait(5000);
  expect([cup!.phase, stage.cashier.isOpen()]).toEqual(['ordering', true]);
});

test('one tap on goods that were tried before does not mean that the callback of the others was lost', () => {
  const stage = new Stage();
  const [tea, cup] = stage.open(TEA, CUP);
  stage.name(cup!, 'cup');
  stage.plan({ says: 'cancel', pays: false }, { says: 'nothing', pays: false });
  cup!.tap();
  stage.wait(5000);
  tea!.tap();
  stage.wait(5000);
  stage.next();
  cup!.tap();
  expect(stage.after(3000)).toEqual([
    'cup: paytap idle',
    'cup: idle → ordering',
    'cup: ordercreated T1 1999 tea reused',
  ]);
  expect(tea!.phase).toBe('paying');
});

describe('other goods on the same button while the first are being ordered', () => {
  const change = (stage: Stage, button: Button, purchase: string): void => {
    button.set('orderPayload', { purchase });
    stage.wait(20);
  };

  test('the first are left, and a page that pays again when it hears so joins what was tapped', async () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    const promises: ReturnType<Button['pay']>[] = [];
    stage.handler = (_, { name }) => {
      if (name === 'paycancel') promises.push(button!.pay());
    };
    button!.tap();
    change(stage, button!, 'cup');
    promises.push(button!.pay());
    expect(stage.after(10000).filter(line => /^(cashier|pay[scfp])/.test(line))).toEqual([
      'paycancel - 0 by left',
      'paycomplete cancel 20 ms',
      'cashier T2',
      'paysuccess T2 1999 claimed',
      expect.stringMatching(/^paycomplete success/),
    ]);
    expect(promises).toHaveLength(2);
    for (const promise of promises) {
      expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T2' });
    }
  });

  test('the first are left although the others are being ordered already, by another button', () => {
    const stage = new Stage();
    const [button, other] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.name(other!, 'other');
    button!.tap();
    other!.tap();
    change(stage, button!, 'cup');
    button!.tap();
    stage.wait(10000);
    expect(stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase)).toEqual([
      'cup',
    ]);
  });

  test('who left while waiting for the cashier is not let in when it is free', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.plan({ open: 5000 });
    tea!.tap();
    cup!.pay();
    stage.wait(1000);
    change(stage, cup!, 'pot');
    cup!.pay();
    stage.wait(30000);
    const steps = stage.phone.traces
      .filter(({ tpOrderId }) => tpOrderId === 'T2')
      .map(({ step, phase }) => `${step} ${phase}`);
    expect(steps).toEqual(['ordered ordering', 'left idle', 'save idle', 'outcome idle']);
    expect(stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase)).toEqual([
      'tea',
      'pot',
    ]);
  });
});
