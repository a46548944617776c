import { HostError, type HostAdapter } from './host-adapter';
import { callAsync, callAsyncUnchecked, getOptions, textOf } from './callbacks';

/** System information, navigation bar, clipboard, login and cashier. */
export function createSystem(host: HostAdapter, has: (name: string) => boolean) {
  const login =
    (name: string) =>
    (given?: unknown): void =>
      callAsyncUnchecked(host, name, given, () => {
        if (!host.isLoggedIn()) throw new HostError(10004, 'user not logged in');
        return { code: 'preview-login-code' };
      });
  return {
    getSystemInfoSync: (): unknown => {
      host.onCall('getSystemInfoSync', undefined);
      return host.systemInfo();
    },
    getSystemInfo: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getSystemInfo', given, () => host.systemInfo()),
    getMenuButtonBoundingClientRect: () => menuButton(host.systemInfo()),
    /** Checks the name of the function only, not its parameters. */
    canIUse(schema: unknown): boolean {
      if (typeof schema !== 'string') throw new TypeError('canIUse needs a string');
      return has(schema.replace(/^swan\./, '').split('.')[0] ?? '');
    },
    nextTick(work: unknown): void {
      if (typeof work === 'function') setTimeout(() => work(), 0);
    },
    setNavigationBarTitle: (given?: unknown): void =>
      callAsyncUnchecked(host, 'setNavigationBarTitle', given, options =>
        host.navigationBar({ title: textOf('setNavigationBarTitle', options, 'title') }),
      ),
    setNavigationBarColor: (given?: unknown): void =>
      callAsyncUnchecked(host, 'setNavigationBarColor', given, options =>
        host.navigationBar({
          frontColor: textOf('setNavigationBarColor', options, 'frontColor'),
          backgroundColor: textOf('setNavigationBarColor', options, 'backgroundColor'),
        }),
      ),
    setClipboardData: (given?: unknown): void =>
      callAsync(
        host,
        'setClipboardData',
        given,
        (text: string) => host.clipboard.write(text),
        options => textOf('setClipboardData', options, 'data'),
      ),
    getClipboardData: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getClipboardData', given, async () => ({
        data: await host.clipboard.read(),
      })),
    isLoginSync: (): { isLogin: boolean } => {
      host.onCall('isLoginSync', undefined);
      return { isLogin: host.isLoggedIn() };
    },
    login: login('login'),
    getLoginCode: login('getLoginCode'),
    getNetworkType: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getNetworkType', given, () => ({ networkType: 'wifi' })),
    createSelectorQuery: (): unknown => host.selectorQuery(),
    requestPolymerPayment(given?: unknown): void {
      host.onCall('requestPolymerPayment', given);
      host.pay(getOptions(given));
    },
  };
}

/** Where the capsule is drawn, in px. */
function menuButton({ screenWidth, statusBarHeight }: Record<string, unknown>) {
  const top = (Number(statusBarHeight) || 0) + 6;
  const right = (Number(screenWidth) || 375) - 7;
  return { width: 87, height: 32, top, bottom: top + 32, left: right - 87, right };
}
