import { addressProblem, describeNetworkError, REFUSED_PORTS } from '../../../sandbox/network';

/** What fetch does with an address; nothing is sent, because it refuses the port before it connects. */
const isRefusedByFetch = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => false,
    (error: { cause?: { message?: string } }) => error.cause?.message === 'bad port',
  );

test('addressProblem() names the port when fetch refuses it', async () => {
  // Newer versions of Node refuse 0, too.
  for (const port of [...REFUSED_PORTS].filter(each => each !== 0)) {
    expect([port, await isRefusedByFetch(port)]).toEqual([port, true]);
    expect(addressProblem(new URL(`http://127.0.0.1:${port}/`))?.en).toContain(`port ${port},`);
  }
});

test('addressProblem() returns null when requests can be sent', () => {
  for (const url of ['http://127.0.0.1:3000/notify?a=1', 'https://shop.example/pay', 'http://[::1]:8080/']) {
    expect(addressProblem(new URL(url))).toBeNull();
  }
});

test('describeNetworkError() returns a sentence when the error is none of a connection', () => {
  expect(describeNetworkError(new TypeError('fetch failed')).en).toBe('fetch failed');
  expect(describeNetworkError(undefined)).toEqual({ en: 'the request failed', 'zh-CN': '请求失败' });
});

test('describeNetworkError() has words for what is no HTTP when the error has a name and no code, as on Node 24', () => {
  const cause = { name: 'HTTPParserError', message: 'Response does not match the HTTP/1.1 protocol' };
  expect(describeNetworkError(new TypeError('fetch failed', { cause })).en).toContain('does not speak HTTP');
});
