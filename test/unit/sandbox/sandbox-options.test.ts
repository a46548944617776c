import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkAppFolder, parseOptions } from '../../../sandbox/sandbox-options';

const parse = (...args: string[]) => parseOptions(args, {});

test('parseOptions() returns the defaults when there is no argument', () => {
  expect(parse()).toEqual({
    port: 8790,
    data: '.swan-cashier-sandbox',
    reset: false,
    key: undefined,
    notify: undefined,
    refundNotify: undefined,
    app: undefined,
    backend: undefined,
    appKey: 'MMsandbox',
    dealId: '470193086',
    clientId: 'sandboxMiniProgramAppKey00000001',
    clientSecret: undefined,
    databaseUrl: undefined,
  });
});

test('parseOptions() returns every option of the usage when all are given', () => {
  const args =
    '--key k.pem --notify http://a/pay --refund-notify https://a/refund --app dist/swan --backend http://127.0.0.1:3000 ' +
    '--port 80 --data here --reset --app-key MMabc --deal-id 7 --client-id c --client-secret s';
  expect(parseOptions(args.split(' '), { DATABASE_URL: 'postgres://h/d' })).toEqual({
    port: 80,
    data: 'here',
    reset: true,
    key: 'k.pem',
    notify: 'http://a/pay',
    refundNotify: 'https://a/refund',
    app: 'dist/swan',
    backend: 'http://127.0.0.1:3000',
    appKey: 'MMabc',
    dealId: '7',
    clientId: 'c',
    clientSecret: 's',
    databaseUrl: 'postgres://h/d',
  });
  expect(parseOptions([], { PORT: '81' })).toMatchObject({ port: 81 });
  expect(parse('-h')).toBe('help');
});

test.each([
  [['--kye', 'k'], "Unknown option '--kye'"],
  [['here'], "Unexpected argument 'here'"],
  [['--port', '0'], '--port must be a number from 1 to 65535, got "0"'],
  [['--notify', 'localhost:3000'], '--notify must be a URL with http:// or https://, got "localhost:3000"'],
  [['--refund-notify', ''], '--refund-notify must be a URL with http:// or https://, got ""'],
  [['--app', 'a', '--backend', '127.0.0.1:3000'], '--backend must be a URL with http:// or https://'],
  [
    ['--app', 'a', '--backend', 'http://127.0.0.1:3000/api'],
    '--backend must be a server without a path, like http://127.0.0.1:3000',
  ],
  [['--backend', 'http://127.0.0.1:3000'], '--backend is for the mini-program of --app'],
  [['--key', ''], '--key is empty: name a file'],
  [['--data', ''], '--data must name a folder'],
  [['--app-key', '470193086'], '--app-key must be the payment appKey, letters and digits like MMMabc'],
  [['--deal-id', 'MMabc'], '--deal-id must be the dealId, digits like 470193086; got "MMabc"'],
  [['--client-secret', 'a b'], '--client-secret must be the App Secret'],
])('parseOptions() throws with the usage when the arguments are %j', (args, sentence) => {
  expect(() => parse(...args)).toThrow(sentence);
  expect(() => parse(...args)).toThrow('More: --help');
});

test.each(['--notify', '--refund-notify', '--backend'])(
  'parseOptions() throws when %s has a user or a port that no request can be sent to',
  name => {
    const app = name === '--backend' ? ['--app', 'a'] : [];
    for (const user of ['u:p@', 'u@', ':p@']) {
      expect(() => parse(...app, name, `http://${user}127.0.0.1:3000`)).toThrow(
        `${name} must have no user and no password in it, because requests cannot carry them there`,
      );
    }
    for (const port of [6000, 10080, 22]) {
      expect(() => parse(...app, name, `http://127.0.0.1:${port}`)).toThrow(
        `${name} names port ${port}, which the fetch of Node refuses for being used by another protocol; let your backend listen on another one`,
      );
    }
  },
);

test('parseOptions() throws when no browser opens a page at the port', () => {
  expect(() => parse('--port', '6000')).toThrow(
    '--port must not be 6000: browsers and the fetch of Node refuse that port',
  );
  expect(() => parseOptions([], { PORT: '6666' })).toThrow('PORT must not be 6666');
});

test('parseOptions() never repeats a password when an address is refused', () => {
  expect(() => parse('--notify', 'http://u:topsecret@127.0.0.1:3000')).toThrow(/^(?!.*topsecret)/s);
});

test('parseOptions() throws when DATABASE_URL is no postgres:// URL', () => {
  expect(() => parseOptions([], { DATABASE_URL: 'mysql://h/d' })).toThrow(
    /^DATABASE_URL must be a URL that starts with postgres:\/\/.*without it.*env -u DATABASE_URL/,
  );
});

test('parseOptions() names port and password, and repeats none, when DATABASE_URL cannot be read', () => {
  for (const url of ['postgres://h:port/d', 'postgres://h:99999/d', 'postgres://u:secret#1@h/d']) {
    expect(() => parseOptions([], { DATABASE_URL: url })).toThrow(
      /^DATABASE_URL cannot be read: (?!.*secret).*port.*password.*percent-encoded/,
    );
  }
});

test('parseOptions() throws when an option has two values', () => {
  expect(() => parse('--notify', 'http://a/1', '--port=1', '--notify', 'http://a/2')).toThrow(
    /^--notify is given twice: which one is meant\?\nMore: --help$/,
  );
  expect(parse('--reset', '--reset')).toMatchObject({ reset: true });
});

test('parseOptions() throws one line and the usage when a value begins with a dash', () => {
  expect(() => parse('--port', '-1')).toThrow(/^Option '--port' argument is ambiguous\. .*\?\nMore: --help$/);
});

describe('the folder of --app', () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'swan-project-'));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  };

  test('checkAppFolder() accepts a folder when it has an app.json', () => {
    write('app.json', '{}');
    expect(() => checkAppFolder(project)).not.toThrow();
  });

  test.each([
    [
      'project.swan.json names it',
      { 'project.swan.json': '{"smartProgramRoot": "src/"}', 'src/app.json': '{}' },
      'src/',
    ],
    ['it is where a framework builds', { 'dist/build/mp-baidu/app.json': '{}' }, 'dist/build/mp-baidu'],
  ])('checkAppFolder() names the folder inside of the project when %s', (_when, files, built) => {
    for (const [name, text] of Object.entries(files)) write(name, text);
    expect(() => checkAppFolder(project)).toThrow(`Give --app ${join(project, built)}, which has one.`);
  });

  test.each(['', '{', '5', '{"smartProgramRoot": 5}'])(
    'checkAppFolder() says to build when nothing is built and project.swan.json is %j',
    text => {
      write('project.swan.json', text);
      expect(() => checkAppFolder(project)).toThrow('Build it, and give --app the folder with app.json.');
    },
  );
});
