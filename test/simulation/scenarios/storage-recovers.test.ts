/** Storage that could not be read, and can be read again: what it holds is of an earlier run, and this run has gone on. */
import { Scenario } from '../scenario';
import { on, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openUnsettled, unpaid } from './scenario-helpers';

/** A ready order that may be paid, of an earlier run, and storage that cannot be read now. */
function unreadable() {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  openUnsettled(scenario, { orderInfo });
  scenario.kill();
  scenario.host.storage.mode = 'refuses-reads';
  const [tea, cup] = scenario.open({ orderInfo }, CUP);
  scenario.label(tea!, 'tea');
  scenario.label(cup!, 'cup');
  scenario.takeEvents();
  return { scenario, tea: tea!, cup: cup! };
}

test('an order counts the calls of both runs when it was called again before storage could be read', () => {
  const { scenario, tea, cup } = unreadable();
  scenario.plan(unpaid('cancel', { openFor: 5000 }));
  tea.tap();
  scenario.advance(2000);
  scenario.host.storage.mode = 'ok';
  expect(newsAfter(scenario, 8000)).toMatchObject([{ cashier: 'T1' }, on('tea', paypending('T1'))]);
  cup.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
});

test('a paid order stays settled when storage with its earlier record can be read again', () => {
  const { scenario, tea, cup } = unreadable();
  tea.tap();
  expect(newsAfter(scenario, 6000)).toMatchObject([{ cashier: 'T1' }, on('tea', paysuccess('T1'))]);
  scenario.host.storage.mode = 'ok';
  scenario.advance(4000);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, on('cup', paysuccess('T2'))]);
  expect(tea.phase).toBe('paid');
});
