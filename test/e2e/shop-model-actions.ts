/** What can happen to the orders of a shop, in any order. */
import * as fc from 'fast-check';

const STEPS = [
  ...([
    'order',
    'order-again',
    'pay',
    'pay',
    'pay',
    'pay-other-user',
    'pay-unnotified',
    'pay-closed',
    'pay-closed-unnotified',
  ] as const),
  ...(['close', 'query', 'expire', 'work', 'work', 'kill'] as const),
];

export type Action = { wait: boolean; process: 0 | 1; order: number } & (
  | { do: (typeof STEPS)[number] }
  | { do: 'refund'; amount: number | null }
  | { do: 'fault'; fault: Record<string, unknown> }
);

const api = fc.record({
  method: fc.constantFrom('findByTpOrderId', 'cancelOrder', 'applyOrderRefund', 'findOrderRefund'),
  fault: fc.constantFrom(
    'gateway',
    'business',
    'http',
    'invalid-json',
    'disconnect',
    'lose-response',
    'expire-token',
  ),
});
const codes = fc.constantFrom(10002, 10003, 5010003, 60008);
const faults = fc.oneof(
  fc.tuple(api, codes).map(([fault, code]) => ({
    api: [{ ...fault, code: { business: code, http: 503 }[fault.fault as string] ?? 4 }],
  })),
  fc
    .record({
      kind: fc.constantFrom('pay', 'refund'),
      fault: fc.constantFrom('timeout', 'duplicate', 'bad-signature', 'ignore-response'),
    })
    .map(fault => ({ notifications: [fault] })),
  fc.constant({ refunds: ['fail'] }),
);
const common = { wait: fc.boolean(), process: fc.constantFrom(0 as const, 1 as const), order: fc.nat(2) };
export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...common,
      do: fc.constantFrom(...STEPS),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('refund' as const),
      amount: fc.constantFrom(null, 100, 200),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...common, do: fc.constant('fault' as const), fault: faults }) },
);
