/** Turns an order into the texts of the template. Pure; money and times become text here and nowhere else. */
import { formatFen, type OrderMessages, type OrderView, type OrderViewStatus } from '../../utils/bundle';

export interface Row {
  title: string;
  text: string;
}

/** Texts only, and no undefined: Swan's setData refuses it. */
export interface ShownOrder {
  title: string;
  lines: { title: string; spec: string; thumbnail: string; unit: string; amount: string }[];
  /** some line has a picture, so the others keep its place free */
  pictures: boolean;
  /** details, fees and discounts, above the total */
  rows: Row[];
  total: string;
  /** below the total */
  facts: Row[];
  mismatch: string;
  note: string;
  /** what the order was when that was said; it is not true of another status */
  noteStatus: OrderViewStatus | '';
  number: string;
}

/**
 * @param sum what the lines come to in fen, null when that has no exact number
 * @param number the order number, which the purchase may know before the order does
 */
export function showOrder(
  order: OrderView,
  sum: number | null,
  number: string,
  words: OrderMessages,
): ShownOrder {
  const { lines, fees, discounts, details = [], totalAmount, refundedAmount, createdAt } = order;
  const charge =
    (sign: string) =>
    ({ title, amount }: { title: string; amount: number }): Row => ({
      title,
      text: (amount ? sign : '') + yuan(amount),
    });
  const facts: Row[] = [];
  if (refundedAmount) facts.push({ title: words.orderReturned, text: yuan(refundedAmount) });
  if (createdAt) facts.push({ title: words.orderCreated, text: formatTime(createdAt) });
  return {
    title: order.title,
    lines: lines.map(({ title, spec = '', thumbnail = '', unitAmount, quantity, amount }) => ({
      title,
      spec,
      thumbnail,
      unit: yuan(unitAmount) + ' × ' + quantity,
      amount: yuan(amount),
    })),
    pictures: lines.some(({ thumbnail }) => !!thumbnail),
    rows: details.concat(fees.map(charge('')), discounts.map(charge('-'))),
    total: yuan(totalAmount),
    facts,
    mismatch: sum === totalAmount ? '' : words.orderMismatch.replace('{sum}', sum === null ? '…' : yuan(sum)),
    note: order.note || '',
    noteStatus: order.note ? order.status : '',
    number,
  };
}

const yuan = (fen: number): string => (fen < 0 ? '-¥' : '¥') + formatFen(Math.abs(fen));

const two = (value: number): string => (value < 10 ? '0' : '') + value;

/** ms since the epoch -> "2026-11-23 09:05", in the person's time zone */
function formatTime(time: number): string {
  const date = new Date(time);
  return (
    [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-') +
    ' ' +
    [date.getHours(), date.getMinutes()].map(two).join(':')
  );
}

/** ms -> "14:59", "01:02:03", "2 天 03:04:05"; a second that has begun counts */
export function formatLeft(left: number, words: OrderMessages): string {
  const seconds = Math.ceil(left / 1000);
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const days = Math.floor(seconds / 86400);
  if (seconds < 3600) parts.shift();
  return (days ? days + ' ' + words.orderDays + ' ' : '') + parts.map(two).join(':');
}
