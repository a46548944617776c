/**
 * The platform. The only file that names the `swan` global; everything it hands out is a plain value or a callback,
 * and nothing it does throws: a host that refuses, lies or lacks an API becomes a value the caller must look at.
 */

export interface RequestOptions {
  url: string;
  method: string;
  data?: unknown;
  header?: Record<string, string>;
  success: (res: { data?: unknown; statusCode?: number }) => void;
  fail: (err?: unknown) => void;
}

/** Same shape as `swan.request`, so that a team's own wrapper or a cloud function can stand in for it. */
export type RequestPort = (options: RequestOptions) => { abort?: () => void } | void;

export interface PaymentOptions {
  orderInfo: object;
  bannedChannels?: string[];
  success: (res?: unknown) => void;
  fail: (err?: unknown) => void;
}

/** Same shape as `swan.requestPolymerPayment`. */
export type PaymentPort = (options: PaymentOptions) => void;

export interface PageInstance {
  route?: string;
}

export const swanRequest: RequestPort = options =>
  swan.request(options as unknown as swan.RequestOptions) as { abort?: () => void } | undefined;

/** `swan.requestPolymerPayment`, or null where the base library is older than 1.8.5 or the host has no cashier. */
export function swanPayment(): PaymentPort | null {
  const native: unknown = swan.requestPolymerPayment;
  return typeof native === 'function' ? options => swan.requestPolymerPayment(options) : null;
}

/** @param done with a tick, where there is room: a toast with an icon holds seven characters */
export function toast(title: string, done?: boolean): void {
  const icon = done && title.length <= 7 ? 'success' : 'none';
  attempt(() => swan.showToast({ title, icon, duration: 2000 }));
}

export interface Question {
  title: string;
  content: string;
  confirmText: string;
  cancelText: string;
}

/** Asks a yes-or-no question; a host that cannot ask, or a dismissed modal, is a no. */
export function ask(texts: Question, answer: (yes: boolean) => void): void {
  const no = (): void => answer(false);
  attempt(
    () => swan.showModal({ ...texts, success: res => answer(!!res.confirm), fail: no } as swan.ModalOptions),
    no,
  );
}

/** What storage holds under `key`, or undefined. A refused read looks like data on old hosts: check the shape. */
export function readStorage(key: string): unknown {
  return attempt(() => swan.getStorageSync(key) as unknown);
}

/** Writes and reads back. setStorageSync may fail without throwing, so only the comparison tells. */
export function writeStorage(key: string, value: { text: string }): boolean {
  attempt(() => swan.setStorageSync(key, value));
  const stored = readStorage(key) as { text?: unknown } | null | undefined;
  return !!stored && stored.text === value.text;
}

let ios: boolean | undefined;

export function isIos(): boolean {
  if (ios === undefined) {
    const info = attempt(() => swan.getSystemInfoSync()) || ({} as swan.SystemInfo);
    ios = /ios/i.test(info.platform || '') || /^ios/i.test(info.system || '');
  }
  return ios;
}

export function copyText(data: string, done: () => void): void {
  attempt(() => swan.setClipboardData({ data, success: done }));
}

/** The App instance: the one place that two copies of this package in one mini-program have in common. */
export function appInstance(): Record<string, unknown> | undefined {
  return attempt(() => getApp() as unknown as Record<string, unknown>);
}

/** The page stack, bottom first. Page objects keep their identity while the page is open. */
export function openPages(): PageInstance[] {
  return (attempt(() => getCurrentPages()) as unknown as PageInstance[]) || [];
}

function attempt<T>(action: () => T, otherwise?: () => void): T | undefined {
  try {
    return action();
  } catch {
    if (otherwise) otherwise();
    return undefined;
  }
}
