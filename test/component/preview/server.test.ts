/** @jest-environment node */
import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { previewPlugin } from '../../../demo/preview/server';

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
  expect((await get('/preview/script.js?id=../package')).statusCode).toBe(404);
});

test('pictures of the mini-program are served, nothing else of it or around it', async () => {
  expect((await get('/preview/files/images/leaf.svg')).headers['content-type']).toBe('image/svg+xml');
  for (const path of ['app.js', '../package.json', '%2e%2e/package.json', 'images/none.png']) {
    expect((await get(`/preview/files/${path}`)).statusCode).toBe(404);
  }
});

test('a foreign Host header is refused, so that no other site can read anything by its own name', async () => {
  for (const url of ['/', '/preview/app.json', '/preview/script.js?id=app']) {
    expect((await get(url, { host: 'evil.example' })).statusCode).toBe(403);
    expect((await get(url, { host: '127.0.0.1.evil.example:8790' })).statusCode).toBe(403);
  }
  expect((await get('/', { host: 'localhost:1' })).statusCode).toBe(200);
});

test('rooms beside the preview keep their own rules', async () => {
  const { statusCode, headers } = await get('/shop/teas', { host: 'shop.example' });
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

test('an origin that is none is refused at once', () => {
  expect(() => previewPlugin({ appDir, origin: '127.0.0.1:8790' })).toThrow('origin must look like');
});
