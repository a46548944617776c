import type { Swan } from '../swan-api';
import type { BrowserRecorder } from './browser-recorder';

/** What tests and the console can do with the running mini-program. */
export interface Preview extends Pick<BrowserRecorder, 'setDataLog' | 'calls' | 'events' | 'errors'> {
  /** Routes of the open pages, the visible one last. */
  pages(): string[];
  /** What getCurrentPages() has for the page on top. */
  page(): unknown;
  /** What getApp() answers. */
  app(): unknown;
  /** The mini-program's swan object. */
  swan: Swan;
  /** What selectComponent answers on the page on top. */
  component(selector: string): unknown;
  /** The user leaves the app, without the screen that says so. */
  appHide(): void;
  appShow(): void;
  back(): void;
  /** The app is killed and opened again on the same page. */
  reload(): void;
}

declare global {
  interface Window {
    preview?: Preview;
  }
}
