/** Turns an order into the texts of the template. Pure; money and times become text here and nowhere else. */
import { formatFen, type OrderView } from '../../utils/bundle';
import { say } from './texts';

export interface Row {
  title: string;
  text: string;
}

export interface ShownLine {
  title: string;
  spec: string;
  thumbnail: string;
  unit: string;
  amount: string;
}

/** Strings only, no undefined: Swan's setData refuses it. */
export interface ShownOrder {
  title: string;
  lines: ShownLine[];
  /** some line has a picture, so the others keep its place free */
  pictures: boolean;
  rows: Row[];
  total: string;
  refunded: string;
  mismatch: string;
  note: string;
  number: string;
  created: string;
}

/**
 * @param sum what the lines come to, null when that has no exact number
 * @param number the order number, also when only the purchase knows it
 */
export function showOrder(order: OrderView, sum: number | null, number: string): ShownOrder {
  const { title, lines, fees, discounts, details = [], totalAmount, refundedAmount, note, createdAt } = order;
  const charge =
    (sign: string) =>
    (item: { title: string; amount: number }): Row => ({
      title: item.title,
      text: (item.amount ? sign : '') + yuan(item.amount),
    });
  return {
    title,
    lines: lines.map(line => ({
      title: line.title,
      spec: line.spec || '',
      thumbnail: line.thumbnail || '',
      unit: yuan(line.unitAmount) + ' × ' + line.quantity,
      amount: yuan(line.amount),
    })),
    pictures: lines.some(line => !!line.thumbnail),
    rows: details.concat(fees.map(charge('')), discounts.map(charge('-'))),
    total: yuan(totalAmount),
    refunded: refundedAmount ? yuan(refundedAmount) : '',
    mismatch:
      sum === totalAmount ? '' : say('order-mismatch').replace('{sum}', sum === null ? '…' : yuan(sum)),
    note: note || '',
    number,
    created: createdAt === undefined ? '' : formatTime(createdAt),
  };
}

const yuan = (fen: number): string => (fen < 0 ? '-¥' : '¥') + formatFen(Math.abs(fen));

const two = (value: number): string => (value < 10 ? '0' : '') + value;

/** ms since the epoch -> "2026-11-23 09:05", in the person's time zone */
export function formatTime(time: number): string {
  const date = new Date(time);
  return (
    [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-') +
    ' ' +
    two(date.getHours()) +
    ':' +
    two(date.getMinutes())
  );
}

/** ms -> "14:59", "1:02:03", "2 天 03:04:05"; a second that has begun counts */
export function formatLeft(left: number): string {
  const seconds = Math.ceil(left / 1000);
  const part = (unit: number, size: number): number => Math.floor(seconds / unit) % size;
  const days = Math.floor(seconds / 86400);
  const hours = part(3600, 24);
  return (
    (days ? days + ' ' + say('order-days') + ' ' : '') +
    (days || hours ? two(hours) + ':' : '') +
    two(part(60, 60)) +
    ':' +
    two(seconds % 60)
  );
}
