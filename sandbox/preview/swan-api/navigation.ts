import type { Device } from './device';
import { answerLater, textOf, type Options } from './settle';

/** An address of a page: `/pages/a/a?x=1`, or relative to `from`. */
export function resolvePage(url: string, from: string): { route: string; query: Record<string, string> } {
  const { pathname, searchParams } = new URL(url, `https://swan.invalid/${from}`);
  return { route: pathname.replace(/^\//, ''), query: Object.fromEntries(searchParams) };
}

/** Moving between pages. */
export function createNavigation(device: Device) {
  const { navigation } = device;
  const target = (name: string, options: Options) =>
    resolvePage(textOf(name, options, 'url'), navigation.route());
  const go =
    (name: string, move: (route: string, query: Record<string, string>) => void) =>
    (given?: unknown): void =>
      answerLater(device, name, given, options => {
        const { route, query } = target(name, options);
        move(route, query);
      });
  return {
    navigateTo: go('navigateTo', navigation.open),
    redirectTo: go('redirectTo', navigation.replace),
    reLaunch: go('reLaunch', navigation.relaunch),
    switchTab: go('switchTab', navigation.relaunch),
    navigateBack: (given?: unknown): void =>
      answerLater(device, 'navigateBack', given, ({ delta }) =>
        navigation.back(typeof delta === 'number' ? delta : 1),
      ),
  };
}
