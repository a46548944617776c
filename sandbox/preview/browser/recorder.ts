import type { Recorder, Source } from '../runtime/context';
import { jsonLength } from '../runtime/data';
import type { Swan } from '../swan-api';

interface SetDataCount {
  calls: number;
  /** Length of the data of all calls, as JSON. */
  bytes: number;
  /** Calls after the page or component was removed, without an effect on the screen. */
  late: number;
}

/** Records what the mini-program did, for tests and the console. */
export class BrowserRecorder implements Recorder {
  /** By path, with the id of a component's tag: `swan-cashier/pay-button/pay-button#pay`. */
  readonly setDataLog: Record<string, SetDataCount> = {};
  readonly calls: { name: string; options: unknown }[] = [];
  readonly events: { name: string; detail: unknown; id: string; is: string }[] = [];
  /** Errors of the mini-program's code, and problems of pages and components that cannot be shown. */
  readonly errors: string[] = [];

  event({ path, id }: Source, name: string, detail: unknown): void {
    this.events.push({ name, detail, id, is: path });
  }

  setData({ path, id }: Source, changes: Record<string, unknown>, late: boolean): void {
    const count = (this.setDataLog[id ? `${path}#${id}` : path] ??= { calls: 0, bytes: 0, late: 0 });
    count.calls += 1;
    count.bytes += jsonLength(changes);
    if (late) count.late += 1;
  }

  call(name: string, options: unknown): void {
    this.calls.push({ name, options });
  }

  /** @returns the error in words */
  error(error: unknown, where: string): string {
    const text = `${where}: ${error instanceof Error ? error.message : String(error)}`;
    console.error(`${where}:`, error);
    this.errors.push(text);
    return text;
  }
}

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
