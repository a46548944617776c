/**
 * The mistakes that backends make when they sign an order, each as a function that makes it.
 */
import { constants, createHash, privateEncrypt, sign, type KeyObject } from 'node:crypto';
import { diagnoseOrder } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import { joinFields, sha1WithRsa, SIGNED_FIELDS } from './random-orders';
import type { Order } from './random-orders';
import { required } from './vectors';

/** The codes of the errors of an order, from a search long enough for every pair of mistakes. */
export const errorsOf = (order: unknown, key: KeyObject | string): FindingCode[] =>
  diagnoseOrder(order, key, { maxCandidates: 500_000 })
    .findings.filter(finding => finding.severity === 'error')
    .map(finding => finding.code);

/** Signs an order in some wrong way; `next` is a random generator. */
type Sign = (order: Order, key: KeyObject, next: () => number) => Order;

const signedText = (make: (order: Order) => string | Buffer): Sign => {
  return (order, key) => ({ ...order, rsaSign: sha1WithRsa(make(order), key) });
};

export const signOrder = (order: Order, key: KeyObject): Order => ({
  ...order,
  rsaSign: sha1WithRsa(joinFields(order), key),
});

const changed = (change: (rsaSign: string) => string): Sign => {
  return (order, key) => ({ ...order, rsaSign: change(required(signOrder(order, key).rsaSign)) });
};

export const withDigest = (algorithm: string): Sign => {
  return (order, key) => ({
    ...order,
    rsaSign: sign(algorithm, Buffer.from(joinFields(order)), key).toString('base64'),
  });
};

const encrypted = (make: (order: Order) => Buffer): Sign => {
  return (order, key) => ({ ...order, rsaSign: privateEncrypt(key, make(order)).toString('base64') });
};

export const withPss = (algorithm: string, saltLength: number): Sign => {
  return (order, key) => ({
    ...order,
    rsaSign: sign(algorithm, Buffer.from(joinFields(order)), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    }).toString('base64'),
  });
};

const digest = (algorithm: string, of: string | Buffer): Buffer => createHash(algorithm).update(of).digest();

/** RSASSA-PSS with SHA-256 over the text and SHA-1 in the mask, as a library makes it that sets only one of the two digests. */
export function withMixedPss(order: Order, key: KeyObject): Order {
  const salt = Buffer.alloc(20, 7);
  const hashed = digest(
    'sha256',
    Buffer.concat([Buffer.alloc(8), digest('sha256', joinFields(order)), salt]),
  );
  const block = Buffer.concat([Buffer.alloc(128 - 32 - 1 - 21), Buffer.from([1]), salt]);
  const masked = block.map((byte, index) => {
    const counter = Buffer.from([0, 0, 0, Math.floor(index / 20)]);
    return byte ^ (digest('sha1', Buffer.concat([hashed, counter]))[index % 20] ?? 0);
  });
  masked[0] = (masked[0] ?? 0) & 0x7f;
  const whole = Buffer.concat([masked, hashed, Buffer.from([0xbc])]);
  const rsaSign = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, whole).toString('base64');
  return { ...order, rsaSign };
}

const valuesWith =
  (encode: (value: string) => string): ((order: Order) => string) =>
  order =>
    SIGNED_FIELDS.map(name => `${name}=${encode(required(order[name]))}`).join('&');
export const formEncode = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
const replaced = (change: Order): Sign => signedText(order => joinFields({ ...order, ...change }));

