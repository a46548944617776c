import { settings } from '../config/config';
import { now } from './ledger-storage';

/** Calls configure({ onTrace }); no step holds a secret, and a listener that throws is caught. */
export function trace(event: string, tpOrderId: string, detail?: object): void {
  const { onTrace } = settings();
  if (onTrace) guard('onTrace', () => onTrace({ at: now(), event, tpOrderId, ...detail }));
}

/** Runs a function of the mini-program that must not disturb a payment. */
export function guard(name: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    console.error('swan-cashier: ' + name + ' threw', error);
  }
}
