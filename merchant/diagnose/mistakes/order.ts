/**
 * How the signed text of an order is built, step by step, and the mistakes that are made in each step.
 */
import { formatFen, parseFen } from '../../../utils/order/money';
import { jsonObject } from '../../../utils/order/order-info';
import { isJsonObject } from '../../json';
import { truncate } from '../../printable';
import { FIELDS_WITH_AMOUNT } from '../../signature';
import type { FindingCode } from '../codes';
import { mapValues, pairMistake, subsets, unchanged } from '../search';
import type { Mistake, Pair, Step } from '../search';
import { ungarble } from './charsets';
import { floatForms, roundedForms } from './floats';
import {
  byteEncodingStep,
  joinStep,
  sortStep,
  suffixStep,
  textEncodingStep,
  valueEncodingStep,
} from './common';

/** An order, prepared for the search of its signed text. */
export interface SearchedOrder {
  /** everything in orderInfo, as text */
  fields: Readonly<Record<string, string>>;
  /** names of the fields that the signature should cover */
  signedNames: readonly string[];
  /** values of bizInfo.tpData; a backend may have signed these instead */
  bizInfoValues: Readonly<Record<string, string>>;
}

function asText(value: unknown): string {
  return isJsonObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** Prepares an orderInfo for the search. */
export function toSearchedOrder(
  order: Readonly<Record<string, unknown>>,
  signedNames: readonly string[],
): SearchedOrder {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(order)) {
    if (value !== null && value !== undefined) fields[name] = asText(value);
  }
  return { fields, signedNames, bizInfoValues: readBizInfoValues(fields.bizInfo) };
}

function readBizInfoValues(bizInfo: string | undefined): Record<string, string> {
  const tpData = jsonObject(bizInfo)?.tpData;
  if (!isJsonObject(tpData)) return {};
  return Object.fromEntries(
    FIELDS_WITH_AMOUNT.flatMap(field => {
      const value = tpData[field];
      return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)]] : [];
    }),
  );
}

/** The pairs that should be signed, with which the search starts. */
export function signedPairs({ fields, signedNames }: SearchedOrder): Pair[] {
  const sent = Object.keys(fields);
  return signedNames.map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
}

type SignedField = (typeof FIELDS_WITH_AMOUNT)[number];

