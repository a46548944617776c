/** configure(): what is said last counts from the next step on, and a payment ends even when a function it was given throws. */
import { CREATE, Scenario } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

test('a check sends the current header when configure({ header }) was called after the create request', () => {
  const scenario = new Scenario({ settings: { header: { session: 'old' } } });
  scenario.plan({ notifyDelay: 0 });
  openButton(scenario).tap();
  scenario.advance(1000);
  scenario.host.configure({ header: { session: 'new' } });
  scenario.advance(10000);
  expect(scenario.backend.received.map(({ header }) => header!.session)).toEqual(['old', 'new']);
});

test('a code ends as configure({ outcomes }) says, and as by default when its entry is undefined', () => {
  const scenario = new Scenario({ settings: { outcomes: { 10005: 'cancel' } } });
  const answer = { response: [false, { errCode: '10005' }] as [boolean, unknown], charges: false };
  scenario.plan(answer, answer);
  const button = openButton(scenario, CREATE);
  button.tap();
  // The oracle knows the usual table alone.
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paycancel('T1', { by: 'user' })]);
  scenario.host.configure({ outcomes: { 10005: undefined } });
  button.tap();
  expect(newsAfter(scenario, 5000).slice(-1)).toMatchObject([
    payfail('T1', { reason: 'cashier', code: 10005 }),
  ]);
  scenario.world.invariant.violations.splice(0);
});

test('an attempt uses createTimeout and confirmDelays when configure({ timing }) sets them', () => {
  const scenario = new Scenario({ settings: { timing: { createTimeout: 500 } } });
  const button = openButton(scenario);
  scenario.backend.mode = 'slow';
  button.tap();
  expect(newsAfter(scenario, 600)).toMatchObject([payfail('', { reason: 'order-request' })]);
  scenario.backend.mode = 'ok';
  scenario.host.configure({ timing: { confirmDelays: [0, 1000] } });
  scenario.plan({ notifyDelay: 1000000 });
  button.tap();
  expect(newsAfter(scenario, 6000).slice(-1)).toMatchObject([paypending('T1')]);
  expect(scenario.backend.checks).toHaveLength(2);
});

test('the first check after a failure waits when the first of configure({ timing: { failureDelays } }) is not 0', () => {
  const scenario = new Scenario({ settings: { timing: { failureDelays: [2000, 1000] } } });
  scenario.plan(unpaid('failed', { openFor: 100 }));
  openButton(scenario).tap();
  scenario.advance(2000);
  expect(scenario.backend.checks).toHaveLength(0);
  expect(newsAfter(scenario, 2000)).toMatchObject([{ cashier: 'T1' }, payfail('T1', { reason: 'cashier' })]);
  expect(scenario.backend.checks).toHaveLength(2);
});

test('an attempt ends as pending when its call is unanswered for configure({ timing: { callTimeout } })', () => {
  const scenario = new Scenario({ settings: { timing: { callTimeout: 30000 } } });
  scenario.plan(unpaid('none'));
  openButton(scenario).tap();
  scenario.advance(29000);
  expect(newsAfter(scenario, 0)).toMatchObject([{ cashier: 'T1' }]);
  expect(newsAfter(scenario, 2000)).toMatchObject([paypending('T1')]);
});

test('a payment succeeds, and the console names the settings, when configure() got invalid ones', () => {
  const scenario = new Scenario({
    settings: { timing: { confirmDelays: 5 }, outcomes: { 2: 'nope' }, baseURL: 'https://other.example' },
  });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.console('error').map(text => /configure\(\{ (\w+)/.exec(text)?.[1])).toEqual([
    'timing',
    'outcomes',
    'baseURL',
  ]);
});

test('the console names configure({ baseUrl }) when an address is relative and baseUrl is empty', () => {
  const scenario = new Scenario({ settings: { baseUrl: '' } });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'order-request', code: null })]);
  expect(scenario.console('warn')).toContainEqual(expect.stringMatching(/configure\(\{ baseUrl \}\)/));
  expect(scenario.backend.received).toEqual([]);
});

test('an address is requested as it is when it is absolute', () => {
  const scenario = new Scenario({ settings: { baseUrl: '' } });
  openButton(scenario, {
    ...TEA,
    createUrl: 'https://a.example/orders',
    statusUrl: 'http://b.example/status',
  }).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  const origins = scenario.backend.received.map(({ url }) => new URL(url).origin);
  expect([...new Set(origins)]).toEqual(['https://a.example', 'http://b.example']);
});

