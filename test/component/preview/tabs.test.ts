/** Tabs: their pages live on while another one is shown. */
import { runApp, type AppUnderTest } from './run-app';

const log: string[] = [];

const page = (name: string, template = ''): Record<string, string> => ({
  [`${name}/${name}.swan`]: `<view>${name} {{ n }}</view>${template}`,
  [`${name}/${name}.js`]: `Page({
    data: { n: 0 },
    onLoad() { log.push('${name} load'); },
    onShow() { log.push('${name} show'); },
    onHide() { log.push('${name} hide'); },
    onUnload() { log.push('${name} unload'); },
  });`,
});

const open = async (): Promise<AppUnderTest> => {
  const list = ['home', 'cart'].map(name => ({ pagePath: `${name}/${name}`, text: name }));
  const app = await runApp(
    {
      'app.json': { pages: ['home/home', 'cart/cart', 'item/item'], tabBar: { list } },
      ...page('home'),
      ...page('cart'),
      ...page('item'),
    },
    { log },
  );
  log.length = 0;
  return app;
};

const setN = (app: AppUnderTest, n: number): void =>
  (app.runningApp.top?.pageObject as { setData(changes: object): void }).setData({ n });

test('switchTab() opens a tab once, and shows the same page when it comes back', async () => {
  const app = await open();
  setN(app, 7);
  app.runningApp.switchTab('cart/cart');
  await app.settle();
  expect([app.text(), app.runningApp.pages.length]).toEqual(['cart 0', 1]);
  app.runningApp.switchTab('home/home');
  await app.settle();
  expect(app.text()).toBe('home 7');
  app.runningApp.switchTab('cart/cart');
  expect(log).toEqual([
    'cart load',
    'home hide',
    'cart show',
    'cart hide',
    'home show',
    'home hide',
    'cart show',
  ]);
});

test('switchTab() does nothing when the tab is already shown', async () => {
  const app = await open();
  app.runningApp.switchTab('home/home');
  expect(log).toEqual([]);
});

test('switchTab() closes the page above and keeps the tab below when another tab is opened', async () => {
  const app = await open();
  setN(app, 7);
  app.runningApp.open('item/item', {});
  app.runningApp.switchTab('cart/cart');
  expect(log).toEqual([
    'home hide',
    'item load',
    'item show',
    'item unload',
    'item hide',
    'cart load',
    'cart show',
  ]);
  app.runningApp.switchTab('home/home');
  await app.settle();
  expect(app.text()).toBe('home 7');
});

test('redirectTo() closes its tab, and reLaunch() all pages, when they are called on a tab', async () => {
  const app = await open();
  app.runningApp.switchTab('cart/cart');
  log.length = 0;
  app.runningApp.replace('item/item', {});
  await app.settle();
  expect(log).toEqual(['cart unload', 'cart hide', 'item load', 'item show']);
  log.length = 0;
  app.runningApp.relaunch('cart/cart', {});
  await app.settle();
  expect(log).toEqual(['item unload', 'item hide', 'home unload', 'home hide', 'cart load', 'cart show']);
  expect(app.runningApp.allPages).toHaveLength(1);
});
