/** The cashier's callback is a claim, the backend is the truth: one row after the other, with and without status-url. */
import type { CashierPlan } from '../fakes/fake-cashier';
import { Scenario, type TimelineEvent } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

const WITHOUT = { ...TEA, statusUrl: '' };

/** The outcomes of one purchase, and how many checks they took. */
function buy(plan: Partial<CashierPlan>, properties: object = TEA, ms = 70000): [TimelineEvent[], number] {
  const scenario = new Scenario();
  scenario.plan(plan);
  openButton(scenario, { ...properties }).tap();
  const [, ...news] = newsAfter(scenario, ms);
  return [news, scenario.backend.checks.length];
}

const LATE: Partial<CashierPlan> = { notifyDelay: 500000 };

test('paysuccess is verified when the cashier says success and a check says paid', () => {
  const [news] = buy({ notifyDelay: 4000 });
  expect(news).toMatchObject([paysuccess('T1', { verified: true, resumed: false, raw: '{not json' })]);
});

test('an attempt ends as pending when the cashier says success and no check says paid for 60 s', () => {
  expect(buy(LATE, TEA, 62000)[0]).toEqual([]);
  const [news, checks] = buy(LATE);
  expect(news).toMatchObject([paypending('T1')]);
  expect(checks).toBe(16);
});

test('paysuccess is unverified when the cashier says success and there is no status-url', () => {
  const [news, checks] = buy({}, WITHOUT);
  expect(news).toMatchObject([paysuccess('T1', { verified: false, raw: '{not json' })]);
  expect(checks).toBe(0);
});

describe.each([
  ['2', { response: [false, { errCode: 2 }] }],
  ["'2'", { response: [false, { errCode: '2' }] }],
  ['the text 取消', unpaid('cancel-text')],
] as [string, Partial<CashierPlan>][])('the cashier says cancel (%s)', (_, answer) => {
  const plan = { charges: false, ...answer };

  test('an attempt ends as cancelled when its one check says unpaid', () => {
    const [news, checks] = buy(plan);
    expect(news).toMatchObject([paycancel('T1', { by: 'user', mayBePaid: false })]);
    expect(checks).toBe(1);
  });

  test('an attempt succeeds when its one check says paid', () => {
    const [news] = buy({ ...plan, charges: true, notifyDelay: 0 });
    expect(news).toMatchObject([paysuccess('T1', { verified: true })]);
  });

  test('an attempt ends as cancelled when there is no status-url', () => {
    const [news] = buy(plan, WITHOUT);
    expect(news).toMatchObject([paycancel('T1', { by: 'user', mayBePaid: false })]);
  });
});

test.each(['lost', 'timeout', 'slow', 'http-500', 'html', 'unknown-status', 'denied'] as const)(
  'paycancel has mayBePaid when its check fails (%s)',
  mode => {
    const scenario = new Scenario();
    scenario.plan(unpaid('cancel'));
    openButton(scenario).tap();
    scenario.advance(1000);
    scenario.backend.mode = mode;
    const news = newsAfter(scenario, 7000);
    expect(news).toMatchObject([{ cashier: 'T1' }, paycancel('T1', { by: 'user', mayBePaid: true })]);
  },
);

test('an attempt succeeds when the cashier says paying (1) and a check says paid within 60 s', () => {
  const [news] = buy({ callback: 'paying', notifyDelay: 50000 });
  expect(news).toMatchObject([paysuccess('T1', { verified: true, resumed: false })]);
});

test('an attempt ends as pending when the cashier says paying (1) and no check says paid for 60 s', () => {
  expect(buy(unpaid('paying'), TEA, 62000)[0]).toEqual([]);
  expect(buy(unpaid('paying'))[0]).toMatchObject([paypending('T1')]);
});

test('an attempt ends as pending at once when the cashier says paying (1) and there is no status-url', () => {
  expect(buy(unpaid('paying'), WITHOUT, 2500)[0]).toMatchObject([paypending('T1')]);
});

