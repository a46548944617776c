/** App.after(), Page.after() and swan.after(), with which libraries follow what a mini-program does. */
import { addAfter } from '../../../sandbox/preview/swan-api/after';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';
import { runApp } from './run-app';

test('functions given to App.after and Page.after run after those of the app and of the pages that they are for', async () => {
  const log: unknown[] = [];
  const { runningApp, errors } = await runApp(
    {
      'app.json': { pages: ['p/p', 'q/q'] },
      'app.js': `App({ name: 'shop', onShow() { log.push('show'); } });
        App.after({ methods: { onShow({ args, thisObject }) { log.push(['after show', args.path, thisObject.name]); } } });
        Page.after({ methods: {
          onLoad({ args, thisObject }) { log.push(['after load', args, thisObject.route]); },
          onHide() { throw new Error('of a hook'); },
        } });
        Page.after({ url: /q\\/q\\?x=1$/, methods: { onLoad() { log.push('of q'); } } });
        Page.after({ url: 'p/', methods: { onShow() { log.push('of p'); } } });
        Page.after(null);`,
      'p/p.swan': '<view />',
      'p/p.js': `Page({ onLoad() { log.push('load'); } });`,
      'q/q.swan': '<view />',
      'q/q.js': 'Page({});',
    },
    { log },
  );
  const loaded = (accessUri: string, route: string, e: object) => [
    'after load',
    { e, eventName: 'onLoad', accessUri },
    route,
  ];
  expect(log.splice(0)).toEqual([
    'load',
    loaded('p/p', 'p/p', {}),
    'show',
    ['after show', 'p/p', 'shop'],
    'of p',
  ]);
  runningApp.open('q/q', { x: '1' });
  runningApp.finishOpening();
  expect(log).toEqual([loaded('q/q?x=1', 'q/q', { x: '1' }), 'of q']);
  expect(errors).toEqual(['p/p: Page.after: onHide: of a hook']);
});

test('functions given to Page.after run after the handler of a tag with the data-* attribute that they name', async () => {
  const log: unknown[] = [];
  const hook = (name: string): string =>
    `'${name}': ({ target, args }) => log.push(['${name}', target.dataset, args.type])`;
  const files = {
    'app.json': { pages: ['p/p'] },
    'app.js': `App({}); Page.after({ events: {
      ${['[data-tag="1"]:tap', '[data-click-log]:tap', '[data-tag]:longtap', '[id="x"]:tap'].map(hook).join()}
    } });`,
    'p/p.swan':
      '<view data-tag="1" bindtap="t" /><view data-click-log="a" bindtap="t" /><view data-tag="2" bindtap="t" />',
    'p/p.js': `Page({ t() { log.push('handler'); } });`,
  };
  const { runningApp } = await runApp(files, { log });
  for (const element of runningApp.top?.element?.querySelectorAll('swan-view') ?? []) sendTap(element, 0, 0);
  expect(log).toEqual([
    'handler',
    ['[data-tag="1"]:tap', { tag: '1' }, 'tap'],
    'handler',
    ['[data-click-log]:tap', { clickLog: 'a' }, 'tap'],
    'handler',
  ]);
  log.length = 0;
  await runApp({ ...files, 'app.js': 'App({});' }, { log });
  sendTap(document.querySelector('swan-view') as Element, 0, 0);
  expect(log).toEqual(['handler']);
});

test('functions given to swan.after run after the call, or after its callbacks, and may answer something else', () => {
  const log: unknown[] = [];
  const swan: Record<string, unknown> = {
    request: ({ success }: { success(result: string): void }) => {
      success('answer');
      return 'task';
    },
    getStorageSync: (key: string) => `value of ${key}`,
  };
  addAfter(swan, {
    request: {
      success: ({ args }: { args: unknown }) => log.push(['after success', args]),
      fail: () => log.push('never'),
    },
    getStorageSync: ({ args, returnValue }: { args: unknown; returnValue: string }) => [args, returnValue],
    noSuchFunction: () => undefined,
  });
  const { request, getStorageSync } = swan as Record<string, (given: unknown) => unknown>;
  expect(request?.({ success: (result: string) => log.push(result) })).toBe('task');
  expect(log).toEqual(['answer', ['after success', ['answer']]]);
  expect(getStorageSync?.('k')).toEqual([['k'], 'value of k']);
  expect(swan.noSuchFunction).toBeUndefined();
});
