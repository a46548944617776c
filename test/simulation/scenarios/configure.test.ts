/** configure() while the mini-program runs: what is said last counts from the next step on. */
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
    ...['timing', 'outcomes', 'baseURL'],
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
