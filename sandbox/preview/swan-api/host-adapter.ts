export interface HttpRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  /** null for requests without a body. */
  body: string | ArrayBuffer | null;
  /** What the body of the answer is wanted as. */
  responseType: 'text' | 'arraybuffer';
  /** Aborted when the mini-program gives up or the time is over. */
  signal: AbortSignal;
}

export interface HttpResponse {
  statusCode: number;
  header: Record<string, string>;
  body: string | ArrayBuffer;
}

export interface Toast {
  title: string;
  icon: 'success' | 'loading' | 'none';
  mask: boolean;
  /** ms, or null for one that stays until it is hidden. */
  duration: number | null;
}

export interface Modal {
  title: string;
  content: string;
  showCancel: boolean;
  cancelText: string;
  confirmText: string;
  cancelColor: string;
  confirmColor: string;
}

/** Storage under the mini-program; each function may throw, and `write` may refuse with an error object. */
export interface StorageAdapter {
  /** undefined for a key that was never written. */
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
  clear(): void;
  keys(): string[];
}

/** A refusal of the host, as the mini-program gets it. */
interface Refusal {
  errCode: number | string;
  errMsg: string;
}

/** An error of the host whose values the mini-program gets unchanged. */
export class HostError extends Error implements Refusal {
  constructor(
    readonly errCode: number | string,
    readonly errMsg: string,
  ) {
    super(errMsg);
  }
}

/** Where a mini-program can go. A function throws where there is no such page. */
export interface NavigationAdapter {
  /** The route of the page on top, to resolve relative addresses with. */
  route(): string;
  open(route: string, query: Record<string, string>): void;
  replace(route: string, query: Record<string, string>): void;
  relaunch(route: string, query: Record<string, string>): void;
  switchTab(route: string): void;
  back(count: number): void;
}

export interface NavigationBarChange {
  title?: string;
  frontColor?: '#ffffff' | '#000000';
  backgroundColor?: string;
}

/** The bar of tabs below the pages. */
export interface TabBarAdapter {
  /**
   * Marks a tab until it is marked otherwise.
   * @param badge text at the icon; '' for a dot, null for nothing
   * @returns whether there is such a tab
   */
  mark(index: number, badge: string | null): boolean;
  /** Whether the bar is below pages that are tabs. */
  setShown(isShown: boolean): void;
}

/** What the swan object does with a page. */
export interface PageAdapter {
  readonly query: Record<string, string>;
  createSelectorQuery(): unknown;
  createIntersectionObserver(options: unknown): unknown;
  /** @param top px */
  scrollTo(top: number, isSmooth: boolean): void;
  /** As if the user had pulled the page down. */
  pullDown(): void;
}

/** What the swan object needs of the phone: it differs between a browser and a test. */
export interface HostAdapter {
  storage: StorageAdapter;
  navigation: NavigationAdapter;
  /** Longest time for a request, in ms. */
  requestTimeout: number;
  /** Resolves with any HTTP response; rejects when there is none. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Shows a toast in place of any other, or none. */
  toast(toast: Toast | null): void;
  /** Answers whether the user confirmed. */
  modal(modal: Modal): Promise<boolean>;
  /** Answers the index of the chosen item, or null. */
  actionSheet(items: string[], itemColor: string): Promise<number | null>;
  /** Shows a picture over the whole screen until the user taps it. */
  picture(url: string): void;
  /** The page on top. */
  page(): PageAdapter;
  /** Changes the bar of the page on top, for as long as that page is open. */
  navigationBar(change: NavigationBarChange): void;
  tabBar: TabBarAdapter;
  clipboard: { read(): Promise<string>; write(text: string): Promise<void> };
  systemInfo(): Record<string, unknown>;
  /** Runs for every call of the swan object before it is carried out. */
  onCall(name: string, options: unknown): void;
  /** The cashier. It checks the options and calls their success, fail and complete itself. */
  pay(options: Record<string, unknown>): void;
  /** An error thrown by a callback of the mini-program. */
  onError(error: unknown, where: string): void;
  /** Whether the user is logged in to Baidu. */
  isLoggedIn(): boolean;
}
