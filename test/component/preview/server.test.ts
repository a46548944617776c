/** @jest-environment node */
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { previewPlugin } from '../../../sandbox/preview/server';

const ORIGIN = 'http://127.0.0.1:8790';

let appDir: string;
let server: FastifyInstance;
const get = (url: string, headers = {}) =>
  server.inject({ url, headers: { host: '127.0.0.1:8790', ...headers } });

beforeAll(async () => {
  appDir = mkdtempSync(join(tmpdir(), 'swan-preview-'));
  cpSync(join(__dirname, 'fixtures/app'), appDir, { recursive: true });
  server = fastify();
  server.get('/shop/teas', async () => ({ ok: true }));
  await server.register(previewPlugin({ appDir, origin: ORIGIN, scripts: ['/baidu/cashier.js?a=1&b="2"'] }));
});
afterAll(async () => {
  await server.close();
  rmSync(appDir, { recursive: true });
});

test('the page loads its scripts from this server only, the extra ones first', async () => {
  const { headers, body } = await get('/');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['cache-control']).toBe('no-store');
  const extra = body.indexOf('<script src="/baidu/cashier.js?a=1&#38;b=&#34;2&#34;"></script>');
  expect(extra).toBeGreaterThan(0);
  expect(extra).toBeLessThan(body.indexOf('/preview/preview.js'));
});

test('the mini-program comes compiled, with the origin it may reach and without its code', async () => {
  const app = (await get('/preview/app.json')).json();
  expect(app.app.pages).toEqual(['pages/index/index', 'pages/second/second']);
  expect(app.units['pages/index/index'].using).toEqual({ card: 'components/card/card' });
  expect(app.origin).toBe(ORIGIN);
  expect(app.requires['utils/names']).toEqual({ './counter': 'utils/counter' });
  expect(app.appCss).toMatch(/^swan-page \{\s*--brand/);
  expect(app.scripts).toBeUndefined();
});

test('scripts are files of their own that see no browser, with their lines where they were', async () => {
  const { headers, body } = await get('/preview/script.js?id=app');
  expect(headers['content-type']).toContain('text/javascript');
  expect(body.split('\n')[0]).toMatch(
    /^previewModules\["app"\] = function \(.*swan, window, document,.*\{\/\* global/,
  );
  expect(body.split('\n')[1]).toBe('App({');
  for (const id of ['../package', 'constructor', '__proto__', '']) {
    expect((await get(`/preview/script.js?id=${id}`)).statusCode).toBe(404);
  }
});

test('pictures of the mini-program are served, nothing else of it or around it', async () => {
  expect((await get('/preview/files/images/leaf.svg')).headers['content-type']).toBe('image/svg+xml');
  for (const path of ['app.js', '../package.json', '%2e%2e/package.json', 'images/none.png']) {
    expect((await get(`/preview/files/${path}`)).statusCode).toBe(404);
  }
});

test('rooms beside the preview keep their own rules', async () => {
  const { statusCode, headers } = await get('/shop/teas');
  expect([statusCode, headers['cache-control']]).toEqual([200, undefined]);
});

test('a change on disk is compiled for the next request, and mistakes are told with file and line', async () => {
  const print = jest.spyOn(console, 'error').mockImplementation(() => {});
  const file = join(appDir, 'pages/second/second.swan');
  const write = (text: string, at: number): void => {
    writeFileSync(file, text);
    utimesSync(file, at, at);
  };
  write('<view>\n{{ a & b }}</view>', 1);
  const broken = await get('/preview/app.json');
  expect(broken.statusCode).toBe(500);
  expect(broken.json().problem).toBe('pages/second/second.swan:2: "a & b": & is not supported');
  expect(print).toHaveBeenCalledTimes(1);
  write('<view>mended</view>', 2);
  expect((await get('/preview/app.json')).json().units['pages/second/second'].template).toContain('mended');
  print.mockRestore();
});

describe('a mistake outside templates', () => {
  let folder: string;
  let own: FastifyInstance;
  const page = "require('tea'); require('./same');\nPage({});\n";
  const files: Record<string, string> = {
    'app.json': '{"pages": ["a/a"]}',
    'app.js': 'App({});\n',
    'a/a.json': '{}',
    'a/a.swan': '<view>tea</view>',
    'a/a.css': '.tea { color: green }',
    'a/a.js': page,
    'a/same.js': "require('tea');\n",
    'node_modules/tea/package.json': '{"main": "leaf.js"}',
    'node_modules/tea/leaf.js': 'module.exports = 1;\n',
  };
  let clock = 1;
  const write = (name: string, text: string): void => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    clock += 1;
    utimesSync(file, clock, clock);
  };
  const open = async (): Promise<void> => {
    own = fastify();
    await own.register(previewPlugin({ appDir: folder, origin: ORIGIN }));
  };
  const ask = () => own.inject({ url: '/preview/app.json', headers: { host: '127.0.0.1' } });
  const told = async () => {
    const answer = await ask();
    return [answer.statusCode, answer.json().problem];
  };

  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    folder = mkdtempSync(join(tmpdir(), 'swan-preview-'));
    for (const [name, text] of Object.entries(files)) write(name, text);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await own.close();
    rmSync(folder, { recursive: true });
  });

  const broken: [string, string, RegExp][] = [
    ['node_modules/tea/package.json', '{"main": ', /^node_modules\/tea\/package\.json:1: not JSON: .+$/],
    ['node_modules/tea/package.json', 'null', /^node_modules\/tea\/package\.json:1: must hold an object$/],
    ['app.json', '{"pages": ["a/a"],}', /^app\.json:1: not JSON: .+$/],
    ['app.json', '{"pages": 5}', /^app\.json:1: "pages" lists no page$/],
    ['a/a.json', 'null', /^a\/a\.json:1: must hold an object$/],
    ['a/a.json', '{"usingComponents": {"x": 5}}', /^a\/a\.json:1: usingComponents\.x: there is no 5\.swan$/],
    ['a/a.css', '\nview: { color: green }', /^a\/a\.css:2: view:: .+$/],
  ];
  test.each(broken)('in %s (%j) is told by every request until it is mended', async (name, text, words) => {
    await open();
    expect(await told()).toEqual([200, undefined]);
    write(name, text);
    for (let time = 0; time < 2; time += 1) expect(await told()).toEqual([500, expect.stringMatching(words)]);
    write(name, files[name] ?? '');
    expect(await told()).toEqual([200, undefined]);
  });

  test('is no reason for the preview not to start', async () => {
    const [[name, text, words] = ['', '', /never/]] = broken;
    write(name, text);
    await open();
    expect(await told()).toEqual([500, expect.stringMatching(words)]);
  });

  test('that cannot even be read is no reason to show what was there before', async () => {
    await open();
    rmSync(join(folder, 'a/a.swan'));
    mkdirSync(join(folder, 'a/a.swan'));
    for (let time = 0; time < 2; time += 1) expect((await ask()).statusCode).toBe(500);
  });
});

test('an origin that is none is refused at once', () => {
  expect(() => previewPlugin({ appDir, origin: '127.0.0.1:8790' })).toThrow('origin must look like');
});
