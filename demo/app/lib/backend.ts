/** Where the shop is. On a phone it must be https and listed among the request domains of the mini-program. */
export const BACKEND = 'http://127.0.0.1:8790';

const TROUBLE = '网络不太顺畅，请稍后再试';

/** With these statuses the shop's message is for the user; with others it is for developers. */
const STATUSES_FOR_USERS = [200, 409, 502, 503];

/**
 * Sends a request to the shop. @returns what its envelope `{ errno, msg, data }` holds; rejects with an Error whose
 * message can be shown
 */
export function request<Data>(method: 'GET' | 'POST', path: string, data?: object): Promise<Data> {
  return new Promise((resolve, reject) => {
    swan.request({
      url: BACKEND + path,
      method,
      data,
      header: shopperHeader(),
      success: ({ statusCode, data: body }) => {
        const { errno, msg, data: answer } = Object(body) as { errno?: number; msg?: string; data?: Data };
        if (errno === 0 && statusCode === 200) resolve(answer as Data);
        else reject(new Error((STATUSES_FOR_USERS.indexOf(statusCode) >= 0 && msg) || TROUBLE));
      },
      fail: () => reject(new Error(TROUBLE)),
    });
  });
}

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
