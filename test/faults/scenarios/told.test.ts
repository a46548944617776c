/** Who is told what, and what nobody is told: pages that close and come back, handlers that throw, traces, reset(). */
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const GOODS = { ...CREATE, ...STATUS };

describe('pay() of a page that is covered by another', () => {
  test('opens no cashier over that', () => {
    const stage = new Stage({ quirks: { pageLifetimes: 'missing' } });
    const [button] = stage.open(CREATE);
    stage.open();
    button!.pay();
    expect(stage.after(5000).slice(-2)).toEqual([
      'paycancel T1 1999 by left',
      expect.stringMatching(/^paycomplete cancel/),
    ]);
    expect(stage.cashier.calls).toEqual([]);
  });
});

describe('an outcome whose page is closed', () => {
  test('waits for a page in sight: one that is covered does not hear it', () => {
    const stage = new Stage();
    const [below] = stage.open(GOODS);
    stage.name(below!, 'below');
    const [button] = stage.open(GOODS);
    stage.plan({ notify: 5000 });
    button!.tap();
    stage.wait(3000);
    stage.phone.closePage();
    stage.open();
    stage.next();
    expect(stage.after(60000)).toEqual(['below: confirming → paid']);
    stage.phone.closePage();
    expect(stage.after(100)).toEqual([
      'toast 支付成功',
      'below: paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^below: paycomplete success resumed/),
    ]);
  });

  test('is not told to a page that closes itself when it sees that its goods are paid', () => {
    const stage = new Stage();
    stage.open();
    stage.payUnheard(GOODS);
    const [late] = stage.open({ ...GOODS, orderPayload: null });
    stage.handler = (_, { name }) => {
      if (name === 'statechange') stage.phone.closePage();
    };
    stage.next();
    late!.set('orderPayload', GOODS.orderPayload);
    expect(stage.after(1000)).toEqual(['idle → paid']);
    stage.handler = null;
    stage.open(GOODS);
    expect(stage.after(1000).slice(-2)).toEqual([
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('is told when the page that comes is ready, and not before', () => {
    const stage = new Stage();
    stage.open();
    stage.payUnheard(GOODS);
    stage.phone.quirks.ready = 'late';
    stage.open(GOODS);
    expect(stage.next()).toEqual(['idle → paid']);
    expect(stage.after(100)).toEqual([
      'toast 支付成功',
      'paysuccess T1 1999 verified resumed',
      expect.stringMatching(/^paycomplete success resumed/),
    ]);
  });

  test('is pending when a question was open on it: the next page hears it, and asks again', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'nothing', pays: false });
    button!.tap();
    stage.wait(5000);
    button!.tap();
    stage.wait(1000);
    stage.phone.modalMood = 'never';
    const promise = (button!.tap(), button!.pay());
    stage.wait(1000);
    stage.phone.closePage();
    stage.wait(100);
    stage.next();
    const [again] = stage.open(GOODS);
    expect(stage.after(1000)).toEqual([
      'idle → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      expect.stringMatching(/^paycomplete pending resumed/),
    ]);
    stage.phone.modalMood = 'yes';
    again!.tap();
    expect(stage.after(10000)).toContain('cashier T1');
    return expect(settled(promise)).resolves.toMatchObject({ outcome: 'pending' });
  });
});

test('a host that lets a handler throw: the console says so, and what comes after is told', () => {
  const stage = new Stage({ quirks: { handlers: 'throw' } });
  const [button, twin] = stage.open(CREATE, CREATE);
  stage.name(twin!, 'twin');
  stage.handler = (one, { name, detail }) => {
    if (one === button && name === 'statechange' && detail.phase === 'paid') throw new Error('page');
  };
  button!.tap();
  expect(stage.after(5000).slice(-3)).toEqual([
    'toast 支付成功',
    'paysuccess T1 1999 claimed',
    'paycomplete success 2080 ms',
  ]);
  expect(stage.errors()).toEqual(['swan-cashier: an event handler threw Error: page']);
});

test('two sources of one order-key are complained of once, when the first of them is tapped', () => {
  const stage = new Stage();
  const [first, second] = stage.open(
    { ...CREATE, orderKey: 'cart' },
    { createUrl: '/others', orderKey: 'cart' },
  );
  for (const button of [first!, second!, first!]) {
    button.tap();
    stage.wait(1000);
    expect(stage.errors()).toHaveLength(1);
  }
});

describe('reset()', () => {
  test('of what was never bought changes nothing', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.reset();
    expect(stage.after(1000)).toEqual([]);
    expect(stage.warnings()).toEqual([]);
  });

  test('of what was cancelled changes nothing, and warns of nothing', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'cancel', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.next();
    button!.reset();
    expect(stage.after(1000)).toEqual([]);
    expect(stage.warnings()).toEqual([]);
  });

  test.each([
    ['ordering', 40],
    ['paying', 1000],
    ['confirming', 3000],
  ])('while %s is ignored, with a warning', (phase, ms) => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ notify: 5000 });
    button!.tap();
    stage.wait(ms);
    button!.reset();
    expect(button!.phase).toBe(phase);
    expect(stage.warnings()).toEqual([expect.stringMatching(/^pay-button: reset\(\) is ignored/)]);
    expect(stage.after(60000)).toContain('paysuccess T1 1999 verified');
    expect(stage.cashier.calls).toHaveLength(1);
  });
});

