/**
 * How the text of an order is built, and the ways people build it wrong.
 */
import { formatFen, parseFen } from '../../utils/money';
import { FIELDS_WITH_AMOUNT } from '../canonical';
import { addNothing, encodeValues, encodeWhole, join, sort, toBytes } from './common-steps';
import type { FindingCode } from './codes';
import { isObject, shorten } from './input';
import { mapValues, onPairs, subsets, unchanged } from './search';
import type { Pair, Step, Way } from './search';

/** What the steps need to know of the order. */
export interface OrderFacts {
  /** everything in orderInfo, as text */
  fields: Readonly<Record<string, string>>;
  /** what the signature should cover */
  signed: readonly string[];
  /** values of bizInfo.tpData, which may be the ones that were signed */
  repeated: Readonly<Record<string, string>>;
}

type Signed = (typeof FIELDS_WITH_AMOUNT)[number];

function asText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : isObject(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : String(value);
}

/** Reads an orderInfo for the search; names that differ in case only count as the field. */
export function orderFacts(order: Readonly<Record<string, unknown>>, signed: readonly string[]): OrderFacts {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(order)) {
    if (value !== null && value !== undefined) fields[name] = asText(value);
  }
  for (const field of FIELDS_WITH_AMOUNT) {
    const similar = Object.keys(fields).find(name => name.toLowerCase() === field.toLowerCase());
    if (fields[field] === undefined && similar !== undefined) {
      fields[field] = fields[similar] ?? '';
      delete fields[similar];
    }
  }
  return { fields, signed, repeated: repeatedValues(fields.bizInfo) };
}

function repeatedValues(bizInfo: string | undefined): Record<string, string> {
  try {
    const holder: unknown = JSON.parse(bizInfo ?? '');
    const tpData = isObject(holder) ? holder.tpData : undefined;
    if (!isObject(tpData)) return {};
    return Object.fromEntries(
      FIELDS_WITH_AMOUNT.flatMap(field => {
        const value = tpData[field];
        return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)]] : [];
      }),
    );
  } catch {
    return {};
  }
}

/** The pairs an order starts with: what should be signed. */
export function signedPairs({ fields, signed }: OrderFacts): Pair[] {
  const sent = Object.keys(fields);
  return signed.map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
}

/** The price belongs into the text with signFieldsRange "1" only. */
function range({ fields, signed }: OrderFacts): Step {
  const covered = signed.includes('totalAmount');
  const code: FindingCode = covered ? 'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT' : 'RANGE0_SIGNED_WITH_TOTALAMOUNT';
  return {
    right: unchanged,
    wrong: [
      onPairs({ code }, pairs =>
        covered
          ? pairs.filter(pair => pair.name !== 'totalAmount')
          : [
              ...pairs,
              {
                name: 'totalAmount',
                value: fields.totalAmount ?? '',
                position: Object.keys(fields).indexOf('totalAmount'),
              },
            ],
      ),
    ],
  };
}

/** Fields that an SDK's struct has even when they are empty. */
const OPTIONAL = ['bizInfo', 'notifyUrl', 'payResultUrl', 'inlinePaySign', 'promotionTag', 'rsaSign', 'sign'];
/** 2^8 subsets are tried; of more fields only each, each two, and all. */
const MANY = 8;

function extraSets(fields: Readonly<Record<string, string>>): Pair[][] {
  const sent = Object.keys(fields);
  const extras: Pair[] = sent
    .filter(name => !FIELDS_WITH_AMOUNT.includes(name as Signed) && name !== 'rsaSign')
    .map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
  const empties: Pair[] = OPTIONAL.filter(name => !extras.some(pair => pair.name === name)).map(
    (name, index) => ({
      name,
      value: '',
      position: sent.length + index,
    }),
  );
  const signType = ['rsa', 'RSA'].map(value => ({ name: 'sign_type', value, position: sent.length }));
  const range =
    'signFieldsRange' in fields
      ? []
      : ['1', '0'].map(value => ({ name: 'signFieldsRange', value, position: sent.length }));
  const sets =
    extras.length <= MANY
      ? subsets(extras)
      : [
          ...extras.map(each => [each]),
          ...extras.flatMap((a, i) => extras.slice(i + 1).map(b => [a, b])),
          extras,
        ];
  return [
    ...sets,
    ...[...signType, ...range].flatMap(each => [[each], [...extras, each]]),
    ...empties.flatMap(each => [[each], [...extras, each]]),
    [...extras, ...empties],
    [...extras, ...empties.filter(({ name }) => name !== 'rsaSign' && name !== 'sign')],
  ].filter(set => set.length);
}

function extraFields({ fields }: OrderFacts): Step {
  return {
    right: unchanged,
    wrong: extraSets(fields).map(set => {
      const names = set.map(pair => pair.name).join(', ');
      return onPairs({ code: 'EXTRA_FIELDS_SIGNED', evidence: { fields: names } }, pairs => [
        ...pairs,
        ...set,
      ]);
    }),
  };
}

