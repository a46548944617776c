/** Runs a function of the mini-program: what it throws is logged and does not disturb the payment. @param name for the log */
export function runSafely(name: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    console.error('swan-cashier: ' + name + ' threw', error);
  }
}
