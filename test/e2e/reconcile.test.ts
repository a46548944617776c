/** `npm run reconcile`, as an operator runs it. */
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { TYPESCRIPT } from '../helpers/child-process';

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, '../..');

/** what the server on the port answers */
let answer = '';
/** what it answers before that, one request each */
let earlier: string[] = [];
const asked: (string | undefined)[] = [];
let server: Server;
let port: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url);
    response.end(earlier.shift() ?? answer);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  port = String((server.address() as AddressInfo).port);
});
afterAll(() => new Promise(closed => server.close(closed)));

async function reconcile(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [...TYPESCRIPT, join(ROOT, 'scripts/reconcile.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: '' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  }
  const code = await new Promise<number | null>(ended => child.once('close', ended));
  return { code, text };
}

it('prints the differences of all pages and ends with 1 when there are any', async () => {
  const page = (data: object) => JSON.stringify({ errno: 0, msg: 'success', data });
  const unchecked = { tpOrderId: 'T0', what: 'not-checked', here: 'order', baidu: 'down' };
  earlier = [page({ compared: 100, differences: [unchecked], next: 'T0' })];
  const amount = { tpOrderId: 'T1', what: 'amount', here: '100 fen', baidu: '1 fen' };
  answer = page({ compared: 2, differences: [amount], next: null });
  expect(await reconcile('--port', port, '--day', '2026-11-28')).toEqual({
    code: 1,
    text: `T0  not-checked: here order; Baidu down
T1  amount: here 100 fen; Baidu 1 fen
2026-11-28: 102 orders compared, 1 differences, 1 orders could not be checked
`,
  });
  expect(asked).toEqual(['/shop/_reconcile?day=2026-11-28', '/shop/_reconcile?day=2026-11-28&after=T0']);
});

it.each([
  ['a page', '<html>'],
  ['JSON of its own', '{"status":"ok"}'],
  ['no object', 'null'],
  ['an envelope around something else', '{"errno":0,"msg":"success","data":null}'],
])('names the port when another server responds there: %s', async (_what, text) => {
  answer = text;
  const { code, text: said } = await reconcile('--port', port);
  expect([code, said]).toEqual([
    2,
    `What answers on port ${port} is not the demo. Name the demo's --port.\n`,
  ]);
});

it('says why when the shop could not compare', async () => {
  answer = JSON.stringify({ errno: 50300, msg: '服务繁忙，请稍后再试', data: {} });
  expect(await reconcile('--port', port)).toEqual({
    code: 2,
    text: 'The shop could not compare its orders: 服务繁忙，请稍后再试\n',
  });
});

it.each([
  [['--reset'], "Unknown option '--reset'"],
  [['--data', 'here'], "Unknown option '--data'"],
  [['--day', '2026-13-01'], '--day must be a day as yyyy-MM-dd'],
  [['--day', '2026-02-30'], '--day must be a day as yyyy-MM-dd'],
  [['--port', '0'], '--port must be a number from 1 to 65535'],
])('names what is wrong when the arguments are %j', async (args, words) => {
  const { code, text } = await reconcile(...args);
  expect(code).toBe(2);
  expect(text).toContain(words);
  expect(text).toContain('More: --help');
});
