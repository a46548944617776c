/** DevTools' own cashier only simulates: it says success, without a charge. */
import { Scenario } from '../scenario';
import { paycancel, paysuccess } from '../timeline-events';
import { calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './story-helpers';

const DEVTOOLS = { host: { platform: 'devtools' } } as const;

test('P22 a simulated success is a success that nobody verified, after one check, and the console says why', () => {
  const scenario = new Scenario(DEVTOOLS);
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: false, resumed: false }),
  ]);
  expect(scenario.backend.checks).toHaveLength(1);
  expect(scenario.console('warn').join()).toMatch(/DevTools/);
});

test('P22 a simulated success settles the order: other goods are bought without a question', () => {
  const scenario = new Scenario(DEVTOOLS);
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(8000);
  cup!.tap();
  scenario.advance(8000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  expect(scenario.host.modal.questions).toEqual([]);
});

test('a simulated success is verified when the backend says paid all the same: a sandbox', () => {
  const scenario = new Scenario(DEVTOOLS);
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
});

test('a simulated success without status-url is the same', () => {
  const scenario = new Scenario(DEVTOOLS);
  openButton(scenario, { ...TEA, statusUrl: '' }).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: false })]);
});

test('the console says once that DevTools only simulates', () => {
  const scenario = new Scenario(DEVTOOLS);
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(8000);
  cup!.tap();
  scenario.advance(8000);
  expect(scenario.console('warn').filter(line => /DevTools/.test(line))).toHaveLength(1);
});

test('a cashier of configure({ requestPayment }) is no simulation in DevTools: its success is confirmed', () => {
  const scenario = new Scenario({
    ...DEVTOOLS,
    settings: { requestPayment: ({ success }: { success: (raw: unknown) => void }) => success('paid') },
  });
  openButton(scenario).tap();
  const early = newsAfter(scenario, 5000);
  scenario.backend.notify('T1');
  expect(early).toEqual([]);
});

test('a cancel in DevTools is a cancel', () => {
  const scenario = new Scenario(DEVTOOLS);
  scenario.plan(unpaid('cancel'));
  openButton(scenario).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('T1', { by: 'user', mayBePaid: false }),
  ]);
});
