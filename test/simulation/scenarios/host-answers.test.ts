/** What the host and the backend answer, also when they fail once. */
import { bundleLibrary } from '../fakes/library';
import { Scenario, useLibrary } from '../scenario';
import { newsAfter, openButton, TEA } from './scenario-helpers';

test.each([
  [true, 'false', 'true'],
  [false, 'true', 'false'],
])(
  'a button is hidden on iOS: %s, when virtual-goods alone changes from %s to %s',
  (isHidden, before, after) => {
    const scenario = new Scenario({ host: { platform: 'ios' } });
    const button = openButton(scenario, { ...TEA, virtualGoods: before === 'true' });
    button.set({ virtualGoods: after === 'true' });
    scenario.advance(100);
    expect(button.data.hidden).toBe(isHidden);
  },
);

test('virtual goods are hidden on iOS when getSystemInfoSync failed once', () => {
  const load = bundleLibrary();
  let calls = 0;
  useLibrary(globals => {
    const swan = globals.swan as { getSystemInfoSync: () => object };
    swan.getSystemInfoSync = () => (calls++ ? { platform: 'ios' } : { errCode: 1001, errMsg: 'busy' });
    return load(globals);
  });
  const scenario = new Scenario({ host: { platform: 'ios' } });
  useLibrary(undefined);
  const properties = { ...TEA, virtualGoods: true };
  scenario.open(properties);
  expect(openButton(scenario, properties).data.hidden).toBe(true);
});

test('raw is the answer of the backend when it is no orderInfo', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.backend.mode = 'nonsense';
  button.tap();
  const [fail] = newsAfter(scenario, 3000) as unknown as { detail: { raw: unknown } }[];
  expect(fail?.detail.raw).toEqual(expect.any(Object));
});
