/** Tabs: their pages live on while another one is shown. */
import { runApp, type RunningApp } from './run-app';

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

const open = async (): Promise<RunningApp> => {
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

const setN = (app: RunningApp, n: number): void =>
  (app.program.top?.instance as { setData(changes: object): void }).setData({ n });

test('switching to a tab opens it once; coming back shows the same page as it was', async () => {
  const app = await open();
  setN(app, 7);
  app.program.switchTab('cart/cart');
  await app.settle();
  expect([app.text(), app.program.pages.length]).toEqual(['cart 0', 1]);
  app.program.switchTab('home/home');
  await app.settle();
  expect(app.text()).toBe('home 7');
  app.program.switchTab('cart/cart');
  expect(log).toEqual([
    ...['home hide', 'cart load', 'cart show'],
    ...['cart hide', 'home show'],
    ...['home hide', 'cart show'],
  ]);
});

test('the tab that is shown already stays as it is', async () => {
  const app = await open();
  app.program.switchTab('home/home');
  expect(log).toEqual([]);
});

test('switching from a page above a tab closes that page, and leaves the tab below it alive', async () => {
  const app = await open();
  setN(app, 7);
  app.program.open('item/item', {});
  app.program.switchTab('cart/cart');
  expect(log).toEqual([
    ...['home hide', 'item load', 'item show'],
    ...['item unload', 'item hide', 'home hide', 'cart load', 'cart show'],
  ]);
  app.program.switchTab('home/home');
  await app.settle();
  expect(app.text()).toBe('home 7');
});

test('redirectTo closes the tab it leaves, reLaunch all of them', async () => {
  const app = await open();
  app.program.switchTab('cart/cart');
  log.length = 0;
  app.program.replace('item/item', {});
  expect(log).toEqual(['cart unload', 'cart hide', 'item load', 'item show']);
  log.length = 0;
  app.program.relaunch('cart/cart', {});
  expect(log).toEqual([
    ...['item unload', 'item hide', 'home unload', 'home hide'],
    ...['cart load', 'cart show'],
  ]);
  expect(app.program.allPages).toHaveLength(1);
});
