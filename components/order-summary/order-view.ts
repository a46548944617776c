/** Reads an order as a backend or an orderInfo describes it, and checks that it adds up. Pure. */
import {
  isOrderStatus,
  jsonObject,
  MAX_FEN,
  type OrderCharge,
  type OrderDetail,
  type OrderLine,
  type OrderView,
  type OrderViewStatus,
  parseFen,
  readStatus,
  toObject,
  toText,
} from '../../utils/bundle';

export interface ReadOrder {
  /** null when something in it cannot be believed */
  order: OrderView | null;
  /** known even then; '' when it has none */
  tpOrderId: string;
  /** lines + fees - discounts in fen; null beyond what a number holds exactly */
  sum: number | null;
  /** one English sentence for a developer: the field, what is wrong with it; '' when nothing is */
  problem: string;
}

type Fields = Record<string, unknown>;

/** Large sums are carried in two halves, so that thousands of the largest amounts still add up exactly. */
const HALF = 1e8;

/** Adds what is to be paid and takes off what is not; null when the sum has no exact number. */
export function sumOf({
  lines,
  fees,
  discounts,
}: Pick<OrderView, 'lines' | 'fees' | 'discounts'>): number | null {
  let high = 0;
  let low = 0;
  const add =
    (sign: number) =>
    ({ amount }: { amount: number }): void => {
      const rest = amount % HALF;
      low += sign * rest;
      high += (sign * (amount - rest)) / HALF;
    };
  lines.forEach(add(1));
  fees.forEach(add(1));
  discounts.forEach(add(-1));
  const sum = high * HALF + low;
  return Math.abs(sum) <= MAX_FEN ? sum : null;
}

/**
 * Reads an OrderView. Amounts must be integer fen (digits are understood), a status must be a known one; texts that are
 * missing are empty. Without a status it is unpaid: a quote has none.
 */
export function readOrder(value: unknown): ReadOrder {
  let problem = '';
  const complain = (field: string, what: string, found: unknown): void => {
    problem = problem || field + ' must be ' + what + ', got ' + JSON.stringify(found);
  };
  const source = toObject(value) as Fields | null;
  const fields = source || {};
  if (!source || Array.isArray(source)) complain('order', 'an object', value);

  const amountOf = (holder: Fields, key: string, path: string): number => {
    const fen = parseFen(holder[key]);
    if (fen === null) complain(path + key, 'integer fen', holder[key]);
    return fen || 0;
  };
  const listOf = <Item>(key: string, read: (item: Fields, path: string) => Item): Item[] => {
    const list = isAbsent(fields[key]) ? [] : fields[key];
    if (!Array.isArray(list)) {
      complain(key, 'a list', list);
      return [];
    }
    return list.map((item, index) => {
      const path = key + '[' + index + ']';
      if (!toObject(item)) complain(path, 'an object', item);
      return read((toObject(item) || {}) as Fields, path + '.');
    });
  };
  const timeOf = (key: string): number | undefined => {
    const time = fields[key];
    if (isAbsent(time) || time === 0) return undefined;
    // Below 1e11 it was counted in seconds.
    if (typeof time === 'number' && time > 1e11 && !isNaN(new Date(time).getTime())) return time;
    complain(key, 'ms since the epoch, as a number', time);
    return undefined;
  };
  const readCharge = (item: Fields, path: string): OrderCharge => ({
    title: toText(item.title),
    amount: amountOf(item, 'amount', path),
  });
  const readLine = (item: Fields, path: string): OrderLine => {
    const quantity = +toText(item.quantity);
    if (!(quantity > 0 && isFinite(quantity))) complain(path + 'quantity', 'a number above 0', item.quantity);
    return {
      title: toText(item.title),
      thumbnail: toText(item.thumbnail),
      spec: toText(item.spec),
      unitAmount: amountOf(item, 'unitAmount', path),
      quantity,
      amount: amountOf(item, 'amount', path),
    };
  };
  const readDetail = (item: Fields): OrderDetail => ({ title: toText(item.title), text: toText(item.text) });

  // The words of an OrderView are understood as they are; mapStatus is for a backend that has its own.
  const status = isAbsent(fields.status)
    ? 'unpaid'
    : fields.status === 'paying' || isOrderStatus(fields.status)
      ? fields.status
      : readStatus(fields);
  if (!status) complain('status', 'a known status', fields.status);

  const order: OrderView = {
    tpOrderId: toText(fields.tpOrderId),
    title: toText(fields.title),
    lines: listOf('lines', readLine),
    fees: listOf('fees', readCharge),
    discounts: listOf('discounts', readCharge),
    details: listOf('details', readDetail),
    totalAmount: isVoid(fields) ? 0 : amountOf(fields, 'totalAmount', ''),
    status: status as OrderViewStatus,
    refundedAmount: isAbsent(fields.refundedAmount) ? 0 : amountOf(fields, 'refundedAmount', ''),
    createdAt: timeOf('createdAt'),
    expiresAt: timeOf('expiresAt'),
    serverTime: timeOf('serverTime'),
    note: toText(fields.note),
  };
  const { tpOrderId = '' } = order;
  return { order: problem ? null : order, tpOrderId, sum: sumOf(order), problem };
}

/** Reads what an orderInfo tells a person: its title, its amount, and the rows the cashier shows on top. */
export function readOrderInfoRows(value: unknown): ReadOrder {
  const info = (toObject(value) || {}) as Fields;
  const read = readOrder({
    title: info.dealTitle,
    tpOrderId: info.tpOrderId,
    totalAmount: info.totalAmount,
    details: topBlock(jsonObject(info.bizInfo)),
  });
  // It names no lines, so there is nothing that could fail to add up.
  if (read.order) read.sum = read.order.totalAmount;
  return read;
}

/** bizInfo.tpData.displayData.cashierTopBlock: groups of { leftCol, rightCol }. */
function topBlock(bizInfo: Fields | undefined): OrderDetail[] {
  const rows: OrderDetail[] = [];
  const groups = ['tpData', 'displayData', 'cashierTopBlock'].reduce<unknown>(
    (holder, key) => toObject(holder) && (holder as Fields)[key],
    bizInfo,
  );
  const each = (list: unknown, visit: (item: unknown) => void): void => {
    if (Array.isArray(list)) list.forEach(visit);
  };
  each(groups, group =>
    each(group, row => {
      const { leftCol, rightCol } = (toObject(row) || {}) as Fields;
      if (toText(leftCol) || toText(rightCol)) rows.push({ title: toText(leftCol), text: toText(rightCol) });
    }),
  );
  return rows;
}

/** Nothing was ordered: no line, no charge, no text and no amount. */
export function isEmpty({ title, lines, fees, discounts, details = [], totalAmount }: OrderView): boolean {
  return !(totalAmount || title || lines.length + fees.length + discounts.length + details.length);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** `{}` stands for "no order", so it needs no amount. */
const isVoid = (fields: Fields): boolean => !Object.keys(fields).length;
