/**
 * Detects parameter injection. The signed text is a plain join, so that it can be split into other parameters with the
 * same signature: a buyer who puts `&status=2&totalMoney=…` into returnData could replay the genuine notification of a
 * cheap order as one of an expensive order. A notification is unambiguous when no other split of its text changes a
 * critical or informational parameter, whichever part of the text that split gives to returnData, promoDetail or an unknown
 * parameter.
 */
import { tryParseJson } from './json';
import { sortedEntries, UNSIGNED_PARAMETERS } from './signature';

export type NotificationKind = 'pay' | 'refund' | 'refund-audit';

const ID = /^\d*$/;
const INTEGER = /^(-?\d+)?$/;
const NO_SEPARATOR = /^[^&]*$/;

/** Parameters that money depends on, and the pattern of their values. An empty value counts as absent. */
const CRITICAL_PARAMETERS: [string, RegExp][] = [
  ...['orderId', 'userId', 'dealId', 'refundBatchId'].map((name): [string, RegExp] => [name, ID]),
  ...['totalMoney', 'payMoney', 'status', 'payTime', 'refundStatus', 'applyRefundMoney'].map(
    (name): [string, RegExp] => [name, INTEGER],
  ),
  ['tpOrderId', NO_SEPARATOR],
];

/** Parameters that no decision depends on: any text without a separator. */
const INFORMATIONAL_PARAMETERS = [
  'unitPrice',
  'count',
  'promoMoney',
  'hbMoney',
  'hbBalanceMoney',
  'giftCardMoney',
  'payType',
  'partnerId',
].map((name): [string, RegExp] => [name, NO_SEPARATOR]);

/** The pattern of each parameter that never holds a separator. The others may hold any text: returnData, new parameters. */
const PATTERNS = new Map([...CRITICAL_PARAMETERS, ...INFORMATIONAL_PARAMETERS]);

/** The parameters that every notification of a kind has, sorted by name. A split without them is refused anyway. */
const REQUIRED: Record<NotificationKind, readonly string[]> = {
  pay: ['dealId', 'orderId', 'payMoney', 'status', 'totalMoney', 'tpOrderId', 'userId'],
  refund: ['orderId', 'refundBatchId', 'refundStatus'],
  'refund-audit': ['applyRefundMoney', 'orderId', 'refundBatchId'],
};

/** The first critical parameter whose value does not match its pattern, or null. */
export function findMalformedParameter(params: Readonly<Record<string, string>>): string | null {
  return (
    CRITICAL_PARAMETERS.find(([name, pattern]) => name in params && !pattern.test(params[name] ?? ''))?.[0] ??
    null
  );
}

/** The first parameter that holds a separator where none is allowed, or null. `=` in a value is harmless: a split needs `&`. */
export function findParameterWithSeparator(params: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(params)) {
    const holdsNone = !value.includes('&') || (!PATTERNS.has(name) && tryParseJson(value) !== undefined);
    if (!holdsNone || name === '' || /[&=]/.test(name)) return name;
  }
  return null;
}

/** The text between two separators: the beginning of a parameter, or a further part of the previous one. */
interface Piece {
  /** '' when no parameter can begin here */
  name: string;
  /** the value of this name has no separator, so that it ends with this piece */
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
  const pattern = PATTERNS.get(name);
  if (pattern && !pattern.test(text.slice(end + 1))) return NO_BEGINNING;
  const next = required.findIndex(each => each >= name);
  const before = next < 0 ? required.length : next;
  return {
    name,
    isWhole: pattern !== undefined,
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

  // By the number of required names up to it: of the parameters that can span several pieces, the one that sorts first,
  // because it can be followed by the most others.
  const firstSpanning = new Map<number, string>();
  const fromStart = pieces.map(() => false);
  pieces.forEach((piece, i) => {
    if (piece.name === '') return;
    const previous = pieces[i - 1];
    const spanning = firstSpanning.get(piece.before);
    fromStart[i] = previous
      ? (fromStart[i - 1] === true && follows(previous, piece)) ||
        (spanning !== undefined && spanning < piece.name)
      : piece.before === 0;
    const known = firstSpanning.get(piece.after);
    if (fromStart[i] && !piece.isWhole && (known === undefined || piece.name < known)) {
      firstSpanning.set(piece.after, piece.name);
    }
  });

  // By the number of required names before it: the parameter that sorts last of those from which the end can be reached.
  const lastToEnd = new Map<number, string>();
  const toEnd = pieces.map(() => false);
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i] as Piece;
    if (piece.name === '') continue;
    const next = pieces[i + 1];
    const mayEnd = piece.after === required.length && (!next || !piece.isWhole);
    const adjacent = next !== undefined && toEnd[i + 1] === true && follows(piece, next);
    const later = !piece.isWhole && (lastToEnd.get(piece.after) ?? '') > piece.name;
    toEnd[i] = mayEnd || adjacent || later;
    if (toEnd[i] && (lastToEnd.get(piece.before) ?? '') < piece.name) {
      lastToEnd.set(piece.before, piece.name);
    }
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
    return other ? parameterOfOtherKind(other, kind) : null;
  }
  const texts: string[] = [];
  const owners: string[] = [];
  const isSent: boolean[] = [];
  for (const [name, value] of sortedEntries(params)) {
    `${name}=${value}`.split('&').forEach((text, i) => {
      texts.push(text);
      owners.push(name);
      isSent.push(i === 0);
    });
  }
  const isChanged = (name: string, text: string): boolean =>
    PATTERNS.has(name) && text !== `${name}=${params[name]}`;
  const required = REQUIRED[kind];
  const pieces = texts.map(text => toPiece(text, required));
  const otherBeginning = findBeginnings(pieces, required).findIndex(
    (isBeginning, i) => isBeginning && !isSent[i] && isChanged(pieces[i]?.name ?? '', texts[i] ?? ''),
  );
  if (otherBeginning >= 0) return owners[otherBeginning] ?? null;

  const names = new Set(pieces.map(piece => piece.name));
  for (const other of others) {
    const otherRequired = REQUIRED[other];
    if (!otherRequired.every(name => names.has(name))) continue;
    const beginnings = findBeginnings(
      texts.map(text => toPiece(text, otherRequired)),
      otherRequired,
    );
    if (beginnings[0]) return parameterOfOtherKind(other, kind);
  }
  return null;
}

/** The parameter that makes a notification one of another kind. */
function parameterOfOtherKind(other: NotificationKind, kind: NotificationKind): string | null {
  return REQUIRED[other].find(name => !REQUIRED[kind].includes(name)) ?? null;
}
