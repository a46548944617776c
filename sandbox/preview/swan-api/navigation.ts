import {
  argumentError,
  callAsync,
  callAsyncUnchecked,
  refusalOf,
  requireText,
  requireValue,
  type Options,
} from './callbacks';
import type { HostAdapter } from './host-adapter';

/** An address of a page: `/pages/a/a?x=1`, or relative to `from`. @throws URIError when its query is encoded wrongly */
export function resolvePage(url: string, from: string): { route: string; query: Record<string, string> } {
  const [path = '', query = ''] = url.split('?');
  const { pathname } = new URL(path, `https://swan.invalid/${from}`);
  decodeURIComponent(query);
  return { route: decodePath(pathname).replace(/^\//, ''), query: readQuery(query) };
}

/**
 * A query as a phone reads it. It cuts at each `?`, `&` and `=`: of an address or a base64 text that is not encoded with
 * encodeURIComponent(), the page gets the beginning.
 */
function readQuery(text: string): Record<string, string> {
  const pairs = text.split('&').filter(Boolean);
  return Object.fromEntries(
    pairs.map(pair => {
      const [name = '', value = ''] = pair.split('=');
      return [name, decodeURIComponent(value.replace(/\+/g, ' '))];
    }),
  );
}

/** Only these two are known. */
function frontColorOf({ frontColor }: Options): '#ffffff' | '#000000' {
  if (frontColor === '#ffffff' || frontColor === '#000000') return frontColor;
  throw argumentError(
    'setNavigationBarColor',
    `invalid frontColor "${String(frontColor)}", it must be #ffffff or #000000`,
  );
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Moving between pages, and the bar above them. */
export function createNavigation(host: HostAdapter) {
  const { navigation } = host;
  /**
   * A call that leads to another page. Its promise resolves when that page is loaded; of a move that a phone refuses it
   * resolves with undefined, or rejects when `rejects`.
   */
  const go =
    (name: string, move: (route: string, query: Record<string, string>) => void, { rejects = false } = {}) =>
    (given?: unknown): Promise<unknown> => {
      const moved = new Promise<unknown>((resolve, reject) =>
        callAsyncUnchecked(host, name, given, options => {
          try {
            const { route, query } = resolvePage(requireText(name, options, 'url'), navigation.route());
            move(route, query);
            setTimeout(resolve, 0, {});
          } catch (error) {
            if (rejects) reject(refusalOf(name, error));
            else resolve(undefined);
            // Without fail the mini-program would not learn of it.
            if (typeof options.fail !== 'function') host.onError(error, `swan.${name}`);
            throw error;
          }
        }),
      );
      // Who reads only the callbacks has no second error.
      moved.catch(() => undefined);
      return moved;
    };
  return {
    setNavigationBarTitle: (given?: unknown): void =>
      callAsyncUnchecked(host, 'setNavigationBarTitle', given, options =>
        host.navigationBar({ title: String(requireValue(options, 'title')) }),
      ),
    setNavigationBarColor: (given?: unknown): void =>
      callAsync(host, 'setNavigationBarColor', given, {
        prepare: options => ({ options, frontColor: frontColorOf(options) }),
        work: ({ options, frontColor }) =>
          host.navigationBar({
            frontColor,
            backgroundColor: String(requireValue(options, 'backgroundColor')),
          }),
      }),
    navigateTo: go('navigateTo', navigation.open),
    redirectTo: go('redirectTo', navigation.replace),
    reLaunch: go('reLaunch', navigation.relaunch, { rejects: true }),
    switchTab: go('switchTab', route => navigation.switchTab(route), { rejects: true }),
    navigateBack: (given?: unknown): Promise<void> =>
      new Promise(resolve =>
        callAsyncUnchecked(host, 'navigateBack', given, ({ delta }) => {
          navigation.back(typeof delta === 'number' ? delta : 1);
          resolve();
        }),
      ),
  };
}

/** Marks on the tabs, and the bar as a whole. */
export function createTabBar(host: HostAdapter) {
  const call =
    (name: string, work: (options: Options) => void) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, work);
  const mark = (name: string, badgeOf: (options: Options) => string | null) =>
    call(name, options => {
      const index = Number(requireValue(options, 'index'));
      if (!host.tabBar.mark(index, badgeOf(options)))
        throw argumentError(name, `the tab bar has no tab ${String(options.index)}`);
    });
  return {
    setTabBarBadge: mark('setTabBarBadge', options => requireText('setTabBarBadge', options, 'text')),
    removeTabBarBadge: mark('removeTabBarBadge', () => null),
    showTabBarRedDot: mark('showTabBarRedDot', () => ''),
    hideTabBarRedDot: mark('hideTabBarRedDot', () => null),
    showTabBar: call('showTabBar', () => host.tabBar.setShown(true)),
    hideTabBar: call('hideTabBar', () => host.tabBar.setShown(false)),
  };
}
