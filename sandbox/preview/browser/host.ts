import { messageOf } from '../../error-message';
import {
  BACKEND_PATH,
  COOKIE_HEADER,
  FAILURE_HEADER,
  SET_COOKIE_HEADER,
  type BackendAddress,
} from '../proxy-protocol';
import type { PaymentPort } from '../swan-ports';
import { fail } from '../swan-api/callbacks';
import {
  HostError,
  type HostAdapter,
  type HttpRequest,
  type HttpResponse,
  type NavigationAdapter,
} from '../swan-api/host-adapter';
import type { Dialogs } from './dialogs';
import { byId } from './dom';

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
    request: request => send(request, parts.backend),
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

/** Sends what goes to the backend by way of this server, and refuses the rest. */
async function send(request: HttpRequest, backend: BackendAddress | null): Promise<HttpResponse> {
  const url = new URL(request.url);
  if (url.origin !== backend?.origin) {
    const reached = backend ? `requests go to ${backend.origin} alone` : 'no backend is given';
    const remedy = `${reached}; to reach ${url.origin}, start the sandbox with --backend ${url.origin}`;
    console.error(`swan.request to ${url.origin} is refused: ${remedy}`);
    throw new HostError(202, `request:fail illegal request, ${remedy}`);
  }
  let response: Response;
  let body: string | ArrayBuffer;
  try {
    response = await fetch(backendBase(backend) + url.pathname + url.search, {
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.header).map(([name, value]) => [sentName(name), value]),
      ),
      body: request.body,
      signal: request.signal,
      credentials: 'omit',
      cache: 'no-store',
    });
    const bytes = await response.arrayBuffer();
    body = request.responseType === 'arraybuffer' ? bytes : decode(bytes, response.headers);
  } catch (error) {
    throw new HostError(1001, `request:fail ${messageOf(error)}`);
  }
  const failure = response.headers.get(FAILURE_HEADER);
  if (failure !== null) throw new HostError(1001, `request:fail ${decodeURIComponent(failure)}`);
  const header = Object.fromEntries(
    [...response.headers].map(([name, value]) => [receivedName(name), value]),
  );
  return { statusCode: response.status, header, body };
}

/** The text of an answer in the charset that its header names, UTF-8 otherwise. */
function decode(bytes: ArrayBuffer, headers: Headers): string {
  const [, charset = 'utf-8'] =
    /charset\s*=\s*["']?([^\s;"']+)/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** A browser hides cookies from scripts, a phone does not: cookies get another name on the way to our server. */
const sentName = (name: string): string => (/^cookie$/i.test(name) ? COOKIE_HEADER : name);
const receivedName = (name: string): string => (name === SET_COOKIE_HEADER ? 'Set-Cookie' : name);

/** The prefix of the backend's paths on the preview's server; '' when that server is the backend. */
export const backendBase = ({ server }: BackendAddress): string =>
  server === null || server === window.location.origin ? '' : BACKEND_PATH;
