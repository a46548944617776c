import type { HostAdapter } from './host-adapter';
import { callAsync, callAsyncUnchecked, requireText } from './callbacks';

/** The preview does not know the app key that Baidu gave the mini-program. */
const APP_ID = 'preview';

/**
 * What a mini-program can ask of the phone: system information, network, clipboard.
 * @param knows whether a phone has a function or a tag of this name
 */
export function createSystem(host: HostAdapter, knows: (name: string) => boolean) {
  return {
    ...createEnvironment(host),
    ...base64Functions,
    getSystemInfoSync: (): unknown => {
      host.onCall('getSystemInfoSync', undefined);
      return host.systemInfo();
    },
    getSystemInfo: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getSystemInfo', given, () => host.systemInfo()),
    getBatteryInfoSync: () => ({ level: '100', isCharging: true }),
    getMenuButtonBoundingClientRect: () => menuButton(host.systemInfo()),
    /** Checks the name of the function or tag only, not what is in it. As on a phone, a function it names may still fail. */
    canIUse(schema: unknown): boolean {
      if (typeof schema !== 'string') throw new TypeError('canIUse needs a string');
      return knows(schema.replace(/^swan\./, '').split('.')[0] ?? '');
    },
    nextTick(work: unknown): void {
      if (typeof work === 'function') setTimeout(() => work(), 0);
    },
    setClipboardData: (given?: unknown): void =>
      callAsync(host, 'setClipboardData', given, {
        prepare: options => requireText('setClipboardData', options, 'data'),
        work: (text: string) => host.clipboard.write(text),
      }),
    getClipboardData: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getClipboardData', given, async () => ({
        data: await host.clipboard.read(),
      })),
    getNetworkType: (given?: unknown): void =>
      callAsyncUnchecked(host, 'getNetworkType', given, () => ({ networkType: 'wifi' })),
  };
}

/** What a mini-program can ask about itself. */
function createEnvironment(host: HostAdapter) {
  const extConfig = { extConfig: {} };
  return {
    /** Where a phone keeps the files of the mini-program. */
    env: { USER_DATA_PATH: 'bdfile://usr' },
    getEnvInfoSync: (): unknown => ({
      appKey: APP_ID,
      appName: APP_ID,
      lastAppURL: `baiduboxapp://swan/${APP_ID}/${host.navigation.route()}`,
      sdkVersion: host.systemInfo().SDKVersion,
      scheme: 'baiduboxapp',
    }),
    getAccountInfoSync: (): unknown => ({ miniProgram: { appId: APP_ID } }),
    getExtConfigSync: (): unknown => extConfig,
    getExtConfig: (given?: unknown): void => callAsyncUnchecked(host, 'getExtConfig', given, () => extConfig),
  };
}

/** Where the capsule is drawn, in px. */
function menuButton({ screenWidth, statusBarHeight }: Record<string, unknown>) {
  const top = (Number(statusBarHeight) || 0) + 6;
  const right = (Number(screenWidth) || 375) - 7;
  return { width: 87, height: 32, top, bottom: top + 32, left: right - 87, right };
}

/** swan.arrayBufferToBase64 and swan.base64ToArrayBuffer. */
const base64Functions = {
  arrayBufferToBase64: (buffer: ArrayBuffer): string =>
    btoa(Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join('')),
  base64ToArrayBuffer: (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer,
};
