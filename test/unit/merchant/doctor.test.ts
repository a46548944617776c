import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Diagnosis } from '../../../merchant';
import { runDoctor } from '../../../merchant/cli/doctor';
import { TYPESCRIPT } from '../../helpers/child-process';
import { bodyOf, orderOf, platform, sample, required, vector } from './vectors';

const right = JSON.stringify({ errno: 0, data: { orderInfo: orderOf(sample) } });
const unsorted = JSON.stringify(orderOf(vector('order-unsorted-doc-table-order')));

const files: Record<string, string | Buffer> = {
  'right.json': right,
  'unsorted.json': unsorted,
  'public.pem': required(sample.publicKeyPem),
  'private.pem': required(sample.privateKeyPem),
  'platform.pem': required(platform.publicKeyPem),
  'body.txt': bodyOf(platform) + '\n',
  'tampered.txt': bodyOf(vector('notify-tampered-amount')),
  'page.html': '<html>login</html>',
  'page.txt': '<html>\n',
  'my keys/own.pem': required(sample.privateKeyPem),
  'binary.bin': Buffer.from([0xff, 0xfe, 0x00, 0x9f, 0x92]),
  'large.json': `{"a":"${'x'.repeat(70_000)}"}`,
  'deep.json': '['.repeat(40) + ']'.repeat(40),
  'brackets.json': JSON.stringify({ ...orderOf(sample), dealTitle: '[{'.repeat(60) }),
  'empty.json': ' ',
  'lost.json': right.replace('"3028903626"', '1349625084474417153'),
  'logged.txt': `[12:26:40] create order -> ${right}`,
  'notify.log': `2026-01-01 INFO notify ${bodyOf(platform)}`,
  'secret.txt': Buffer.from(required(sample.publicKeyPem)).toString('base64'),
  'php.json': JSON.stringify({
    ...orderOf(sample),
    dealId: Number(orderOf(sample).dealId),
    bizInfo: JSON.stringify({ tpData: { dealId: Number(orderOf(sample).dealId) } }),
  }),
  'error.json': '{"errno":1,"msg":"login first"}',
  'powershell.json': Buffer.from(`\uFEFF${right}\r\n`, 'utf16le'),
  'powershell.txt': Buffer.from(`\uFEFF${bodyOf(platform)}\r\n`, 'utf16le'),
};

interface Result {
  code: number;
  out: string;
  err: string;
}

async function doctor(
  args: string[],
  io: { stdin?: string | Buffer; lang?: string; env?: Record<string, string> } = {},
): Promise<Result> {
  let out = '';
  let err = '';
  const code = await runDoctor(args, {
    readFile: path => {
      const content = files[path];
      if (content !== undefined) return Promise.resolve(Buffer.from(content));
      return Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }));
    },
    readStdin: () => Promise.resolve(Buffer.from(io.stdin ?? '')),
    fetch,
    write: chunk => (out += chunk),
    writeError: chunk => (err += chunk),
    env: io.env ?? { LANG: io.lang ?? 'en_US.UTF-8' },
    version: () => '1.2.3',
  });
  return { code, out, err };
}

