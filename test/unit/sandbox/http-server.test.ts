import { connect, type AddressInfo } from 'node:net';
import { createServer } from '../../../sandbox/http-server';

/** Sends the beginning of a request and nothing more. @returns what came back when the server ended the connection */
async function sendOnly(text: string, timeouts?: Parameters<typeof createServer>[0]): Promise<string> {
  const server = createServer(timeouts);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', part => (received += part));
  socket.on('error', () => undefined);
  socket.write(text);
  await new Promise(closed => socket.once('close', closed));
  await server.close();
  return received;
}

const quick = { requestTimeout: 300, headersTimeout: 100 };

test('the server responds with 408 when a client sends half a header', async () => {
  expect(await sendOnly('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ', quick)).toContain('408');
});

test('the server responds with 408 when the body never comes', async () => {
  const head =
    'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{';
  expect(await sendOnly(head, quick)).toContain('408');
});

test('the server has timeouts of 10 s and 30 s when no option is given', () => {
  const { server } = createServer();
  expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 30_000]);
});

test('the server repeats no query, in which tokens are, when there is no such path', async () => {
  const server = createServer();
  const reply = await server.inject({
    url: '/rest/2.0/x?access_token=24.topsecret',
    headers: { host: 'localhost' },
  });
  await server.close();
  expect(reply.statusCode).toBe(404);
  expect(reply.body).toContain('There is no GET /rest/2.0/x"');
  expect(reply.body).not.toContain('topsecret');
});

test('the server responds with 400 and the reason when the address cannot be decoded', async () => {
  const server = createServer();
  const reply = await server.inject({ url: '/orders/%zz', headers: { host: 'localhost' } });
  await server.close();
  expect([reply.statusCode, reply.json()]).toEqual([
    400,
    { errno: 400, msg: expect.stringContaining('/orders/%zz'), data: null },
  ]);
});
