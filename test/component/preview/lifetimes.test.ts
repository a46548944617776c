/** What the lifetimes of an app and its pages are called with. */
import { createAppEvents } from '../../../sandbox/preview/swan-api/app-events';
import { runApp } from './run-app';

test('onShow, onHide and onReady get an object, those of App() with path and scene, when the user leaves and returns', async () => {
  const seen: unknown[] = [];
  const note = (names: string) =>
    names
      .split(' ')
      .map(name => `${name}(given) { seen.push(given); }`)
      .join();
  const { runningApp } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'app.js': `App({ ${note('onLaunch onShow onHide')} });`,
      'p/p.swan': '<view />',
      'p/p.js': `Page({ ${note('onShow onReady onHide')} });`,
    },
    { seen },
  );
  const launched = { path: 'p/p', query: {}, scene: '', shareTicket: '' };
  expect(seen.splice(0)).toEqual([launched, { ...launched, entryType: 'user' }, {}, {}]);
  runningApp.hide();
  runningApp.show();
  expect(seen).toEqual([launched, {}, { ...launched, entryType: 'user' }, {}]);
});

test('what awaits in onLaunch and onLoad goes on before the next lifetime runs when the app is launched', async () => {
  const log: string[] = [];
  const note = (name: string) =>
    `async ${name}() { log.push('${name}'); await null; await null; log.push('${name} goes on'); }`;
  const { text } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'app.js': `App({ ${note('onLaunch')}, async onShow() { log.push('show of the app'); } });`,
      'p/p.swan': '<view>{{x}}</view>',
      'p/p.js': `Page({
        ${note('onLoad')}, onShow() { log.push('onShow'); this.setData({ x: 'drawn' }); }, onReady() { log.push('onReady'); },
      });`,
    },
    { log },
  );
  const expected = [
    'onLaunch',
    'onLaunch goes on',
    'onLoad',
    'onLoad goes on',
    'show of the app',
    'onShow',
    'onReady',
  ];
  expect(log).toEqual(expected);
  expect(text()).toBe('drawn');
});

test('a page is loaded after the callbacks of the call that opens it, and a page that is replaced is in the stack until then', async () => {
  const log: string[] = [];
  const page = (name: string) => ({
    [`${name}/${name}.swan`]: '<view />',
    [`${name}/${name}.js`]: `const note = text => log.push('${name} ' + text + ' of ' + getCurrentPages().map(page => page.route[0]));
      Page({ onLoad() { note('load'); }, onHide() { note('hide'); }, onUnload() { note('unload'); } });`,
  });
  const { runningApp, settle } = await runApp(
    { 'app.json': { pages: ['a/a', 'b/b', 'c/c'] }, ...page('a'), ...page('b'), ...page('c') },
    { log },
  );
  const ran = async (call: () => void): Promise<string[]> => {
    log.length = 0;
    call();
    log.push('success');
    await settle();
    return log;
  };
  expect(await ran(() => runningApp.open('b/b', {}))).toEqual(['a hide of a', 'success', 'b load of a,b']);
  expect(await ran(() => runningApp.replace('c/c', {}))).toEqual([
    'b unload of a,b',
    'b hide of a,b',
    'success',
    'c load of a,c',
  ]);
  expect(await ran(() => runningApp.relaunch('b/b', {}))).toEqual([
    'success',
    'a unload of a,c',
    'a hide of a,c',
    'c unload of a,c',
    'c hide of a,c',
    'b load of b',
  ]);
  const both = await ran(() => {
    runningApp.open('a/a', {});
    runningApp.open('c/c', {});
  });
  expect(both).toEqual(['b hide of b', 'a load of b,a', 'a hide of b,a', 'success', 'c load of b,a,c']);
});

