import fc from 'fast-check';
import { OUTCOMES, readFailure } from '../../../utils/outcome';

const claim = (raw: unknown): string => readFailure(raw, OUTCOMES).claim;
const CLAIMS = ['success', 'cancel', 'paying', 'rejected', 'not-logged-in', 'failed'];

test.each([
  [1, 'paying'],
  [2, 'cancel'],
  [3, 'failed'],
  [5, 'not-logged-in'],
  [6, 'failed'],
  [201, 'rejected'],
  [202, 'rejected'],
  [904, 'rejected'],
  [1001, 'rejected'],
  [1002, 'failed'],
  [10002, 'failed'],
  [-1, 'failed'],
])('code %i means %s, as number and as text', (code, meaning) => {
  for (const errCode of [code, `${code}`, ` ${code}`]) {
    expect(readFailure({ errCode, errMsg: '支付失败' }, OUTCOMES)).toEqual({
      claim: meaning,
      code,
      raw: { errCode, errMsg: '支付失败' },
    });
  }
});

test('the words 取消 mean cancel, where the code does not say otherwise', () => {
  expect(claim({ errCode: 6, errMsg: '支付取消' })).toBe('cancel');
  expect(claim({ errMsg: '用户主动取消支付' })).toBe('cancel');
  expect(claim({ errCode: 1, errMsg: '支付取消' })).toBe('paying');
  expect(claim({ errCode: 1001, errMsg: '取消' })).toBe('rejected');
});

test.each([
  {},
  null,
  undefined,
  '',
  'fail',
  0,
  [],
  { errCode: null },
  { errCode: {} },
  { errCode: true },
  { errMsg: {} },
  { errCode: Object.create(null) as unknown, errMsg: Object.create(null) as unknown },
])('what says nothing (%j) is a failure without a code', raw => {
  expect(readFailure(raw, OUTCOMES)).toEqual({ claim: 'failed', code: null, raw });
});

test('a code keeps its own text when it is no number', () => {
  expect(readFailure({ errCode: 'E_77' }, OUTCOMES).code).toBe('E_77');
});

test('whatever comes, it is one of the claims, and nothing is thrown', () => {
  const name = fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf');
  const raw = fc.oneof(
    fc.anything(),
    fc.record({ errCode: fc.oneof(fc.anything(), name), errMsg: fc.oneof(fc.string(), fc.jsonValue()) }),
  );
  fc.assert(fc.property(raw, value => void expect(CLAIMS).toContain(claim(value))));
});

test('a table of a team counts only where it names a claim', () => {
  const table = { ...OUTCOMES, 6: 'cancel', 7: 'nonsense' } as unknown as typeof OUTCOMES;
  expect(readFailure({ errCode: '6' }, table).claim).toBe('cancel');
  expect(readFailure({ errCode: 7 }, table).claim).toBe('failed');
});
