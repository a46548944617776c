/**
 * How the text of a notification is built, and what a receiver does to it before verifying.
 */
import { jsonValue, phpJson } from '../json';
import { encodeValues, encodeWhole, encodingStep, join, sort, suffixStep } from './common-steps';
import type { FindingCode } from './codes';
import { truncate } from './input';
import { mapValues, pairMistake, subsets, unchanged } from './search';
import type { Mistake, Pair, Step } from './search';

type Params = Readonly<Record<string, string>>;

const PAY = [
  'userId',
  'orderId',
  'unitPrice',
  'count',
  'totalMoney',
  'payMoney',
  'promoMoney',
  'hbMoney',
  'hbBalanceMoney',
  'giftCardMoney',
  'dealId',
  'payTime',
  'promoDetail',
  'payType',
  'partnerId',
  'status',
  'tpOrderId',
  'returnData',
];
const REFUND = ['userId', 'orderId', 'tpOrderId', 'refundBatchId', 'refundStatus'];
const AUDIT = ['userId', 'orderId', 'tpOrderId', 'refundBatchId', 'applyRefundMoney'];
/** May be absent from what the platform sends, not only empty. */
const OPTIONAL_IN_REFUNDS = ['userId', 'tpOrderId', 'applyRefundMoney'];

/** Every name the platform sends, in any kind of notification. */
export const NOTIFICATION_PARAMETERS: readonly string[] = [
  ...new Set([...PAY, ...REFUND, ...AUDIT, 'rsaSign']),
];

/** The parameters the platform sends, by kind of notification. */
function documented(params: Params): string[] {
  return 'refundStatus' in params ? REFUND : 'refundBatchId' in params ? AUDIT : PAY;
}

/** Documented, always sent, and not here. */
export function missing(params: Params): string[] {
  const names = documented(params);
  return names.filter(name => !(name in params) && (names === PAY || !OPTIONAL_IN_REFUNDS.includes(name)));
}

/** Not of the platform as far as the documents go. */
export function unknown(params: Params): string[] {
  const names = documented(params);
  return Object.keys(params).filter(name => !names.includes(name));
}

export function notificationPairs(params: Params): Pair[] {
  return Object.entries(params).map(([name, value], position) => ({ name, value, position }));
}

function withoutUnknown(params: Params): Step {
  const names = unknown(params);
  return {
    correct: unchanged,
    mistakes: function* () {
      for (const set of subsets(names)) {
        const evidence = { parameters: set.join(', ') };
        yield pairMistake({ code: 'NOTIFY_QUERY_PARAM_INCLUDED', evidence }, pairs =>
          pairs.filter(pair => !set.includes(pair.name)),
        );
      }
    },
  };
}

/** Values that a missing parameter most likely had. */
function likelyValues(name: string, params: Params): string[] {
  const { unitPrice, count = '1', totalMoney, payMoney } = params;
  const known: Record<string, (string | undefined)[]> = {
    unitPrice: [totalMoney],
    count: ['1'],
    totalMoney: [String(Number(unitPrice) * Number(count)), payMoney],
    payMoney: [totalMoney],
    status: ['2'],
  };
  const values = [...(known[name] ?? []), '', '0'];
  return [...new Set(values.filter((value): value is string => value !== undefined && value !== 'NaN'))];
}

/** At most this many combinations of values are tried for what is missing. */
const MOST_COMBINATIONS = 200;