describe('doctor with a file', () => {
  test('prints that nothing is wrong and exits 0 when the order is right', async () => {
    expect(await doctor(['doctor', 'right.json', '--key', 'public.pem'])).toEqual({
      code: 0,
      out: 'Nothing is wrong.\n',
      err: '',
    });
  });

  test('prints code, message, fix and both texts and exits 1 when the order is wrong', async () => {
    const { code, out } = await doctor(['doctor', 'unsorted.json', '--key', 'public.pem']);
    expect(code).toBe(1);
    expect(out).toMatch(/^\[error\] UNSORTED\n {2}The fields were joined in the order/);
    expect(out).toMatch(/Fix: Sort by name/);
    expect(out).toMatch(
      /made of this orderInfo as sent:\n {2}appKey=MMMabc&dealId=470193086&totalAmount=11300&tpOrderId/,
    );
    expect(out).toMatch(/was signed:\n {2}appKey=MMMabc&dealId=470193086&tpOrderId=3028903626&totalAmount/);
  });

  test('shows an invisible character when the text to be signed has one', async () => {
    const stdin = unsorted.replaceAll('3028903626', '3028\u200b903626');
    const { out } = await doctor(['doctor', '-', '--key', 'public.pem'], { stdin });
    expect(out).toMatch(/as sent:\n.*&tpOrderId=3028\\u\{200b\}903626\n/);
  });

  test('names GBK when the answer of a backend is in it', async () => {
    const stdin = Buffer.from(unsorted.replace('"dealTitle":"', '"dealTitle":"\u00b0\u00ae'), 'latin1');
    const { code, out } = await doctor(['doctor', '-', '--key', 'public.pem'], { stdin });
    expect([code, out]).toEqual([2, expect.stringMatching(/not UTF-8.*GBK/)]);
  });

  test('reads stdin and prints Chinese when the input is - and LANG is zh_CN', async () => {
    const { code, out } = await doctor(['doctor', '-', '--key', 'public.pem'], {
      stdin: unsorted,
      lang: 'zh_CN.UTF-8',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/没有按名称排序/);
  });

  test('prints Chinese when --lang is zh-CN', async () => {
    expect((await doctor(['doctor', 'unsorted.json', '--key', 'public.pem', '--lang', 'zh-CN'])).out).toMatch(
      /修法/,
    );
  });

  test('ignores an environment variable when it is empty', async () => {
    const env = { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' };
    expect((await doctor(['doctor', 'unsorted.json', '--key', 'public.pem'], { env })).out).toMatch(/修法/);
  });

  test('exits 0 when there are only warnings', async () => {
    const { code, out } = await doctor(['doctor', 'right.json', '--key', 'private.pem']);
    expect(code).toBe(0);
    expect(out).toMatch(/\[warning\] KEY_IS_PRIVATE/);
  });

  test('prints JSON when --json is given', async () => {
    const { code, out } = await doctor(['doctor', 'unsorted.json', '--key', 'public.pem', '--json']);
    const { ok, findings } = JSON.parse(out) as Diagnosis;
    expect(code).toBe(1);
    expect(ok).toBe(false);
    expect(findings.map(finding => Object.keys(finding).sort())).toEqual([
      ['code', 'evidence', 'fix', 'message', 'severity'],
    ]);
  });
});

describe('doctor with --url', () => {
  let server: Server;
  let origin: string;
  const requests: { method?: string; url?: string; type?: string; auth?: string; body: string }[] = [];

  beforeAll(done => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        const { method, url, headers } = request;
        requests.push({ method, url, type: headers['content-type'], auth: headers.authorization, body });
        if (url === '/endless') {
          const more = (): void => {
            if (!response.destroyed) response.write('x'.repeat(10_000), more);
          };
          more();
          return;
        }
        if (url === '/post-only' && method === 'GET') {
          response.writeHead(404).end();
          return;
        }
        response.statusCode = url === '/fails' ? 500 : 200;
        response.end(url === '/fails' ? '{"errno":5,"msg":"down"}' : right);
      });
    }).listen(0, '127.0.0.1', () => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  afterAll(done => {
    server.closeAllConnections();
    server.close(done);
  });

  test('fetches the order with GET when no method is given', async () => {
    expect((await doctor(['doctor', '--url', `${origin}/orders`, '--key', 'public.pem'])).code).toBe(0);
    expect(requests.pop()).toMatchObject({ method: 'GET', url: '/orders', body: '' });
  });

  test('sends method, body and headers when they are given', async () => {
    const args = ['--method', 'put', '--data', '{"sku":1}', '--header', 'Authorization: Bearer x'];
    expect((await doctor(['doctor', '--url', `${origin}/orders`, ...args, '--key', 'public.pem'])).code).toBe(
      0,
    );
    expect(requests.pop()).toMatchObject({
      method: 'PUT',
      type: 'application/json',
      auth: 'Bearer x',
      body: '{"sku":1}',
    });
    await doctor(['doctor', '--url', `${origin}/orders`, '--data', 'sku=1', '--key', 'public.pem']);
    expect(requests.pop()).toMatchObject({ method: 'POST', type: 'application/x-www-form-urlencoded' });
  });

  test('prints the status and the answer when the backend fails', async () => {
    const { code, out, err } = await doctor(['doctor', '--url', `${origin}/fails`, '--key', 'public.pem']);
    expect(code).toBe(1);
    expect(err).toMatch(/HTTP 500/);
    expect(out).toMatch(/ORDERINFO_NOT_FOUND[\s\S]*down/);
  });

  test('suggests --method POST when the route does not answer GET', async () => {
    const asked = ['doctor', '--url', `${origin}/post-only`, '--key', 'public.pem'];
    expect(await doctor(asked)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/HTTP 404[\s\S]*add --method POST/) as string,
    });
    expect(await doctor([...asked, '--method', 'POST'])).toMatchObject({ code: 0, err: '' });
  });

  test('stops reading when the answer never ends', async () => {
    const { code, out } = await doctor(['doctor', '--url', `${origin}/endless`, '--key', 'public.pem']);
    expect(code).toBe(2);
    expect(out).toMatch(/INPUT_TOO_LARGE/);
  });

  test('prints the URL and the cause when no server is listening', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    await new Promise(done => gone.close(done));
    const { code, err } = await doctor([
      'doctor',
      '--url',
      `http://127.0.0.1:${port}/`,
      '--key',
      'public.pem',
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/^No answer from http:\/\/127\.0\.0\.1/);
  });
});

