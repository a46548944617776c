/**
 * Opens a signature with the public key and reads what is inside, which tells a wrong key from a wrong text for certain.
 */
import { constants, publicDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SignatureCode } from './codes';
import { hash } from './hash';
import type { Digest } from './hash';

export interface DecryptedSignature {
  /** what is wrong with the padding; empty for SHA1withRSA */
  paddingProblems: SignatureCode[];
  /** whether a text (or bytes) is what was signed */
  matches: (text: string | Buffer) => boolean;
  /** the signed text, where the signature holds it */
  text?: string;
}

/** null: made by another key, or damaged. Nothing more can be said. */
type Decrypted = DecryptedSignature | null;

const DIGEST_INFO: [Digest, string][] = [
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha1', '301f300706052b0e03021a0414'],
  ['md5', '3020300c06082a864886f70d020505000410'],
  ['sha224', '302d300d06096086480165030402040500041c'],
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['sha512', '3051300d060960864801650304020305000440'],
];

const WRONG_DIGEST: Record<Digest, SignatureCode[]> = {
  sha1: [],
  md5: ['WRONG_DIGEST_MD5'],
  sha224: ['WRONG_DIGEST_SHA224'],
  sha256: ['WRONG_DIGEST_SHA256'],
  sha384: ['WRONG_DIGEST_SHA384'],
  sha512: ['WRONG_DIGEST_SHA512'],
};

/** Digests without their DigestInfo, by length. */
const RAW_DIGESTS: [Digest, number, SignatureCode, SignatureCode][] = [
  ['sha1', 20, 'NO_DIGESTINFO_SHA1', 'NO_DIGESTINFO_SHA1_HEX'],
  ['md5', 16, 'NO_DIGESTINFO_MD5', 'NO_DIGESTINFO_MD5'],
  ['sha256', 32, 'NO_DIGESTINFO_SHA256', 'NO_DIGESTINFO_SHA256'],
];

function matching(digest: Digest, expected: Buffer): (text: string | Buffer) => boolean {
  return text => hash(digest, text).equals(expected);
}

/** UTF-8 without control characters: text somebody wrote, not a digest. */
function printable(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text && !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, '')) ? text : null;
  } catch {
    return null;
  }
}

function readPayload(payload: Buffer): Decrypted {
  for (const [digest, prefix] of DIGEST_INFO) {
    const head = Buffer.from(prefix, 'hex');
    if (payload.subarray(0, head.length).equals(head)) {
      const value = payload.subarray(head.length);
      return { paddingProblems: WRONG_DIGEST[digest], matches: matching(digest, value) };
    }
  }
  const text = printable(payload);
  for (const [digest, length, bare, hex] of RAW_DIGESTS) {
    if (text !== null && text.length === length * 2 && /^[0-9a-f]+$/i.test(text)) {
      return { paddingProblems: [hex], matches: matching(digest, Buffer.from(text, 'hex')) };
    }
    if (text === null && payload.length === length) {
      return { paddingProblems: [bare], matches: matching(digest, payload) };
    }
  }
  return {
    paddingProblems: ['NO_DIGESTINFO_PLAINTEXT'],
    matches: candidate => Buffer.from(candidate).equals(payload),
    ...(text === null ? {} : { text }),
  };
}

/** MGF1 of RFC 8017. */
function mask(digest: Digest, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  const size = hash(digest, '').length;
  for (let counter = 0; counter * size < length; counter++) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    blocks.push(hash(digest, Buffer.concat([seed, index])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** This many zeros in a row do not happen by chance. */
const CERTAIN_ZEROS = 8;

/**
 * RSASSA-PSS carries its own structure, so that it is recognised without knowing the text. With a salt as long as it
 * gets, only the expected text can prove it.
 */
function readPss(block: Buffer, bits: number, expected: readonly string[]): Decrypted {
  if (block[block.length - 1] !== 0xbc) return null;
  const message = bits % 8 === 1 ? block.subarray(1) : block;
  for (const digest of Object.keys(WRONG_DIGEST) as Digest[]) {
    const size = hash(digest, '').length;
    const coveredLength = message.length - size - 1;
    if (coveredLength < 1) continue;
    const value = message.subarray(coveredLength, -1);
    for (const masking of new Set<Digest>([digest, 'sha1'])) {
      const covered = message.subarray(0, coveredLength);
      const stream = mask(masking, value, coveredLength);
      const data = Buffer.from(covered.map((byte, index) => byte ^ (stream[index] ?? 0)));
      data[0] = (data[0] ?? 0) & (0xff >> (8 * message.length - (bits - 1)));
      const start = data.findIndex(byte => byte !== 0);
      if (data[start] !== 1) continue;
      const salt = data.subarray(start + 1);
      const matches = (text: string | Buffer): boolean =>
        hash(digest, Buffer.concat([Buffer.alloc(8), hash(digest, text), salt])).equals(value);
      if (start >= CERTAIN_ZEROS || expected.some(matches)) {
        return { paddingProblems: ['PSS_PADDING', ...WRONG_DIGEST[digest]], matches };
      }
    }
  }
  return null;
}

/**
 * @param signature as many bytes as the modulus
 * @param expected texts that a PSS signature is tried with
 */
export function decryptSignature(signature: Buffer, key: KeyObject, expected: readonly string[]): Decrypted {
  let block: Buffer;
  try {
    block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    // The number is larger than the modulus: this key cannot have made it.
    return null;
  }
  const padding = /^0001(?:ff){8,}00/.exec(block.toString('hex'));
  if (padding) return readPayload(block.subarray(padding[0].length / 2));
  const first = block.findIndex(byte => byte !== 0);
  if (first < 0) return null;
  if (first >= CERTAIN_ZEROS) return readPayload(block.subarray(first));
  return readPss(block, key.asymmetricKeyDetails?.modulusLength ?? 0, expected);
}
