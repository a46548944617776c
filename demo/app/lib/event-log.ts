import type { SwanEvent } from './page';

export interface LoggedEvent {
  number: number;
  name: string;
  detail: string;
}

const KEPT = 40;

let count = 0;
let log: LoggedEvent[] = [];

/** Notes what a component told the page, newest first, for developers who look. */
export function note({ type, detail }: SwanEvent): LoggedEvent[] {
  log = [{ number: ++count, name: type, detail: JSON.stringify(detail) }].concat(log).slice(0, KEPT);
  return log;
}

export const events = (): LoggedEvent[] => log;