test('doctor --notify verifies the body when the file ends with a newline', async () => {
  expect((await doctor(['doctor', '--notify', 'body.txt', '--key', 'platform.pem'])).code).toBe(0);
  const { code, out } = await doctor(['doctor', '--notify', 'tampered.txt', '--key', 'platform.pem']);
  expect(code).toBe(1);
  expect(out).toMatch(/NOTIFY_TAMPERED[\s\S]*totalMoney: 11300 → 1/);
});

test('doctor --notify names the platform key when no key is given', async () => {
  const { out } = await doctor(['doctor', '--notify', 'body.txt']);
  expect(out).toMatch(/KEY_NOT_GIVEN[\s\S]*for a notification the platform public key \(平台公钥\)/);
});

describe('doctor', () => {
  test.each([
    [['logged.txt', '--key', 'public.pem'], 0, /INPUT_EXTRACTED[^]*a log line with JSON/],
    [['--notify', 'notify.log', '--key', 'platform.pem'], 0, /INPUT_EXTRACTED[^]*in a log line\./],
    [['--notify', 'right.json', '--key', 'platform.pem'], 2, /INPUT_IS_ORDER[^]*without --notify/],
    [['private.pem', '--key', 'public.pem'], 2, /INPUT_IS_KEY[^]*doctor keys private\.pem public\.pem/],
    [['--notify', 'private.pem', '--key', 'public.pem'], 2, /^\[error\] INPUT_IS_KEY\n(?!.*MII)/],
    [['--notify', 'page.html', '--key', 'platform.pem'], 2, /INPUT_NOT_NOTIFICATION[^]*<html>login/],
    [
      ['lost.json', '--key', 'public.pem'],
      1,
      /NUMBER_LOST_DIGITS[^]*1349625084474417153[^]*reads 1349625084474417200/,
    ],
    [['php.json', '--key', 'public.pem'], 0, /^\[warning\] NUMBER_INSTEAD_OF_STRING\n[^[]*No error\.\n$/],
    [['right.json', '--key', 'secret.txt'], 0, /^Nothing is wrong/],
    [['powershell.json', '--key', 'public.pem'], 0, /^Nothing is wrong/],
    [['--notify', 'powershell.txt', '--key', 'platform.pem'], 0, /^Nothing is wrong/],
    [['keys', 'private.pem', 'secret.txt'], 0, /KEY_IS_BASE64_OF_PEM[^]*Kubernetes/],
  ] as [string[], number, RegExp][])(
    'recognises the input when its arguments are %j',
    async (args, code, words) => {
      const result = await doctor(['doctor', ...args]);
      expect(result.out).toMatch(words);
      expect(result.code).toBe(code);
      expect(result.out).not.toMatch(/FIELD_MISSING|MISMATCH|KEY_WITHOUT_PEM/);
    },
  );
});

describe('a finding about a key', () => {
  test.each([
    [['keys', 'private.pem', 'page.html'], /KEY_NOT_BASE64 in page\.html, given as the public key\n/],
    [['keys', 'page.html', 'public.pem'], /KEY_NOT_BASE64 in page\.html, given as the private key\n/],
    [['right.json', '--key', 'page.html'], /KEY_NOT_BASE64 in page\.html\n/],
    [['--notify', 'body.txt', '--key', 'private.pem'], /KEY_IS_PRIVATE in private\.pem\n/],
    [['keys', 'my keys/own.pem', 'public.pem'], /openssl pkcs8 -topk8 -nocrypt -in 'my keys\/own\.pem'/],
    [['keys', 'my keys/own.pem', 'platform.pem'], /openssl rsa -in 'my keys\/own\.pem' -pubout/],
    [['keys', 'public.pem', 'my keys/own.pem'], /doctor keys 'my keys\/own\.pem' public\.pem\n/],
    [['keys', 'my keys/own.pem', 'public.pem'], /KEY_FORMAT in public\.pem\n/],
  ])('names the file of the key when the arguments are %j', async (args, words) => {
    expect((await doctor(['doctor', ...args])).out).toMatch(words);
  });
});

test('doctor keys says whether the keys are a pair when it gets two files', async () => {
  const pair = await doctor(['doctor', 'keys', 'private.pem', 'public.pem']);
  expect(pair).toMatchObject({ code: 0, out: expect.stringMatching(/The keys are a pair\.\n$/) as string });
  const strangers = await doctor(['doctor', 'keys', 'private.pem', 'platform.pem']);
  expect(strangers).toMatchObject({ code: 1, out: expect.stringMatching(/KEYS_DO_NOT_MATCH/) as string });
});

describe('doctor with input that cannot be read', () => {
  test.each([
    ['page.html', 'INPUT_NOT_JSON'],
    ['binary.bin', 'INPUT_NOT_TEXT'],
    ['large.json', 'INPUT_TOO_LARGE'],
    ['deep.json', 'INPUT_TOO_DEEP'],
    ['empty.json', 'INPUT_EMPTY'],
  ])('exits 2 when the input is %s: %s', async (file, code) => {
    const result = await doctor(['doctor', file, '--key', 'public.pem']);
    expect(result.code).toBe(2);
    expect(result.out).toMatch(code);
  });

  test('prints a whole sentence when the input is no JSON and has a newline', async () => {
    const { out } = await doctor(['doctor', 'page.txt', '--key', 'public.pem']);
    expect(out).toMatch(/The input is not JSON: .*"<html> " is not valid JSON\.\n/);
  });

  test('does not count brackets as depth when they are in a string', async () => {
    expect((await doctor(['doctor', 'brackets.json', '--key', 'public.pem'])).code).toBe(0);
  });

  test('exits 2 when the key cannot be read', async () => {
    const result = await doctor(['doctor', 'right.json', '--key', 'page.html']);
    expect(result).toMatchObject({ code: 2, out: expect.stringMatching(/KEY_NOT_BASE64/) as string });
  });

  test('exits 1 when the answer contains no order', async () => {
    expect((await doctor(['doctor', 'error.json', '--key', 'public.pem'])).code).toBe(1);
  });
});

describe('the command line', () => {
  test.each([
    [['doctor'], /Give one thing to examine/],
    [['doctor', 'a.json', 'b.json'], /Give one thing to examine/],
    [['doctor', 'a.json', '--url', 'http://x'], /Give one thing to examine/],
    [['doctor', 'missing.json'], /There is no file missing\.json/],
    [['doctor', ''], /The name of a file is empty/],
    [['doctor', 'order.json', '--key='], /The name of a file is empty/],
    [['doctor', '--url', 'shop.example'], /must begin with http/],
    [['doctor', '--url', 'http://127.0.0.1/', '--header', 'no colon'], /"Name: value"/],
    [['doctor', '--url', 'http://127.0.0.1/', '--method', 'GET', '--data', 'x'], /--method POST/],
    [['doctor', 'keys', 'private.pem'], /two key files/],
    [['doctor', 'keys', 'private.pem', 'public.pem', '--key', 'x'], /takes no --key/],
    [['doctor', 'keys', 'private.pem', 'public.pem', '--data', 'x'], /takes no --data/],
    [['doctor', 'order.json', '--method', 'POST'], /^--method .* --url/],
    [['doctor', 'order.json', '-H', 'a: b'], /^--header .* --url/],
    [['doctor', '-', '--key', '-'], /Only one/],
    [['doctor', 'keys', '-', '-'], /Only one/],
    [['doctor', 'right.json', '--lang', 'fr'], /zh-CN or en/],
    [['doctor', '--url', 'http://127.0.0.1/', '--header', 'foo'], /"foo".*"Name: value"/],
    [['doctor', '--url', 'http://127.0.0.1/', '--header', ': value'], /"Name: value"/],
    [['doctor', '--what'], /^There is no option --what\.\nMore/],
    [['doctor', '-x'], /^There is no option -x\.\nMore/],
    [['doctor', 'order.json', '--key', 'a.pem', '-k', 'b.pem'], /^The option --key is given twice: .*\nMore/],
    [['doctor', '--json=1'], /^The option --json takes no value\.\nMore/],
    [['doctor', 'a.json', '--key'], /^The option -k, --key wants a value; .* =\.\nMore/],
    [['doctor', '--key', '--json'], /^The option --key wants a value; .* =\.\nMore/],
    [['nurse'], /there is one: doctor/],
  ])('exits 2 with the correct usage when its arguments are %j', async (args, message) => {
    const { code, err } = await doctor(args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).toMatch(/--help/);
  });

  test('prints every option, long and short, when it gets --help', async () => {
    const { out } = await doctor(['--help']);
    const names = [
      '-k, --key',
      '-d, --data',
      '-H, --header',
      '-h, --help',
      '-v, --version',
      '--lang',
      '--json',
    ];
    expect(names.filter(name => !out.includes(name))).toEqual([]);
  });

  test('prints the version when --version is given', async () => {
    for (const args of [['--version'], ['-v'], ['doctor', '--version']]) {
      expect(await doctor(args)).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    }
  });

  test('prints the help when --help or no argument is given', async () => {
    expect(await doctor(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/doctor keys/) as string,
    });
    expect(await doctor([])).toMatchObject({ code: 2, out: expect.stringMatching(/doctor keys/) as string });
    expect((await doctor(['doctor', '--help'], { lang: 'zh_CN' })).out).toMatch(/退出码/);
  });
});