describe('onTrace', () => {
  const stepsOf = (stage: Stage): unknown[] =>
    stage.phone.traces.map(({ at, orderKey, tpOrderId, phase, step, ...detail }) => {
      expect([typeof at, typeof orderKey, typeof tpOrderId, typeof phase]).toEqual([
        'number',
        'string',
        'string',
        'string',
      ]);
      return [step, detail];
    });

  test('names what each look found, what the cashier said and what was stored, and nothing after the end', () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ notify: 500 });
    button!.tap();
    stage.wait(1200000);
    expect(stepsOf(stage)).toStrictEqual([
      ['pay', {}],
      ['ordered', {}],
      ['enter', {}],
      ['save', { durable: true }],
      ['cashier', { claim: 'success', code: 0 }],
      ['answer', {}],
      ['looked', { status: 'unpaid' }],
      ['looked', { status: 'paid' }],
      ['forget', { durable: true }],
      ['outcome', { outcome: 'success' }],
    ]);
  });
});

describe('goods that are found paid later', () => {
  test('make the next pay() a success, whatever the last one said', async () => {
    const stage = new Stage();
    const [button] = stage.open(GOODS);
    stage.plan({ says: 'paying', notify: 90000 });
    const first = button!.pay();
    stage.wait(130000);
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    expect(button!.phase).toBe('paid');
    expect(await settled(first)).toMatchObject({ outcome: 'pending' });
    expect(await settled(button!.pay())).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
  });
});

describe('an outcome that waited', () => {
  const open = (stage: Stage) => stage.open({ createUrl: '/orders', ...STATUS })[0]!;
  const TEA = { payload: { purchase: 'tea' } };

  function closedInMidPayment(plan: Parameters<Stage['plan']>[0]): Stage {
    const stage = new Stage();
    stage.plan(plan);
    open(stage).pay(TEA);
    stage.wait(3000);
    stage.phone.closePage();
    stage.wait(20000);
    return stage;
  }
  const told = (stage: Stage): string[] =>
    stage.next().flatMap(line => /^pay(?:fail|success)/.exec(line) ?? []);

  test('is told before the next one, not after it', () => {
    const stage = closedInMidPayment({ says: 'failed', pays: false });
    open(stage).pay(TEA);
    stage.wait(20000);
    stage.phone.hide();
    stage.phone.show();
    stage.wait(1000);
    expect(told(stage)).toEqual(['payfail', 'paysuccess']);
  });

  test('is told to a page whose pay() finds the goods paid', () => {
    const stage = closedInMidPayment({ notify: 10000 });
    const button = open(stage);
    stage.wait(1000);
    button.pay(TEA);
    stage.wait(10);
    expect(told(stage)).toEqual(['paysuccess']);
  });

  test('is told although a page that has just opened calls reset()', () => {
    const stage = new Stage();
    stage.plan({ notify: 3000 });
    stage.open(GOODS)[0]!.tap();
    stage.wait(2500);
    stage.phone.closePage();
    stage.wait(60000);
    const { buttons } = stage.phone.openPage([{ properties: GOODS, copy: 0 }]);
    buttons[0]!.reset();
    expect(stage.after(1000)).toContain('paysuccess T1 1999 verified resumed');
    expect(stage.warnings()).toContainEqual(expect.stringMatching(/reset\(\) is ignored before/));
  });
});

test('reset() and pay() inside paysuccess: the phases come in their order, each once', () => {
  const stage = new Stage();
  const [button] = stage.open(GOODS);
  let again = true;
  stage.handler = (one, { name }) => {
    if (name === 'paysuccess' && again) {
      again = false;
      one.reset();
      one.pay();
    }
  };
  button!.tap();
  stage.wait(5000);
  const phases = stage.next().filter(line => / → /.test(line));
  expect(phases.slice(3, 6)).toEqual(['confirming → paid', 'paid → ordering', 'ordering → paying']);
});
