/** DevTools' own cashier only simulates: it says success, without a charge. */
import { Scenario, STATUS } from '../scenario';
import { paycancel, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

const DEVTOOLS = { host: { platform: 'devtools' } } as const;

test('paysuccess is unverified after one check, and the console warns, when DevTools simulates a success', () => {
  const scenario = new Scenario(DEVTOOLS);
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: false, resumed: false }),
  ]);
  expect(scenario.backend.checks).toHaveLength(1);
  expect(scenario.console('warn').join()).toMatch(/DevTools/);
});

test('other goods are paid without a question when DevTools simulated the first success', () => {
  const scenario = new Scenario(DEVTOOLS);
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(8000);
  cup!.tap();
  scenario.advance(8000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  expect(scenario.host.modal.questions).toEqual([]);
});

test('a simulated success is verified when the check says paid', () => {
  const scenario = new Scenario(DEVTOOLS);
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
});

test('a simulated success is unverified when there is no status-url', () => {
  const scenario = new Scenario(DEVTOOLS);
  openButton(scenario, { ...TEA, statusUrl: '' }).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: false })]);
});

test('the console warns once when two payments run in DevTools', () => {
  const scenario = new Scenario(DEVTOOLS);
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(8000);
  cup!.tap();
  scenario.advance(8000);
  expect(scenario.console('warn').filter(line => /DevTools/.test(line))).toHaveLength(1);
});

test('a success of configure({ requestPayment }) is not fired before the backend says paid when it runs in DevTools', () => {
  const scenario = new Scenario({
    ...DEVTOOLS,
    settings: { requestPayment: ({ success }: { success: (raw: unknown) => void }) => success('paid') },
  });
  openButton(scenario).tap();
  const early = newsAfter(scenario, 5000);
  scenario.backend.notify('T1');
  expect(early).toEqual([]);
});

test('an attempt ends as cancelled when the user cancels in DevTools', () => {
  const scenario = new Scenario(DEVTOOLS);
  scenario.plan(unpaid('cancel'));
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('T1', { by: 'user', mayBePaid: false }),
  ]);
});

test('another attempt asks about the order when its simulated success ends meanwhile and was delivered nowhere', () => {
  const scenario = new Scenario({ host: { platform: 'devtools' } });
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'too-slow';
  scenario.advance(2000);
  tea!.detach();
  scenario.takeEvents();
  cup!.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'ok';
  const questions = newsAfter(scenario, 20000).filter(entry => 'question' in entry);
  expect(questions).toMatchObject([asks('「tea」', '已支付')]);
});

test('a button fires paysuccess once when a simulated success ends its attempt and that of a button that is gone', () => {
  const scenario = new Scenario(DEVTOOLS);
  const properties = { ...STATUS, orderInfo: scenario.createOrder().orderInfo };
  const [one, other] = scenario.open(properties, properties);
  scenario.plan({ openFor: 6010 });
  one!.tap();
  scenario.advance(6000);
  one!.detach();
  other!.tap();
  const successes = newsAfter(scenario, 20000).filter(entry => 'event' in entry);
  expect(successes).toMatchObject([paysuccess('T1', { verified: false })]);
});
