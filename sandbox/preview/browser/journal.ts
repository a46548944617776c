import { ComponentNode } from '../runtime/component';
import type { Recorder } from '../runtime/program';
import { jsonLength } from '../runtime/values';

interface SetDataCount {
  calls: number;
  /** Length of the data of all calls, as JSON. */
  bytes: number;
  /** Calls after the page or component was gone, which nobody could see. */
  late: number;
}

/** What the mini-program did, for tests and the curious. */
export class Journal implements Recorder {
  /** By path, with the id of a component's tag: `swan-cashier/pay-button/pay-button#pay`. */
  readonly setDataLog: Record<string, SetDataCount> = {};
  readonly calls: { name: string; options: unknown }[] = [];
  readonly events: { name: string; detail: unknown; id: string; is: string }[] = [];
  /** Errors of the mini-program's code. */
  readonly errors: string[] = [];

  event(node: ComponentNode, name: string, detail: unknown): void {
    this.events.push({ name, detail, id: node.id, is: node.unit.id });
  }

  setData(of: Parameters<Recorder['setData']>[0], changes: Record<string, unknown>, late: boolean): void {
    const name = of instanceof ComponentNode && of.id ? `${of.unit.id}#${of.id}` : of.unit.id;
    const count = (this.setDataLog[name] ??= { calls: 0, bytes: 0, late: 0 });
    count.calls += 1;
    count.bytes += jsonLength(changes);
    if (late) count.late += 1;
  }

  called(name: string, options: unknown): void {
    this.calls.push({ name, options });
  }

  failed(error: unknown, where: string): void {
    console.error(`${where}:`, error);
    this.errors.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