/** The amount is part of the text with signFieldsRange "1" only. */
function rangeStep({ fields, signedNames }: SearchedOrder): Step {
  const isAmountSigned = signedNames.includes('totalAmount');
  const code: FindingCode = isAmountSigned
    ? 'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT'
    : 'RANGE0_SIGNED_WITH_TOTALAMOUNT';
  return {
    correct: unchanged,
    mistakes: () => [
      pairMistake({ code }, pairs =>
        isAmountSigned
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

/** Fields that the struct of an SDK has even when they are empty. */
const OPTIONAL_FIELDS = [
  'bizInfo',
  'notifyUrl',
  'payResultUrl',
  'inlinePaySign',
  'promotionTag',
  'rsaSign',
  'sign',
];

function* extraFieldSets(fields: Readonly<Record<string, string>>): Generator<Pair[]> {
  const sent = Object.keys(fields);
  const extras: Pair[] = sent
    .filter(name => !FIELDS_WITH_AMOUNT.includes(name as SignedField) && name !== 'rsaSign')
    .map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
  const empties: Pair[] = OPTIONAL_FIELDS.filter(name => !extras.some(pair => pair.name === name)).map(
    (name, index) => ({ name, value: '', position: sent.length + index }),
  );
  const notSent = [
    ...['rsa', 'RSA'].map(value => ({ name: 'sign_type', value, position: sent.length })),
    ...('signFieldsRange' in fields ? [] : ['1', '0']).map(value => ({
      name: 'signFieldsRange',
      value,
      position: sent.length,
    })),
    ...empties,
  ];
  yield extras;
  yield [...extras, ...empties];
  yield [...extras, ...empties.filter(({ name }) => name !== 'rsaSign' && name !== 'sign')];
  for (const pair of notSent) {
    yield [pair];
    yield [...extras, pair];
  }
  yield* subsets(extras);
}

function extraFieldsStep({ fields }: SearchedOrder): Step {
  return {
    correct: unchanged,
    mistakes: function* () {
      for (const set of extraFieldSets(fields)) {
        if (!set.length) continue;
        const evidence = { fields: set.map(pair => pair.name).join(', ') };
        yield pairMistake({ code: 'EXTRA_FIELDS_SIGNED', evidence }, pairs => [...pairs, ...set]);
      }
    },
  };
}

function replaceValue(code: FindingCode, field: string, sent: string, signed: string): Mistake {
  const evidence = { field, sent: truncate(sent), signed: truncate(signed) };
  return pairMistake({ code, evidence }, pairs =>
    mapValues(pairs, (value, pair) => (pair.name === field ? signed : value)),
  );
}

/** Other texts for an amount: in yuan, with decimals, rounded as a float, one fen more or less. */
function amountMistakes(sent: string): string[] {
  const fen = parseFen(sent);
  const number = Number(sent);
  if (!Number.isFinite(number)) return [];
  const yuan = number / 100;
  const guesses = [
    yuan.toFixed(2),
    String(yuan),
    yuan.toFixed(0),
    formatFen(fen ?? 0),
    sent + '.0',
    sent + '.00',
    sent + '.000',
    sent + '.0000',
    String(yuan * 100),
    String(number),
    String(Math.round(number * 100)),
    String(number * 100),
    (number * 100).toFixed(2),
    String(Math.trunc(number)),
    String(fen === null ? Math.round(number * 100) - 1 : fen - 1),
    String(fen === null ? Math.round(number * 100) + 1 : fen + 1),
    ...floatForms(number),
    ...floatForms(yuan),
    '0' + sent,
    '¥' + yuan.toFixed(2),
    yuan.toFixed(2) + '元',
  ];
  return [...new Set(guesses)].filter(guess => guess && guess !== sent);
}

function amountStep({ fields }: SearchedOrder): Step {
  const sent = fields.totalAmount ?? '';
  const guesses = amountMistakes(sent).map(guess =>
    replaceValue('AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'totalAmount', sent, guess),
  );
  return {
    correct: unchanged,
    mistakes: () => guesses,
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

/** Other values for a field: placeholders, values of other fields or of bizInfo, slight changes. */
function valuesStep({ fields, bizInfoValues }: SearchedOrder): Step {
  const placeholders = PLACEHOLDERS.flatMap(placeholder =>
    [...subsets(FIELDS_WITH_AMOUNT)].map(set =>
      pairMistake(
        {
          code: 'NULL_OR_UNDEFINED_JOINED',
          evidence: { fields: set.join(', '), placeholder: placeholder || '(nothing)' },
        },
        pairs =>
          mapValues(pairs, (value, { name }) => (set.includes(name as SignedField) ? placeholder : value)),
      ),
    ),
  );
  const replacements = FIELDS_WITH_AMOUNT.flatMap(field => {
    const sent = fields[field] ?? '';
    const candidates = [
      ...(bizInfoValues[field] === undefined ? [] : [bizInfoValues[field]]),
      ...FIELDS_WITH_AMOUNT.filter(name => name !== field).map(name => fields[name] ?? ''),
      sent.trim(),
      ' ' + sent,
      // After the last field this would be the mistake EXTRA_CHARACTERS of the whole text.
      ...(field === 'tpOrderId' ? [] : [sent + ' ', sent + '\n', sent + '\r']),
      `"${sent}"`,
      `'${sent}'`,
      sent.toLowerCase(),
      sent.toUpperCase(),
      decoded(sent),
      ...roundedForms(sent),
      ...ungarble(sent).map(({ text }) => text),
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
  const mistakes = [...replacements, ...placeholders];
  return { correct: unchanged, mistakes: () => mistakes };
}

const OMISSION_MISTAKES = [...subsets(FIELDS_WITH_AMOUNT)].map(set =>
  pairMistake({ code: 'FIELD_NOT_SIGNED', evidence: { fields: set.join(', ') } }, pairs => {
    const kept = pairs.filter(pair => !set.includes(pair.name as SignedField));
    return kept.length === pairs.length - set.length && kept.length ? kept : null;
  }),
);

const omissionStep: Step = { correct: unchanged, mistakes: () => OMISSION_MISTAKES };

const NAME_STYLES: ((name: string) => string)[] = [
  name => name.replace(/Id$/, 'ID'),
  name => name.toLowerCase(),
  name => name[0]?.toUpperCase() + name.slice(1),
  name => (name[0]?.toUpperCase() + name.slice(1)).replace(/Id$/, 'ID'),
  name => name.toUpperCase(),
  name => name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase()),
  name => (name === 'tpOrderId' ? 'tporderId' : name),
  name => (name === 'tpOrderId' ? 'orderId' : name),
  name => ({ totalAmount: 'totalMoney', appKey: 'pmAppKey' })[name] ?? name,
];

const SPELLING_MISTAKES = [FIELDS_WITH_AMOUNT, ...FIELDS_WITH_AMOUNT.map(field => [field])].flatMap(set =>
  NAME_STYLES.flatMap((style): Mistake[] => {
    const renamed = (set as readonly string[]).filter(name => style(name) !== name);
    if (!renamed.length || (set.length > 1 && renamed.length < 2)) return [];
    const evidence = { field: renamed.join(', '), signed: renamed.map(style).join(', ') };
    return [
      pairMistake({ code: 'KEY_CASE', evidence }, pairs =>
        pairs.some(pair => renamed.includes(pair.name))
          ? pairs.map(pair => (renamed.includes(pair.name) ? { ...pair, name: style(pair.name) } : pair))
          : null,
      ),
    ];
  }),
);

const spellingStep: Step = { correct: unchanged, mistakes: () => SPELLING_MISTAKES };

/** The steps from the pairs that should be signed to the signed bytes. */
export function orderSteps(order: SearchedOrder): Step[] {
  return [
    rangeStep(order),
    extraFieldsStep(order),
    amountStep(order),
    valuesStep(order),
    omissionStep,
    spellingStep,
    valueEncodingStep,
    sortStep,
    joinStep,
    suffixStep,
    textEncodingStep,
    byteEncodingStep,
  ];
}
