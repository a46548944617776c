/**
 * A garbage collection must not end the timer of a request. The client runs in a process that collects garbage all the
 * time, against a server that begins an answer and never ends it.
 */
import { join, resolve } from 'node:path';
import { runCollecting } from '../../helpers/collect-garbage';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');
const kit = join(root, 'merchant/client/client.ts');

const program = `
const { createServer } = require('node:http');
const { createClient } = require(${JSON.stringify(kit)});

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
  expect(runCollecting(program)).toEqual(['timeout', 'timeout', 'timeout']);
});