test('an order is read through configure({ envelope }) when the backend uses another envelope', () => {
  const scenario = new Scenario({
    settings: {
      envelope: (body: { errno: number; data: unknown }) => ({
        ok: true,
        data: (body.data as { inner: unknown }).inner,
      }),
    },
  });
  scenario.backend.respond = (_request, good) => ({
    statusCode: 200,
    data: { errno: 7, data: { inner: (good as { data: unknown }).data } },
  });
  openButton(scenario, CREATE).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

const boom = (): never => {
  throw new Error('boom');
};

test.each([
  ['header throws', { header: boom }],
  ['header returns a promise', { header: () => Promise.resolve({}) as never }],
  ['envelope throws', { envelope: boom }],
  ['envelope returns null', { envelope: () => null }],
  ['envelope returns no ok', { envelope: () => ({ success: true }) as never }],
])('an attempt fails as order-request when %s', (_what, settings) => {
  const scenario = new Scenario({ settings });
  const button = openButton(scenario);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    payfail('', { reason: 'order-request', mayBePaid: false }),
  ]);
  expect(button.phase).toBe('idle');
});

test.each([
  ['throws', boom],
  ['returns an unknown status', () => 'banana'],
  ['returns the name of a method of every object', () => 'toString'],
  ['returns null', () => null],
])('an attempt ends as pending when mapStatus %s', (_what, mapStatus) => {
  const scenario = new Scenario({ settings: { mapStatus } });
  const button = openButton(scenario);
  button.tap();
  expect(newsAfter(scenario, 120000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  expect(button.phase).toBe('pending');
});

test("an attempt succeeds when mapStatus maps the shop's own status to paid", () => {
  const scenario = new Scenario({
    settings: { mapStatus: (data: { state: string }) => (data.state === 'SETTLED' ? 'paid' : 'unpaid') },
  });
  scenario.backend.respond = ({ url }, good) => {
    const { status } = (good as { data: { status?: string } }).data;
    if (!/status/.test(url)) return undefined;
    return { statusCode: 200, data: { errno: 0, data: { state: status === 'paid' ? 'SETTLED' : 'OPEN' } } };
  };
  // The oracle reads no word of a shop’s own.
  openButton(scenario).tap();
  const news = newsAfter(scenario, 20000);
  expect(news).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
  scenario.world.invariant.violations.splice(0);
});

/** order-url answers an order that has its status under a name of the shop's own. */
function answerWithState(scenario: Scenario, state: string): void {
  scenario.backend.respond = ({ url }, good) =>
    /views/.test(url)
      ? {
          statusCode: 200,
          data: { errno: 0, data: { ...(good as { data: object }).data, status: undefined, state } },
        }
      : undefined;
}

test("a paid order is not called when order-url answers the shop's own status alone and mapStatus maps it", () => {
  const scenario = new Scenario({
    settings: { mapStatus: (data: { state: string }) => (data.state === 'SETTLED' ? 'paid' : null) },
  });
  const { order, orderInfo } = scenario.createOrder();
  order.status = 'paid';
  answerWithState(scenario, 'SETTLED');
  const page = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } },
    { statusUrl: '/status', orderInfo },
  ]);
  scenario.advance(1000);
  expect(page.components[0]!.data.statusText).toBe('已支付');
  scenario.takeEvents();
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('a payment succeeds, and the console names onTrace, when onTrace throws', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.host.configure({ onTrace: boom });
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.console('error')).toContainEqual(expect.stringMatching(/onTrace threw .*boom/));
});

