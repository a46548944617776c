/** @jest-environment node */
import fs, { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { previewPlugin } from '../../../sandbox/preview/plugin';

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

test('the page loads scripts of its server only, the extra ones first, when it is requested', async () => {
  const { headers, body } = await get('/');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).toMatch(/font-src 'self' data: http: https:;/);
  expect(headers['cache-control']).toBe('no-store');
  const extra = body.indexOf('<script src="/baidu/cashier.js?a=1&#38;b=&#34;2&#34;"></script>');
  expect(extra).toBeGreaterThan(0);
  expect(extra).toBeLessThan(body.indexOf('/preview/preview.js'));
});

test('app.json holds the compiled mini-program without its code when it is requested', async () => {
  const app = (await get('/preview/app.json')).json();
  expect(app.app.pages).toEqual(['pages/index/index', 'pages/second/second']);
  expect(app.views['pages/index/index'].using).toEqual({ card: 'components/card/card' });
  expect(app.backend).toEqual({ origin: ORIGIN, server: null });
  expect(app.scripts['utils/names']).toEqual({ requires: { './counter': 'utils/counter' } });
  expect(app.appCss).toMatch(/^swan-page \{\s*--brand/);
  expect(app.warnings).toEqual([]);
});

test('a script is served without browser globals and with its lines kept when its id is known, and is a 404 when not', async () => {
  const { headers, body } = await get('/preview/script.js?id=app');
  expect(headers['content-type']).toContain('text/javascript');
  expect(body.split('\n')[0]).toMatch(
    /^previewModules\["app"\] = function \(.*global, Function, window, self, document,.*\{\/\* global/,
  );
  expect(body.split('\n')[1]).toBe('App({');
  for (const id of ['../package', 'constructor', '__proto__', '']) {
    expect((await get(`/preview/script.js?id=${id}`)).statusCode).toBe(404);
  }
});

test('an image of the mini-program is served when it is inside the folder, and another file is a 404', async () => {
  writeFileSync(join(tmpdir(), 'outside.svg'), '<svg/>');
  symlinkSync(join(tmpdir(), 'outside.svg'), join(appDir, 'images/link.svg'));
  expect((await get('/preview/files/images/leaf.svg')).headers['content-type']).toBe('image/svg+xml');
  const refused = [
    'app.js',
    '../package.json',
    '%2e%2e/outside.svg',
    'images/none.png',
    'images/link.svg',
    'node_modules%2F..%2Fimages/link.svg',
  ];
  for (const path of refused) expect((await get(`/preview/files/${path}`)).statusCode).toBe(404);
  rmSync(join(appDir, 'images/link.svg'));
  rmSync(join(tmpdir(), 'outside.svg'));
});

test('a browser gives no file of the mini-program to a page of another site when that page loads it', async () => {
  for (const path of ['script.js?id=app', 'files/images/leaf.svg', 'app.json', 'preview.js']) {
    const { statusCode, headers } = await get(`/preview/${path}`);
    expect([path, statusCode, headers['cross-origin-resource-policy']]).toEqual([path, 200, 'same-origin']);
  }
});

test('a response of another plugin keeps its headers when the preview is registered', async () => {
  const { statusCode, headers } = await get('/shop/teas');
  expect([statusCode, headers['cache-control']]).toEqual([200, undefined]);
});

test('previewPlugin() throws when origin or backend is no origin', () => {
  expect(() => previewPlugin({ appDir, origin: '127.0.0.1:8790' })).toThrow('origin must look like');
  expect(() => previewPlugin({ appDir, backend: 'shop' })).toThrow('backend must look like');
});

describe('a mini-program that changes', () => {
  let folder: string;
  let own: FastifyInstance;
  const files: Record<string, string> = {
    'app.json': '{"pages": ["a/a", "b/b"]}',
    'app.js': 'App({});\n',
    'a/a.json': '{}',
    'a/a.swan': '<view>tea</view>',
    'a/a.css': '.tea { color: green }',
    'a/a.js': "require('tea'); require('./same');\nPage({});\n",
    'a/same.js': "require('tea');\n",
    'b/b.swan': '<view>b</view>',
    'b/b.js': 'Page({});\n',
    'node_modules/tea/package.json': '{"main": "leaf.js"}',
    'node_modules/tea/leaf.js': 'module.exports = 1;\n',
    'node_modules/unused/index.js': 'module.exports = 2;\n',
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
  /** Why nothing can be shown, or what is wrong with the first page and its script. */
  const problems = async (): Promise<unknown> => {
    const answer = (await ask()).json();
    if (answer.problem) return answer.problem;
    const { problems: own, missing } = answer.views['a/a'];
    return [...own, ...Object.values(missing), answer.scripts['a/a'].problem ?? []].flat().join();
  };

  let printed: jest.SpyInstance;
  beforeEach(() => {
    printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    folder = mkdtempSync(join(tmpdir(), 'swan-preview-'));
    for (const [name, text] of Object.entries(files)) write(name, text);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await own.close();
    rmSync(folder, { recursive: true });
  });

  const broken: [string, string, RegExp][] = [
    ['app.json', '{"pages": ["a/a"],}', /^app\.json:1: not JSON: .+$/],
    ['app.json', '{"pages": 5}', /^app\.json:1: "pages" lists no page$/],
    ['app.js', 'App({)', /^app\.js:1: Unexpected token$/],
    ['app.css', 'view { color', /^app\.css:1: .+$/],
    ['a/a.json', 'null', /^a\/a\.json:1: must hold an object$/],
    ['a/a.json', '{"usingComponents": {"x": 5}}', /^a\/a\.json:1: usingComponents\.x: there is no 5\.swan$/],
    ['a/a.css', '\nview: { color: green }', /^a\/a\.css:2: view:: .+$/],
    ['a/a.swan', '<view>\n{{ a ?? b }}</view>', /^a\/a\.swan:2: "a \?\? b": \?\? is not supported, .+$/],
    ['a/a.js', 'var a;\nPage({\n', /^a\/a\.js:3: Unexpected token$/],
    ['a/a.js', 'import a from "./same";\nPage({\n', /^a\/a\.js:3: .+$/],
  ];
  test.each(broken)('shows the problem when %s is %j, until it is corrected', async (name, text, words) => {
    await open();
    expect(await problems()).toBe('');
    write(name, text);
    for (let time = 0; time < 2; time += 1) expect(await problems()).toMatch(words);
    expect(printed).toHaveBeenCalledTimes(1);
    if (files[name]) write(name, files[name]);
    else rmSync(join(folder, name));
    expect(await problems()).toBe('');
  });

  test.each(['app.js', 'a/a.js'])('says that %s is missing when there is only its json', async name => {
    write('a/a.json', '{}');
    rmSync(join(folder, name));
    await open();
    expect(await problems()).toBe(`${name}:1: the file is missing`);
  });

  test('starts, and its other pages have no problem, when a page has a mistake', async () => {
    write('a/a.swan', '<view>{{ a ?? b }}</view>');
    await open();
    const { views } = (await ask()).json();
    expect([views['a/a'].problems.length, views['b/b'].problems]).toEqual([1, []]);
    write('app.json', '{');
    expect((await ask()).statusCode).toBe(500);
  });

  test('is compiled again when a package it uses changed', async () => {
    await open();
    write('node_modules/tea/package.json', '{"main": "green.js"}');
    write('node_modules/tea/green.js', 'module.exports = 3;\n');
    const { scripts } = (await ask()).json();
    expect(scripts['a/a'].requires.tea).toBe('node_modules/tea/green');
  });

  test('is not read again when its scripts are requested, and node_modules is never listed', async () => {
    await open();
    const listed = jest.spyOn(fs, 'readdirSync');
    const read = jest.spyOn(fs, 'readFileSync');
    for (const id of ['app', 'a/a', 'b/b', 'node_modules/tea/leaf']) {
      const script = await own.inject({ url: `/preview/script.js?id=${id}` });
      expect(script.statusCode).toBe(200);
    }
    expect(listed).not.toHaveBeenCalled();
    await ask();
    const folders = listed.mock.calls.map(([path]) => String(path).slice(folder.length));
    expect(folders.sort()).toEqual(['', '/a', '/b']);
    expect(read).not.toHaveBeenCalled();
  });

  test('shows the problem when a template was replaced by a folder', async () => {
    await open();
    rmSync(join(folder, 'a/a.swan'));
    mkdirSync(join(folder, 'a/a.swan'));
    expect(await problems()).toBe('a/a.swan:1: the file is missing');
  });
});
