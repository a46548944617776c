/**
 * Detects parameter injection. The signed text is a plain join, so that it can be split into other parameters with the
 * same signature: a buyer who puts `&status=2&totalMoney=…` into returnData could replay the genuine notification of a
 * cheap order as one of an expensive order. A notification is unambiguous when no other split of its text changes a value
 * that counts, even if the split takes any part of it for returnData, promoDetail or an unknown parameter.
 */
import { jsonValue } from './json';
import { sortedPairs, UNSIGNED_PARAMETERS } from './signature';

export type NotificationKind = 'pay' | 'refund' | 'refund-audit';

const ID = /^\d*$/;
const INTEGER = /^(-?\d+)?$/;
const NO_SEPARATOR = /^[^&]*$/;

/** Values that money depends on, and their form. Empty means absent, which is refused elsewhere where it is required. */
const DECIDING: [string, RegExp][] = [
  ...['orderId', 'userId', 'dealId', 'refundBatchId'].map((name): [string, RegExp] => [name, ID]),
  ...['totalMoney', 'payMoney', 'status', 'payTime', 'refundStatus', 'applyRefundMoney'].map(
    (name): [string, RegExp] => [name, INTEGER],
  ),
  ['tpOrderId', NO_SEPARATOR],
];

/** Values that are only passed on: any text without a separator. */
const DESCRIBING = [
  ...[
    'unitPrice',
    'count',
    'promoMoney',
    'hbMoney',
    'hbBalanceMoney',
    'giftCardMoney',
    'payType',
    'partnerId',
  ],
].map((name): [string, RegExp] => [name, NO_SEPARATOR]);

/** The form of each parameter that never holds a separator. The others may hold any text: returnData, new parameters. */
const FORMS = new Map([...DECIDING, ...DESCRIBING]);

/** The parameters that every notification of a kind has, sorted by name. A split without them is refused anyway. */
const REQUIRED: Record<NotificationKind, readonly string[]> = {
  pay: ['dealId', 'orderId', 'payMoney', 'status', 'totalMoney', 'tpOrderId', 'userId'],
  refund: ['orderId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['applyRefundMoney', 'orderId', 'refundBatchId'],
};

/** The first deciding parameter that is not of its form, or null. */
export function findMalformedParameter(params: Readonly<Record<string, string>>): string | null {
  return DECIDING.find(([name, form]) => name in params && !form.test(params[name] ?? ''))?.[0] ?? null;
}

/** The first parameter that holds a separator where none is allowed, or null. `=` in a value is harmless: a split needs `&`. */
export function findSeparator(params: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(params)) {
    const holdsNone = !value.includes('&') || (!FORMS.has(name) && jsonValue(value) !== undefined);
    if (!holdsNone || name === '' || /[&=]/.test(name)) return name;
  }
  return null;
}

/** The text between two separators: the beginning of a parameter, or a further part of the previous one. */
interface Piece {
  /** '' when no parameter can begin here */
  name: string;
  /** the name takes this piece alone */
  isWhole: boolean;
  /** how many required names sort before this name, and how many before the next one */
  before: number;
  after: number;
}

const NO_BEGINNING: Piece = { name: '', isWhole: false, before: -1, after: -1 };

/** @param required sorted */
function toPiece(text: string, required: readonly string[]): Piece {
  const end = text.indexOf('=');
  if (end < 1) return NO_BEGINNING;
  const name = text.slice(0, end);
  if (UNSIGNED_PARAMETERS.includes(name)) return NO_BEGINNING;
  const form = FORMS.get(name);
  if (form && !form.test(text.slice(end + 1))) return NO_BEGINNING;
  const next = required.findIndex(each => each >= name);
  const before = next < 0 ? required.length : next;
  return {
    name,
    isWhole: form !== undefined,
    before,
    after: required[before] === name ? before + 1 : before,
  };
}

