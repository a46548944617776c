import {
  DeviceError,
  type Device,
  type HttpRequest,
  type HttpResponse,
  type NavigationDevice,
} from '../swan-api/device';
import { fail } from '../swan-api/settle';
import type { Bar } from './bar';
import { byId } from './dom';
import type { Overlays } from './overlays';

type PaymentPort = (options: Record<string, unknown>, screen: HTMLElement) => void;

interface DeviceParts {
  overlays: Overlays;
  bar: Bar;
  navigation: NavigationDevice;
  /** The origin swan.request may reach; this server answers for it. */
  origin: string;
  /** Longest time for a request, in ms. */
  requestTimeout: number;
  called: Device['called'];
  failed: Device['failed'];
}

const STORAGE_PREFIX = 'swan:';

/** The phone the browser plays. Storage is the browser's, so that a reload is an app that was killed. */
export function browserDevice(parts: DeviceParts): Device {
  const { overlays, bar, navigation, requestTimeout, called, failed } = parts;
  const keys = (): string[] =>
    Object.keys(localStorage)
      .filter(key => key.startsWith(STORAGE_PREFIX))
      .map(key => key.slice(STORAGE_PREFIX.length));
  const device: Device = {
    navigation,
    requestTimeout,
    called,
    failed,
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
    request: request => send(request, parts.origin),
    toast: toast => overlays.toast(toast),
    modal: modal => overlays.modal(modal),
    actionSheet: (items, color) => overlays.actionSheet(items, color),
    navigationBar({ title, frontColor, backgroundColor }) {
      if (title !== undefined) bar.setTitle(title);
      if (frontColor !== undefined && backgroundColor !== undefined)
        bar.setColors(frontColor, backgroundColor);
    },
    clipboard: {
      read: () => navigator.clipboard.readText(),
      write: text => navigator.clipboard.writeText(text),
    },
    systemInfo,
    loggedIn: () => true,
    pay(options) {
      const { swanPorts } = window as { swanPorts?: { requestPolymerPayment?: PaymentPort } };
      const port = swanPorts?.requestPolymerPayment;
      if (port) {
        port(options, byId('screen'));
        return;
      }
      const missing =
        'no script registered window.swanPorts.requestPolymerPayment; pass one in the scripts option';
      setTimeout(() => fail(device, 'requestPolymerPayment', options, new DeviceError(1001, missing)), 0);
    },
  };
  return device;
}

/**
 * A phone with the Baidu App. Not 'devtools', because payments are played through to the end here. `?platform=ios` in
 * the address makes it an iPhone.
 */
function systemInfo(): Record<string, unknown> {
  const platform = new URLSearchParams(window.location.search).get('platform') === 'ios' ? 'ios' : 'android';
  const { clientWidth, clientHeight } = byId('screen');
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
    screenWidth: clientWidth,
    screenHeight: clientHeight,
    windowWidth: clientWidth,
    windowHeight: byId('pages').clientHeight,
    statusBarHeight: byId('status').clientHeight,
    navigationBarHeight: byId('navigation').clientHeight,
  };
}

/** Sends what goes to the allowed origin to our own server, and refuses the rest. */
async function send(request: HttpRequest, origin: string): Promise<HttpResponse> {
  const url = new URL(request.url);
  if (url.origin !== origin && url.origin !== window.location.origin) {
    const remedy = `the preview reaches only ${origin}; give it origin: '${url.origin}' to reach the other one`;
    console.error(`swan.request to ${url.origin} is refused: ${remedy}`);
    throw new DeviceError(202, `request:fail illegal request, ${url.origin} is not allowed: ${remedy}`);
  }
  let response: Response;
  let body: string | ArrayBuffer;
  try {
    response = await fetch(url.pathname + url.search, {
      method: request.method,
      headers: request.header,
      body: request.body,
      signal: request.signal,
      credentials: 'omit',
      cache: 'no-store',
    });
    body = await response.text();
  } catch (error) {
    throw new DeviceError(1001, `request:fail ${error instanceof Error ? error.message : String(error)}`);
  }
  return { statusCode: response.status, header: Object.fromEntries(response.headers), body };
}
