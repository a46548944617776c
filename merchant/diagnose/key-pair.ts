/**
 * Two keys: whether they are a pair, what they are, and what other languages want them to look like.
 */
import type { KeyInput, KeyTrait, ReadKey } from '../keys';
import { diagnosis } from './finding';
import type { Clue, Diagnosis, Locale } from './finding';
import { fingerprint, publicHalf, tryReadKey } from './given-key';
import type { KeyCode } from './codes';

export interface KeyPairOptions {
  locale?: Locale;
}

const TRAITS: Record<KeyTrait, KeyCode> = {
  bom: 'KEY_WITH_BOM',
  crlf: 'KEY_WITH_CRLF',
  quotes: 'KEY_WITH_QUOTES',
  'literal-newlines': 'KEY_WITH_LITERAL_NEWLINES',
  'no-pem': 'KEY_WITHOUT_PEM',
  'one-line-pem': 'KEY_ON_ONE_LINE',
  'wrong-label': 'KEY_WRONG_LABEL',
  der: 'KEY_IS_DER',
};

const DOCUMENTED_BITS = 1024;

const NEEDS: Record<Locale, Record<'PKCS#1' | 'PKCS#8' | 'public' | 'public PKCS#1', string>> = {
  en: {
    'PKCS#1':
      'PHP, Go (x509.ParsePKCS1PrivateKey) and Node read it as it is. Java wants PKCS#8 as one line of base64: openssl pkcs8 -topk8 -nocrypt -in private.pem, without the BEGIN and END lines.',
    'PKCS#8':
      'PHP and Node read it as it is; Java wants its base64 on one line without BEGIN and END. Go reads it with x509.ParsePKCS8PrivateKey; the official demo wants PKCS#1: openssl rsa -traditional -in private.pem.',
    public:
      'The console takes its base64 on one line without BEGIN and END. PHP, Node and Go (x509.ParsePKIXPublicKey) want the PEM, Java the one line (X509EncodedKeySpec).',
    'public PKCS#1':
      'Make it SPKI for the console, PHP and Java: openssl rsa -RSAPublicKey_in -in public.pem -pubout.',
  },
  'zh-CN': {
    'PKCS#1':
      'PHP、Go（x509.ParsePKCS1PrivateKey）、Node 可直接使用。Java 需要 PKCS#8 的单行 base64：openssl pkcs8 -topk8 -nocrypt -in private.pem，去掉 BEGIN 和 END 两行。',
    'PKCS#8':
      'PHP、Node 可直接使用；Java 需要去掉 BEGIN 和 END 的单行 base64。Go 用 x509.ParsePKCS8PrivateKey 读取；官方 demo 需要 PKCS#1：openssl rsa -traditional -in private.pem。',
    public:
      '后台需要去掉 BEGIN 和 END 的单行 base64。PHP、Node、Go（x509.ParsePKIXPublicKey）需要 PEM，Java 需要单行（X509EncodedKeySpec）。',
    'public PKCS#1': '后台、PHP、Java 需要 SPKI：openssl rsa -RSAPublicKey_in -in public.pem -pubout。',
  },
};

const KIND: Record<Locale, Record<'private' | 'public', string>> = {
  en: { private: 'private', public: 'public' },
  'zh-CN': { private: '私钥', public: '公钥' },
};

function properLabel({ kind, format }: ReadKey): string {
  if (format === 'X.509') return 'CERTIFICATE';
  const name = kind === 'private' ? 'PRIVATE KEY' : 'PUBLIC KEY';
  return format === 'PKCS#1' ? `RSA ${name}` : name;
}

function keyClues(read: ReadKey, locale: Locale): Clue[] {
  const { kind, format, bits, traits, key } = read;
  const needs =
    NEEDS[locale][
      kind === 'public' ? (format === 'PKCS#1' ? 'public PKCS#1' : 'public') : (format as 'PKCS#1' | 'PKCS#8')
    ];
  const evidence = {
    kind: KIND[locale][kind],
    format,
    bits: String(bits),
    fingerprint: fingerprint(publicHalf(key)),
    label: properLabel(read),
    needs,
  };
  return [
    { code: 'KEY_FORMAT', evidence },
    ...traits.map((trait): Clue => ({ code: TRAITS[trait], evidence })),
    ...(bits === DOCUMENTED_BITS ? [] : [{ code: 'KEY_SIZE_UNDOCUMENTED', evidence } satisfies Clue]),
  ];
}

/**
 * Compares a private and a public key, and describes both.
 *
 * @returns an error when they are no pair or cannot be read; facts (severity info) about their formats otherwise
 */
export function compareKeys(
  privateKey: KeyInput,
  publicKey: KeyInput,
  options: KeyPairOptions = {},
): Diagnosis {
  const locale = options.locale ?? 'zh-CN';
  const [first, second] = [tryReadKey(privateKey), tryReadKey(publicKey)];
  const unreadable = [first, second].flatMap(each => ('clue' in each ? [each.clue] : []));
  if ('clue' in first || 'clue' in second) return diagnosis(unreadable, locale);

  const reads = [first.read, second.read] as const;
  const clues: Clue[] = [];
  const kinds = reads.map(({ kind }) => kind).join();
  if (kinds === 'public,private') clues.push({ code: 'KEYS_SWAPPED' });
  if (kinds === 'private,private') clues.push({ code: 'KEY_IS_PRIVATE' });
  if (kinds === 'public,public') clues.push({ code: 'PRIVATE_KEY_MISSING' });
  const [a, b] = kinds === 'public,private' ? [reads[1], reads[0]] : reads;
  const privateFingerprint = fingerprint(publicHalf(a.key));
  const publicFingerprint = fingerprint(publicHalf(b.key));
  if (privateFingerprint !== publicFingerprint) {
    clues.push({ code: 'KEYS_DO_NOT_MATCH', evidence: { privateFingerprint, publicFingerprint } });
  }
  return diagnosis([...clues, ...keyClues(a, locale), ...keyClues(b, locale)], locale);
}
