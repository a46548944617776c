/** The events that components receive, one after the other, also where a handler causes the next one. */
import { runSafely } from '../host/run-safely';

const queue: (() => void)[] = [];
let isFlushing = false;

/** Queues an event, in order; a handler that pays from within only adds to the queue. */
export function enqueue(action: () => void): void {
  queue.push(action);
}

/** Whether a handler of an event is running. */
export const isDelivering = (): boolean => isFlushing;

export function flush(): void {
  if (isFlushing) return;
  isFlushing = true;
  for (let action = queue.shift(); action; action = queue.shift()) runSafely('an event handler', action);
  isFlushing = false;
}
