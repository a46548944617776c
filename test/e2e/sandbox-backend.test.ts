/**
 * Backends in other languages, which share no code with the sandbox: they sign orders with openssl or with what their
 * language has, and verify the notifications of the sandbox as they would Baidu's. The sandbox is the installed package.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, json } from '../../scripts/support/http';
import { createDemoDatabase } from '../helpers/demo-server';
import { describeIf } from '../helpers/shared-resources';
import { waitFor } from '../helpers/wait-for';
import { installedSandbox } from '../helpers/installed-sandbox';
import { endPrograms, startProgram, type ChildProgram } from '../helpers/child-process';

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, '../..');
const BACKENDS = join(ROOT, 'examples/backends');

interface Backend {
  language: string;
  /** the program that runs it; a machine without it cannot run these tests */
  program: string;
  /** how to get it */
  source: string;
  /** compiles it first */
  build?: [program: string, ...args: string[]];
  /** what runs it, when that is not `program` */
  runs?: string;
  args(port: number): string[];
  /** whether it asks for refunds, too */
  refunds: boolean;
}

const LANGUAGES: Backend[] = [
  {
    language: 'Python',
    program: 'python3',
    source: 'Debian: apt install python3 openssl',
    args: port => ['shop.py', String(port)],
    refunds: true,
  },
  {
    language: 'PHP',
    program: 'php',
    source: 'Debian: apt install php-cli',
    // As in the images of Docker, which have no php.ini.
    args: port => ['-d', 'display_errors=1', '-S', `127.0.0.1:${port}`, 'refunds.php'],
    refunds: true,
  },
  {
    language: 'Node',
    program: 'node',
    source: 'Node',
    args: port => ['shop.mjs', String(port)],
    refunds: false,
  },
];

/** Big to install, so optional: their tests are there where the language is. */
const OPTIONAL: Backend[] = [
  {
    language: 'Java',
    program: 'javac',
    // `java Shop.java`, as in the documentation, compiles it at each start.
    build: ['javac', '-encoding', 'UTF-8', '-d', 'classes', 'Shop.java'],
    runs: 'java',
    source: 'Debian: apt install default-jdk-headless',
    args: port => ['-Dfile.encoding=UTF-8', '-cp', 'classes', 'Shop', String(port)],
    refunds: false,
  },
  {
    language: 'Go',
    program: 'go',
    source: 'Debian: apt install golang-go',
    // `go run` would leave its child behind when it is killed.
    build: ['go', 'build', '-o', 'shop-go', 'shop.go'],
    runs: './shop-go',
    args: port => [String(port)],
    refunds: false,
  },
];

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;

interface Attempt {
  verdict: string;
  httpStatus: number | null;
  reply: string;
}

interface Notification {
  id: number;
  kind: string;
  state: string;
  attempts: Attempt[];
}

interface State {
  notifications: Notification[];
}

let folder: string;
let port: number;
let sandboxUrl: string;
let settings: Record<string, string>;

beforeAll(async () => {
  const installed = await installedSandbox();
  folder = mkdtempSync(join(tmpdir(), 'swan-cashier-backends-'));
  cpSync(BACKENDS, folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(ROOT, 'dist'), join(folder, 'node_modules/swan-cashier'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024', '-out', 'merchant-private.pem');
  openssl('pkey', '-in', 'merchant-private.pem', '-pubout', '-out', 'merchant-public.pem');
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'elliptic.pem');

  port = await freePort();
  const own = await freePort();
  const shop = `http://127.0.0.1:${port}`;
  const database = await createDemoDatabase(join(folder, 'sandbox-data'));
  const where = ['--port', String(own), '--data', 'sandbox-data'];
  const notify = ['--notify', `${shop}/notify/pay`, '--refund-notify', `${shop}/notify/refund`];
  const sandbox = startProgram(
    process.execPath,
    ['--liftoff-only', installed.command, '--key', 'merchant-public.pem', ...notify, ...where],
    { cwd: folder, env: { PATH: process.env.PATH, ...database } },
  );
  await sandbox.waitForLine('ready ');
  settings = Object.fromEntries(
    sandbox.lines.flatMap(line => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name !== undefined && value !== undefined ? [[name, value]] : [];
    }),
  );
  sandboxUrl = `http://127.0.0.1:${own}/baidu`;
});

