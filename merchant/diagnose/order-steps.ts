/**
 * How the text of an order is built, and the ways people build it wrong.
 */
import { FIELDS_WITH_AMOUNT } from '../signature';
import { amountsFor } from './amounts';
import { addNothing, encodeValues, encodeWhole, join, sort, toBytes } from './common-steps';
import type { FindingCode } from './codes';
import { shorten } from './input';
import type { OrderFacts } from './order-facts';
import { mapValues, onPairs, subsets, unchanged } from './search';
import type { Pair, Step, Way } from './search';

type Signed = (typeof FIELDS_WITH_AMOUNT)[number];

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
