/**
 * Keys in a diagnosis: reads the key that was given, and compares two keys: whether they are a pair, their formats, and
 * the formats that other languages need.
 */
import { KeyObject } from 'node:crypto';
import { KeyError } from '../errors';
import { isEncodedAgain } from '../key-text';
import { fingerprint, loadPrivateKey, loadPublicKey, readKey, requireKeyInput, toPublicKey } from '../keys';
import type { KeyInput, KeyTrait, ReadKey } from '../keys';
import type { KeyCode } from './codes';
import { toDiagnosis } from './finding';
import type { Diagnosis, Locale, RawFinding } from './finding';

export interface ResolvedKey {
  key: KeyObject | null;
  bits: number;
  findings: RawFinding[];
}

/** A key that cannot be read, as a finding; throws any other error. */
function toFinding(error: unknown): RawFinding {
  if (!(error instanceof KeyError)) throw error;
  const code: KeyCode = error.code === 'KEY_IS_PUBLIC' ? 'PRIVATE_KEY_MISSING' : error.code;
  return { code, evidence: { reason: error.message, detail: error.detail ?? '' } };
}

/** Reads a key, or returns why it cannot be read as a finding. */
function safeReadKey(
  input: unknown,
  role: 'private' | 'public',
): { read: ReadKey } | { finding: RawFinding } {
  try {
    const given = requireKeyInput(input, role);
    return { read: given instanceof KeyObject ? toReadKey(given) : readKey(given, role) };
  } catch (error) {
    return { finding: toFinding(error) };
  }
}

/** @throws KeyError for a key that is not RSA */
function toReadKey(given: KeyObject): ReadKey {
  const key = given.type === 'private' ? loadPrivateKey(given) : loadPublicKey(given);
  const kind = key.type === 'private' ? 'private' : 'public';
  const format = kind === 'private' ? 'PKCS#8' : 'SPKI';
  return { key, kind, format, bits: key.asymmetricKeyDetails?.modulusLength ?? 0, traits: [] };
}

/** The public key that a diagnosis works with, from any kind of key. */
export function resolveKey(input: KeyInput | null | undefined): ResolvedKey {
  if (input === undefined || input === null)
    return { key: null, bits: 0, findings: [{ code: 'KEY_NOT_GIVEN' }] };
  const result = safeReadKey(input, 'public');
  if ('finding' in result) return { key: null, bits: 0, findings: [result.finding] };
  const { key, kind, bits } = result.read;
  return { key: toPublicKey(key), bits, findings: kind === 'private' ? [{ code: 'KEY_IS_PRIVATE' }] : [] };
}

interface KeyPairOptions {
  locale?: Locale;
  /** the files of the first and the second key, which findings then name */
  files?: readonly [string, string];
}

const CODE_OF_TRAIT: Record<KeyTrait, KeyCode> = {
  bom: 'KEY_WITH_BOM',
  crlf: 'KEY_WITH_CRLF',
  quotes: 'KEY_WITH_QUOTES',
  'literal-newlines': 'KEY_WITH_LITERAL_NEWLINES',
  'no-pem': 'KEY_WITHOUT_PEM',
  'one-line-pem': 'KEY_ON_ONE_LINE',
  'wrong-label': 'KEY_WRONG_LABEL',
  der: 'KEY_IS_DER',
  name: 'KEY_WITH_NAME',
  urlsafe: 'KEY_IS_URLSAFE',
  'foreign-characters': 'KEY_WITH_FOREIGN_CHARACTERS',
};

/** The size of the keys that the documents show. */
export const DOCUMENTED_BITS = 1024;

type KeyNeed = 'PKCS#1' | 'PKCS#8' | 'public' | 'public PKCS#1' | 'X.509';

/** The key formats that other languages need. `{file}` is the key that the finding is about. */
const LANGUAGE_NEEDS: Record<Locale, Record<KeyNeed, string>> = {
  en: {
    'PKCS#1':
      'PHP, Go (x509.ParsePKCS1PrivateKey) and Node read it as it is. Java wants PKCS#8 as one line of base64: openssl pkcs8 -topk8 -nocrypt -in {file}, without the BEGIN and END lines.',
    'PKCS#8':
      'PHP and Node read it as it is; Java wants its base64 on one line without BEGIN and END. Go reads it with x509.ParsePKCS8PrivateKey; the official demo wants PKCS#1: openssl rsa -traditional -in {file}.',
    public:
      'The console takes its base64 on one line without BEGIN and END. PHP, Node and Go (x509.ParsePKIXPublicKey) want the PEM, Java the one line (X509EncodedKeySpec).',
    'public PKCS#1':
      'Make it SPKI for the console, PHP and Java: openssl rsa -RSAPublicKey_in -in {file} -pubout.',
    'X.509':
      'This is a certificate. The console, Go (x509.ParsePKIXPublicKey) and Java (X509EncodedKeySpec) want the public key in it: openssl x509 -pubkey -noout -in {file}.',
  },
  'zh-CN': {
    'PKCS#1':
      'PHP、Go（x509.ParsePKCS1PrivateKey）、Node 可直接使用。Java 需要 PKCS#8 的单行 base64：openssl pkcs8 -topk8 -nocrypt -in {file}，去掉 BEGIN 和 END 两行。',
    'PKCS#8':
      'PHP、Node 可直接使用；Java 需要去掉 BEGIN 和 END 的单行 base64。Go 用 x509.ParsePKCS8PrivateKey 读取；官方 demo 需要 PKCS#1：openssl rsa -traditional -in {file}。',
    public:
      '后台需要去掉 BEGIN 和 END 的单行 base64。PHP、Node、Go（x509.ParsePKIXPublicKey）需要 PEM，Java 需要单行（X509EncodedKeySpec）。',
    'public PKCS#1': '后台、PHP、Java 需要 SPKI：openssl rsa -RSAPublicKey_in -in {file} -pubout。',
    'X.509':
      '这是证书。后台、Go（x509.ParsePKIXPublicKey）、Java（X509EncodedKeySpec）需要其中的公钥：openssl x509 -pubkey -noout -in {file}。',
  },
};

