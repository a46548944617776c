import { callAsyncUnchecked, textOf, type Options } from './callbacks';
import type { HostAdapter } from './host-adapter';

type BarChange = Parameters<HostAdapter['navigationBar']>[0];

/** An address of a page: `/pages/a/a?x=1`, or relative to `from`. */
export function resolvePage(url: string, from: string): { route: string; query: Record<string, string> } {
  const { pathname, searchParams } = new URL(url, `https://swan.invalid/${from}`);
  return { route: pathname.replace(/^\//, ''), query: Object.fromEntries(searchParams) };
}

/** Moving between pages, and the bar above them. */
export function createNavigation(host: HostAdapter) {
  const { navigation } = host;
  const go =
    (name: string, move: (route: string, query: Record<string, string>) => void) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, options => {
        const { route, query } = resolvePage(textOf(name, options, 'url'), navigation.route());
        move(route, query);
      });
  const setBar =
    (name: string, change: (options: Options) => BarChange) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, options => host.navigationBar(change(options)));
  return {
    setNavigationBarTitle: setBar('setNavigationBarTitle', options => ({
      title: textOf('setNavigationBarTitle', options, 'title'),
    })),
    setNavigationBarColor: setBar('setNavigationBarColor', options => ({
      frontColor: textOf('setNavigationBarColor', options, 'frontColor'),
      backgroundColor: textOf('setNavigationBarColor', options, 'backgroundColor'),
    })),
    navigateTo: go('navigateTo', navigation.open),
    redirectTo: go('redirectTo', navigation.replace),
    reLaunch: go('reLaunch', navigation.relaunch),
    switchTab: go('switchTab', route => navigation.switchTab(route)),
    navigateBack: (given?: unknown): void =>
      callAsyncUnchecked(host, 'navigateBack', given, ({ delta }) =>
        navigation.back(typeof delta === 'number' ? delta : 1),
      ),
  };
}