/** Code, cause, whether the mistake needs an order with non-ASCII or reserved characters, and how to sign. */
export const MISTAKES: [FindingCode, string, 'any' | 'special', Sign][] = [
  [
    'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT',
    'three fields',
    'any',
    signedText(o => joinFields(o, ['appKey', 'dealId', 'tpOrderId'])),
  ],
  [
    'RANGE0_SIGNED_WITH_TOTALAMOUNT',
    'range 0',
    'any',
    (o, key) => signOrder({ ...o, signFieldsRange: '0' }, key),
  ],
  ['EXTRA_FIELDS_SIGNED', 'everything', 'any', signedText(o => joinFields(o, Object.keys(o).sort()))],
  [
    'EXTRA_FIELDS_SIGNED',
    'with the title',
    'any',
    signedText(o => joinFields(o, [...SIGNED_FIELDS, 'dealTitle'].sort())),
  ],
  [
    'EXTRA_FIELDS_SIGNED',
    'with an empty rsaSign',
    'any',
    signedText(o => joinFields({ ...o, rsaSign: '' }, [...SIGNED_FIELDS, 'rsaSign'].sort())),
  ],
  [
    'FIELD_NOT_SIGNED',
    'no dealId',
    'any',
    signedText(o => joinFields(o, ['appKey', 'totalAmount', 'tpOrderId'])),
  ],
  [
    'UNSORTED',
    'as the documents list them',
    'any',
    signedText(o => joinFields(o, ['appKey', 'dealId', 'tpOrderId', 'totalAmount'])),
  ],
  ['UNSORTED', 'backwards', 'any', signedText(o => joinFields(o, [...SIGNED_FIELDS].reverse()))],
  [
    'VALUES_CONCATENATED',
    'joined by +',
    'any',
    signedText(o => SIGNED_FIELDS.map(name => o[name]).join('+')),
  ],
  [
    'VALUES_CONCATENATED',
    'joined by nothing',
    'any',
    signedText(o => SIGNED_FIELDS.map(name => o[name]).join('')),
  ],
  ['SEPARATOR_WRONG', 'commas', 'any', signedText(o => joinFields(o, SIGNED_FIELDS, ','))],
  ['SEPARATOR_WRONG', 'a Java map', 'any', signedText(o => `{${joinFields(o, SIGNED_FIELDS, ', ')}}`)],
  [
    'JSON_SIGNED',
    'JSON.stringify',
    'any',
    signedText(o => JSON.stringify(Object.fromEntries(SIGNED_FIELDS.map(n => [n, o[n]])))),
  ],
  ['TRAILING_AMP', 'a loop', 'any', signedText(o => joinFields(o) + '&')],
  ['TRAILING_NEWLINE', 'echo', 'any', signedText(o => joinFields(o) + '\n')],
  ['TRAILING_NEWLINE', 'println on Windows', 'any', signedText(o => joinFields(o) + '\r\n')],
  ['EXTRA_CHARACTERS', 'a query string', 'any', signedText(o => '?' + joinFields(o))],
  ['DOUBLE_DIGEST', 'hex', 'any', signedText(o => digest('sha1', joinFields(o)).toString('hex'))],
  ['DOUBLE_DIGEST', 'bytes', 'any', signedText(o => digest('sha1', joinFields(o)))],
  ['DOUBLE_DIGEST', 'MD5 first', 'any', signedText(o => digest('md5', joinFields(o)).toString('hex'))],
  [
    'KEY_CASE',
    'dealID and tpOrderID',
    'any',
    signedText(o => joinFields(o).replace('dealId', 'dealID').replace('tpOrderId', 'tpOrderID')),
  ],
  [
    'KEY_CASE',
    'a Go struct',
    'any',
    signedText(o => SIGNED_FIELDS.map(n => `${n[0]?.toUpperCase()}${n.slice(1)}=${o[n]}`).join('&')),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'yuan',
    'any',
    signedText(o => joinFields({ ...o, totalAmount: (Number(o.totalAmount) / 100).toFixed(2) })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'BigDecimal',
    'any',
    signedText(o => joinFields({ ...o, totalAmount: `${o.totalAmount}.00` })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'a Java double',
    'any',
    signedText(o => joinFields({ ...o, totalAmount: `${o.totalAmount}.0` })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'one fen off',
    'any',
    signedText(o => joinFields({ ...o, totalAmount: String(Number(o.totalAmount) - 1) })),
  ],
  ['AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'another small amount', 'any', replaced({ totalAmount: '4321' })],
  ['VALUES_URLENCODED', 'encodeURIComponent', 'special', signedText(valuesWith(encodeURIComponent))],
  ['VALUES_URLENCODED', 'url.Values.Encode', 'special', signedText(valuesWith(formEncode))],
  ['WHOLE_STRING_URLENCODED', 'URLEncoder', 'any', signedText(o => formEncode(joinFields(o)))],
  [
    'WHOLE_STRING_URLENCODED',
    'encodeURIComponent',
    'special',
    signedText(o => encodeURIComponent(joinFields(o))),
  ],
  ['NULL_OR_UNDEFINED_JOINED', 'JavaScript', 'any', replaced({ dealId: 'undefined' })],
  ['NULL_OR_UNDEFINED_JOINED', 'Java', 'any', replaced({ appKey: 'null', dealId: 'null' })],
  ['NULL_OR_UNDEFINED_JOINED', 'PHP', 'any', replaced({ tpOrderId: '' })],
  ['CHARSET_NOT_UTF8', 'UTF-16', 'any', signedText(o => Buffer.from(joinFields(o), 'utf16le'))],
  [
    'CHARSET_NOT_UTF8',
    'UTF-8 twice',
    'special',
    signedText(o => Buffer.from(Buffer.from(joinFields(o)).toString('latin1'))),
  ],
  [
    'SIGNED_VALUE_DIFFERS_FROM_SENT',
    'lower case',
    'any',
    signedText(o => joinFields({ ...o, tpOrderId: required(o.tpOrderId).toLowerCase() })),
  ],
  ['WRONG_DIGEST_SHA256', 'RSA2', 'any', withDigest('RSA-SHA256')],
  ['WRONG_DIGEST_MD5', 'MD5withRSA', 'any', withDigest('RSA-MD5')],
  ['WRONG_DIGEST_SHA512', 'SHA512withRSA', 'any', withDigest('RSA-SHA512')],
  ['PSS_PADDING', 'the salt of OpenSSL', 'any', withPss('RSA-SHA1', constants.RSA_PSS_SALTLEN_DIGEST)],
  ['PSS_PADDING', 'the longest salt, Node', 'any', withPss('RSA-SHA1', constants.RSA_PSS_SALTLEN_MAX_SIGN)],
  ['NO_DIGESTINFO_PLAINTEXT', 'the text encrypted', 'any', encrypted(o => Buffer.from(joinFields(o)))],
  ['NO_DIGESTINFO_SHA1', 'the digest encrypted', 'any', encrypted(o => digest('sha1', joinFields(o)))],
  [
    'NO_DIGESTINFO_SHA1_HEX',
    'its hex encrypted',
    'any',
    encrypted(o => Buffer.from(digest('sha1', joinFields(o)).toString('hex'))),
  ],
  ['NO_DIGESTINFO_SHA256', 'SHA-256 encrypted', 'any', encrypted(o => digest('sha256', joinFields(o)))],
  ['NO_DIGESTINFO_MD5', 'MD5 encrypted', 'any', encrypted(o => digest('md5', joinFields(o)))],
  ['BASE64_URLSAFE', 'base64url', 'any', (o, key, next) => urlSafe(o, key, next)],
  ['BASE64_NO_PADDING', 'trimmed', 'any', changed(s => s.replace(/=+$/, ''))],
  ['BASE64_LINE_BREAKS', 'MIME', 'any', changed(s => s.replace(/(.{76})/g, '$1\r\n'))],
  ['BASE64_PLUS_BECAME_SPACE', 'a form', 'any', (o, key, next) => plusBecameSpace(o, key, next)],
  ['BASE64_PERCENT_ENCODED', 'a URL', 'any', changed(encodeURIComponent)],
  ['HEX_INSTEAD_OF_BASE64', 'hex', 'any', changed(s => Buffer.from(s, 'base64').toString('hex'))],
  ['DOUBLE_BASE64', 'twice', 'any', changed(s => Buffer.from(s).toString('base64'))],
  ['NOT_BASE64', 'something else', 'any', changed(s => s.replace(/./, '*'))],
  ['SIGNATURE_CUT', 'a short column', 'any', changed(s => s.slice(0, 100))],
  ['SIGNATURE_CUT', 'VARCHAR(128)', 'any', changed(s => s.slice(0, 128))],
  ['SIGNATURE_LENGTH', 'a tail of its own', 'any', changed(s => s.slice(0, 168) + s.slice(0, 168) + 'AAA=')],
];

/** Tries order numbers until the signature contains a wanted character. */
function signUntil(order: Order, key: KeyObject, next: () => number, wanted: RegExp): Order {
  let found = signOrder(order, key);
  while (!wanted.test(required(found.rsaSign))) {
    found = signOrder({ ...order, tpOrderId: 'T' + Math.floor(next() * 1e9), bizInfo: '' }, key);
  }
  return found;
}

function urlSafe(order: Order, key: KeyObject, next: () => number): Order {
  const found = signUntil(order, key, next, /[+/]/);
  return { ...found, rsaSign: required(found.rsaSign).replaceAll('+', '-').replaceAll('/', '_') };
}

function plusBecameSpace(order: Order, key: KeyObject, next: () => number): Order {
  const found = signUntil(order, key, next, /\+/);
  return { ...found, rsaSign: required(found.rsaSign).replaceAll('+', ' ') };
}