const KIND_NAMES: Record<Locale, Record<'private' | 'public', string>> = {
  en: { private: 'private', public: 'public' },
  'zh-CN': { private: '私钥', public: '公钥' },
};

function properLabel({ kind, format }: ReadKey): string {
  if (format === 'X.509') return 'CERTIFICATE';
  const name = kind === 'private' ? 'PRIVATE KEY' : 'PUBLIC KEY';
  return format === 'PKCS#1' ? `RSA ${name}` : name;
}

/** A key with the name of its file. */
interface NamedKey extends ReadKey {
  file: string | undefined;
  isBase64OfPem: boolean;
}

/** Returns true for base64 of a whole PEM file, as CI systems and Kubernetes keep secrets. */
function isBase64OfPem(key: KeyInput): boolean {
  if (key instanceof KeyObject) return false;
  const text = typeof key === 'string' ? key : Buffer.from(key).toString();
  return !text.includes('-----BEGIN') && isEncodedAgain(Buffer.from(text, 'base64'));
}

/** The file name, quoted for a shell; without one the name that the docs use. */
function fileInCommand({ file, kind }: NamedKey): string {
  if (file === undefined) return `${kind}.pem`;
  return /^[\w./][\w./@:+,-]*$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

function needOf({ kind, format }: ReadKey): KeyNeed {
  if (kind === 'private') return format as 'PKCS#1' | 'PKCS#8';
  if (format === 'PKCS#1') return 'public PKCS#1';
  return format === 'X.509' ? format : 'public';
}

function formatFindings(named: NamedKey, locale: Locale): RawFinding[] {
  const { kind, format, bits, traits, key, file } = named;
  const needs = LANGUAGE_NEEDS[locale][needOf(named)];
  const evidence = {
    kind: KIND_NAMES[locale][kind],
    format,
    bits: String(bits),
    fingerprint: fingerprint(toPublicKey(key)),
    label: properLabel(named),
    needs: needs.replaceAll('{file}', () => fileInCommand(named)),
    ...(file === undefined ? {} : { file }),
  };
  return [
    { code: 'KEY_FORMAT', evidence },
    ...traits.map((trait): RawFinding => {
      const isWrapped = trait === 'no-pem' && named.isBase64OfPem;
      return { code: isWrapped ? 'KEY_IS_BASE64_OF_PEM' : CODE_OF_TRAIT[trait], evidence };
    }),
    ...(bits === DOCUMENTED_BITS ? [] : [{ code: 'KEY_SIZE_UNDOCUMENTED', evidence } satisfies RawFinding]),
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
  const { files: paths, locale: wanted } = (options as KeyPairOptions | null) ?? {};
  const locale: Locale = /^en\b/i.test(wanted ?? '') ? 'en' : 'zh-CN';
  const [first, second] = [safeReadKey(privateKey, 'private'), safeReadKey(publicKey, 'public')];
  const names = [fileNameOf(paths?.[0]), fileNameOf(paths?.[1])] as const;
  if ('finding' in first || 'finding' in second) {
    const unreadable = [first, second].flatMap((each, index): RawFinding[] => {
      if (!('finding' in each)) return [];
      const file = names[index];
      const role = KIND_NAMES[locale][index === 0 ? 'private' : 'public'];
      return [
        {
          ...each.finding,
          evidence: { ...each.finding.evidence, role, ...(file === undefined ? {} : { file }) },
        },
      ];
    });
    return toDiagnosis(unreadable, locale);
  }

  const keys = [
    { ...first.read, file: names[0], isBase64OfPem: isBase64OfPem(privateKey) },
    { ...second.read, file: names[1], isBase64OfPem: isBase64OfPem(publicKey) },
  ] as const;
  const findings: RawFinding[] = [];
  const kinds = keys.map(({ kind }) => kind).join();
  const [asPrivate, asPublic] = kinds === 'public,private' ? [keys[1], keys[0]] : keys;
  const files = { privateFile: fileInCommand(asPrivate), publicFile: fileInCommand(asPublic) };
  if (kinds === 'public,private') findings.push({ code: 'KEYS_SWAPPED', evidence: files });
  if (kinds === 'private,private') {
    findings.push({
      code: 'KEY_IS_PRIVATE',
      evidence: asPublic.file === undefined ? {} : { file: asPublic.file },
    });
  }
  if (kinds === 'public,public') findings.push({ code: 'PRIVATE_KEY_MISSING' });
  const privateFingerprint = fingerprint(toPublicKey(asPrivate.key));
  const publicFingerprint = fingerprint(toPublicKey(asPublic.key));
  if (privateFingerprint !== publicFingerprint) {
    findings.push({
      code: 'KEYS_DO_NOT_MATCH',
      evidence: { privateFingerprint, publicFingerprint, ...files },
    });
  }
  return toDiagnosis(
    [...findings, ...formatFindings(asPrivate, locale), ...formatFindings(asPublic, locale)],
    locale,
  );
}

/** The name of a file; stdin has none. */
function fileNameOf(file: string | undefined): string | undefined {
  return file === '-' ? undefined : file;
}