function withMissing(params: Params): Step {
  const names = documented(params).filter(name => !(name in params));
  let combinations: Pair[][] = [[]];
  for (const name of names) {
    const values = likelyValues(name, params);
    if (combinations.length * values.length > MOST_COMBINATIONS) {
      combinations = combinations.map(pairs => [...pairs, { name, value: values[0] ?? '', position: 0 }]);
    } else {
      combinations = combinations.flatMap(pairs =>
        values.map(value => [...pairs, { name, value, position: 0 }]),
      );
    }
  }
  // Some parameters may be optional, so that each one alone is tried, too.
  const single = names.flatMap(name =>
    likelyValues(name, params).map(value => [{ name, value, position: 0 }]),
  );
  const mistakes = [...single, ...combinations]
    .filter(set => set.length)
    .map(set =>
      pairMistake(
        { code: 'NOTIFY_PARAM_MISSING', evidence: { parameters: set.map(pair => pair.name).join(', ') } },
        pairs => [...pairs, ...set],
      ),
    );
  return { correct: unchanged, mistakes: () => mistakes };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function formatted(text: string, write: (value: unknown) => string): string {
  const value = /^\s*[[{]/.test(text) ? jsonValue(text) : undefined;
  return value === undefined ? text : write(value);
}

const CONVERSIONS: [how: string, undo: (received: string) => string][] = [
  [
    'escaped for HTML',
    text =>
      text
        .replace(/&quot;/g, '"')
        .replace(/&#0?39;/g, "'")
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&'),
  ],
  ['not percent-decoded', decode],
  ['not decoded as a form', text => decode(text.replace(/\+/g, ' '))],
  ['a + became a space', text => text.replace(/ /g, '+')],
  ['quotes escaped with backslashes (magic quotes)', text => text.replace(/\\(["'\\])/g, '$1')],
  ['backslashes removed', text => text.replace(/\//g, '\\/')],
  ['JSON written anew', text => formatted(text, JSON.stringify)],
  ['JSON written anew', text => formatted(text, value => JSON.stringify(value).replaceAll('/', '\\/'))],
  ['JSON written anew', text => formatted(text, phpJson)],
  ['JSON written anew (PHP makes [] of {})', text => text.replaceAll('[]', '{}')],
  ['a line end added', text => text.trimEnd()],
  ['trimmed', text => text + ' '],
  ['trimmed', text => ' ' + text],
  ['trimmed', text => text + '\n'],
  ['empty made null', text => (text === 'null' || text === 'undefined' || text === 'None' ? '' : text)],
  ['empty made 0', text => (text === '0' ? '' : text)],
  ['a number written with decimals', text => text.replace(/^(\d+)\.0+$/, '$1')],
  ['JSON made {} or []', text => (text === '{}' || text === '[]' ? '' : text)],
];

/** Undoes a conversion; what cannot be undone was not converted this way. */
function undone(undo: (received: string) => string, value: string): string {
  try {
    return undo(value);
  } catch {
    return value;
  }
}

function conversions(params: Params): Step {
  const mistakes = CONVERSIONS.flatMap(([how, undo]) => {
    const affected = Object.keys(params).filter(name => undone(undo, params[name] ?? '') !== params[name]);
    const sets =
      affected.length > 1 ? [...affected.map(name => [name]), affected] : affected.map(name => [name]);
    return sets.map(set =>
      pairMistake({ code: 'NOTIFY_VALUE_CONVERTED', evidence: { parameter: set.join(', '), how } }, pairs =>
        mapValues(pairs, (value, { name }) => (set.includes(name) ? undone(undo, value) : value)),
      ),
    );
  });
  return { correct: unchanged, mistakes: () => mistakes };
}

/** Values a changed number may have had: those of the related ones. */
function changed(params: Params): Step {
  const { unitPrice, count = '1', totalMoney, payMoney, orderId, userId, tpOrderId } = params;
  const product = String(Number(unitPrice) * Number(count));
  const sources: Record<string, (string | undefined)[]> = {
    totalMoney: [unitPrice, payMoney, product],
    payMoney: [totalMoney, unitPrice, product],
    unitPrice: [totalMoney, payMoney],
    count: ['1', '2', '3'],
    status: ['2', '1', '-1'],
    refundStatus: ['1', '2'],
    orderId: [tpOrderId, userId],
    userId: [orderId, ''],
    tpOrderId: [orderId, ''],
  };
  const mistakes = Object.entries(sources).flatMap(([name, values]) =>
    [...new Set(values)].flatMap(value => {
      const sent = params[name];
      return value === undefined || sent === undefined || value === sent || value === 'NaN'
        ? []
        : [tampered(name, sent, value)];
    }),
  );
  return { correct: unchanged, mistakes: () => mistakes };
}

function tampered(parameter: string, sent: string, signed: string): Mistake {
  const code: FindingCode = 'NOTIFY_TAMPERED';
  const detail = `${parameter}: ${truncate(signed, 40) || '""'} → ${truncate(sent, 40) || '""'}`;
  return pairMistake({ code, evidence: { parameter, sent, signed, detail } }, pairs =>
    mapValues(pairs, (value, pair) => (pair.name === parameter ? signed : value)),
  );
}

/** From the parameters received to the bytes the platform signed. */
export function notificationSteps(params: Params): Step[] {
  return [
    withoutUnknown(params),
    withMissing(params),
    conversions(params),
    changed(params),
    encodeValues,
    sort,
    join,
    suffixStep,
    encodeWhole,
    encodingStep,
  ];
}

/** The money fields that a forger changes, and how far every amount is tried (fen). */
export const MONEY = ['totalMoney', 'payMoney', 'applyRefundMoney'];
export const AMOUNTS_TRIED = 100_000;
