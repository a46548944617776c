/** @jest-environment node */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { registerBackendProxy } from '../../../sandbox/preview/backend-proxy';

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

let backend: Server;
let origin: string;
let preview: FastifyInstance;
let received: Received[] = [];
let answer: (request: Received, response: ServerResponse) => void;

const listen = async (): Promise<void> => {
  backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>(resolve => backend.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  await listen();
  preview = fastify();
  await registerBackendProxy(preview, origin);
});
beforeEach(() => {
  received = [];
  answer = (_request, response) => response.end('{}');
});
afterAll(async () => {
  await preview.close();
  backend.close();
});

const ask = (url: string, more: InjectOptions = {}) =>
  preview.inject({ url: `/preview/backend${url}`, ...more });
const failure = (headers: Record<string, unknown>): string =>
  decodeURIComponent(String(headers['x-preview-failure'] ?? ''));

test('a request arrives without the headers of the browser when the mini-program sends it', async () => {
  await ask('/orders?a=1&b=%E8%8C%B6', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      'x-preview-cookie': 'PHPSESSID=abc',
      cookie: 'of=the-browser',
      host: '127.0.0.1:8790',
      origin: 'http://127.0.0.1:8790',
      referer: 'http://127.0.0.1:8790/',
      'sec-fetch-mode': 'cors',
    },
    payload: '{"sku":"茶"}',
  });
  const [{ method, url, headers, body } = { headers: {} } as Received] = received;
  expect([method, url, body]).toEqual(['POST', '/orders?a=1&b=%E8%8C%B6', '{"sku":"茶"}']);
  expect(headers).toMatchObject({
    host: origin.slice('http://'.length),
    'content-type': 'application/json',
    'idempotency-key': 'k1',
    cookie: 'PHPSESSID=abc',
  });
  for (const name of ['origin', 'referer', 'x-preview-cookie']) expect(headers).not.toHaveProperty(name);
});

test.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'] as const)(
  'a request keeps its method when it is %s',
  async method => {
    await ask('/x', { method });
    expect(received.map(request => request.method)).toEqual([method]);
  },
);

test.each([
  ['its Origin is of another server', { origin: 'https://evil.example' }],
  ['its Origin is of another port', { origin: 'http://127.0.0.1:3000' }],
  ['its Origin is hidden', { origin: 'null' }],
  ['a page of another site links to it', { 'sec-fetch-site': 'cross-site' }],
  ['a page of another port loads it', { 'sec-fetch-site': 'same-site' }],
])('the backend gets no request when %s', async (_when, sent) => {
  const headers = { host: '127.0.0.1:8790', 'content-type': 'text/plain', ...sent };
  const { statusCode } = await ask('/refund?tpOrderId=1', { method: 'POST', headers, payload: 'x' });
  expect([statusCode, received]).toEqual([403, []]);
});

test.each(['same-origin', 'none'])('the backend gets a request when its Sec-Fetch-Site is %s', async site => {
  await ask('/orders', { headers: { 'sec-fetch-site': site } });
  expect(received).toHaveLength(1);
});

test('the backend gets no request when its path is written in another way', async () => {
  // Behind the 16 characters of /preview/backend the rest would be part of the backend's port.
  for (const url of ['/preview/backen%64/x', '/%70review/backend/x']) {
    expect((await preview.inject({ url })).statusCode).toBe(404);
  }
  expect(received).toEqual([]);
});

test('a response keeps status, headers, cookies and bytes when the backend sends them', async () => {
  answer = (_request, response) => {
    response.writeHead(422, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'], 'x-own': 'y' });
    response.end(Buffer.from([0xff, 0x00, 0x41]));
  };
  const { statusCode, headers, rawPayload } = await ask('/x');
  expect([statusCode, headers['x-own'], [...rawPayload]]).toEqual([422, 'y', [0xff, 0x00, 0x41]]);
  expect(headers['x-preview-set-cookie']).toBe('a=1, b=2');
  expect(headers['set-cookie']).toBeUndefined();
});

test('a redirect is followed, with GET instead of POST, when it stays within the backend', async () => {
  answer = ({ url }, response) => {
    if (url === '/old') response.writeHead(302, { location: '/new' }).end();
    else response.end('there');
  };
  expect(
    (await ask('/old', { method: 'POST', payload: 'x', headers: { 'content-type': 'text/plain' } })).body,
  ).toBe('there');
  expect(received.map(({ method, url, body }) => [method, url, body])).toEqual([
    ['POST', '/old', 'x'],
    ['GET', '/new', ''],
  ]);
});

test('a request fails with the target when the backend redirects to another server', async () => {
  answer = (_request, response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
  const { statusCode, headers } = await ask('/x');
  expect(statusCode).toBe(502);
  expect(failure(headers)).toBe(
    `the backend ${origin} (--backend) gives no answer: it redirects to http://elsewhere.example`,
  );
});

test('a request fails when the backend redirects more than 5 times', async () => {
  answer = (_request, response) => response.writeHead(307, { location: '/x' }).end();
  expect(failure((await ask('/x')).headers)).toContain('it redirects more than 5 times');
});

test('a request fails when the response has more than 10 MB', async () => {
  answer = (_request, response) => response.end(Buffer.alloc(10 * 1024 * 1024 + 1));
  expect(failure((await ask('/x')).headers)).toContain('more than 10 MB');
});

test('a request fails with the name of --backend when the backend is not running', async () => {
  const lonely = fastify();
  await registerBackendProxy(lonely, 'http://127.0.0.1:9');
  const { statusCode, headers } = await lonely.inject({ url: '/preview/backend/x' });
  expect(statusCode).toBe(502);
  expect(failure(headers)).toMatch(/^the backend http:\/\/127\.0\.0\.1:9 \(--backend\) gives no answer: .+/);
  await lonely.close();
});

test.each(['//elsewhere.example/x', '/\\elsewhere.example/x', '/@elsewhere.example/'])(
  'a request reaches the backend when its path is %s',
  async path => {
    await ask(path);
    expect(received).toHaveLength(1);
  },
);
