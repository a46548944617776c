/** What the properties of a component do when the page around it changes. */
import { runApp } from './run-app';

test('observers of properties find the other properties as they were when one setData() of the page changes them all', async () => {
  const log: unknown[] = [];
  const observed = (name: string) =>
    `${name}: { type: Number, value: 0, observer() { log.push(['${name}', this.data.amount, this.data.count]); } }`;
  const { runningApp, settle } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { goods: '../goods/goods' } },
      'p/p.swan': '<goods amount="{{amount}}" count="{{count}}" />',
      'p/p.js': 'Page({ data: { amount: 1, count: 1 } });',
      'goods/goods.json': { component: true },
      'goods/goods.swan': '<view>{{amount}}</view>',
      'goods/goods.js': `Component({ properties: { ${observed('amount')}, ${observed('count')} } });`,
    },
    { log },
  );
  log.length = 0;
  runningApp.top?.setData({ amount: 2, count: 2 });
  await settle();
  expect(log).toEqual([
    ['count', 1, 2],
    ['amount', 2, 2],
  ]);
});