test.each([
  ['replace', ['b show', 'b unload', 'c show', 'c ready']],
  ['relaunch', ['b show', 'b unload', 'c show', 'c ready']],
  ['open', ['b show', 'c show', 'b ready', 'c ready']],
] as const)(
  'a page is ready after the other page is shown, and never when that closes it, when its onLoad calls %s',
  async (move, expected) => {
    const log: string[] = [];
    const page = (name: string, onLoad = '') => ({
      [`${name}/${name}.swan`]: '<view />',
      [`${name}/${name}.js`]: `const note = what => () => { log.push('${name} ' + what); };
        Page({ onLoad() { ${onLoad} }, onShow: note('show'), onReady: note('ready'), onUnload: note('unload') });`,
    });
    const leave = (): void => {
      setTimeout(() => runningApp[move]('c/c', {}), 0);
    };
    const { runningApp, settle } = await runApp(
      { 'app.json': { pages: ['a/a', 'b/b', 'c/c'] }, ...page('a'), ...page('b', 'leave()'), ...page('c') },
      { log, leave },
    );
    runningApp.open('b/b', {});
    await settle();
    expect(log.filter(line => !line.startsWith('a'))).toEqual(expected);
  },
);

test('onPageNotFound of the app gets the page and its query when a call wants to open one that is not there', async () => {
  const seen: unknown[] = [];
  const { runningApp } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'app.js': 'App({ onPageNotFound(given) { seen.push(given); } });',
      'p/p.swan': '<view />',
      'p/p.js': 'Page({});',
    },
    { seen },
  );
  for (const move of ['open', 'replace', 'relaunch'] as const)
    expect(() => runningApp[move]('no/no', { x: '1' })).toThrow('there is no page no/no in app.json');
  expect(seen).toEqual(Array(3).fill({ page: 'no/no', query: { x: '1' }, isEntryPage: false }));
  expect(runningApp.pages).toHaveLength(1);
});

test('listeners of swan.onAppShow() and its like get what the functions of App() get, after them, until they are taken off', async () => {
  const log: unknown[] = [];
  const files = {
    'app.json': { pages: ['p/p'] },
    'app.js': `const note = name => given => log.push([name, given]);
      App({ onLaunch() { swan.onAppShow(note('on')); }, onShow: note('App'), onError: note('App') });
      swan.onAppHide(note('hide')); swan.onError(note('error')); swan.onPageNotFound(note('not found'));
      swan.onAppShow(() => { throw new Error('of a listener'); });`,
    'p/p.swan': '<view />',
    'p/p.js': 'Page({});',
  };
  const swan = createAppEvents();
  const { runningApp, errors } = await runApp(files, { log, swan });
  const launched = { path: 'p/p', query: {}, scene: '', shareTicket: '', entryType: 'user' };
  const shown = [
    ['App', launched],
    ['on', launched],
  ];
  expect(log.splice(0)).toEqual(shown);
  expect(errors.splice(0)).toEqual(['app.js: onShow: of a listener']);
  const extra = (): void => void log.push('extra');
  swan.onAppShow?.(extra);
  runningApp.hide();
  runningApp.show();
  expect(log.splice(0)).toEqual([['hide', expect.objectContaining({ path: 'p/p' })], ...shown, 'extra']);
  swan.offAppShow?.(extra);
  swan.offAppHide?.();
  runningApp.hide();
  runningApp.show();
  expect(log.splice(0)).toEqual(shown);
  swan.offAppShow?.();
  runningApp.show();
  expect(log.splice(0)).toEqual([['App', launched]]);
  expect(() => runningApp.open('no/no', {})).toThrow('there is no page no/no');
  runningApp.report('broken', 'p/p', { reachesApp: true });
  expect(log.splice(0)).toEqual([
    ['not found', { page: 'no/no', query: {}, isEntryPage: false }],
    ['App', 'broken'],
    ['error', 'broken'],
  ]);
  swan.onAppShow?.(extra);
  await runApp({ ...files, 'app.js': 'App({});' }, { log, swan });
  expect(log).toEqual([]);
});
