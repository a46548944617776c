/** Reads an order as a backend or an orderInfo describes it, and checks that it adds up. Pure. */
import {
  isOrderStatus,
  MAX_FEN,
  type OrderMismatch,
  type OrderView,
  parseFen,
  readStatus,
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

/** @param path names the value in a complaint: "lines[0].amount" */
type Reader = (found: unknown, path: string) => unknown;

/**
 * Reads an OrderView. Amounts must be integer fen and times ms, both also as digits; a status must be a known one; texts
 * that are missing are empty, and no number is shown that may have lost digits. Without a status it is unpaid: a quote has
 * none.
 */
export function parseOrder(value: unknown): ParsedOrder {
  let problem = '';
  const complain = (path: string, expected: string, found: unknown): void => {
    problem = problem || path + ' must be ' + expected + ', got ' + JSON.stringify(found);
  };

  const readFields = (found: unknown, path: string, readers: Record<string, Reader>): Fields => {
    const source = toObject(found) as Fields | null;
    if (!source || Array.isArray(source)) complain(path || 'order', 'an object', found);
    const fields: Fields = {};
    Object.keys(readers).forEach(key => {
      fields[key] = (readers[key] as Reader)(source ? source[key] : undefined, (path && path + '.') + key);
    });
    return fields;
  };
  const listOf =
    (readers: Record<string, Reader>): Reader =>
    (found, path) => {
      if (Array.isArray(found)) {
        return found.map((item, index) => readFields(item, path + '[' + index + ']', readers));
      }
      if (!isAbsent(found)) complain(path, 'a list', found);
      return [];
    };
  const text: Reader = (found, path) => {
    if (typeof found !== 'number' || Math.abs(found) <= MAX_FEN) return toText(found);
    complain(path, 'in quotes: a number beyond 2^53 loses digits', found);
    return '';
  };
  const amount: Reader = (found, path) => {
    const fen = parseFen(found);
    if (fen === null) complain(path, 'integer fen', found);
    return fen;
  };
  const quantity: Reader = (found, path) => {
    const count = +toText(found);
    if (!(count > 0 && count <= MAX_FEN)) complain(path, 'a number above 0', found);
    return count;
  };
  const time: Reader = (found, path) => {
    const ms = typeof found === 'string' && /^\d+$/.test(found) ? +found : found;
    if (isAbsent(ms) || ms === '' || ms === 0) return undefined;
    // Below 1e11 it was counted in seconds, above 1e14 in microseconds.
    if (typeof ms === 'number' && ms > 1e11 && ms < 1e14) return ms;
    // It is only shown, and without it nothing that is shown is wrong.
    if (path !== 'createdAt') complain(path, 'ms since the epoch', found);
    return undefined;
  };
  const status: Reader = (found, path) => {
    if (isAbsent(found)) return 'unpaid';
    // The words of an OrderView are understood as they are; mapStatus is for a backend that has its own.
    const word = found === 'paying' || isOrderStatus(found) ? found : readStatus(source);
    if (!word) complain(path, 'a known status', found);
    return word;
  };

  const source = (toObject(value) || {}) as Fields;
  const charge = { title: text, amount };
  const order = readFields(value, '', {
    tpOrderId: text,
    title: text,
    lines: listOf({ title: text, thumbnail: text, spec: text, unitAmount: amount, quantity, amount }),
    fees: listOf(charge),
    discounts: listOf(charge),
    details: listOf({ title: text, text }),
    // `{}` means that there is no order, so it needs no amount.
    totalAmount: Object.keys(source).length ? amount : () => 0,
    status,
    refundedAmount: (found, path) => (isAbsent(found) ? 0 : amount(found, path)),
    createdAt: time,
    expiresAt: time,
    serverTime: time,
    note: text,
  }) as unknown as OrderView;
  const { tpOrderId = '', totalAmount } = order;
  const sum = problem ? 0 : sumOf(order);
  return {
    order: problem ? null : order,
    tpOrderId,
    mismatch: isAbsent(source.lines) || problem || sum === totalAmount ? null : { sum, totalAmount },
    problem,
  };
}

/** Reads what an orderInfo says to a person: its title, its amount, and the rows the cashier shows on top. */
export function parseOrderOfInfo(value: unknown): ParsedOrder {
  const info = (toObject(value) || {}) as Fields;
  return parseOrder({
    title: info.dealTitle,
    tpOrderId: info.tpOrderId,
    totalAmount: info.totalAmount,
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
    // The rows up to what has another shape are shown.
  }
  return rows;
}

/** Nothing was ordered: no line, no charge, no text and no amount. */
export function isEmpty({ title, lines, fees, discounts, details = [], totalAmount }: OrderView): boolean {
  return !(totalAmount || title || lines[0] || fees[0] || discounts[0] || details[0]);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
