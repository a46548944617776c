/** Reads an order as a backend or an orderInfo describes it, and checks that it adds up. Pure. */
import {
  isOrderStatus,
  MAX_FEN,
  type OrderMismatch,
  type OrderView,
  parseFen,
  readStatus,
  settings,
  toObject,
  toText,
} from '../../utils/internal';

export interface ParsedOrder {
  /** null when something in it is wrong */
  order: OrderView | null;
  /** known even then; '' when it has none */
  tpOrderId: string;
  /** null when the lines add up to the total, and when no lines were given */
  mismatch: OrderMismatch | null;
  /** one English sentence for a developer: the field, and what is wrong with it; '' when nothing is */
  problem: string;
}

type Fields = Record<string, unknown>;

/** Lines + fees - discounts in fen; null where adding them up goes beyond what a number holds exactly. */
export function sumOf({
  lines,
  fees,
  discounts,
}: Pick<OrderView, 'lines' | 'fees' | 'discounts'>): number | null {
  let sum: number | null = 0;
  const add =
    (sign: number) =>
    ({ amount }: { amount: number }): void => {
      if (sum !== null) sum += sign * amount;
      if (sum !== null && Math.abs(sum) > MAX_FEN) sum = null;
    };
  lines.forEach(add(1));
  fees.forEach(add(1));
  discounts.forEach(add(-1));
  return sum;
}

/** @param path names the value: "lines[0].amount" */
type Report = (path: string, expected: string, found: unknown) => void;
type Reader = (found: unknown, path: string, report: Report) => unknown;
type Readers = Record<string, Reader>;

/**
 * Reads an OrderView. Amounts must be integer fen and times ms, both also as digits; a status must be a known one; texts
 * that are missing are empty, and no number is shown that may have lost digits. Without a status it is unpaid: a quote has
 * none.
 */
export function parseOrder(value: unknown, isAnswer = false): ParsedOrder {
  let problem = '';
  const report: Report = (path, expected, found) => {
    problem = problem || path + ' must be ' + expected + ', got ' + JSON.stringify(found);
  };
  // PHP writes an empty object as [].
  const found = isEmptyList(toObject(value)) ? {} : value;
  const source = (toObject(found) || {}) as Fields;
  const order = readFields(found, '', orderReaders({ source, isAnswer }), report) as unknown as OrderView;
  const { tpOrderId = '', totalAmount } = order;
  const sum = problem ? 0 : sumOf(order);
  return {
    order: problem ? null : order,
    tpOrderId,
    mismatch: isAbsent(source.lines) || problem || sum === totalAmount ? null : { sum, totalAmount },
    problem,
  };
}

interface ReadOrder {
  /** the whole order, which mapStatus reads */
  source: Fields;
  /** it came from order-url: a page may write an order without a status, a backend has one */
  isAnswer: boolean;
}

function orderReaders(order: ReadOrder): Readers {
  const charge = { title: readText, amount: readAmount };
  return {
    tpOrderId: readText,
    title: readText,
    lines: listOf({
      title: readText,
      thumbnail: readText,
      spec: readText,
      unitAmount: readAmount,
      quantity: readQuantity,
      amount: readAmount,
    }),
    fees: listOf(charge),
    discounts: listOf(charge),
    details: listOf({ title: readText, text: readText }),
    // `{}` means that there is no order, so it needs no amount.
    totalAmount: Object.keys(order.source).length ? readAmount : () => 0,
    status: (found, path, report) => readOrderStatus(found, path, report, order),
    refundedAmount: (found, path, report) => (isAbsent(found) ? 0 : readAmount(found, path, report)),
    createdAt: readTime,
    expiresAt: readTime,
    serverTime: readTime,
    note: readText,
  };
}

function readFields(found: unknown, path: string, readers: Readers, report: Report): Fields {
  const source = toObject(found) as Fields | null;
  if (!source || Array.isArray(source)) report(path || 'order', 'an object', found);
  const fields: Fields = {};
  Object.keys(readers).forEach(key => {
    const read = readers[key] as Reader;
    fields[key] = read(source ? source[key] : undefined, (path && path + '.') + key, report);
  });
  return fields;
}

const listOf =
  (readers: Readers): Reader =>
  (found, path, report) => {
    if (Array.isArray(found)) {
      return found.map((item, index) => readFields(item, path + '[' + index + ']', readers, report));
    }
    if (!isAbsent(found)) report(path, 'a list', found);
    return [];
  };

const readText: Reader = (found, path, report) => {
  if (typeof found !== 'number' || Math.abs(found) <= MAX_FEN) return toText(found);
  report(path, 'in quotes: a number beyond 2^53 loses digits', found);
  return '';
};

const readAmount: Reader = (found, path, report) => {
  const fen = parseFen(found);
  if (fen === null) report(path, 'integer fen', found);
  return fen;
};

const readQuantity: Reader = (found, path, report) => {
  const count = +toText(found);
  if (!(count > 0 && count <= MAX_FEN)) report(path, 'a number above 0', found);
  return count;
};

const readTime: Reader = (found, path, report) => {
  const ms = typeof found === 'string' && /^\d+$/.test(found) ? +found : found;
  if (isAbsent(ms) || ms === '' || ms === 0) return undefined;
  // Below 1e11 it was counted in seconds, above 1e14 in microseconds.
  if (typeof ms === 'number' && ms > 1e11 && ms < 1e14) return ms;
  // createdAt is only shown, and without it nothing that is shown is wrong.
  if (path !== 'createdAt') report(path, 'ms since the epoch', found);
  return undefined;
};

function readOrderStatus(
  found: unknown,
  path: string,
  report: Report,
  { source, isAnswer }: ReadOrder,
): unknown {
  // The status of an OrderView is understood as it is; mapStatus is for a backend that has its own.
  if (found === 'paying' || isOrderStatus(found)) return found;
  // A quote, which has no number, has no status either; an order may have it under another name.
  const isMapped = !!settings().mapStatus && !!toText(source.tpOrderId);
  const status = isMapped || !isAbsent(found) ? readStatus(source) : null;
  if (status) return status;
  if (isAbsent(found) && !(isMapped && isAnswer)) return 'unpaid';
  report(path, 'a known status', found);
  return null;
}

/** Reads what a user sees of an orderInfo: its title, its amount, and the rows the cashier shows on top. */
export function parseOrderOfInfo(value: unknown): ParsedOrder {
  const info = (toObject(value) || {}) as Fields;
  return parseOrder({
    title: info.dealTitle,
    tpOrderId: info.tpOrderId,
    totalAmount: info.totalAmount,
    status: 'unpaid',
    details: topBlock(info.bizInfo),
  });
}

interface BizInfo {
  tpData: { displayData: { cashierTopBlock: { leftCol: unknown; rightCol: unknown }[][] } };
}

function topBlock(bizInfo: unknown): Fields[] {
  const rows: Fields[] = [];
  try {
    const { tpData } = JSON.parse(bizInfo as string) as BizInfo;
    tpData.displayData.cashierTopBlock.forEach(group =>
      group.forEach(({ leftCol, rightCol }) => rows.push({ title: leftCol, text: rightCol })),
    );
  } catch {
    // Shows the rows before the first one of another shape.
  }
  return rows;
}

/** Nothing was ordered: no line, no charge, no text and no amount. */
export function isEmpty({ title, lines, fees, discounts, details = [], totalAmount }: OrderView): boolean {
  return !(totalAmount || title || lines[0] || fees[0] || discounts[0] || details[0]);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isEmptyList = (value: unknown): boolean => value instanceof Array && !value.length;
