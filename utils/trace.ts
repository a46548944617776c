import { settings } from './config';
import type { Purchase } from './purchases';
import { now } from './records';

/** Tells configure({ onTrace }) of a step; nothing in it is secret, and a listener that throws harms nobody. */
export function trace({ orderKey, state }: Purchase, step: string, detail?: object): void {
  const { onTrace } = settings();
  const { phase, tpOrderId } = state;
  try {
    if (onTrace) onTrace({ at: now(), orderKey, step, phase, tpOrderId, ...detail });
  } catch (error) {
    console.error('swan-cashier: onTrace threw', error);
  }
}
