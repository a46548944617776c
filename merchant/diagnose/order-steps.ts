/**
 * How the text of an order is built, and the ways people build it wrong.
 */
import { FIELDS_WITH_AMOUNT } from '../signature';
import { amountsFor } from './amounts';
import { encodeValues, encodeWhole, encodingStep, join, sort, suffixStep } from './common-steps';
import type { FindingCode } from './codes';
import { truncate } from './input';
import type { ParsedOrder } from './parse-order';
import { mapValues, pairMistake, subsets, unchanged } from './search';
import type { Mistake, Pair, Step } from './search';

type Signed = (typeof FIELDS_WITH_AMOUNT)[number];

/** The price belongs into the text with signFieldsRange "1" only. */
function range({ fields, signed }: ParsedOrder): Step {
  const covered = signed.includes('totalAmount');
  const code: FindingCode = covered ? 'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT' : 'RANGE0_SIGNED_WITH_TOTALAMOUNT';
  return {
    correct: unchanged,
    mistakes: () => [
      pairMistake({ code }, pairs =>
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
function* extraSets(fields: Readonly<Record<string, string>>): Generator<Pair[]> {
  const sent = Object.keys(fields);
  const extras: Pair[] = sent
    .filter(name => !FIELDS_WITH_AMOUNT.includes(name as Signed) && name !== 'rsaSign')
    .map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
  const empties: Pair[] = OPTIONAL.filter(name => !extras.some(pair => pair.name === name)).map(
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

function extraFields({ fields }: ParsedOrder): Step {
  return {
    correct: unchanged,
    mistakes: function* () {
      for (const set of extraSets(fields)) {
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

function amount({ fields }: ParsedOrder): Step {
  const sent = fields.totalAmount ?? '';
  const guesses = amountsFor(sent).map(guess =>
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

/** Other values for a field: placeholders, those of other fields, those bizInfoValues in bizInfo, slight changes. */
function values({ fields, bizInfoValues }: ParsedOrder): Step {
  const placeholders = PLACEHOLDERS.flatMap(placeholder =>
    [...subsets(FIELDS_WITH_AMOUNT)].map(set =>
      pairMistake(
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
      ...(bizInfoValues[field] === undefined ? [] : [bizInfoValues[field]]),
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
  const mistakes = [...others, ...placeholders];
  return { correct: unchanged, mistakes: () => mistakes };
}

const OMISSIONS = [...subsets(FIELDS_WITH_AMOUNT)].map(set =>
  pairMistake({ code: 'FIELD_NOT_SIGNED', evidence: { fields: set.join(', ') } }, pairs => {
    const kept = pairs.filter(pair => !set.includes(pair.name as Signed));
    return kept.length === pairs.length - set.length && kept.length ? kept : null;
  }),
);

const omission: Step = { correct: unchanged, mistakes: () => OMISSIONS };

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

const SPELLINGS = [FIELDS_WITH_AMOUNT, ...FIELDS_WITH_AMOUNT.map(field => [field])].flatMap(set =>
  STYLES.flatMap((style): Mistake[] => {
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

const spelling: Step = { correct: unchanged, mistakes: () => SPELLINGS };

/** From the pairs that should be signed to the signed bytes. */
export function orderSteps(facts: ParsedOrder): Step[] {
  return [
    range(facts),
    extraFields(facts),
    amount(facts),
    values(facts),
    omission,
    spelling,
    encodeValues,
    sort,
    join,
    suffixStep,
    encodeWhole,
    encodingStep,
  ];
}
