/** Mistakes that TypeScript must find: each line below fails to compile, or this file does. */
import type {
  Config,
  OrderInfo,
  OrderView,
  PayButtonEvents,
  PayButtonInstance,
  PayButtonProps,
  PayOutcome,
} from 'swan-cashier';
import { configure, formatFen } from 'swan-cashier';

declare const instance: PayButtonInstance;
declare const outcome: PayOutcome;
declare const order: OrderView;

// @ts-expect-error a property is written in camelCase here
export const hyphenated: PayButtonProps = { 'create-url': '/orders' };
// @ts-expect-error there is no such look
export const look: PayButtonProps = { type: 'ghost' };
// @ts-expect-error 'auto', 'none' or a list, all of them text
export const toast: PayButtonProps = { toast: false };
// @ts-expect-error channels are a list
export const channels: PayButtonProps = { bannedChannels: 'Alipay' };

// @ts-expect-error totalAmount is text of fen, not a number
export const amount: OrderInfo['totalAmount'] = 1260;
// @ts-expect-error an order without its signature
export const unsigned: OrderInfo = {
  dealId: '1',
  appKey: 'MM',
  totalAmount: '1',
  tpOrderId: 'T1',
  dealTitle: '茶',
  signFieldsRange: '1',
};

// @ts-expect-error only a cancel has a cause
export const by: string = outcome.by;
// @ts-expect-error only a failure has a reason
export const reason: string = outcome.reason;
// @ts-expect-error there is no such outcome
export const refused: boolean = outcome.outcome === 'refused';
// @ts-expect-error what the cashier handed over is not to be relied on
export const raw: { payId: string } = ({} as PayButtonEvents['paysuccess']).raw;
// @ts-expect-error there is no such event
export type Unknown = PayButtonEvents['paid'];

// @ts-expect-error the phase is only read
instance.phase = 'paid';
// @ts-expect-error what pay() takes is called payload
void instance.pay({ orderPayload: {} });
// @ts-expect-error reset() says whether it did, not which order
export const given: string = instance.reset();
// @ts-expect-error pay() takes one object
void instance.pay('T1', 1260);
// @ts-expect-error a promise, not an outcome
export const now: PayOutcome = instance.pay();

// @ts-expect-error there is no such status
order.status = 'done';
// @ts-expect-error amounts are numbers
order.totalAmount = '1260';

// @ts-expect-error a misspelt setting
configure({ baseURL: 'https://shop.example' });
// @ts-expect-error a setting that is called userId
configure({ owner: 'ann' });
// @ts-expect-error English is imported
configure({ locale: 'en' });
// @ts-expect-error a time that is called statusTimeout
configure({ timing: { look: 3000 } });
// @ts-expect-error there is no such meaning
configure({ outcomes: { 6: 'maybe' } });
// @ts-expect-error statuses are words
export const mapStatus: Config['mapStatus'] = () => 2;
// @ts-expect-error fen are numbers
formatFen('680');
