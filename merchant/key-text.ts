/**
 * Finds the DER of keys in the text or the bytes of a file, however it was written: PEM, base64, a line of a .env file.
 */
import { KeyError } from './errors';

/** How the key was written; each of these breaks the reader of some other language. */
export type KeyTrait =
  | 'bom'
  | 'crlf'
  | 'quotes'
  | 'literal-newlines'
  | 'no-pem'
  | 'one-line-pem'
  | 'wrong-label'
  | 'der'
  | 'name'
  | 'urlsafe'
  | 'foreign-characters';

export interface KeyBlock {
  der: Buffer;
  /** of its PEM; '' without one */
  label: string;
  isEncrypted: boolean;
}

export interface KeyText {
  /** a file may hold a certificate and its private key */
  blocks: KeyBlock[];
  traits: Set<KeyTrait>;
  /** what was read, without quotes and names around it; '' for bytes that are no text */
  text: string;
}

function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes.length > 4 && bytes.subarray(0, 64).some(byte => byte > 0x7e);
}

/** The encoding of a text file: UTF-8, or UTF-16 when it has its byte order mark, as Notepad and PowerShell write it. */
export function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const mark = bytes.toString('hex', 0, 2);
  if (mark === 'fffe') return 'utf-16le';
  return mark === 'feff' ? 'utf-16be' : 'utf-8';
}

/** Returns true for the text of a key file: PEM, or the one line of the console. */
export function isKeyText(text: string): boolean {
  return /^\s*(?:-----BEGIN |MI[A-Za-z0-9][A-Za-z0-9+/\s]{80,}={0,2}\s*$)/.test(text);
}

/** The beginning of a key: a PEM, or base64 of DER. */
const KEY_BEGINS = String.raw`-----BEGIN|MI[A-Za-z0-9]`;
const NAME = new RegExp(
  String.raw`^(?:(?:export|set) )?[A-Za-z_][\w.-]{0,63}["']?\s?[=:]\s?(?=["'“‘]?(?:${KEY_BEGINS}))`,
);
const QUOTES = /^(?:(["'])[\s\S]*\1|[“”‘’][\s\S]*[“”‘’])$/;

/** BEGIN and END of a PEM, with the dashes that a word processor made of its hyphens, or with too few of them. */
const FRAME = /[-\u2010-\u2015\u2212]{1,9} ?(BEGIN|END) ([A-Z0-9 ]{1,64}?) ?[-\u2010-\u2015\u2212]{1,9}/g;

/** Undoes what word processors, chats, web pages and JSON do to the characters of a key. */
function ownCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(FRAME, '-----$1 $2-----')
    .replace(/\\{1,4}\//g, '/')
    .replace(/%(?:2B|2F|3D|20|0A|0D)/gi, decodeURIComponent);
}

/** Removes what surrounds a key in an environment variable or a settings file. */
function bareText(raw: string, traits: Set<KeyTrait>): string {
  let text = raw;
  if (text.startsWith('\uFEFF')) {
    traits.add('bom');
    text = text.slice(1);
  }
  const own = ownCharacters(text);
  if (own !== text) traits.add('foreign-characters');
  text = own;
  if (text.includes('\r')) traits.add('crlf');
  text = text.trim();
  if (NAME.test(text)) {
    traits.add('name');
    text = text.replace(NAME, '');
  }
  text = text.replace(/(["'”’])[,;]$/, '$1');
  if (QUOTES.test(text)) {
    traits.add('quotes');
    text = text.slice(1, -1);
  }
  if (/\\[nr]/.test(text)) {
    traits.add('literal-newlines');
    // Escaped several times, there are several backslashes.
    text = text.replace(/\\{1,4}r/g, '').replace(/\\{1,4}n/g, '\n');
  }
  return text.trim();
}

function fromBase64(body: string, traits: Set<KeyTrait>): Buffer | null {
  const bare = body.replace(/\s/g, '');
  if (!/^[\w+/-]+={0,2}$/.test(bare)) return null;
  if (/[-_]/.test(bare)) traits.add('urlsafe');
  return Buffer.from(bare, 'base64');
}

/** Base64 of a key in other text: a member of JSON, a line of source code, a message. */
const BARE_KEY = /(?<![\w+/])MI[A-Za-z0-9][\w+/\s-]{80,}={0,2}/;

/** The base64 of a key without PEM; null when the text holds none. */
function fromBareText(text: string, traits: Set<KeyTrait>): Buffer | null {
  const der = fromBase64(text, traits);
  const found = der ? null : BARE_KEY.exec(text.replace(/["']\s*(?:[+.]\s*)?["']/g, ''))?.[0];
  if (found === undefined || found === null) return der;
  traits.add('name');
  return fromBase64(found, traits);
}

/** Returns true for bytes that are base64 or PEM themselves: CI and Kubernetes keep secrets as base64 of the file. */
export function isEncodedAgain(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN ') || /^MI[A-Za-z0-9+/]{60}/.test(bytes.toString('latin1', 0, 80));
}

/** @throws KeyError for text that holds nothing like a key */
function findBlocks(raw: string, traits: Set<KeyTrait>): KeyText {
  const text = bareText(raw, traits);
  if (!text) throw new KeyError('KEY_EMPTY', 'The key is empty: give the PEM or base64 text of an RSA key.');
  if (/^ssh-|BEGIN OPENSSH|BEGIN SSH2/.test(text)) {
    throw new KeyError(
      'KEY_OPENSSH',
      'This is an OpenSSH key. Convert it: ssh-keygen -p -m PEM -f KEY (private), ssh-keygen -e -m PKCS8 -f KEY.pub (public).',
    );
  }
  const pems = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----([^]*?)(?:-----END|$)/g)];
  if (!pems.length) {
    traits.add('no-pem');
    // The first line of a PEM is lost more easily than its last one.
    const der = fromBareText(text.replace(/-----END [A-Z0-9 ]{1,64}-----$/, ''), traits);
    if (!der) return { blocks: [], traits, text };
    return isEncodedAgain(der)
      ? findBlocks(der.toString(), traits)
      : { blocks: [{ der, label: '', isEncrypted: false }], traits, text };
  }
  if (!/[\r\n]/.test(text)) traits.add('one-line-pem');
  const blocks = pems.flatMap(([, label = '', body = '']): KeyBlock[] => {
    const isEncrypted = label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type: *4, *ENCRYPTED/.test(body);
    const der = isEncrypted ? Buffer.alloc(0) : fromBase64(body, traits);
    return der ? [{ der, label, isEncrypted }] : [];
  });
  return { blocks, traits, text };
}

/**
 * Finds the keys in a text or in the bytes of a file.
 *
 * @returns no blocks when the text is neither PEM nor base64
 * @throws KeyError when it is empty, or of OpenSSH
 */
export function findKeyBlocks(input: string | Buffer): KeyText {
  const traits = new Set<KeyTrait>();
  if (typeof input !== 'string' && isDer(input)) {
    traits.add('der');
    return { blocks: [{ der: input, label: '', isEncrypted: false }], traits, text: '' };
  }
  const text =
    typeof input === 'string' ? input : new TextDecoder(encodingOf(input), { ignoreBOM: true }).decode(input);
  return findBlocks(text, traits);
}
