import { argumentError, callAsyncUnchecked, requireText, requireValue, type Options } from './callbacks';
import type { HostAdapter } from './host-adapter';

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