/** What an amount looks like in yuan, as a decimal, as the rest of a float. */
function amountsFor(sent: string): string[] {
  const fen = parseFen(sent);
  const number = Number(sent);
  if (!Number.isFinite(number)) return [];
  const yuan = number / 100;
  const guesses = [
    yuan.toFixed(2),
    String(yuan),
    yuan.toFixed(1),
    yuan.toFixed(0),
    formatFen(fen ?? 0),
    sent + '.0',
    sent + '.00',
    sent + '.000',
    sent + '.0000',
    number.toFixed(2),
    String(yuan * 100),
    String(number),
    number.toExponential().toUpperCase().replace('+', ''),
    String(Math.round(number * 100)),
    String(number * 100),
    (number * 100).toFixed(2),
    String(Math.trunc(number)),
    String(fen === null ? Math.round(number * 100) - 1 : fen - 1),
    String(fen === null ? Math.round(number * 100) + 1 : fen + 1),
    (yuan.toExponential().includes('e') ? yuan.toExponential() : '').toUpperCase().replace('+', ''),
    '0' + sent,
    '¥' + yuan.toFixed(2),
    yuan.toFixed(2) + '元',
  ];
  return [...new Set(guesses)].filter(guess => guess && guess !== sent);
}

function replaceValue(code: FindingCode, field: string, sent: string, signed: string): Way {
  const evidence = { field, sent: shorten(sent), signed: shorten(signed) };
  return onPairs({ code, evidence }, pairs =>
    mapValues(pairs, (value, pair) => (pair.name === field ? signed : value)),
  );
}

function amount({ fields }: OrderFacts): Step {
  const sent = fields.totalAmount ?? '';
  return {
    right: unchanged,
    wrong: amountsFor(sent).map(guess =>
      replaceValue('AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'totalAmount', sent, guess),
    ),
  };
}

const PLACEHOLDERS = [
  'undefined',
  'null',
  '',
  'None',
  'nil',
  '<nil>',
  'NULL',
  'NaN',
  '[object Object]',
  'false',
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

/** Other values for a field: placeholders, those of other fields, those repeated in bizInfo, slight changes. */
function values({ fields, repeated }: OrderFacts): Step {
  const placeholders = PLACEHOLDERS.flatMap(placeholder =>
    subsets(FIELDS_WITH_AMOUNT).map(set =>
      onPairs(
        {
          code: 'NULL_OR_UNDEFINED_JOINED',
          evidence: { fields: set.join(', '), placeholder: placeholder || '(nothing)' },
        },
        pairs => mapValues(pairs, (value, { name }) => (set.includes(name as Signed) ? placeholder : value)),
      ),
    ),
  );
  const others = FIELDS_WITH_AMOUNT.flatMap(field => {
    const sent = fields[field] ?? '';
    const candidates = [
      ...(repeated[field] === undefined ? [] : [repeated[field]]),
      ...FIELDS_WITH_AMOUNT.filter(name => name !== field).map(name => fields[name] ?? ''),
      sent.trim(),
      ' ' + sent,
      // Behind the last field it would be a character behind the text.
      ...(field === 'tpOrderId' ? [] : [sent + ' ', sent + '\n']),
      `"${sent}"`,
      `'${sent}'`,
      sent.toLowerCase(),
      sent.toUpperCase(),
      decoded(sent),
      sent
        .replace(/&amp;/g, '&')
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>'),
      sent.normalize('NFC'),
      sent.normalize('NFD'),
      sent.replace(/^0+(?=\d)/, ''),
    ];
    return [...new Set(candidates)]
      .filter(value => value && value !== sent)
      .map(value =>
        replaceValue(
          field === 'totalAmount' ? 'AMOUNT_SIGNED_DIFFERS_FROM_SENT' : 'SIGNED_VALUE_DIFFERS_FROM_SENT',
          field,
          sent,
          value,
        ),
      );
  });
  return { right: unchanged, wrong: [...others, ...placeholders] };
}

function left(): Step {
  return {
    right: unchanged,
    wrong: subsets(FIELDS_WITH_AMOUNT).map(set =>
      onPairs({ code: 'FIELD_NOT_SIGNED', evidence: { fields: set.join(', ') } }, pairs => {
        const kept = pairs.filter(pair => !set.includes(pair.name as Signed));
        return kept.length === pairs.length - set.length && kept.length ? kept : null;
      }),
    ),
  };
}

const STYLES: ((name: string) => string)[] = [
  name => name.replace(/Id$/, 'ID'),
  name => name.toLowerCase(),
  name => name[0]?.toUpperCase() + name.slice(1),
  name => (name[0]?.toUpperCase() + name.slice(1)).replace(/Id$/, 'ID'),
  name => name.toUpperCase(),
  name => name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase()),
  name => (name === 'tpOrderId' ? 'tporderId' : name),
  name => (name === 'tpOrderId' ? 'orderId' : name),
  name => (name === 'totalAmount' ? 'totalMoney' : name === 'appKey' ? 'pmAppKey' : name),
];

const spelling: Step = {
  right: unchanged,
  wrong: [FIELDS_WITH_AMOUNT, ...FIELDS_WITH_AMOUNT.map(field => [field])].flatMap(set =>
    STYLES.flatMap((style): Way[] => {
      const renamed = (set as readonly string[]).filter(name => style(name) !== name);
      if (!renamed.length || (set.length > 1 && renamed.length < 2)) return [];
      const evidence = { field: renamed.join(', '), signed: renamed.map(style).join(', ') };
      return [
        onPairs({ code: 'KEY_CASE', evidence }, pairs =>
          pairs.some(pair => renamed.includes(pair.name))
            ? pairs.map(pair => (renamed.includes(pair.name) ? { ...pair, name: style(pair.name) } : pair))
            : null,
        ),
      ];
    }),
  ),
};

/** From the pairs that should be signed to the signed bytes. */
export function orderSteps(facts: OrderFacts): Step[] {
  return [
    range(facts),
    extraFields(facts),
    amount(facts),
    values(facts),
    left(),
    spelling,
    encodeValues,
    sort,
    join,
    addNothing,
    encodeWhole,
    toBytes,
  ];
}
