import type { HostAdapter } from './host-adapter';
import { callAsync, callAsyncUnchecked, textOf } from './callbacks';

/** What a mini-program can ask of the phone: system information, network, clipboard, elements on the page. */
export function createSystem(host: HostAdapter, has: (name: string) => boolean) {
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
    setClipboardData: (given?: unknown): void =>
      callAsync(host, 'setClipboardData', given, {
        prepare: options => textOf('setClipboardData', options, 'data'),
        work: (text: string) => host.clipboard.write(text),
      }),
    getClipboardData: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getClipboardData', given, async () => ({
        data: await host.clipboard.read(),
      })),
    getNetworkType: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getNetworkType', given, () => ({ networkType: 'wifi' })),
    createSelectorQuery: (): unknown => host.selectorQuery(),
  };
}

/** Where the capsule is drawn, in px. */
function menuButton({ screenWidth, statusBarHeight }: Record<string, unknown>) {
  const top = (Number(statusBarHeight) || 0) + 6;
  const right = (Number(screenWidth) || 375) - 7;
  return { width: 87, height: 32, top, bottom: top + 32, left: right - 87, right };
}
