/** What can happen, and how likely it is. Likely things come often enough for unlikely ones to meet them. */
import fc from 'fast-check';
import type { CashierCallback, CashierPlan } from './fakes/fake-cashier';
import type { BackendMode, ShopTraits } from './fakes/fake-backend';
import type { ModalAnswer, ModalMode } from './fakes/fake-modal';
import type { StorageMode } from './fakes/fake-storage';
import type { Setup, Step } from './schedule';

/** The first value is the likely one, as often as all the others together. */
const mostly = <T>(likely: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: others.length, arbitrary: fc.constant(likely) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );

const anyPlan: fc.Arbitrary<CashierPlan> = fc.record({
  charges: fc.boolean(),
  callback: fc.constantFrom<CashierCallback[]>(
    'success',
    'success',
    'cancel',
    'cancel',
    'cancel-text',
    'paying',
    'failed',
    'string-6',
    'none',
    'none',
    'rejected',
    'not-logged-in',
    'throws',
    'empty',
  ),
  duplicate: fc.boolean(),
  showDelay: fc.constantFrom(0, 0, 0, 3000, 7000),
  openFor: fc.constantFrom(50, 2000, 2000, 20000, 20000, 960000),
  closeDelay: fc.constantFrom(0, 0, 0, 8000),
  callbackDelay: fc.constantFrom(0, 0, 400, 5000, 120000),
  notifyDelay: fc.constantFrom(0, 100, 1500, 30000, 200000),
  hidesApp: fc.constantFrom(false, false, false, true),
});

/** What the cashier reports follows from what happened, except where phones were seen to lie (cancel, failed). */
const plan = anyPlan.map(one => {
  if (one.callback === 'success') return { ...one, charges: true };
  return /rejected|login|logged|throws/.test(one.callback) ? { ...one, charges: false } : one;
});

const row = fc.nat(2);

const rowStep = (name: 'tap' | 'double-tap' | 'pay' | 'pay-below' | 'reset' | 'detach'): fc.Arbitrary<Step> =>
  row.map(index => ({ do: name, row: index }));

const plainStep = <Name extends Step['do']>(...names: Name[]): fc.Arbitrary<Step> =>
  fc.constantFrom(...names).map(name => ({ do: name }) as Step);

const MINUTE = 60000;
const HOUR = 60 * MINUTE;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 24, arbitrary: rowStep('tap') },
  {
    weight: 26,
    arbitrary: fc
      .constantFrom(5, 60, 200, 700, 1100, 2500, 6000, 16000, 70000, 16 * MINUTE, 35 * MINUTE, 25 * HOUR)
      .map<Step>(ms => ({ do: 'wait', ms })),
  },
  { weight: 12, arbitrary: plan.map<Step>(next => ({ do: 'plan', plan: next })) },
  { weight: 2, arbitrary: rowStep('double-tap') },
  { weight: 5, arbitrary: rowStep('pay') },
  { weight: 1, arbitrary: rowStep('pay-below') },
  { weight: 1, arbitrary: rowStep('reset') },
  { weight: 2, arbitrary: rowStep('detach') },
  {
    weight: 4,
    arbitrary: fc.tuple(row, fc.nat(2)).map<Step>(([index, goods]) => ({ do: 'change', row: index, goods })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1999, 2199).map<Step>(amount => ({ do: 'reprice', amount })),
  },
  {
    weight: 5,
    arbitrary: mostly<BackendMode>(
      'ok',
      'slow',
      'too-slow',
      'lost',
      'lost-answer',
      'timeout',
      'http-500',
      'html',
      'denied',
      'unknown-status',
      'sold-out',
      'nonsense',
    ).map<Step>(mode => ({ do: 'backend', mode })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        answer: fc.constantFrom<ModalAnswer[]>('yes', 'yes', 'no', 'none'),
        mode: mostly<ModalMode>('ok', 'fails', 'throws'),
      })
      .map<Step>(modal => ({ do: 'modal', ...modal })),
  },
  {
    weight: 2,
    arbitrary: mostly<StorageMode>(
      'ok',
      'refuses-reads',
      'refuses-writes',
      'refuses',
      'returns-null',
      'throws',
      'loses-writes',
    ).map<Step>(mode => ({ do: 'storage', mode })),
  },
  { weight: 6, arbitrary: plainStep('open', 'close', 'open-order') },
  { weight: 6, arbitrary: plainStep('hide', 'show', 'show') },
  { weight: 4, arbitrary: plainStep('kill') },
  { weight: 3, arbitrary: plainStep('resume-pending') },
  { weight: 3, arbitrary: plainStep('appear', 'appear-below', 'switch-tab', 'refund') },
  { weight: 2, arbitrary: fc.boolean().map<Step>(atBaidu => ({ do: 'expire', atBaidu })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ userId: fc.constantFrom('ann', 'ann', 'bob', ''), relaunch: fc.boolean() })
      .map<Step>(user => ({ do: 'user', ...user })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(-26 * HOUR, -10 * MINUTE, 10 * MINUTE, 26 * HOUR)
      .map<Step>(ms => ({ do: 'jump', ms })),
  },
  { weight: 1, arbitrary: plainStep('clear-storage') },
);

/** A person who insists: attempts that follow each other, each with a cashier of its own. */
const attempt: fc.Arbitrary<Step[]> = fc
  .tuple(plan, row, fc.constantFrom(9000, 25000, 70000))
  .map(([next, index, ms]) => [
    { do: 'modal', answer: 'yes', mode: 'ok' },
    { do: 'plan', plan: { ...next, openFor: Math.min(next.openFor, 20000) } },
    { do: 'tap', row: index },
    { do: 'wait', ms },
  ]);

export const steps: fc.Arbitrary<Step[]> = fc
  .array(fc.oneof({ weight: 6, arbitrary: step.map(one => [one]) }, { weight: 1, arbitrary: attempt }), {
    minLength: 1,
    maxLength: 30,
  })
  .map(parts => parts.flat());

export const setups: fc.Arbitrary<Setup> = fc.record({
  source: fc.constantFrom<Setup['source'][]>(
    'create',
    'create',
    'create',
    'order-info',
    'manual',
    'manual-payload',
  ),
  rows: fc.constantFrom(1, 2, 3),
  sameGoods: mostly(false, true),
  key: fc.constantFrom<Setup['key'][]>('implicit', 'implicit', 'explicit'),
  statusUrl: fc.constantFrom(true, true, true, false),
  amount: fc.boolean(),
  drift: fc.boolean(),
  copies: fc.constantFrom(1, 1, 2),
  configuresAllCopies: fc.constantFrom(true, true, false),
  devtools: fc.constantFrom(false, false, false, false, false, false, false, false, false, true),
  shop: mostly<ShopTraits>({}, { ignoresKey: true }, { replaysRefusal: true }, { ownStatus: true }),
  userId: fc.constantFrom('ann', 'ann', ''),
  hook: mostly<Setup['hook']>('none', 'ready-pays', 'show-pays', 'show-resumes', 'app-show-resumes'),
  summary: fc.constantFrom(false, false, true),
});
