import type { SwanEvent } from './define-page';

export interface LoggedEvent {
  number: number;
  name: string;
  detail: string;
}

const MAX_EVENTS = 40;

let count = 0;
let log: LoggedEvent[] = [];

/** Adds an event of a component to the log, newest first. */
export function logEvent({ type, detail }: SwanEvent): LoggedEvent[] {
  log = [{ number: ++count, name: type, detail: JSON.stringify(detail) }].concat(log).slice(0, MAX_EVENTS);
  return log;
}

export const events = (): LoggedEvent[] => log;
