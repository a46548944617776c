/**
 * The steps every signed text goes through, whatever it says: encode nothing, sort, join, add nothing, UTF-8.
 */
import { formEncode } from '../form-body';
import { charsets } from './charset-ways';
import { hash } from './opened-signature';
import { mapValues, onPairs, onText, permutations, unchanged } from './search';
import type { Draft, Pair, Step, Way } from './search';

type Encoder = [how: string, encode: (text: string) => string];

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, hex => hex.toLowerCase());
}

/** A lone surrogate has no percent-encoding. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function component(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

const ENCODERS: Encoder[] = [
  ['encodeURIComponent', component],
  ['application/x-www-form-urlencoded', formEncode],
  [
    'RFC 3986',
    text => component(text).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase()),
  ],
  ['Python quote_plus', text => formEncode(text).replace(/%7E/g, '~').replace(/\*/g, '%2A')],
  ['lower-case hex', text => lowerHex(component(text))],
  ['lower-case hex, space as +', text => lowerHex(formEncode(text))],
  ['non-ASCII characters only', text => text.replace(/[^\x20-\x7e]+/gu, component)],
  ['twice', text => component(component(text))],
];

export const encodeValues: Step = {
  right: unchanged,
  wrong: ENCODERS.map(([how, encode]) =>
    onPairs({ code: 'VALUES_URLENCODED', evidence: { how } }, pairs => mapValues(pairs, encode)),
  ),
};

export const encodeWhole: Step = {
  right: unchanged,
  wrong: [...ENCODERS, ['encodeURI', text => encodeURI(wellFormed(text))] satisfies Encoder].map(
    ([how, encode]) => onText({ code: 'WHOLE_STRING_URLENCODED', evidence: { how } }, encode),
  ),
};

function byName(a: Pair, b: Pair): number {
  return a.name < b.name ? -1 : 1;
}

function sorted(draft: Draft): Draft {
  return Array.isArray(draft) ? [...draft].sort(byName) : draft;
}

/** Other orders: as sent, backwards, ignoring case, by value; all of them while that is few. */
function otherOrders(pairs: Pair[]): Pair[][] {
  const orders = [
    [...pairs].sort((a, b) => a.position - b.position),
    [...pairs].sort(byName).reverse(),
    [...pairs].sort((a, b) =>
      byName({ ...a, name: a.name.toLowerCase() }, { ...b, name: b.name.toLowerCase() }),
    ),
    [...pairs].sort((a, b) => (a.value < b.value ? -1 : 1)),
  ];
  return pairs.length <= 4 ? [...orders, ...permutations([...pairs].sort(byName))] : orders;
}

/** Each order is a way of its own; the finding names the fields as they stood. */
export const sort: Step = {
  right: sorted,
  wrong: draft => {
    if (!Array.isArray(draft)) return [];
    const orders = new Map(otherOrders(draft).map(order => [names(order), order]));
    orders.delete(names([...draft].sort(byName)));
    return [...orders].map(([order, pairs]) =>
      onPairs({ code: 'UNSORTED', evidence: { order } }, () => pairs),
    );
  },
};

function names(pairs: Pair[]): string {
  return pairs.map(pair => pair.name).join(', ');
}

function joined(pairs: Pair[], separator: string, between = '='): string {
  return pairs.map(({ name, value }) => name + between + value).join(separator);
}

type Joiner = [style: string, join: (pairs: Pair[]) => string];

const VALUES: Joiner[] = ['', '+', '&', ',', '|', ' ', '#', '_', '-', ';'].map(separator => [
  separator,
  pairs => pairs.map(pair => pair.value).join(separator),
]);

const STYLES: Joiner[] = [
  ['name=value, without a separator', pairs => joined(pairs, '')],
  ['name=value,name=value', pairs => joined(pairs, ',')],
  ['name=value, name=value', pairs => joined(pairs, ', ')],
  ['name=value|name=value', pairs => joined(pairs, '|')],
  ['name=value;name=value', pairs => joined(pairs, ';')],
  ['name=value+name=value', pairs => joined(pairs, '+')],
  ['name=value, one a line', pairs => joined(pairs, '\n')],
  ['name=value&amp;name=value (escaped for HTML)', pairs => joined(pairs, '&amp;')],
  ['{name=value, name=value} (a Java map as text)', pairs => `{${joined(pairs, ', ')}}`],
  ['namevalue, without any separator', pairs => joined(pairs, '', '')],
  ['name:value&name:value', pairs => joined(pairs, '&', ':')],
  ['name:value,name:value', pairs => joined(pairs, ',', ':')],
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

const inOrderSent = (pairs: Pair[]): Pair[] => [...pairs].sort((a, b) => a.position - b.position);

const JSONS: Joiner[] = [(pairs: Pair[]): Pair[] => pairs, inOrderSent].flatMap(arrange =>
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

function joinWay(
  code: 'VALUES_CONCATENATED' | 'SEPARATOR_WRONG' | 'JSON_SIGNED',
  [style, join]: Joiner,
): Way {
  return { clue: { code, evidence: { style } }, apply: draft => (Array.isArray(draft) ? join(draft) : null) };
}

export const join: Step = {
  right: draft => (Array.isArray(draft) ? joined(draft, '&') : draft),
  wrong: [
    ...VALUES.map((joiner): Way => ({ ...joinWay('VALUES_CONCATENATED', joiner), hides: 'KEY_CASE' })),
    ...STYLES.map(joiner => joinWay('SEPARATOR_WRONG', joiner)),
    ...JSONS.map(joiner => joinWay('JSON_SIGNED', joiner)),
  ],
};

const AROUND: [string, (text: string) => string][] = [
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

export const addNothing: Step = {
  right: unchanged,
  wrong: [
    onText({ code: 'TRAILING_AMP' }, text => text + '&'),
    onText({ code: 'TRAILING_NEWLINE' }, text => text + '\n'),
    onText({ code: 'TRAILING_NEWLINE' }, text => text + '\r\n'),
    ...AROUND.map(([around, add]) => onText({ code: 'EXTRA_CHARACTERS', evidence: { around } }, add)),
  ],
};

const DIGESTS: [string, (text: string) => string | Buffer][] = [
  ['SHA-1 as hex', text => hash('sha1', text).toString('hex')],
  ['SHA-1 as upper-case hex', text => hash('sha1', text).toString('hex').toUpperCase()],
  ['SHA-1 as bytes', text => hash('sha1', text)],
  ['SHA-1 as base64', text => hash('sha1', text).toString('base64')],
  ['MD5 as hex', text => hash('md5', text).toString('hex')],
  ['MD5 as upper-case hex', text => hash('md5', text).toString('hex').toUpperCase()],
  ['MD5 as bytes', text => hash('md5', text)],
  ['SHA-256 as hex', text => hash('sha256', text).toString('hex')],
  ['SHA-256 as bytes', text => hash('sha256', text)],
];

/** Text to bytes: UTF-8, and not hashed before. */
export const toBytes: Step = {
  right: unchanged,
  wrong: [
    ...charsets,
    ...DIGESTS.map(([how, digest]) => onText({ code: 'DOUBLE_DIGEST', evidence: { how } }, digest)),
  ],
};

/** The text without any mistake. */
export function rightText(pairs: readonly Pair[]): string {
  return joined([...pairs].sort(byName), '&');
}
