/** Who may ask the demo: DNS can point any name at this machine. */
import { openDatabase, type Database } from '../../lib/database';
import type { Sandbox } from '../../sandbox/create-sandbox';
import { createDemo } from '../../scripts/demo/create-demo';
import { createKeyPair } from '../../scripts/support/keys';

jest.setTimeout(180_000);

let database: Database;
let demo: Sandbox;
beforeAll(async () => {
  database = await openDatabase();
  const keys = { merchant: createKeyPair(), platform: createKeyPair(), clientSecret: 'secret' };
  demo = await createDemo({ database, keys, origin: 'http://127.0.0.1:8790', log: () => undefined });
});
afterAll(async () => {
  await demo.stop();
  await database.close();
});

const status = async (url: string, host: string) =>
  (await demo.server.inject({ url, headers: { host } })).statusCode;

const URLS = ['/shop/products', '/shop/_reconcile', '/baidu/_state', '/baidu/console', '/', '/nothing-here'];

it.each(URLS)('the server responds with 403 to %s when the Host header names another host', async url => {
  for (const host of [
    'evil.example',
    '127.0.0.1.evil.example:8790',
    'localhost.evil.example',
    '[::2]:8790',
  ]) {
    expect([host, await status(url, host)]).toEqual([host, 403]);
  }
});

it.each(['127.0.0.1:8790', 'localhost:1', 'LOCALHOST', '[::1]:8790'])(
  'shop and cashier respond when the Host header is %s',
  async host => {
    for (const url of ['/shop/products', '/baidu/_state']) expect(await status(url, host)).toBe(200);
  },
);

it('the response has the reason when the Host header is refused', async () => {
  const answer = await demo.server.inject({ url: '/shop/products', headers: { host: 'evil.example' } });
  const msg = 'This server answers only to 127.0.0.1 and localhost';
  expect(answer.json()).toEqual({ errno: 403, msg, data: null });
});