afterAll(() => {
  endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

async function data<T>(url: string, request?: RequestInit): Promise<T> {
  const response = await fetch(url, request);
  const { errno, msg, data } = (await response.json()) as { errno: number; msg: string; data: T };
  if (errno !== 0) throw new Error(`${url}: ${response.status} ${errno} ${msg} ${JSON.stringify(data)}`);
  return data;
}

const shopUrl = (path: string) => `http://127.0.0.1:${port}${path}`;

async function order(): Promise<Record<string, string> & { tpOrderId: string }> {
  const { orderInfo } = await data<{ orderInfo: Record<string, string> & { tpOrderId: string } }>(
    shopUrl('/orders'),
    { method: 'POST' },
  );
  return orderInfo;
}

async function pay(): Promise<string> {
  const orderInfo = await order();
  const paid = await data<{ charged: boolean }>(`${sandboxUrl}/_simulate`, json({ orderInfo }));
  expect(paid.charged).toBe(true);
  return orderInfo.tpOrderId;
}

async function becomes(tpOrderId: string, wanted: string): Promise<void> {
  const url = shopUrl(`/orders/status?tpOrderId=${tpOrderId}`);
  await waitFor(async () => (await data<{ status: string }>(url)).status === wanted);
}

/** The notifications of an order, newest first, once all of them are settled. */
async function settled(tpOrderId: string): Promise<Notification[]> {
  return waitFor(async () => {
    const url = `${sandboxUrl}/_state?tpOrderId=${tpOrderId}`;
    const { notifications } = await data<State>(url);
    return notifications.every(({ state }) => state !== 'waiting') && notifications;
  });
}

/** The body of a notification as it was posted. */
async function bodyOf(notification: Notification | undefined): Promise<string> {
  return (await fetch(`${sandboxUrl}/_notification?id=${notification?.id}`)).text();
}

/** Posts to the shop what claims to be a notification. */
async function notify(body: string): Promise<unknown> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(shopUrl('/notify/pay'), { method: 'POST', headers, body })).json();
}

/** Scripts what goes wrong next. */
async function faults(script: Record<string, unknown>): Promise<void> {
  await data(`${sandboxUrl}/_faults`, { ...json(script), method: 'PUT' });
}

