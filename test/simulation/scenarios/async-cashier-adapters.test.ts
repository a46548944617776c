/** What a requestPayment of a team's own, or a strange host, does besides calling back: it rejects, throws late, repeats. */
import type { PaymentOptions } from '../../../utils/host/swan';
import type { CashierOptions } from '../fakes/fake-cashier';
import { Scenario, type TimelineEvent } from '../scenario';
import { payfail, paypending } from '../timeline-events';
import { asks, calledOrders, CUP, MINUTE, newsAfter, TEA, unpaid } from './scenario-helpers';

/** An adapter around the cashier of the host, as promisify() makes it. */
function promisified(): Scenario {
  const scenario: Scenario = new Scenario({
    settings: {
      requestPayment: async (options: PaymentOptions) => {
        await new Promise<void>((resolve, reject) => {
          const native = { ...options, success: () => resolve(), fail: reject, isAlive: () => true };
          scenario.cashier.request(native as CashierOptions);
        });
        options.success(null);
      },
    },
  });
  return scenario;
}

/** An adapter that needs real promises. */
async function newsAfterAsync(scenario: Scenario, ms: number): Promise<TimelineEvent[]> {
  for (let passed = 0; passed < ms; passed += 100) await scenario.clock.advanceAsync(100);
  return newsAfter(scenario, 0);
}

test('payfail has mayBePaid, and the question is shown for other goods, when an async adapter rejects with code 6', async () => {
  const scenario = promisified();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
  tea!.tap();
  expect(await newsAfterAsync(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { reason: 'cashier', code: 6, mayBePaid: true }),
  ]);
  cup!.tap();
  expect(await newsAfterAsync(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('an attempt ends as cancelled when an async adapter rejects with code 2', async () => {
  const scenario = promisified();
  const [tea] = scenario.open(TEA);
  scenario.plan(unpaid('cancel'));
  tea!.tap();
  expect(await newsAfterAsync(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    { event: 'paycancel', detail: { by: 'user', mayBePaid: false } },
  ]);
});

test('payfail has mayBePaid, and the button is pending, when an async adapter rejects with another error', async () => {
  const rejected = Promise.reject(new Error('net'));
  rejected.catch(() => undefined);
  const scenario = new Scenario({ settings: { requestPayment: () => rejected } });
  const [tea] = scenario.open(TEA);
  tea!.tap();
  expect(await newsAfterAsync(scenario, 8000)).toMatchObject([
    payfail('T1', { reason: 'cashier', code: null, mayBePaid: true }),
  ]);
  expect(tea!.phase).toBe('pending');
});

test('payfail has mayBePaid, and the question is shown for other goods, when an adapter throws after it opened the cashier', () => {
  const scenario: Scenario = new Scenario({
    settings: {
      requestPayment: (options: PaymentOptions) => {
        scenario.cashier.request({ ...options, isAlive: () => true } as CashierOptions);
        throw new Error('a log line');
      },
    },
  });
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
  tea!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { reason: 'cashier', mayBePaid: true }),
  ]);
  cup!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('an order stays unsettled when its call fails with 1001 and then with 6', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  const request = scenario.cashier.request.bind(scenario.cashier);
  scenario.cashier.request = options =>
    request({
      ...options,
      fail: () => [1001, 6].forEach(errCode => options.fail({ errCode })),
    });
  scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
  tea!.tap();
  scenario.advance(5000);
  scenario.takeEvents();
  expect(tea!.phase).toBe('pending');
  cup!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
  expect(calledOrders(scenario)).toEqual(['T1']);
  // The oracle saw one answer, of which the host made two.
  scenario.world.invariant.violations.splice(0);
});

test('an attempt ends as pending after 60 s when the host repeats its success and no check says paid', () => {
  let answer = (): void => undefined;
  const scenario = new Scenario({
    settings: { requestPayment: ({ success }: PaymentOptions) => (answer = () => success(null)) },
  });
  const [tea] = scenario.open(TEA);
  tea!.tap();
  scenario.advance(2000);
  answer();
  scenario.advance(50000);
  answer();
  expect(newsAfter(scenario, 15000)).toMatchObject([paypending('T1')]);
});
