/** Turns an order into the data of the template. Pure; money and times become text here and nowhere else. */
import {
  formatFen,
  type OrderFailDetail,
  type OrderMessages,
  type OrderMismatch,
  type OrderView,
  type OrderViewStatus,
} from '../../utils/internal';
import { errorMessage } from './messages';
import type { CurrentOrder } from './current-order';
import { isEmpty, type ParsedOrder } from './parse-order';

export interface Row {
  title: string;
  text: string;
}

/** Texts only, and no undefined: Swan's setData refuses it. */
interface OrderViewModel {
  title: string;
  lines: { title: string; spec: string; thumbnail: string; unit: string; amount: string }[];
  /** some line has a picture, so the others keep its place free */
  hasPictures: boolean;
  /** details, fees and discounts, above the total */
  rows: Row[];
  total: string;
  /** below the total */
  meta: Row[];
  mismatch: string;
  note: string;
  /** the status it came with; of another one it may not be true */
  noteStatus: OrderViewStatus | '';
  tpOrderId: string;
}

/** The data of the template. */
export interface ViewData {
  /** 'hidden': virtual goods on iOS */
  state: 'loading' | 'ready' | 'empty' | 'error' | 'hidden';
  view: OrderViewModel | null;
  status: OrderViewStatus | '';
  statusText: string;
  /** seen while the status is unpaid */
  timeLeft: string;
  /** in place of an order */
  reason: string;
  canRetry: boolean;
  isSafe: boolean;
  messages: OrderMessages;
}

/** Why no order could be loaded. */
export type LoadFailure = Omit<OrderFailDetail, 'stale'>;

/**
 * @param parsed null while no order was read
 * @param failure null while nothing failed, and while an earlier order is still shown
 */
export function stateOf(
  parsed: ParsedOrder | null,
  failure: LoadFailure | null,
): Exclude<ViewData['state'], 'hidden'> {
  if (failure) return 'error';
  if (!parsed || !parsed.order) return 'loading';
  return isEmpty(parsed.order) ? 'empty' : 'ready';
}

/** @param lastTimeLeft the text that was shown of the same order, '' for none */
export function toViewData(
  parsed: ParsedOrder | null,
  failure: LoadFailure | null,
  current: CurrentOrder,
  messages: OrderMessages,
  lastTimeLeft: string,
): Omit<ViewData, 'canRetry' | 'isSafe'> {
  const { status, timeLeft } = current;
  const state = stateOf(parsed, failure);
  // What was left when it was paid keeps its place, unseen, so that nothing below it moves.
  const keptTimeLeft = status === 'unpaid' ? '' : lastTimeLeft;
  const emptyReason = state === 'empty' ? messages.orderEmpty : '';
  return {
    state,
    view: parsed && parsed.order && toViewModel(parsed.order, parsed.mismatch, current.tpOrderId, messages),
    status,
    statusText: status && messages[`status-${status}` as const],
    timeLeft: timeLeft ? formatTimeLeft(timeLeft, messages) : keptTimeLeft,
    reason: failure ? errorMessage(failure, messages) : emptyReason,
    messages,
  };
}

/** @param tpOrderId the order number, which the payment may know before the order does */
export function toViewModel(
  order: OrderView,
  mismatch: OrderMismatch | null,
  tpOrderId: string,
  messages: OrderMessages,
): OrderViewModel {
  const chargeRow =
    (sign: string) =>
    ({ title, amount }: { title: string; amount: number }): Row => ({
      title,
      text: (amount ? sign : '') + formatYuan(amount),
    });
  const { lines, refundedAmount, createdAt, note = '' } = order;
  const meta: Row[] = [];
  if (refundedAmount) meta.push({ title: messages.orderReturned, text: formatYuan(refundedAmount) });
  if (createdAt) meta.push({ title: messages.orderCreated, text: formatTime(createdAt) });
  return {
    title: order.title,
    lines: lines.map(line => ({
      title: line.title,
      spec: line.spec || '',
      thumbnail: line.thumbnail || '',
      unit: formatYuan(line.unitAmount) + ' × ' + line.quantity,
      amount: formatYuan(line.amount),
    })),
    hasPictures: lines.some(line => !!line.thumbnail),
    rows: (order.details || []).concat(order.fees.map(chargeRow('')), order.discounts.map(chargeRow('-'))),
    total: formatYuan(order.totalAmount),
    meta,
    mismatch: mismatch
      ? messages.orderMismatch.replace('{sum}', mismatch.sum === null ? '…' : formatYuan(mismatch.sum))
      : '',
    note,
    noteStatus: note && order.status,
    tpOrderId,
  };
}

const formatYuan = (fen: number): string => (fen < 0 ? '-¥' : '¥') + formatFen(Math.abs(fen));

/** ms since the epoch -> "2026-11-23 09:05", in the user's time zone */
function formatTime(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60000;
  return new Date(time - offset).toISOString().slice(0, 16).replace('T', ' ');
}

/** ms -> "14:59", "01:02:03", "2 天 03:04:05"; a second that has begun counts */
export function formatTimeLeft(timeLeft: number, messages: OrderMessages): string {
  const seconds = Math.ceil(timeLeft / 1000);
  const days = Math.floor(seconds / 86400);
  // What is left besides whole days is a time of day in UTC.
  const clock = new Date(seconds * 1000).toISOString().slice(seconds < 3600 ? 14 : 11, 19);
  return (days ? days + ' ' + messages.orderDays + ' ' : '') + clock;
}
