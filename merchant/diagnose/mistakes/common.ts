/**
 * The steps of every signed text, of orders and notifications alike, with the mistakes of each: leave values as they are,
 * sort, join, add nothing, encode as UTF-8.
 */
import { formEncode } from '../../form-body';
import { charsetMistakes } from './charsets';
import { digest } from '../digest';
import { byName, joinPairs, mapValues, pairMistake, permutations, textMistake, unchanged } from '../search';
import type { Candidate, Mistake, Pair, Step } from '../search';

type Encoder = [how: string, encode: (text: string) => string];

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, hex => hex.toLowerCase());
}

/** Replaces lone surrogates, which have no percent-encoding. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function percentEncode(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

const ENCODERS: Encoder[] = [
  ['encodeURIComponent', percentEncode],
  ['application/x-www-form-urlencoded', formEncode],
  [
    'RFC 3986',
    text => percentEncode(text).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase()),
  ],
  ['Python quote_plus', text => formEncode(text).replace(/%7E/g, '~').replace(/\*/g, '%2A')],
  ['lower-case hex', text => lowerHex(percentEncode(text))],
  ['lower-case hex, space as +', text => lowerHex(formEncode(text))],
  ['non-ASCII characters only', text => text.replace(/[^\x20-\x7e]+/gu, percentEncode)],
  ['twice', text => percentEncode(percentEncode(text))],
];

const VALUE_ENCODINGS = ENCODERS.map(([how, encode]) =>
  pairMistake({ code: 'VALUES_URLENCODED', evidence: { how } }, pairs => mapValues(pairs, encode)),
);

export const valueEncodingStep: Step = { correct: unchanged, mistakes: () => VALUE_ENCODINGS };

const TEXT_ENCODERS: Encoder[] = [...ENCODERS, ['encodeURI', text => encodeURI(wellFormed(text))]];
const TEXT_ENCODINGS = TEXT_ENCODERS.map(([how, encode]) =>
  textMistake({ code: 'WHOLE_STRING_URLENCODED', evidence: { how } }, encode),
);

export const textEncodingStep: Step = { correct: unchanged, mistakes: () => TEXT_ENCODINGS };

function sorted(candidate: Candidate): Candidate {
  return Array.isArray(candidate) ? [...candidate].sort(byName) : candidate;
}

function asSent(pairs: Pair[]): Pair[] {
  return [...pairs].sort((a, b) => a.position - b.position);
}

/** Other orders: as sent, backwards, ignoring case, by value; all permutations of up to four pairs. */
function* otherOrders(pairs: Pair[]): Generator<Pair[]> {
  yield asSent(pairs);
  yield [...pairs].sort(byName).reverse();
  yield [...pairs].sort((a, b) =>
    byName({ ...a, name: a.name.toLowerCase() }, { ...b, name: b.name.toLowerCase() }),
  );
  yield [...pairs].sort((a, b) => (a.value < b.value ? -1 : 1));
  if (pairs.length <= 4) yield* permutations([...pairs].sort(byName));
}

function listNames(pairs: readonly Pair[]): string {
  return pairs.map(pair => pair.name).join(', ');
}

/** Each wrong order is a mistake of its own; its finding lists the names in that order. */
export const sortStep: Step = {
  correct: sorted,
  mistakes: function* (candidate) {
    if (!Array.isArray(candidate)) return;
    const tried = new Set([listNames([...candidate].sort(byName))]);
    for (const pairs of otherOrders(candidate)) {
      const order = listNames(pairs);
      if (tried.has(order)) continue;
      tried.add(order);
      yield pairMistake({ code: 'UNSORTED', evidence: { order } }, () => pairs);
    }
  },
};

type Joiner = [style: string, join: (pairs: Pair[]) => string];

const VALUE_JOINERS: Joiner[] = ['', '+', '&', ',', '|', ' ', '#', '_', '-', ';'].map(separator => [
  separator,
  pairs => pairs.map(pair => pair.value).join(separator),
]);

const PAIR_JOINERS: Joiner[] = [
  ['name=value, without a separator', pairs => joinPairs(pairs, '')],
  ['name=value,name=value', pairs => joinPairs(pairs, ',')],
  ['name=value, name=value', pairs => joinPairs(pairs, ', ')],
  ['name=value|name=value', pairs => joinPairs(pairs, '|')],
  ['name=value;name=value', pairs => joinPairs(pairs, ';')],
  ['name=value+name=value', pairs => joinPairs(pairs, '+')],
  ['name=value, one a line', pairs => joinPairs(pairs, '\n')],
  ['name=value&amp;name=value (escaped for HTML)', pairs => joinPairs(pairs, '&amp;')],
  ['{name=value, name=value} (a Java map as text)', pairs => `{${joinPairs(pairs, ', ')}}`],
  ['namevalue, without any separator', pairs => joinPairs(pairs, '', '')],
  ['name:value&name:value', pairs => joinPairs(pairs, '&', ':')],
  ['name:value,name:value', pairs => joinPairs(pairs, ',', ':')],
  ['name="value"&name="value"', pairs => pairs.map(({ name, value }) => `${name}="${value}"`).join('&')],
  ['names only', pairs => pairs.map(pair => pair.name).join('&')],
];