/**
 * Finds every piece with which a parameter begins in some split of the text that keeps the order of names and has all
 * required ones. One pass from each end, so that the work grows linearly with the number of separators.
 *
 * @returns for each piece whether a parameter can begin there
 */
function findBeginnings(pieces: readonly Piece[], required: readonly string[]): boolean[] {
  const follows = (piece: Piece, next: Piece): boolean =>
    piece.name < next.name && piece.after === next.before;

  // Of the parameters that can span several pieces, the one that sorts first can be followed by the most others.
  const first = new Map<number, string>();
  const fromStart = pieces.map(() => false);
  pieces.forEach((piece, i) => {
    if (piece.name === '') return;
    const previous = pieces[i - 1];
    const open = first.get(piece.before);
    fromStart[i] = previous
      ? (fromStart[i - 1] === true && follows(previous, piece)) || (open !== undefined && open < piece.name)
      : piece.before === 0;
    const known = first.get(piece.after);
    if (fromStart[i] && !piece.isWhole && (known === undefined || piece.name < known)) {
      first.set(piece.after, piece.name);
    }
  });

  const last = new Map<number, string>();
  const toEnd = pieces.map(() => false);
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i] as Piece;
    if (piece.name === '') continue;
    const next = pieces[i + 1];
    const mayEnd = piece.after === required.length && (!next || !piece.isWhole);
    const adjacent = next !== undefined && toEnd[i + 1] === true && follows(piece, next);
    const later = !piece.isWhole && (last.get(piece.after) ?? '') > piece.name;
    toEnd[i] = mayEnd || adjacent || later;
    if (toEnd[i] && (last.get(piece.before) ?? '') < piece.name) last.set(piece.before, piece.name);
  }
  return fromStart.map((reached, i) => reached && toEnd[i] === true);
}

/**
 * Finds a parameter whose text could also be other parameters.
 *
 * @param params with their values as in the signed text
 * @returns its name, or null when the text has one meaning only
 */
export function findAmbiguousParameter(
  params: Readonly<Record<string, string>>,
  kind: NotificationKind,
): string | null {
  // No payment has this parameter, so it was split off from the text of another one.
  if (kind === 'pay' && 'applyRefundMoney' in params) return 'applyRefundMoney';
  const others = (Object.keys(REQUIRED) as NotificationKind[]).filter(other => other !== kind);
  if (!Object.values(params).some(value => value.includes('&'))) {
    // Without a separator there is no other split, as in almost every notification. The names may still be those of two kinds.
    const other = others.find(each => REQUIRED[each].every(name => name in params));
    return other ? foreignName(other, kind) : null;
  }
  const pairs = sortedPairs(params);
  const texts: string[] = [];
  const owners: string[] = [];
  const begins: boolean[] = [];
  for (const [name, value] of pairs) {
    `${name}=${value}`.split('&').forEach((text, i) => {
      texts.push(text);
      owners.push(name);
      begins.push(i === 0);
    });
  }
  const required = REQUIRED[kind];
  const pieces = texts.map(text => toPiece(text, required));
  const elsewhere = findBeginnings(pieces, required).findIndex(
    (isBeginning, i) => isBeginning && !begins[i] && FORMS.has(pieces[i]?.name ?? ''),
  );
  if (elsewhere >= 0) return owners[elsewhere] ?? null;

  const names = new Set(pieces.map(piece => piece.name));
  for (const other of others) {
    const theirs = REQUIRED[other];
    if (!theirs.every(name => names.has(name))) continue;
    const beginnings = findBeginnings(
      texts.map(text => toPiece(text, theirs)),
      theirs,
    );
    if (beginnings[0]) return foreignName(other, kind);
  }
  return null;
}

/** The parameter that makes a notification one of another kind. */
function foreignName(other: NotificationKind, kind: NotificationKind): string | null {
  return REQUIRED[other].find(name => !REQUIRED[kind].includes(name)) ?? null;
}
