/**
 * How the signed text of a notification is built, and how a receiver may have changed the parameters before verifying.
 */
import { tryParseJson, phpJson } from '../../json';
import { truncate } from '../../printable';
import type { FindingCode } from '../codes';
import { plainName } from '../pasted-text';
import { unescapeHtml } from '../unescape';
import { mapValues, pairMistake, subsets, unchanged } from '../search';
import type { Mistake, Pair, Step } from '../search';
import { ungarble } from './charsets';
import {
  byteEncodingStep,
  joinStep,
  sortStep,
  suffixStep,
  textEncodingStep,
  valueEncodingStep,
} from './common';

type Params = Readonly<Record<string, string>>;

const PAY_PARAMETERS = [
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
const REFUND_PARAMETERS = ['userId', 'orderId', 'tpOrderId', 'refundBatchId', 'refundStatus'];
const REFUND_AUDIT_PARAMETERS = ['userId', 'orderId', 'tpOrderId', 'refundBatchId', 'applyRefundMoney'];
/** Parameters of refunds that the platform may leave out. */
const OPTIONAL_IN_REFUNDS = ['userId', 'tpOrderId', 'applyRefundMoney'];

/** The names of all parameters, in any kind of notification. */
export const NOTIFICATION_PARAMETERS: readonly string[] = [
  ...new Set([...PAY_PARAMETERS, ...REFUND_PARAMETERS, ...REFUND_AUDIT_PARAMETERS, 'rsaSign']),
];

/** The parameters that hold an amount to be tried. */
export const MONEY_PARAMETERS = ['totalMoney', 'payMoney', 'applyRefundMoney'];
/** Every amount below this is tried; fen. */
export const AMOUNTS_TRIED = 100_000;

/** The parameters the platform sends, by kind of notification. */
function documentedParameters(params: Params): string[] {
  if ('refundStatus' in params) return REFUND_PARAMETERS;
  return 'refundBatchId' in params ? REFUND_AUDIT_PARAMETERS : PAY_PARAMETERS;
}

/** Parameters that the platform always sends, and that are absent. */
export function missingParameters(params: Params): string[] {
  const names = documentedParameters(params);
  return names.filter(
    name => !(name in params) && (names === PAY_PARAMETERS || !OPTIONAL_IN_REFUNDS.includes(name)),
  );
}

/** Parameters that the documents do not list. */
export function unknownParameters(params: Params): string[] {
  const names = documentedParameters(params);
  return Object.keys(params).filter(name => !names.includes(name));
}

/** The name under which a parameter of the documents is there in another style. */
export function renamed(params: Params, name: string): string | undefined {
  return Object.keys(params).find(each => plainName(each) === plainName(name));
}

/** Gives parameters the names of the documents, where they differ in style only. */
export function restoreNames(params: Params): { params: Record<string, string>; changes: string[] } {
  const changes: string[] = [];
  const restored: Record<string, string> = { ...params };
  for (const name of NOTIFICATION_PARAMETERS) {
    const other = name in params ? undefined : renamed(params, name);
    if (other === undefined) continue;
    delete restored[other];
    restored[name] = params[other] ?? '';
    changes.push(`${name} → ${other}`);
  }
  return { params: restored, changes };
}

export function notificationPairs(params: Params): Pair[] {
  return Object.entries(params).map(([name, value], position) => ({ name, value, position }));
}

function removeUnknownStep(params: Params): Step {
  const names = unknownParameters(params);
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

/** The most likely values of a missing parameter. */
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

/** The largest number of combinations that is tried for the values of missing parameters. */
const MAX_COMBINATIONS = 200;

function addMissingStep(params: Params): Step {
  const names = documentedParameters(params).filter(name => !(name in params));
  let combinations: Pair[][] = [[]];
  for (const name of names) {
    const values = likelyValues(name, params);
    if (combinations.length * values.length > MAX_COMBINATIONS) {
      combinations = combinations.map(pairs => [...pairs, { name, value: values[0] ?? '', position: 0 }]);
    } else {
      combinations = combinations.flatMap(pairs =>
        values.map(value => [...pairs, { name, value, position: 0 }]),
      );
    }
  }
  // Some parameters may be optional, so each one alone is tried, too.
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
  const value = /^\s*[[{]/.test(text) ? tryParseJson(text) : undefined;
  return value === undefined ? text : write(value);
}

const CONVERSIONS: [how: string, undo: (received: string) => string][] = [
  ['escaped for HTML', unescapeHtml],
  ['not percent-decoded', decode],
  ['not decoded as a form', text => decode(text.replace(/\+/g, ' '))],
  ['percent-decoded once more', text => text.replace(/%/g, '%25')],
  ['percent-decoded once more', text => text.replace(/%/g, '%25').replace(/ /g, '+')],
  ['a + became a space', text => text.replace(/ /g, '+')],
  ['quotes escaped with backslashes (magic quotes)', text => text.replace(/\\(["'\\])/g, '$1')],
  ['backslashes removed', text => text.replace(/\//g, '\\/')],
  ['JSON written anew', text => formatted(text, JSON.stringify)],
  ['JSON written anew', text => formatted(text, value => JSON.stringify(value).replaceAll('/', '\\/'))],
  ['JSON written anew', text => formatted(text, phpJson)],
  [
    'JSON written anew, with \\u0026 as Go does',
    text => text.replace(/\\u00(26|3c|3e)/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16))),
  ],
  ['JSON written anew (PHP makes [] of {})', text => text.replaceAll('[]', '{}')],
  [
    'JSON written anew (PHP makes [] of {})',
    text => formatted(text, value => JSON.stringify(value).replaceAll('[]', '{}')),
  ],
  ['a line end added', text => text.trimEnd()],
  ['trimmed', text => text + ' '],
  ['trimmed', text => ' ' + text],
  ['trimmed', text => text + '\n'],
  ['empty made null', text => (text === 'null' || text === 'undefined' || text === 'None' ? '' : text)],
  ['empty made 0', text => (text === '0' ? '' : text)],
  ['a number written with decimals', text => text.replace(/^(\d+)\.0+$/, '$1')],
  ['{} or [] made empty', text => text || '{}'],
  ['{} or [] made empty', text => text || '[]'],
  [
    'divided by 100, as yuan',
    text => text.replace(/^\d+\.\d\d$/, yuan => String(Number(yuan.replace('.', '')))),
  ],
  ['JSON made {} or []', text => (text === '{}' || text === '[]' ? '' : text)],
];

/** UTF-8 that the receiver decoded in another charset. Without this step, the platform would seem to sign in that charset. */
function receivedCharsetStep(params: Params): Step {
  const garbled = Object.entries(params).flatMap(([name, value]) =>
    ungarble(value).map(({ charset, text }) => ({ name, charset, text })),
  );
  const mistakes = [...new Set(garbled.map(({ charset }) => charset))].map(charset => {
    const texts = new Map(
      garbled.filter(each => each.charset === charset).map(({ name, text }) => [name, text]),
    );
    const evidence = { parameter: [...texts.keys()].join(', '), charset };
    return pairMistake({ code: 'NOTIFY_WRONG_CHARSET', evidence }, pairs =>
      mapValues(pairs, (value, { name }) => texts.get(name) ?? value),
    );
  });
  return { correct: unchanged, mistakes: () => mistakes };
}

/** Undoes a conversion; returns a value unchanged when it cannot have been converted this way. */
function undoConversion(undo: (received: string) => string, value: string): string {
  try {
    return undo(value);
  } catch {
    return value;
  }
}

function conversionsStep(params: Params): Step {
  const mistakes = CONVERSIONS.flatMap(([how, undo]) => {
    const affected = Object.keys(params).filter(
      name => undoConversion(undo, params[name] ?? '') !== params[name],
    );
    const sets =
      affected.length > 1 ? [...affected.map(name => [name]), affected] : affected.map(name => [name]);
    return sets.map(set =>
      pairMistake({ code: 'NOTIFY_VALUE_CONVERTED', evidence: { parameter: set.join(', '), how } }, pairs =>
        mapValues(pairs, (value, { name }) => (set.includes(name) ? undoConversion(undo, value) : value)),
      ),
    );
  });
  return { correct: unchanged, mistakes: () => mistakes };
}

/** A number that was changed on the way may have had the value of a related parameter. */
function changedValuesStep(params: Params): Step {
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
        : [tamperingMistake(name, sent, value)];
    }),
  );
  return { correct: unchanged, mistakes: () => mistakes };
}

function tamperingMistake(parameter: string, sent: string, signed: string): Mistake {
  const code: FindingCode = 'NOTIFY_TAMPERED';
  const detail = `${parameter}: ${truncate(signed, 40) || '""'} → ${truncate(sent, 40) || '""'}`;
  return pairMistake({ code, evidence: { parameter, sent, signed, detail } }, pairs =>
    mapValues(pairs, (value, pair) => (pair.name === parameter ? signed : value)),
  );
}

/** The steps from the parameters received to the bytes that the platform signed. */
export function notificationSteps(params: Params): Step[] {
  return [
    removeUnknownStep(params),
    addMissingStep(params),
    receivedCharsetStep(params),
    conversionsStep(params),
    changedValuesStep(params),
    valueEncodingStep,
    sortStep,
    joinStep,
    suffixStep,
    textEncodingStep,
    byteEncodingStep,
  ];
}
