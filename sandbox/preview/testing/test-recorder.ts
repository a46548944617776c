import { messageOf } from '../../error-message';
import type { Recorder, ViewReference } from '../runtime/environment';
import { jsonLength } from '../runtime/json-values';

/** An event a component triggered, with or without a listener. */
export interface RecordedEvent {
  name: string;
  detail: unknown;
  /** Id of the component's tag. */
  id: string;
  /** Path of the component. */
  is: string;
}

/** One call of setData. */
export interface RecordedSetData {
  /** Path of the page or component. */
  is: string;
  id: string;
  keys: string[];
  /** Length of the data as JSON. */
  bytes: number;
}

/** Records, for the test, what the mini-program does and what goes wrong in it. */
export class TestRecorder implements Recorder {
  /** What components triggered since the mini-program started, in order. */
  events: RecordedEvent[] = [];
  setDataCalls: RecordedSetData[] = [];
  private readonly failures: string[] = [];

  readonly fail = (error: unknown, where: string): void => {
    this.failures.push(
      `${where}: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`,
    );
  };

  /** Returns the errors so far and clears them. */
  takeErrors(): string[] {
    return this.failures.splice(0);
  }

  /** A new mini-program starts; what went wrong before stays. */
  restart(): void {
    this.events = [];
    this.setDataCalls = [];
  }

  event({ path, id }: ViewReference, name: string, detail: unknown): void {
    this.events.push({ name, detail, id, is: path });
  }

  setData({ path, id }: ViewReference, changes: Record<string, unknown>, isLate: boolean): void {
    const keys = Object.keys(changes);
    this.setDataCalls.push({ is: path, id, keys, bytes: jsonLength(changes) });
    if (isLate) this.fail(new Error(`setData(${keys.join(', ')}) after detach or close`), path);
  }
}