function asObject(pairs: Pair[], numbers = false): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map(({ name, value }) => [
      name,
      numbers && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value,
    ]),
  );
}

function escapeNonAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, unit => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

function spaced(json: Record<string, unknown>): string {
  const members = Object.entries(json).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{${members.join(', ')}}`;
}

const JSON_JOINERS: Joiner[] = [(pairs: Pair[]): Pair[] => pairs, asSent].flatMap(arrange =>
  [false, true].flatMap((numbers): Joiner[] => {
    const object = (pairs: Pair[]): Record<string, unknown> => asObject(arrange(pairs), numbers);
    return [
      ['compact', pairs => JSON.stringify(object(pairs))],
      ['PHP', pairs => escapeNonAscii(JSON.stringify(object(pairs)).replaceAll('/', '\\/'))],
      ['Python', pairs => escapeNonAscii(spaced(object(pairs)))],
      ['spaced', pairs => spaced(object(pairs))],
      ['indented', pairs => JSON.stringify(object(pairs), null, 2)],
      ['indented by 4', pairs => JSON.stringify(object(pairs), null, 4)],
    ];
  }),
);

function joinMistake(
  code: 'VALUES_CONCATENATED' | 'SEPARATOR_WRONG' | 'JSON_SIGNED',
  [style, join]: Joiner,
): Mistake {
  return {
    finding: { code, evidence: { style } },
    apply: candidate => (Array.isArray(candidate) ? join(candidate) : null),
  };
}

const JOIN_MISTAKES: Mistake[] = [
  ...VALUE_JOINERS.map((joiner): Mistake => ({
    ...joinMistake('VALUES_CONCATENATED', joiner),
    hides: 'KEY_CASE',
  })),
  ...PAIR_JOINERS.map(joiner => joinMistake('SEPARATOR_WRONG', joiner)),
  ...JSON_JOINERS.map(joiner => joinMistake('JSON_SIGNED', joiner)),
];

export const joinStep: Step = {
  correct: candidate => (Array.isArray(candidate) ? joinPairs(candidate, '&') : candidate),
  mistakes: () => JOIN_MISTAKES,
};

const ADDITIONS: [string, (text: string) => string][] = [
  ['? in front', text => '?' + text],
  ['& in front', text => '&' + text],
  ['a space behind', text => text + ' '],
  ['a space in front', text => ' ' + text],
  ['a byte order mark in front', text => '\uFEFF' + text],
  ['double quotes', text => `"${text}"`],
  ['a zero byte behind', text => text + '\0'],
  ['&key= behind', text => text + '&key='],
  [', behind', text => text + ','],
];

const SUFFIX_MISTAKES: Mistake[] = [
  textMistake({ code: 'TRAILING_AMP' }, text => text + '&'),
  textMistake({ code: 'TRAILING_NEWLINE' }, text => text + '\n'),
  textMistake({ code: 'TRAILING_NEWLINE' }, text => text + '\r\n'),
  ...ADDITIONS.map(([around, add]) => textMistake({ code: 'EXTRA_CHARACTERS', evidence: { around } }, add)),
];

export const suffixStep: Step = { correct: unchanged, mistakes: () => SUFFIX_MISTAKES };

const DIGESTS: [string, (text: string) => string | Buffer][] = [
  ['SHA-1 as hex', text => digest('sha1', text).toString('hex')],
  ['SHA-1 as upper-case hex', text => digest('sha1', text).toString('hex').toUpperCase()],
  ['SHA-1 as bytes', text => digest('sha1', text)],
  ['SHA-1 as base64', text => digest('sha1', text).toString('base64')],
  ['MD5 as hex', text => digest('md5', text).toString('hex')],
  ['MD5 as upper-case hex', text => digest('md5', text).toString('hex').toUpperCase()],
  ['MD5 as bytes', text => digest('md5', text)],
  ['SHA-256 as hex', text => digest('sha256', text).toString('hex')],
  ['SHA-256 as bytes', text => digest('sha256', text)],
];

const ENCODING_MISTAKES: Mistake[] = [
  ...charsetMistakes,
  ...DIGESTS.map(([how, apply]) => textMistake({ code: 'DOUBLE_DIGEST', evidence: { how } }, apply)),
];

/** From text to bytes: in UTF-8, and not hashed. */
export const byteEncodingStep: Step = { correct: unchanged, mistakes: () => ENCODING_MISTAKES };
