import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { postNotification } from '../../../sandbox/cashier/post-notification';
import { freePort } from '../../../scripts/support/http';

/** What postNotification() says about a server that does this with each connection. */
async function explain(scheme: 'http' | 'https', act: (socket: Socket) => void): Promise<string> {
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    act(socket);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const reply = await postNotification(
    `${scheme}://127.0.0.1:${port}/`,
    { a: '1' },
    5000,
    new AbortController().signal,
  );
  await new Promise(resolve => server.close(resolve));
  return reply.answered ? `answered ${reply.status}` : reply.explanation.en;
}

test.each<[string, 'http' | 'https', (socket: Socket) => void, string]>([
  [
    'closes the connection',
    'http',
    socket => socket.once('data', () => socket.destroy()),
    'closed the connection before the reply was whole; if it speaks https there, write https://',
  ],
  [
    'resets the connection',
    'http',
    socket => socket.once('data', () => socket.resetAndDestroy()),
    'closed the connection before the reply was whole',
  ],
  [
    'stops within the reply',
    'http',
    socket => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')),
    'closed the connection before the reply was whole',
  ],
  [
    'speaks another protocol',
    'http',
    socket => socket.once('data', () => socket.end('SSH-2.0-x\r\n')),
    'what answers there does not speak HTTP',
  ],
  [
    'says gzip and sends text',
    'http',
    socket =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 11\r\n\r\n{"errno":0}'),
      ),
    'its Content-Encoding is not what the reply is compressed with',
  ],
  [
    'says br and sends text',
    'http',
    socket =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 11\r\n\r\n{"errno":0}'),
      ),
    'its Content-Encoding is not what the reply is compressed with',
  ],
  [
    'does not speak https',
    'https',
    socket => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    'does not speak https: try http://',
  ],
])('postNotification() explains without a code when the server %s', async (_what, scheme, act, words) => {
  const explanation = await explain(scheme, act);
  expect(explanation).toContain(words);
  expect(explanation).not.toMatch(/[A-Z]{2,}_|HPE|undefined|null/);
});

test.each([
  [
    'nothing listens there',
    async () => `http://127.0.0.1:${await freePort()}/`,
    'nothing listens there; is your backend running?',
  ],
  ['there is no such host', async () => 'http://nowhere.invalid/', 'there is no host of that name'],
])('postNotification() explains without a code when %s', async (_what, url, words) => {
  const reply = await postNotification(await url(), {}, 5000, new AbortController().signal);
  expect(reply).toEqual({
    answered: false,
    explanation: {
      en: `not delivered: ${words}`,
      'zh-CN': expect.stringMatching(/^没有送达：\p{Script=Han}/u),
    },
  });
});