describe.each([
  ['6', 6],
  ['3', 3],
  ['an unlisted code', 77],
  ['a text', 'E_PAY'],
  ['no code', undefined],
])('the cashier fails (%s)', (_, errCode) => {
  const plan: Partial<CashierPlan> = { response: [false, { errCode, errMsg: 'x' }] };

  test('payfail has mayBePaid when three checks within 6 s say unpaid', () => {
    expect(buy({ ...plan, charges: false }, TEA, 8000)[0]).toEqual([]);
    const [news, checks] = buy({ ...plan, charges: false });
    expect(news).toMatchObject([
      payfail('T1', {
        reason: 'cashier',
        code: errCode ?? null,
        mayBePaid: true,
        retryable: true,
        raw: { errMsg: 'x' },
      }),
    ]);
    expect(checks).toBe(3);
  });

  test('an attempt succeeds when the last of its checks says paid', () => {
    const [news] = buy({ ...plan, notifyDelay: 5500 });
    expect(news).toMatchObject([paysuccess('T1', { verified: true, resumed: false })]);
  });

  test('payfail has mayBePaid at once when there is no status-url', () => {
    const [news] = buy({ ...plan, charges: false }, WITHOUT, 2500);
    expect(news).toMatchObject([payfail('T1', { reason: 'cashier', mayBePaid: true })]);
  });
});

describe.each([
  ['with status-url', TEA],
  ['without status-url', WITHOUT],
])('%s', (_, properties) => {
  test('payfail has reason not-logged-in without mayBePaid when the cashier says 5', () => {
    const [news, checks] = buy(unpaid('not-logged-in'), properties);
    expect(news).toMatchObject([
      payfail('T1', { reason: 'not-logged-in', code: 5, mayBePaid: false, retryable: true }),
    ]);
    expect(checks).toBe(0);
  });

  test.each([904, 201, 202, 1001, 101, 301, 302, 401, 402, 403, 1002])(
    'payfail has reason rejected without mayBePaid when the cashier says %i as number or text',
    code => {
      for (const errCode of [code, String(code)]) {
        const [news] = buy(
          { charges: false, response: [false, { errCode, errMsg: 'no' }] },
          properties,
          5000,
        );
        expect(news).toMatchObject([payfail('T1', { reason: 'rejected', code, mayBePaid: false })]);
      }
    },
  );

  test('payfail has reason rejected without mayBePaid when the host throws', () => {
    const [news] = buy({ charges: false, callback: 'throws' }, properties, 5000);
    expect(news).toMatchObject([payfail('T1', { reason: 'rejected', mayBePaid: false })]);
  });

  test('an attempt ends as pending when the cashier gives no answer for 15 min', () => {
    const [news] = buy(unpaid('none'), properties, 15 * 60000 + 5000);
    expect(news).toMatchObject([paypending('T1')]);
  });
});

test.each([
  ['success', { callback: 'success' }],
  ['cancel', { callback: 'cancel' }],
  ['paying', { callback: 'paying' }],
  ['6', { callback: 'failed' }],
] as [string, Partial<CashierPlan>][])(
  'payfail has reason refunded when the cashier says %s and a check says refunded',
  (_, plan) => {
    const scenario = new Scenario();
    scenario.plan({ ...plan, charges: false });
    openButton(scenario).tap();
    scenario.advance(1000);
    scenario.backend.order('T1')!.status = 'refunded';
    expect(newsAfter(scenario, 3000)).toMatchObject([
      { cashier: 'T1' },
      payfail('T1', { reason: 'refunded', mayBePaid: false, retryable: true }),
    ]);
  },
);

test.each([
  ['paying', 60000, payfail('T1', { reason: 'closed', mayBePaid: true })],
  ['failed', 6000, payfail('T1', { reason: 'closed', mayBePaid: true })],
  ['cancel', 0, paycancel('T1', { by: 'user', mayBePaid: false })],
  ['success', 60000, paypending('T1')],
] as const)(
  'an order that the backend closed ends its attempt after the confirm window when the cashier says %s (%i ms)',
  (callback, ms, end) => {
    const scenario = new Scenario();
    scenario.plan(unpaid(callback));
    openButton(scenario).tap();
    scenario.advance(1000);
    scenario.backend.expire();
    scenario.takeEvents();
    if (ms) expect(newsAfter(scenario, 1100 + ms - 500)).toEqual([]);
    expect(newsAfter(scenario, 5000)).toMatchObject([end]);
  },
);