function tests(backend: Backend): void {
  let shop: ChildProgram;
  /** @param env settings that differ from what the sandbox printed */
  function start(at: number, env: Record<string, string | undefined> = {}): ChildProgram {
    const { PATH, HOME } = process.env;
    const all = { PATH, HOME, ...settings, MERCHANT_PRIVATE_KEY_FILE: 'merchant-private.pem', ...env };
    return startProgram(backend.runs ?? backend.program, backend.args(at), { cwd: folder, env: all });
  }
  beforeAll(async () => {
    const [compiler, ...compile] = backend.build ?? [];
    if (compiler !== undefined) execFileSync(compiler, compile, { cwd: folder, stdio: 'inherit' });
    shop = start(port);
    const answers = () => fetch(shopUrl('/orders/status?tpOrderId=none')).then(Boolean, () => false);
    await waitFor(answers, 60_000);
  });
  afterAll(async () => {
    await shop.kill('SIGKILL');
  });

  test('creates an order that the sandbox accepts, and accepts the notification, when it is paid', async () => {
    const tpOrderId = await pay();
    await becomes(tpOrderId, 'paid');
    const [notification] = await settled(tpOrderId);
    expect(notification).toMatchObject({ kind: 'pay', state: 'done' });
    expect(notification?.attempts).toHaveLength(1);
  });

  test('gets a payment when the script of the documentation runs', async () => {
    const args = ['pay.mjs', shopUrl(''), new URL(sandboxUrl).origin];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    expect(stdout).toMatch(/charged: true[^]*status: 'paid'/);
  });

  test('gets the name of the changed field when its order has another amount', async () => {
    const orderInfo = await order();
    const cheaper = json({ orderInfo: { ...orderInfo, totalAmount: '1' } });
    const answer = await fetch(`${sandboxUrl}/_simulate`, cheaper);
    expect(answer.status).toBe(422);
    const { data } = (await answer.json()) as { data: { reasons: string[] } };
    expect(data.reasons.join()).toContain('totalAmount');
  });

  test('ignores a notification when its signature is invalid, and accepts the genuine one after it', async () => {
    // A notification that the backend before left unanswered may be due again, and meet the fault in place of this one.
    const { tpOrderId, notification } = await waitFor(async () => {
      await faults({ notifications: [{ kind: 'pay', fault: 'bad-signature' }] });
      const paid = await pay();
      const [found] = await settled(paid);
      return found && found.attempts.length > 1 && { tpOrderId: paid, notification: found };
    });
    expect(notification.attempts.map(({ verdict }) => verdict).sort()).toEqual(['done', 'retry']);
    expect(notification.attempts.map(({ reply }) => JSON.parse(reply).errno).sort()).toEqual([0, 1]);
    await becomes(tpOrderId, 'paid');
  });

  test('responds equally when a notification comes again', async () => {
    const tpOrderId = await pay();
    const [notification] = await settled(tpOrderId);
    const again = await notify(await bodyOf(notification));
    expect(again).toEqual(JSON.parse(notification?.attempts[0]?.reply ?? ''));
    await becomes(tpOrderId, 'paid');
  });

  test('accepts a notification when an empty parameter came without =', async () => {
    const tpOrderId = await pay();
    const [notification] = await settled(tpOrderId);
    const body = (await bodyOf(notification)).replace('promoDetail=&', 'promoDetail&');
    expect(body).toContain('promoDetail&');
    expect(await notify(body)).toMatchObject({ errno: 0 });
  });

  test('closes the connection when the length of a body is less than nothing', async () => {
    const socket = connect(port, '127.0.0.1').resume();
    const closed = new Promise(resolve => socket.on('close', resolve).on('error', resolve));
    socket.write('POST /notify/pay HTTP/1.1\r\nHost: shop\r\nContent-Length: -1\r\n\r\n');
    const sending = setInterval(() => socket.write('x'.repeat(1000)), 100);
    await closed;
    clearInterval(sending);
  }, 30_000);

  test('refuses a notification when amount, order or a parameter is not covered by the signature', async () => {
    const tpOrderId = await pay();
    const [notification] = await settled(tpOrderId);
    const { tpOrderId: unpaid } = await order();
    const body = await bodyOf(notification);
    const altered = [
      body.replace(tpOrderId, unpaid),
      body.replace('totalMoney=680', 'totalMoney=6800'),
      `${body}&extra=1`,
      `${body}&status=2`,
      body.replace('returnData=', 'returnData=%26'),
      body.replace(/rsaSign=[^&]*/, 'rsaSign='),
      body.replace(/rsaSign=[^&]*&?/, ''),
      'not a form',
    ];
    for (const text of altered) {
      expect([text, await notify(text)]).toEqual([text, expect.objectContaining({ errno: 1 })]);
    }
    await becomes(unpaid, 'unpaid');
  });

  test('leaves another order unpaid when the signed text of a notification is split differently', async () => {
    const { tpOrderId: unpaid } = await order();
    const orderInfo = await order();
    const { tpOrderId } = orderInfo;
    // bizInfo is not signed, and its returnData comes back in the notification.
    const wanted = `&status=2&totalMoney=680&tpOrderId=${unpaid}&unitPrice=680&userId=1&zz=`;
    const bizInfo = JSON.stringify({ tpData: { returnData: { a: wanted } } });
    await data(`${sandboxUrl}/_simulate`, json({ orderInfo: { ...orderInfo, bizInfo } }));
    const { notifications } = await data<State>(`${sandboxUrl}/_state?tpOrderId=${tpOrderId}`);
    const genuine = new URLSearchParams(await bodyOf(notifications[0]));
    const names = [...genuine.keys()].filter(name => name !== 'rsaSign').sort();
    const after = names.filter(name => name > 'returnData').map(name => `${name}=${genuine.get(name)}`);
    const [start = '', end = ''] = genuine.get('returnData')?.split(wanted) ?? [];
    const forged = new URLSearchParams(genuine);
    new URLSearchParams(wanted).forEach((value, name) => forged.set(name, value));
    forged.set('returnData', start);
    forged.set('zz', [end, ...after].join('&'));
    expect(await notify(forged.toString())).toMatchObject({ errno: 1 });
    await becomes(unpaid, 'unpaid');
  });

  test('accepts the notification of a payment when its returnData is nested deeply', async () => {
    const orderInfo = await order();
    const nested = '['.repeat(3000) + ']'.repeat(3000);
    const bizInfo = `{"tpData":{"returnData":{"a":${nested}}}}`;
    await data(`${sandboxUrl}/_simulate`, json({ orderInfo: { ...orderInfo, bizInfo } }));
    await becomes(orderInfo.tpOrderId, 'paid');
  });

  test('answers others when the bodies of ten notifications do not arrive', async () => {
    const sockets = Array.from({ length: 10 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write('POST /notify/pay HTTP/1.1\r\nHost: shop\r\nContent-Length: 500\r\n\r\nuserId=1');
    }
    await Promise.all(sockets.map(socket => new Promise(sent => socket.write('&', sent))));
    const answer = await fetch(shopUrl('/orders'), { method: 'POST', signal: AbortSignal.timeout(60_000) });
    expect(answer.status).toBe(200);
    sockets.forEach(socket => socket.destroy());
  });

  test.each([
    ['DEAL_ID', undefined],
    ['PLATFORM_PUBLIC_KEY', 'not a key'],
  ])('names %s when it is %s', async (name, value) => {
    const at = await freePort();
    const other = start(at, { [name]: value });
    const body = new URLSearchParams({ tpOrderId: 'T1', dealId: '1', rsaSign: 'AAAA' }).toString();
    const send = (path: string) => fetch(`http://127.0.0.1:${at}${path}`, { method: 'POST', body });
    // Most do not start; those that are started for each request fail then.
    const isNamed = () => other.lines.some(line => line.includes(name));
    await waitFor(async () => {
      for (const path of ['/orders', '/notify/pay']) await send(path).catch(() => undefined);
      return isNamed();
    }, 60_000);
    await other.kill('SIGKILL');
  });

  // PHP's own server has the port, and reads no setting before a request.
  if (backend.language !== 'PHP') {
    const { PATH, HOME } = process.env;
    /** Runs it until it ends, which it has to do by itself. */
    function run(args: string[], env: Record<string, string> = {}) {
      const all = { PATH, HOME, ...settings, MERCHANT_PRIVATE_KEY_FILE: 'merchant-private.pem', ...env };
      const program = backend.runs ?? backend.program;
      const ended = spawnSync(program, args, { cwd: folder, env: all, timeout: 20_000 });
      return { status: ended.status, lines: String(ended.stdout) + String(ended.stderr) };
    }

    test.each([
      ['is missing', []],
      ['is no number', ['abc']],
      ['is beyond 65535', ['65536']],
    ])('ends with one line that says how to start it when the port %s', (_what, ports) => {
      const { status, lines } = run([...backend.args(0).slice(0, -1), ...ports]);
      expect(lines).toMatch(/^.*\busage: .* PORT.*\n$/);
      expect(status).toBe(1);
    });

    test('ends with one line when the port is in use', () => {
      const { status, lines } = run(backend.args(port));
      expect(lines).toMatch(/^.*\bin use\b.*\n$/);
      expect(lines).toContain(String(port));
      expect(status).toBe(1);
    });

    test.each([
      ['is missing', 'MERCHANT_PRIVATE_KEY_FILE', () => 'none.pem'],
      ['is a folder', 'MERCHANT_PRIVATE_KEY_FILE', () => '.'],
      ['holds the public key', 'MERCHANT_PRIVATE_KEY_FILE', () => 'merchant-public.pem'],
      ['holds a key that is not RSA', 'MERCHANT_PRIVATE_KEY_FILE', () => 'elliptic.pem'],
      [
        'is a key that is not RSA',
        'PLATFORM_PUBLIC_KEY',
        () => {
          const der = ['pkey', '-in', 'elliptic.pem', '-pubout', '-outform', 'DER'];
          return execFileSync('openssl', der, { cwd: folder }).toString('base64');
        },
      ],
    ])('ends with one line when what is set %s: %s', async (_what, name, value) => {
      const { status, lines } = run(backend.args(await freePort()), { [name]: value() });
      expect(lines).toMatch(new RegExp(`^.*\\b${name}\\b.*\\n$`));
      expect(status).toBe(1);
    });
  }

  test('accepts a payment when & is in a text of its promoDetail, a list', async () => {
    const platform = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const publicKey = platform.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const at = await freePort();
    const other = start(at, { PLATFORM_PUBLIC_KEY: publicKey });
    const url = `http://127.0.0.1:${at}`;
    const ordered = await waitFor(async () => {
      const answer = await fetch(`${url}/orders`, { method: 'POST' }).catch(() => null);
      return answer && ((await answer.json()) as { data: { orderInfo: { tpOrderId: string } } });
    }, 60_000);
    const { tpOrderId } = ordered.data.orderInfo;
    const params: Record<string, string> = {
      dealId: settings.DEAL_ID ?? '',
      orderId: '1',
      payMoney: '380',
      promoDetail: '[{"url":"https://a.example/?a=1&b=2","money":300}]',
      status: '2',
      totalMoney: '680',
      tpOrderId,
      userId: '1',
    };
    const text = Object.entries(params)
      .map(pair => pair.join('='))
      .join('&');
    const rsaSign = sign('RSA-SHA1', Buffer.from(text), platform.privateKey).toString('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ ...params, rsaSign }).toString();
    const reply = await fetch(`${url}/notify/pay`, { method: 'POST', headers, body });
    expect(await reply.json()).toMatchObject({ errno: 0, data: { isConsumed: 2 } });
    const status = await data(`${url}/orders/status?tpOrderId=${tpOrderId}`);
    expect(status).toEqual({ status: 'paid' });
    await other.kill('SIGKILL');
  });

  // The others keep their orders in memory.
  if (backend.language === 'PHP') {
    test('keeps every order that it has acknowledged when the disk is full', async () => {
      const cwd = join(folder, 'full');
      mkdirSync(cwd);
      const env = {
        ...process.env,
        ...settings,
        MERCHANT_PRIVATE_KEY_FILE: join(folder, 'merchant-private.pem'),
      };
      const at = await freePort();
      const php = `exec php -S 127.0.0.1:${at} ${join(BACKENDS, 'shop.php')}`;
      const send = async (path: string, method = 'GET') => {
        const answer = await fetch(`http://127.0.0.1:${at}${path}`, { method }).catch(() => null);
        return answer && ((await answer.json().catch(() => ({}))) as { errno?: number; data: never });
      };
      // No file may have more than 2 KB.
      const full = startProgram('sh', ['-c', `trap '' XFSZ; ulimit -f 4; ${php}`], { cwd, env });
      await waitFor(() => send('/orders/status'), 60_000);
      const ordered: string[] = [];
      for (
        let answer = await send('/orders', 'POST');
        answer?.errno === 0;
        answer = await send('/orders', 'POST')
      ) {
        ordered.push((answer.data as { orderInfo: { tpOrderId: string } }).orderInfo.tpOrderId);
      }
      await full.kill('SIGKILL');
      expect(ordered.length).toBeGreaterThan(5);

      const again = startProgram('sh', ['-c', php], { cwd, env });
      await waitFor(() => send('/orders/status'), 60_000);
      for (const tpOrderId of ordered) {
        const answer = await send(`/orders/status?tpOrderId=${tpOrderId}`);
        expect([tpOrderId, answer]).toEqual([
          tpOrderId,
          expect.objectContaining({ data: { status: 'unpaid' } }),
        ]);
      }
      await again.kill('SIGKILL');
    });
  }

  if (!backend.refunds) return;

  test('has a refunded order when the answer to its request was lost', async () => {
    const tpOrderId = await pay();
    await becomes(tpOrderId, 'paid');
    await faults({ api: [{ method: 'applyOrderRefund', fault: 'lose-response' }] });
    const url = shopUrl(`/refund?tpOrderId=${tpOrderId}`);
    expect(await (await fetch(url, { method: 'POST' })).json()).toMatchObject({ errno: 1 });
    await becomes(tpOrderId, 'refunded');
  });

  test('refuses the notification of a payment when it comes where those of refunds go', async () => {
    const tpOrderId = await pay();
    const [notification] = await settled(tpOrderId);
    const body = await bodyOf(notification);
    const answer = await fetch(shopUrl('/notify/refund'), { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ errno: 1 });
    await becomes(tpOrderId, 'paid');
  });

  test('accepts the notification of a refund when it has requested that through the server API', async () => {
    const tpOrderId = await pay();
    await becomes(tpOrderId, 'paid');
    await data(shopUrl(`/refund?tpOrderId=${tpOrderId}`), { method: 'POST' });
    await becomes(tpOrderId, 'refunded');
    const notifications = await settled(tpOrderId);
    expect(notifications.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ['pay', 'done'],
      ['refund', 'done'],
    ]);
  });

  test('has a paid order when its refund fails, and a refunded one after the next request', async () => {
    await faults({ refunds: ['fail'] });
    const tpOrderId = await pay();
    await becomes(tpOrderId, 'paid');
    await data(shopUrl(`/refund?tpOrderId=${tpOrderId}`), { method: 'POST' });
    await becomes(tpOrderId, 'refunding');
    await becomes(tpOrderId, 'paid');
    await data(shopUrl(`/refund?tpOrderId=${tpOrderId}`), { method: 'POST' });
    await becomes(tpOrderId, 'refunded');
    // The notification of the first one, once more.
    const refunds = (await settled(tpOrderId)).filter(({ kind }) => kind === 'refund');
    const body = await bodyOf(refunds.at(-1));
    const answer = await fetch(shopUrl('/notify/refund'), { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ errno: 0 });
    await becomes(tpOrderId, 'refunded');
  });

  test('refuses the notification of a refund when it comes where those of payments go', async () => {
    const tpOrderId = await pay();
    await becomes(tpOrderId, 'paid');
    await data(shopUrl(`/refund?tpOrderId=${tpOrderId}`), { method: 'POST' });
    await becomes(tpOrderId, 'refunded');
    const refund = (await settled(tpOrderId)).find(({ kind }) => kind === 'refund');
    expect(await notify(await bodyOf(refund))).toMatchObject({ errno: 1 });
  });

  test('answers without the secret when Baidu cannot be reached', async () => {
    const at = await freePort();
    const other = start(at, { BAIDU_BASE_URL: `http://127.0.0.1:${await freePort()}` });
    const url = `http://127.0.0.1:${at}/refund?tpOrderId=T1`;
    const answer = await waitFor(() => fetch(url, { method: 'POST' }).catch(() => null), 60_000);
    const text = await answer.text();
    expect(text).not.toContain(settings.CLIENT_SECRET);
    expect(JSON.parse(text)).toMatchObject({ errno: 1 });
    await other.kill('SIGKILL');
  });
}

test('pay.mjs shows what came when a reply is no JSON', async () => {
  const broken = createServer((_request, response) => response.writeHead(500).end('Fatal error: APP_KEY'));
  await new Promise<void>(listening => broken.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const run = promisify(execFile)(process.execPath, ['pay.mjs', url], { cwd: folder });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: `${url}/orders answers HTTP 500 and no JSON: Fatal error: APP_KEY\n`,
  });
  broken.close();
});

test('pay.mjs says how to start it when no address is given', async () => {
  const run = promisify(execFile)(process.execPath, ['pay.mjs'], { cwd: folder });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^usage: .*\n$/) });
});

test.each([
  ['refuses', { errno: 1, msg: 'sold out', data: {} }],
  ['has no data', { errno: 0, msg: 'success', data: null }],
  ['is no object', null],
])('pay.mjs ends with one line when the reply to the order %s', async (_what, reply) => {
  const shop = createServer((_request, response) => response.end(JSON.stringify(reply)));
  await new Promise<void>(listening => shop.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const run = promisify(execFile)(process.execPath, ['pay.mjs', url], { cwd: folder });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: `${url}/orders answers without an orderInfo\n`,
  });
  shop.close();
});

for (const backend of LANGUAGES) {
  const { language, program, source } = backend;
  describeIf(has(program), `${program} found (${source})`, `A backend in ${language}`, () => tests(backend));
}
for (const backend of OPTIONAL.filter(({ program }) => has(program))) {
  describe(`a backend in ${backend.language}`, () => tests(backend));
}
