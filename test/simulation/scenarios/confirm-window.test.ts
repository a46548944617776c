/** The windows in which an answer of the cashier is confirmed: they end by time, and with a last check. */
import { Scenario } from '../scenario';
import { payfail, paypending, paysuccess } from '../timeline-events';
import { newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

test('an attempt ends as pending after the window of 60 s when every check times out', () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 1000 });
  openButton(scenario).tap();
  scenario.advance(900);
  scenario.backend.mode = 'timeout';
  scenario.takeEvents();
  expect(newsAfter(scenario, 55000)).toEqual([]);
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
});

test('an attempt fails after the window of 6 s when every check times out', () => {
  const scenario = new Scenario();
  scenario.plan(unpaid('failed', { openFor: 1000 }));
  openButton(scenario).tap();
  scenario.advance(900);
  scenario.backend.mode = 'timeout';
  scenario.takeEvents();
  expect(newsAfter(scenario, 10500)).toMatchObject([payfail('T1', { reason: 'cashier', mayBePaid: true })]);
});

test('an attempt succeeds when the check at the end of the window says paid', () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 1000, notifyDelay: 59500 });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 62000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: true, resumed: false }),
  ]);
});

test('an attempt succeeds when the device clock passed the window in the background and the next check says paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ openFor: 1000, notifyDelay: 5000 });
  button.tap();
  scenario.advance(1500);
  // A phone stops the timers of an app in the background: its clock has moved on when it comes back.
  scenario.world.jumpDevice(120000);
  scenario.backend.notify('T1');
  const before = scenario.backend.checks.length;
  expect(newsAfter(scenario, 3000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: true, resumed: false }),
  ]);
  expect(scenario.backend.checks.length).toBeGreaterThan(before);
});

test('an attempt ends as pending when the device clock passed the window in the background and the next check says unpaid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('paying', { openFor: 1000 }));
  button.tap();
  scenario.advance(3500);
  scenario.world.jumpDevice(120000);
  expect(newsAfter(scenario, 8000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
});

test('an attempt succeeds when the device clock is set back during the window', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ openFor: 1000, notifyDelay: 10000 });
  button.tap();
  scenario.advance(2500);
  scenario.world.jumpDevice(-120000);
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: true, resumed: false }),
  ]);
});

test('an attempt succeeds when a status response arrives after statusTimeout', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('failed', { openFor: 1000 }));
  button.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'slow'; // 5 s
  scenario.backend.notify('T1');
  const news = newsAfter(scenario, 30000);
  expect(news).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
});

test('paysuccess follows paycancel when a status response arrives after the attempt', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callback: 'cancel', openFor: 1000, notifyDelay: 0 });
  button.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'slow';
  const news = newsAfter(scenario, 30000);
  expect(news).toMatchObject([
    { cashier: 'T1' },
    { event: 'paycancel', detail: { tpOrderId: 'T1', mayBePaid: true } },
    paysuccess('T1', { verified: true, resumed: true }),
  ]);
});

test("an attempt succeeds when the status is Baidu's 2", () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 1000 });
  scenario.backend.respond = ({ url }, good) => {
    const { data } = good as { data: { status?: string } };
    if (!/status/.test(url) || data.status !== 'paid') return undefined;
    (good as { data: { status: unknown } }).data.status = 2;
    return { statusCode: 200, data: good };
  };
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
});

test("a check sends the current header and the button's own when the session was renewed", () => {
  let session = 'old';
  const scenario = new Scenario({ settings: { header: () => ({ session }) } });
  scenario.plan({ openFor: 1000, notifyDelay: 4000 });
  openButton(scenario, { ...TEA, header: { shop: '7' } }).tap();
  scenario.advance(1000);
  session = 'new';
  scenario.advance(10000);
  expect(scenario.backend.received[0]!.header).toMatchObject({ session: 'old', shop: '7' });
  expect(scenario.backend.checks[0]!.header).toMatchObject({ session: 'new', shop: '7' });
});

test('checks go to another origin when the status-url names it', () => {
  const scenario = new Scenario();
  openButton(scenario, {
    ...TEA,
    statusUrl: 'https://other.example/status',
    header: { shop: '7' },
    createUrl: 'https://shop.example/orders',
  });
  const other = openButton(scenario, { ...TEA, statusUrl: 'https://other.example/status' });
  scenario.plan({ openFor: 1000 });
  other.tap();
  scenario.advance(10000);
  expect(scenario.backend.checks.length).toBeGreaterThan(0);
  expect(scenario.backend.received.filter(({ url }) => /other/.test(url)).length).toBe(
    scenario.backend.checks.length,
  );
});

test('a check replaces {tpOrderId} when the status-url has it in its query', () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 1000 });
  openButton(scenario, { ...TEA, statusUrl: '/status?of=shop&tpOrderId={tpOrderId}&v=1' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
  expect(scenario.backend.checks[0]!.url).toBe('https://shop.example/status?of=shop&tpOrderId=T1&v=1');
});

test("a check sends the header of its own goods' button when another button has one, too", () => {
  const scenario = new Scenario();
  const [, tea] = scenario.open(
    { ...TEA, orderPayload: { goods: 'cup' }, header: { shop: '7' } },
    { ...TEA, header: { shop: '8' } },
  );
  tea!.tap();
  scenario.advance(10000);
  expect([...new Set(scenario.backend.checks.map(({ header }) => header?.shop))]).toEqual(['8']);
});

test("a check sends another button's header when the button of its goods has none", () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, { ...TEA, header: { shop: '8' } });
  tea!.tap();
  scenario.advance(10000);
  expect(scenario.backend.checks[0]!.header?.shop).toBe('8');
});

test.each([
  ['create-url', { createUrl: 'https://other.example/orders', statusUrl: '' }],
  ['status-url', { createUrl: '', statusUrl: 'https://other.example/status' }],
])("a check is sent without another button's header when only its %s names its origin", (_what, urls) => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, { ...TEA, ...urls, header: { cookie: 'of the other' } });
  tea!.tap();
  scenario.advance(10000);
  expect(scenario.backend.checks[0]!.header?.cookie).toBeUndefined();
});