test('the command swan-cashier reads files and prints JSON when it is started through a link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  try {
    writeFileSync(join(folder, 'order.json'), unsorted);
    writeFileSync(join(folder, 'key.pem'), required(sample.publicKeyPem));
    const root = resolve(__dirname, '../../..');
    const cli = join(root, 'merchant/cli.ts');
    const args = [
      ...TYPESCRIPT,
      cli,
      'doctor',
      join(folder, 'order.json'),
      '--key',
      join(folder, 'key.pem'),
      '--json',
    ];
    const { code, out } = await new Promise<{ code: unknown; out: string }>(done =>
      execFile(process.execPath, args, { cwd: root }, (error, out) => done({ code: error?.code, out })),
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, findings: [{ code: 'UNSORTED' }] });

    // npm starts it through a link in another folder.
    const link = join(folder, 'swan-cashier.ts');
    symlinkSync(cli, link);
    const asked = [...TYPESCRIPT, link, '--version'];
    const version = await new Promise(done =>
      execFile(process.execPath, asked, { cwd: root }, (_error, out, err) => done(out || err)),
    );
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe(`${manifest.version}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('the command swan-cashier ends with its exit code when nobody reads what it prints', async () => {
  const root = resolve(__dirname, '../../..');
  const run = async (asked: string, unread: 'stdout' | 'stderr'): Promise<unknown> => {
    const args = [...TYPESCRIPT, join(root, 'merchant/cli.ts'), asked];
    const command = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    command[unread].destroy();
    let err = '';
    command.stderr.on('data', (text: Buffer) => (err += text.toString()));
    const code = await new Promise(done => command.on('close', done));
    return { code, err };
  };
  expect(await run('--help', 'stdout')).toEqual({ code: 0, err: '' });
  expect(await run('--no-such-option', 'stderr')).toEqual({ code: 2, err: '' });
}, 60_000);
