/**
 * A garbage collection must not take the timer of a wait. The doctor's request and the cashier's run in a process that
 * collects all the time, against servers that answer late, begin and never end, or never stop.
 */
import { join, resolve } from 'node:path';
import { runCollecting } from '../../helpers/collect-garbage';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');
const file = (path: string): string => JSON.stringify(join(root, path));

const program = `
const { createServer } = require('node:http');
const { fetchLimited } = require(${file('merchant/limited-fetch.ts')});
const { run } = require(${file('merchant/doctor.ts')});
const { post } = require(${file('sandbox/cashier/http-post.ts')});

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
  // What comes may take its time.
  const timeouts = { '/': 30000, '/silent': 400, '/half': 400, '/endless': 30000 };
  const results = {};
  for (const [path, timeout] of Object.entries(timeouts)) {
    results['fetch ' + path] = await name(fetchLimited(origin + path, {}, { ...limits, timeout }));
    const reply = await within(post(origin + path, { a: '1' }, timeout, new AbortController().signal));
    results['post ' + path] = reply.answered ? reply.status : reply.explanation ?? reply;
  }
  for (const path of ['/silent', '/half']) {
    let said = '';
    const io = { readFile: () => {}, fetch, timeout: 400, write: () => {}, writeError: text => { said += text; }, env: {}, version: () => '' };
    const code = await within(run(['doctor', '--url', origin + path], io));
    results['doctor ' + path] = code + ' ' + said.replace(/:\\d+/, '').split('\\n')[0];
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  results.cancelled = await name(fetchLimited(origin + '/half', {}, { ...limits, timeout: 60000, cancelled: controller.signal }));
  // Every connection that was given up is closed.
  for (let i = 0; i < 1000 && closed.length < 11; i++) await new Promise(done => setTimeout(done, 20));
  results.closed = closed.length;
  finish(results);
});
`;

test('every wait ends, and so does its connection', () => {
  expect(runCollecting(program)).toEqual({
    'fetch /': 200,
    'post /': 200,
    'fetch /silent': 'FetchTimeout',
    'post /silent': 'no reply within 400 ms',
    'fetch /half': 'FetchTimeout',
    'post /half': 'no reply within 400 ms',
    'fetch /endless': 'too large',
    'post /endless': 'the reply is larger than 65536 bytes',
    'doctor /silent': '2 No answer from http://127.0.0.1/silent: no answer within 400 ms',
    'doctor /half': '2 No answer from http://127.0.0.1/half: no answer within 400 ms',
    cancelled: 'AbortError',
    closed: 11,
  });
});
