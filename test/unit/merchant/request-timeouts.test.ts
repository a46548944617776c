/**
 * Timeouts of requests. A garbage collection must not end their timers, so most of them run in a process that collects
 * garbage all the time.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fetchLimited } from '../../../merchant/limited-fetch';
import { TYPESCRIPT } from '../../helpers/child-process';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');
const file = (path: string): string => JSON.stringify(join(root, path));

const around = (program: string): string => `
const collecting = setInterval(() => globalThis.gc(), 20);
const finish = results => {
  clearInterval(collecting);
  console.log(JSON.stringify(results));
  process.exit();
};
${program}`;

/**
 * @param program JavaScript that may require() TypeScript by its whole path, and ends with `finish(results)`
 * @returns the results
 */
function runCollecting(program: string): unknown {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', ...TYPESCRIPT, '--eval', around(program)],
    { cwd: root, encoding: 'utf8', timeout: 110_000 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** Requests of the doctor and the cashier against servers that never answer, never end an answer, or send without end. */
const doctorAndCashier = `
const { createServer } = require('node:http');
const { fetchLimited } = require(${file('merchant/limited-fetch.ts')});
const { runDoctor } = require(${file('merchant/cli/doctor.ts')});
const { postNotification } = require(${file('sandbox/cashier/post-notification.ts')});

const closed = [];
const server = createServer((request, response) => {
  response.on('close', () => closed.push(request.url));
  if (request.url === '/silent') return;
  response.writeHead(200, { 'content-type': 'application/json' });
  if (request.url === '/half') return void response.write('{"errno":');
  const more = () => { if (!response.destroyed) response.write('x'.repeat(10000), () => setImmediate(more)); };
  if (request.url === '/endless') return void more();
  response.end('{}');
}).listen(0, '127.0.0.1', async () => {
  const origin = 'http://127.0.0.1:' + server.address().port;
  const within = work => Promise.race([work, new Promise(done => setTimeout(done, 20000, 'hangs').unref())]);
  const name = work => within(work.then(({ status, isTooLarge }) => isTooLarge ? 'too large' : status, error => error.name));
  const limits = { timeout: 400, maxBytes: 65536 };
  // Requests that are answered get a long timeout.
  const timeouts = { '/': 30000, '/silent': 400, '/half': 400, '/endless': 30000 };
  const results = {};
  for (const [path, timeout] of Object.entries(timeouts)) {
    results['fetch ' + path] = await name(fetchLimited(origin + path, {}, { ...limits, timeout }));
    const reply = await within(postNotification(origin + path, { a: '1' }, timeout, new AbortController().signal));
    results['post ' + path] = reply.answered ? reply.status : reply.explanation?.en ?? reply;
  }
  for (const path of ['/silent', '/half']) {
    let printed = '';
    const io = { readFile: () => {}, fetch, timeout: 400, write: () => {}, writeError: text => { printed += text; }, env: {}, version: () => '' };
    const code = await within(runDoctor(['doctor', '--url', origin + path], io));
    results['doctor ' + path] = code + ' ' + printed.replace(/:\\d+/, '').split('\\n')[0];
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  results.aborted = await name(fetchLimited(origin + '/half', {}, { ...limits, timeout: 60000, signal: controller.signal }));
  // Waits until the connection of each aborted request is closed.
  for (let i = 0; i < 1000 && closed.length < 11; i++) await new Promise(done => setTimeout(done, 20));
  results.closed = closed.length;
  finish(results);
});
`;

test('fetchLimited ends the request and its connection when garbage is collected all the time', () => {
  expect(runCollecting(doctorAndCashier)).toEqual({
    'fetch /': 200,
    'post /': 200,
    'fetch /silent': 'FetchTimeoutError',
    'post /silent': 'no reply within 400 ms',
    'fetch /half': 'FetchTimeoutError',
    'post /half': 'no reply within 400 ms',
    'fetch /endless': 'too large',
    'post /endless': 'the reply is larger than 65536 bytes',
    'doctor /silent': '2 No answer from http://127.0.0.1/silent: no answer within 400 ms',
    'doctor /half': '2 No answer from http://127.0.0.1/half: no answer within 400 ms',
    aborted: 'AbortError',
    closed: 11,
  });
});

test('fetchLimited returns the response when it arrived in time and the process was busy until after the timeout', async () => {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:http').createServer((request, response) => {
       parentPort.postMessage('asked');
       setTimeout(() => response.end('{}'), 50);
     });
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  const next = () => new Promise<unknown>(seen => worker.once('message', seen));
  const port = String(await next());
  const responding = fetchLimited(`http://127.0.0.1:${port}/`, {}, { timeout: 1000, maxBytes: 100 });
  await next();
  const end = Date.now() + 1500;
  while (Date.now() < end);
  expect(await responding.catch(String)).toMatchObject({ status: 200 });
  await worker.terminate();
});

/** Calls of the client against a server that begins an answer and never ends it. */
const clientCalls = `
const { createServer } = require('node:http');
const { createClient } = require(${file('merchant/client/client.ts')});

let tokens = 0;
const server = createServer((request, response) => {
  const isToken = request.url.startsWith('/oauth');
  response.writeHead(200, { 'content-type': 'application/json' });
  if (isToken && tokens++ === 0) response.write('{"access_token":');
  else if (isToken) response.end('{"access_token":"t","expires_in":1000}');
  else response.write('{"errno":0,');
}).listen(0, '127.0.0.1', async () => {
  const baseUrl = 'http://127.0.0.1:' + server.address().port;
  const client = createClient({ baseUrl, clientId: 'a', clientSecret: 'b', pmAppKey: 'c', timeout: 400, retries: 0 });
  const results = [];
  // First the answer with the token never ends, then that of the call; the third call shows that later calls work.
  for (let call = 0; call < 3; call++) {
    const hangs = new Promise(done => setTimeout(done, 20000, { kind: 'hangs' }).unref());
    results.push((await Promise.race([client.findByTpOrderId('T1'), hangs])).kind);
  }
  finish(results);
});
`;

test('a client call times out when an answer never ends and garbage is collected all the time', () => {
  expect(runCollecting(clientCalls)).toEqual(['timeout', 'timeout', 'timeout']);
});
