/** What can happen, and how likely it is. Likely things come often enough for unlikely ones to meet them. */
import fc from 'fast-check';
import type { BackendMood } from './backend';
import type { Plan } from './cashier';
import type { ModalMood, StorageMood } from './phone';
import type { Setup, Step } from './town';

const button = fc.nat(1);

const plan: fc.Arbitrary<Plan> = fc.record({
  pays: fc.boolean(),
  says: fc.constantFrom<Plan['says'][]>(
    'success',
    'success',
    'cancel',
    'cancel',
    'cancel-text',
    'paying',
    'failed',
    'string-6',
    'nothing',
    'nothing',
    'denied',
    'login',
    'throw',
    'empty',
  ),
  again: fc.boolean(),
  open: fc.constantFrom(50, 2000, 2000, 20000, 20000, 960000),
  stays: fc.constantFrom(0, 0, 0, 8000),
  late: fc.constantFrom(0, 0, 400, 5000, 120000),
  notify: fc.constantFrom(0, 100, 1500, 30000, 200000),
});

/** What the cashier reports follows from what happened, except where phones were seen to lie (cancel, failed). */
const honest = plan.map(one =>
  one.says === 'success'
    ? { ...one, pays: true }
    : /denied|login|throw/.test(one.says)
      ? { ...one, pays: false }
      : one,
);

const wait = fc
  .constantFrom(5, 60, 200, 700, 1100, 2500, 6000, 16000, 70000, 960000, 90000000)
  .map<Step>(ms => ({ do: 'wait', ms }));

const one: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: button.map<Step>(index => ({ do: 'tap', button: index })) },
  { weight: 12, arbitrary: wait },
  { weight: 6, arbitrary: honest.map<Step>(next => ({ do: 'plan', plan: next })) },
  { weight: 3, arbitrary: button.map<Step>(index => ({ do: 'pay', button: index })) },
  { weight: 1, arbitrary: button.map<Step>(index => ({ do: 'detach', button: index })) },
  { weight: 1, arbitrary: button.map<Step>(index => ({ do: 'reset', button: index })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(button, fc.nat(2))
      .map<Step>(([index, payload]) => ({ do: 'change', button: index, payload })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<BackendMood[]>(
        'well',
        'well',
        'slow',
        'lost',
        'lost-answer',
        'http-500',
        'html',
        'denied',
        'unknown-status',
      )
      .map<Step>(mood => ({ do: 'backend', mood })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<ModalMood[]>('yes', 'no', 'never').map<Step>(mood => ({ do: 'modal', mood })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<StorageMood[]>('well', 'refuses', 'throws', 'lies', 'breaks')
      .map<Step>(mood => ({ do: 'storage', mood })),
  },
  {
    weight: 10,
    arbitrary: fc
      .constantFrom('open', 'close', 'hide', 'show', 'show', 'kill', 'expire', 'resumePending')
      .map(name => ({ do: name }) as Step),
  },
);

/** Rarer, and each opens a world of its own. */
const turn = fc
  .constantFrom('owner', 'switchTab', 'switchTab', 'appear', 'logout')
  .map(name => ({ do: name }) as Step);

/** Many short waits between, as people and networks have them. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 15, arbitrary: one }, { weight: 1, arbitrary: turn }),
  { minLength: 1, maxLength: 30 },
);

export const setups: fc.Arbitrary<Setup> = fc.record({
  source: fc.constantFrom<Setup['source'][]>('create', 'create', 'order-info'),
  statusUrl: fc.constantFrom(true, true, false),
  second: fc.constantFrom<Setup['second'][]>('same', 'other'),
  copies: fc.constantFrom<Setup['copies'][]>(1, 2),
  key: fc.constantFrom<Setup['key'][]>('derived', 'explicit'),
});
