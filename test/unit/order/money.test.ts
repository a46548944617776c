import fc from 'fast-check';
import { formatFen, parseFen } from '../../../utils/order/money';

const fen = fc.maxSafeNat();

describe('parseFen', () => {
  test('reads an amount when it is a safe integer as number or digits', () => {
    fc.assert(
      fc.property(fen, amount => {
        expect(parseFen(amount)).toBe(amount);
        expect(parseFen(String(amount))).toBe(amount);
      }),
    );
  });

  test.each([
    '',
    ' ',
    '1.0',
    '113.00',
    '-1',
    '+1',
    '1e3',
    '0x10',
    ' 1',
    '1 ',
    '１２',
    '1,000',
    '12345678901234567',
    '9007199254740992',
    '9007199254740993',
    'NaN',
    'Infinity',
    '1\n',
    -1,
    0.5,
    1e21,
    2 ** 53,
    NaN,
    Infinity,
    -Infinity,
    null,
    undefined,
    true,
    false,
    {},
    [],
    [1],
    ['1'],
    new Date(),
    1n,
  ])('returns null when the value is %p', value => {
    expect(parseFen(value)).toBeNull();
  });

  test('returns null when the amount is beyond 2^53 - 1', () => {
    expect(parseFen('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseFen(Number.MAX_SAFE_INTEGER + 1)).toBeNull();
  });
});

describe('formatFen', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [99999, '999.99'],
    [100000, '1,000.00'],
    [1234567, '12,345.67'],
    [-5, '-0.05'],
    [-123456, '-1,234.56'],
    [9007199254740991, '90,071,992,547,409.91'],
  ])('writes yuan when the amount is %i: %s', (amount, words) => {
    expect(formatFen(amount)).toBe(words);
  });

  test('keeps every digit when the amount is arbitrary', () => {
    fc.assert(
      fc.property(fen, amount => {
        const words = formatFen(amount);
        expect(words).toMatch(/^\d{1,3}(,\d{3})*\.\d\d$/);
        expect(BigInt(words.replace(/[.,]/g, ''))).toBe(BigInt(amount));
        if (amount) expect(formatFen(-amount)).toBe(`-${words}`);
      }),
    );
  });
});
