/** What the lifetimes of an app and its pages are called with. */
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
