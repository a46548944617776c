import type { BackendAddress } from '../proxy-protocol';
import { fail } from '../swan-api/callbacks';
import { HostError, type HostAdapter, type NavigationAdapter } from '../swan-api/host-adapter';
import { sendToBackend } from './backend-request';
import type { Dialogs } from './dialogs';
import { byId } from './frame';

/** What the mini-program gave to swan.requestPolymerPayment. */
export interface PaymentOptions {
  orderInfo?: unknown;
  bannedChannels?: unknown;
  success?: unknown;
  fail?: unknown;
  complete?: unknown;
}

/** A cashier: a script of the preview's page sets one. @param screen where it draws */
export type PaymentPort = (options: PaymentOptions, screen: HTMLElement) => void;

declare global {
  interface Window {
    /** What other scripts of the page carry out for the mini-program. */
    swanPorts?: { requestPolymerPayment?: PaymentPort };
  }
}

interface HostParts {
  dialogs: Dialogs;
  navigationBar: HostAdapter['navigationBar'];
  tabBar: HostAdapter['tabBar'];
  navigation: NavigationAdapter;
  /** Where swan.request goes; null when nowhere. */
  backend: BackendAddress | null;
  /** Longest time for a request, in ms. */
  requestTimeout: number;
  /** Where a picture of the mini-program is, or one of its backend. */
  addressOf(url: string): string;
  page: HostAdapter['page'];
  onCall: HostAdapter['onCall'];
  onError: HostAdapter['onError'];
}

const STORAGE_PREFIX = 'swan:';

/** The host in a browser. Storage is the browser's, so that a reload is like an app that was killed. */
export function createBrowserHost(parts: HostParts): HostAdapter {
  const { dialogs, navigation, navigationBar, tabBar, requestTimeout, page, onCall, onError } = parts;
  const keys = (): string[] =>
    Object.keys(localStorage)
      .filter(key => key.startsWith(STORAGE_PREFIX))
      .map(key => key.slice(STORAGE_PREFIX.length));
  const host: HostAdapter = {
    navigation,
    navigationBar,
    tabBar,
    requestTimeout,
    page,
    onCall,
    onError,
    storage: {
      read(key) {
        const text = localStorage.getItem(STORAGE_PREFIX + key);
        return text === null ? undefined : (JSON.parse(text) as unknown);
      },
      write: (key, value) => localStorage.setItem(STORAGE_PREFIX + key, JSON.stringify(value)),
      remove: key => localStorage.removeItem(STORAGE_PREFIX + key),
      clear: () => keys().forEach(key => localStorage.removeItem(STORAGE_PREFIX + key)),
      keys,
    },
    request: request => sendToBackend(request, parts.backend),
    toast: toast => dialogs.toast(toast),
    modal: modal => dialogs.modal(modal),
    actionSheet: (items, color) => dialogs.actionSheet(items, color),
    picture: url => dialogs.picture(parts.addressOf(url)),
    clipboard: {
      read: () => navigator.clipboard.readText(),
      write: text => navigator.clipboard.writeText(text),
    },
    systemInfo,
    isLoggedIn: () => true,
    pay(options) {
      const port: PaymentPort | undefined = window.swanPorts?.requestPolymerPayment;
      if (port) {
        port(options, byId('screen'));
        return;
      }
      const missing =
        'no script registered window.swanPorts.requestPolymerPayment; pass one in the scripts option';
      setTimeout(() => fail(host, 'requestPolymerPayment', options, new HostError(1001, missing)), 0);
    },
  };
  return host;
}

/**
 * A phone with the Baidu App. Not 'devtools', because payments are carried out here. `?platform=ios` in
 * the address makes it an iPhone.
 */
function systemInfo(): Record<string, unknown> {
  const platform = new URLSearchParams(window.location.search).get('platform') === 'ios' ? 'ios' : 'android';
  const { clientWidth, clientHeight } = byId('screen');
  const { clientHeight: top } = byId('status');
  return {
    platform,
    system: platform === 'ios' ? 'iOS 17.0' : 'Android 12',
    brand: 'swan-preview',
    model: 'swan-preview',
    host: 'baiduboxapp',
    version: '13.50.0.10',
    SDKVersion: '3.300.1',
    swanNativeVersion: '1.13.8',
    language: 'zh_CN',
    fontSizeSetting: 16,
    pixelRatio: window.devicePixelRatio,
    devicePixelRatio: window.devicePixelRatio,
    screenWidth: clientWidth,
    screenHeight: clientHeight,
    windowWidth: clientWidth,
    windowHeight: byId('pages').clientHeight,
    statusBarHeight: top,
    navigationBarHeight: byId('navigation').clientHeight,
    safeArea: {
      left: 0,
      right: clientWidth,
      top,
      bottom: clientHeight,
      width: clientWidth,
      height: clientHeight - top,
    },
  };
}
