import { messageOf } from '../../error-message';
import type { Recorder, ViewReference } from '../runtime/environment';
import { jsonLength } from '../runtime/json-values';

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

  event({ path, id }: ViewReference, name: string, detail: unknown): void {
    this.events.push({ name, detail, id, is: path });
  }

  setData({ path, id }: ViewReference, changes: Record<string, unknown>, isLate: boolean): void {
    const count = (this.setDataLog[id ? `${path}#${id}` : path] ??= { calls: 0, bytes: 0, late: 0 });
    count.calls += 1;
    count.bytes += jsonLength(changes);
    if (isLate) count.late += 1;
  }

  call(name: string, options: unknown): void {
    this.calls.push({ name, options });
  }

  /** @returns the error in words */
  error(error: unknown, where: string): string {
    const text = `${where}: ${messageOf(error)}`;
    console.error(`${where}:`, error);
    this.errors.push(text);
    return text;
  }
}
