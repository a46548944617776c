import { shopperHeader } from './shopper';

/** Where the shop is. On a phone it must be https and listed among the request domains of the mini-program. */
export const BACKEND = 'http://127.0.0.1:8790';

const TROUBLE = '网络不太顺畅，请稍后再试';

/** The shop's own words for these are meant for people; with other statuses they tell a developer what is wrong. */
const SPEAKS_TO_PEOPLE = [200, 409, 502, 503];

/**
 * Asks the shop.
 * @returns what its envelope `{ errno, msg, data }` holds; rejects with an Error whose message can be shown
 */
export function ask<Data>(method: 'GET' | 'POST', path: string, data?: object): Promise<Data> {
  return new Promise((resolve, reject) => {
    swan.request({
      url: BACKEND + path,
      method,
      data,
      header: shopperHeader(),
      success: ({ statusCode, data: body }) => {
        const { errno, msg, data: answer } = Object(body) as { errno?: number; msg?: string; data?: Data };
        if (errno === 0 && statusCode === 200) resolve(answer as Data);
        else reject(new Error((SPEAKS_TO_PEOPLE.indexOf(statusCode) >= 0 && msg) || TROUBLE));
      },
      fail: () => reject(new Error(TROUBLE)),
    });
  });
}
