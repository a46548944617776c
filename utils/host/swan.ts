/**
 * The platform. The only file that names the `swan` global. Everything it returns is a plain value or a callback, and it
 * never throws: a host that refuses, lies or lacks an API becomes a value the caller must check.
 */

export interface RequestOptions {
  url: string;
  method: string;
  data?: unknown;
  header?: Record<string, string>;
  success: (res: { data?: unknown; statusCode?: number }) => void;
  fail: (err?: unknown) => void;
}

/**
 * Same shape as `swan.request`, so that a team's own wrapper or a cloud function can stand in for it. It may be async: what
 * the promise resolves to is ignored, `success` has to be called.
 */
export type RequestAdapter = (
  options: RequestOptions,
) => { abort?: () => void } | PromiseLike<unknown> | void;

export interface PaymentOptions {
  orderInfo: object;
  bannedChannels?: string[];
  success: (res?: unknown) => void;
  fail: (err?: unknown) => void;
}

/** Same shape as `swan.requestPolymerPayment`. */
export type PaymentAdapter = (options: PaymentOptions) => void;

export interface PageInstance {
  route?: string;
}

export const swanRequest: RequestAdapter = options =>
  swan.request(options as unknown as swan.RequestOptions) as { abort?: () => void } | undefined;

/** `swan.requestPolymerPayment`, or null where the base library is older than 1.8.5 or the host has no cashier. */
export function swanPayment(): PaymentAdapter | null {
  const native: unknown = swan.requestPolymerPayment;
  return typeof native === 'function' ? options => swan.requestPolymerPayment(options) : null;
}

/** @param icon left out where there is no room: a toast with one holds seven characters */
export function showToast(title: string, icon: 'success' | 'none'): void {
  tryCall(() => swan.showToast({ title, icon: title.length > 7 ? 'none' : icon, duration: 2000 }));
}

export interface Question {
  title: string;
  content: string;
  confirmText: string;
  cancelText: string;
}

/** @param reply called with null where the host cannot ask */
export function showModal(question: Question, reply: (yes: boolean | null) => void): void {
  const failed = (): void => reply(null);
  tryCall(
    () =>
      swan.showModal({
        ...question,
        success: res => reply(!!res && !!res.confirm),
        fail: failed,
      } as swan.ModalOptions),
    failed,
  );
}

/** @returns what storage holds under `key`, '' for nothing, and undefined where reading failed */
export function readStorage(key: string): unknown {
  const stored = tryCall(() => swan.getStorageSync(key) as unknown) as
    { errCode?: unknown } | null | undefined;
  // Hosts refuse with null, or return their error as if it were data.
  return stored === null || (stored && stored.errCode) ? undefined : stored;
}

/** Writes and reads back: setStorageSync may fail without throwing, so only reading back shows it. */
export function writeStorage(key: string, value: { text: string }): boolean {
  tryCall(() => swan.setStorageSync(key, value));
  const stored = readStorage(key) as { text?: unknown } | undefined;
  return !!stored && stored.text === value.text;
}

let info: { platform?: string; system?: string } = {};

function systemInfo(): typeof info {
  // A busy host may answer an error once.
  if (!info.platform && !info.system) info = tryCall(() => swan.getSystemInfoSync()) || {};
  return info;
}

export function isIos(): boolean {
  const { platform, system } = systemInfo();
  return /ios/i.test('' + platform) || /^ios/i.test('' + system);
}

/** The platform name of DevTools is unverified: no source says it for certain. */
const DEVTOOLS = 'devtools';

export function isDevtools(): boolean {
  return systemInfo().platform === DEVTOOLS;
}

/** Of the running package, such as `production`; '' where the host does not say. */
export function envVersion(): string {
  const { env } = Object(tryCall(() => swan.getEnvInfoSync())) as { env?: unknown };
  return typeof env === 'string' ? env : '';
}

export function copyText(data: string, done: () => void): void {
  tryCall(() => swan.setClipboardData({ data, success: done }));
}

/** The App instance: the one place that two copies of this package in one mini-program have in common. */
export function appInstance(): Record<string, unknown> | undefined {
  return tryCall(() => getApp() as unknown as Record<string, unknown>);
}

/** The page stack, bottom first. Page objects keep their identity while the page is open. */
export function openPages(): PageInstance[] {
  return (tryCall(() => getCurrentPages()) as unknown as PageInstance[]) || [];
}

/** ms since the epoch, by the device clock */
export const now = (): number => new Date().getTime();

function tryCall<T>(action: () => T, otherwise?: () => void): T | undefined {
  try {
    return action();
  } catch {
    if (otherwise) otherwise();
    return undefined;
  }
}
