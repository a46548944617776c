/** What status-url is asked, and what its answers mean. */
import { checkStatus, readStatus, type StatusResult } from '../../../utils/backend/check-status';
import { configure } from '../../../utils/config/configure';
import type { OrderStatus } from '../../../utils/order/order-view';
import { consoleErrors, sent } from './adapter';

function check(url = '/status', tpOrderId = 'T1'): { found: StatusResult[]; late: StatusResult[] } {
  const found: StatusResult[] = [];
  const late: StatusResult[] = [];
  checkStatus(
    url,
    { cookie: 'a' },
    tpOrderId,
    status => found.push(status),
    status => late.push(status),
  );
  return { found, late };
}

describe('checkStatus()', () => {
  test.each([
    ['/status', 'T1', 'https://shop.example/status?tpOrderId=T1'],
    ['/status?shop=1', 'T1', 'https://shop.example/status?shop=1&tpOrderId=T1'],
    ['/orders/{tpOrderId}/status', 'T1', 'https://shop.example/orders/T1/status'],
    ['/{tpOrderId}/status?again={tpOrderId}', 'T1', 'https://shop.example/T1/status?again=T1'],
    ['/orders/{tpOrderId}', 'a/b?c&d', 'https://shop.example/orders/a%2Fb%3Fc%26d'],
    ['/status', 'a&b=c', 'https://shop.example/status?tpOrderId=a%26b%3Dc'],
    ['/orders/{tpOrderId}', '$&', 'https://shop.example/orders/%24%26'],
  ])('builds the address when status-url is %s and the order %s: %s', (url, tpOrderId, address) => {
    check(url, tpOrderId);
    expect(sent).toMatchObject([{ url: address, method: 'GET', header: { cookie: 'a' } }]);
    expect(sent[0]!.data).toBeUndefined();
  });

  test('is unreachable when no response comes within 3 s, or within configure({ timing: { statusTimeout } })', () => {
    const { found } = check();
    jest.advanceTimersByTime(2999);
    expect(found).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(found).toEqual(['unreachable']);
    configure({ timing: { statusTimeout: 500 } });
    const other = check();
    jest.advanceTimersByTime(500);
    expect(other.found).toEqual(['unreachable']);
  });

  test('passes the status to `late` when the response comes after the timeout', () => {
    const { found, late } = check();
    jest.advanceTimersByTime(3000);
    expect([found, late]).toEqual([['unreachable'], []]);
    sent[0]!.answer({ errno: 0, data: { status: 'paid' } });
    expect([found, late]).toEqual([['unreachable'], ['paid']]);
  });

  test.each(['unpaid', 'paid', 'closed', 'refunding', 'refunded'] as const)(
    'passes the status on when the response says %s',
    status => {
      const { found } = check();
      sent[0]!.answer({ errno: 0, data: { status } });
      expect(found).toEqual([status]);
      expect(consoleErrors.warn).toEqual([]);
    },
  );

  test.each([
    [
      'an unknown status',
      { errno: 0, data: { status: 'limbo' } },
      /names no status.*configure\(\{ mapStatus \}\)/,
    ],
    ['no data', { errno: 0 }, /names no status/],
    ['no envelope', { status: 'paid' }, /configure\(\{ envelope \}\)/],
    ['a refusal', { errno: 7, data: { status: 'paid' } }, /status-url/],
  ])('is unreachable, and names the problem, when the answer has %s', (_what, body, problem) => {
    const { found } = check('/status');
    sent[0]!.answer(body);
    expect(found).toEqual(['unreachable']);
    expect(consoleErrors.warn[consoleErrors.warn.length - 1]).toMatch(/^swan-cashier: status-url \/status: /);
    expect(consoleErrors.warn.join()).toMatch(problem);
  });

  test.each([401, 404, 500])('is unreachable when HTTP says %i with a good body', statusCode => {
    const { found } = check();
    sent[0]!.answer({ errno: 0, data: { status: 'unpaid' } }, { statusCode });
    expect(found).toEqual(['unreachable']);
  });
});

describe('readStatus()', () => {
  test.each([
    [1, 'unpaid'],
    ['1', 'unpaid'],
    [2, 'paid'],
    ['2', 'paid'],
    [-1, 'closed'],
    ['-1', 'closed'],
  ])("reads Baidu's status when it is %j: %s", (status, word) => {
    expect(readStatus({ status })).toBe(word);
  });

  test('reads the status when the data are JSON text', () => {
    expect(readStatus('{"status":"paid"}')).toBe('paid');
  });

  test.each([
    0,
    3,
    'PAID',
    '',
    ' paid',
    true,
    null,
    undefined,
    {},
    ['paid'],
    'constructor',
    'toString',
    '__proto__',
  ])('reads nothing when the status is %j', status => {
    expect(readStatus({ status })).toBeNull();
  });

  test.each([null, undefined, 7, 'paid', []])('reads nothing when the data is %j', data => {
    expect(readStatus(data)).toBeNull();
  });

  test('uses configure({ mapStatus }) when it is set, and accepts only a known status from it', () => {
    const answers: unknown[] = ['paid', 2, 'limbo', 'toString', null, undefined];
    configure({ mapStatus: () => answers.shift() as OrderStatus });
    expect([1, 2, 3, 4, 5, 6].map(() => readStatus({ status: 'closed' }))).toEqual([
      'paid',
      'paid',
      null,
      null,
      null,
      null,
    ]);
  });

  test('reads nothing when configure({ mapStatus }) throws', () => {
    configure({
      mapStatus: () => {
        throw new Error('boom');
      },
    });
    expect(readStatus({ status: 'paid' })).toBeNull();
  });
});
