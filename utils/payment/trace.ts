import { settings } from '../config/config';
import { runSafely } from '../host/run-safely';
import { now } from '../host/swan';

/** Calls configure({ onTrace }); `detail` never holds a secret, and a listener that throws is caught. */
export function trace(event: string, tpOrderId: string, detail?: object): void {
  const { onTrace } = settings();
  if (onTrace) runSafely('onTrace', () => onTrace({ at: now(), event, tpOrderId, ...detail }));
}
