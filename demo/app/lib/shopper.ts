const STORAGE_KEY = 'shopper';

let shopper = '';

/** A random id of this phone, by which orders are listed, so that the demo needs no login. */
export function shopperHeader(): Record<string, string> {
  shopper = shopper || stored() || createId();
  return { 'X-Shopper': shopper };
}

function stored(): string {
  const value: unknown = swan.getStorageSync(STORAGE_KEY);
  return typeof value === 'string' ? value : '';
}

function createId(): string {
  const id = `${new Date().getTime().toString(36)}-${Math.random().toString(36).slice(2)}`;
  swan.setStorageSync(STORAGE_KEY, id);
  return id;
}
