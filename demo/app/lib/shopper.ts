const KEY = 'shopper';

let shopper = '';

/** Orders are listed by an id this phone has made up: nobody has to log in to look around the demo. */
export function shopperHeader(): Record<string, string> {
  shopper = shopper || stored() || invent();
  return { 'X-Shopper': shopper };
}

function stored(): string {
  const value: unknown = swan.getStorageSync(KEY);
  return typeof value === 'string' ? value : '';
}

function invent(): string {
  const id = `${new Date().getTime().toString(36)}-${Math.random().toString(36).slice(2)}`;
  swan.setStorageSync(KEY, id);
  return id;
}