test('onTrace receives each step with its time and order when a payment runs', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.host.traces.splice(0);
  const start = scenario.clock.now();
  scenario.plan({ notifyDelay: 0 });
  button.tap();
  scenario.advance(5000);
  const steps = scenario.host.traces.map(({ at, event, tpOrderId }) => [
    Number(at) - start,
    event,
    tpOrderId,
  ]);
  expect(steps).toEqual(
    expect.arrayContaining([
      [0, 'start', ''],
      [80, 'created', 'T1'],
      [80, 'call', 'T1'],
      [2080, 'cashier', 'T1'],
      [2160, 'status', 'T1'],
      [2160, 'outcome', 'T1'],
    ]),
  );
  const times = steps.map(([at]) => at);
  expect(times).toEqual([...times].sort((one, other) => Number(one) - Number(other)));
  expect(scenario.host.traces).toContainEqual(
    expect.objectContaining({ event: 'cashier', result: 'success', code: 0 }),
  );
  expect(scenario.host.traces).toContainEqual(expect.objectContaining({ event: 'status', status: 'paid' }));
  expect(scenario.host.traces).toContainEqual(expect.objectContaining({ event: 'call', durable: true }));
  scenario.host.traces.splice(0);
  scenario.advance(1200000);
  expect(scenario.host.traces).toEqual([]);
});

test("each request sends a new result of the header function, and the button's header on top, when header is a function", () => {
  let asked = 0;
  const scenario = new Scenario({ settings: { header: () => ({ session: `s${++asked}`, from: 'app' }) } });
  scenario.plan({ notifyDelay: 0 });
  openButton(scenario, { ...TEA, header: { from: 'button' } }).tap();
  scenario.advance(5000);
  expect(scenario.backend.received.map(({ header }) => [header!.session, header!.from])).toEqual([
    ['s1', 'button'],
    ['s2', 'button'],
  ]);
});

test("a check is sent without the button's header when its status-url is of another origin", () => {
  const scenario = new Scenario({ settings: { header: { from: 'app' } } });
  const statusUrl = 'https://pay.example/status';
  scenario.plan(unpaid('none'));
  openButton(scenario, { ...TEA, statusUrl }).tap();
  scenario.advance(3000);
  scenario.kill();
  openButton(scenario, { ...TEA, orderPayload: { goods: 'cup' }, header: { cookie: 'of the shop' } }).tap();
  scenario.advance(200);
  expect(scenario.backend.checks.map(({ url, header }) => [url, header!.cookie])).toEqual([
    [`${statusUrl}?tpOrderId=T1`, undefined],
  ]);
});

test('a refusal keeps its reason and message when envelope returns ok: undefined for it', () => {
  const scenario = new Scenario({
    settings: {
      envelope: ({ success, error }: { success?: boolean; error: string }) => ({
        ok: success,
        message: error,
      }),
    },
  });
  scenario.backend.respond = () => ({ statusCode: 200, data: { error: '商品已售罄' } });
  openButton(scenario, CREATE).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'order-rejected', message: '商品已售罄' }),
  ]);
});

test('an order is not sold when order-url answers a status of the shop that mapStatus does not know', () => {
  const scenario = new Scenario({ settings: { mapStatus: () => undefined } });
  const { orderInfo } = scenario.createOrder();
  answerWithState(scenario, 'SHIPPED');
  const page = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } },
    { statusUrl: '/status', orderInfo },
  ]);
  scenario.advance(1000);
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('', { reason: 'order-invalid' })]);
  expect(scenario.console('error')).toEqual([
    expect.stringMatching(/order-summary: .*status .*a known status/),
  ]);
});

test('an order that a page writes needs no status when mapStatus knows none in it', () => {
  const scenario = new Scenario({ settings: { mapStatus: () => undefined } });
  const { order, orderInfo } = scenario.createOrder();
  const shown = { ...scenario.backend.orderView(order), status: undefined };
  const page = scenario.openPage([{ name: 'order-summary', properties: { order: shown } }, { orderInfo }]);
  scenario.advance(100);
  expect(page.components[0]!.data.statusText).toBe('待付款');
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test("a check sends the button's header when its address is relative and an adapter sends it", () => {
  const received: { url: string; header?: Record<string, string> }[] = [];
  const scenario: Scenario = new Scenario({
    settings: {
      baseUrl: '',
      requestAdapter: (options: { url: string; success: (response: object) => void }) => {
        received.push(options);
        const data = /tpOrderId/.test(options.url) ? { status: 'unpaid' } : scenario.createOrder().orderInfo;
        options.success({ statusCode: 200, data: { errno: 0, data } });
      },
    },
  });
  scenario.plan(unpaid('cancel'));
  openButton(scenario, { ...TEA, header: { shop: '7' } }).tap();
  scenario.advance(10000);
  expect(received.map(({ url, header }) => [url, header!.shop])).toEqual([
    ['/orders', '7'],
    ['/status?tpOrderId=T1', '7'],
  ]);
});
