/**
 * Decodes the text of a signature, decrypts it with the public key, and names what is wrong with either.
 */
import { constants, publicDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fingerprint } from '../keys';
import type { FindingCode, SignatureCode } from './codes';
import { decodeSignature } from './decode-signature';
import type { DecodedSignature } from './decode-signature';
import type { RawFinding } from './finding';
import { digest, digestMatcher, matcherOf, readDigestInfo } from './digest';
import type { DigestAlgorithm } from './digest';
import { explainShortSignature } from './signature-lookalikes';
import { DOCUMENTED_BITS } from './keys';
import type { ResolvedKey } from './keys';
import type { Matches } from './search';

export interface DecryptedSignature {
  /** what is wrong with the padding; empty for SHA1withRSA */
  paddingProblems: SignatureCode[];
  /** null when the digest cannot be computed here */
  matches: Matches | null;
  /** the signed text, where the signature holds it */
  text?: string;
  /** of the padding problems */
  evidence?: Record<string, string>;
  /** false when the signed bytes are neither a digest nor text, so that nothing can be said of the text */
  isText?: false;
}

const WRONG_DIGEST: Record<DigestAlgorithm, SignatureCode[]> = {
  sha1: [],
  md5: ['WRONG_DIGEST_MD5'],
  sha224: ['WRONG_DIGEST_SHA224'],
  sha256: ['WRONG_DIGEST_SHA256'],
  sha384: ['WRONG_DIGEST_SHA384'],
  sha512: ['WRONG_DIGEST_SHA512'],
};

/** Digests without their DigestInfo, by length. */
const RAW_DIGESTS: [DigestAlgorithm, number, SignatureCode, SignatureCode][] = [
  ['sha1', 20, 'NO_DIGESTINFO_SHA1', 'NO_DIGESTINFO_SHA1_HEX'],
  ['md5', 16, 'NO_DIGESTINFO_MD5', 'NO_DIGESTINFO_MD5'],
  ['sha256', 32, 'NO_DIGESTINFO_SHA256', 'NO_DIGESTINFO_SHA256'],
];

/** UTF-8 without control characters, which a digest practically never is. */
function readPrintable(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text && !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, '')) ? text : null;
  } catch {
    return null;
  }
}

function readPayload(payload: Buffer, expected: readonly string[]): DecryptedSignature {
  const info = readDigestInfo(payload);
  if (info) {
    const paddingProblems: SignatureCode[] = info.algorithm
      ? WRONG_DIGEST[info.algorithm]
      : ['WRONG_DIGEST_OTHER'];
    return { paddingProblems, matches: matcherOf(info), evidence: { digest: info.name } };
  }
  const text = readPrintable(payload);
  for (const [algorithm, length, bare, hex] of RAW_DIGESTS) {
    if (text !== null && text.length === length * 2 && /^[0-9a-f]+$/i.test(text)) {
      return { paddingProblems: [hex], matches: digestMatcher(algorithm, Buffer.from(text, 'hex')) };
    }
    if (text === null && payload.length === length) {
      return { paddingProblems: [bare], matches: digestMatcher(algorithm, payload) };
    }
  }
  const isBothDigests: Matches = candidate =>
    Buffer.concat([digest('md5', candidate), digest('sha1', candidate)]).equals(payload);
  if (expected.some(isBothDigests)) {
    const evidence = { digest: 'MD5+SHA-1' };
    return { paddingProblems: ['WRONG_DIGEST_OTHER'], matches: isBothDigests, evidence };
  }
  return readPlaintext(payload);
}

/** What was encrypted without a digest. */
function readPlaintext(payload: Buffer): DecryptedSignature {
  const text = readPrintable(payload);
  const matches: Matches = candidate => Buffer.from(candidate).equals(payload);
  if (text !== null) return { paddingProblems: ['NO_DIGESTINFO_PLAINTEXT'], matches, text };
  const evidence = { length: String(payload.length) };
  return { paddingProblems: ['NO_DIGESTINFO_UNKNOWN'], matches, evidence, isText: false };
}

/** More blocks than this are no order. */
const MAX_BLOCKS = 16;

/** Reads a text that was encrypted block by block, as with Cipher of Java; null when another key was used. */
function decryptBlocks(bytes: Buffer, key: KeyObject, size: number): DecryptedSignature | null {
  if (bytes.length <= size || bytes.length % size || bytes.length / size > MAX_BLOCKS) return null;
  const payloads: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    const payload = decryptBlock(bytes.subarray(start, start + size), key)?.payload;
    if (!payload) return null;
    payloads.push(payload);
  }
  return readPlaintext(Buffer.concat(payloads));
}

/** The block inside of an encrypted one, and what its padding of type 1 holds; null when the number exceeds the modulus. */
function decryptBlock(encrypted: Buffer, key: KeyObject): { block: Buffer; payload: Buffer | null } | null {
  try {
    const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
    const padding = /^0001(?:ff){8,}00/.exec(block.toString('hex'));
    return { block, payload: padding && block.subarray(padding[0].length / 2) };
  } catch {
    return null;
  }
}

/** The mask generation function MGF1 of RFC 8017. */
function mgf1(algorithm: DigestAlgorithm, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  const size = digest(algorithm, '').length;
  for (let counter = 0; counter * size < length; counter++) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    blocks.push(digest(algorithm, Buffer.concat([seed, index])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** This many zero bytes at the beginning are padding; random bytes practically never begin so. */
const CERTAIN_ZEROS = 8;

/**
 * Reads RSASSA-PSS, which has a structure that is recognised without knowing the text. Only with the longest possible salt
 * the structure is no proof, and one of the expected texts must match.
 */
function readPss(block: Buffer, bits: number, expected: readonly string[]): DecryptedSignature | null {
  if (block[block.length - 1] !== 0xbc) return null;
  const message = bits % 8 === 1 ? block.subarray(1) : block;
  for (const algorithm of Object.keys(WRONG_DIGEST) as DigestAlgorithm[]) {
    const size = digest(algorithm, '').length;
    const coveredLength = message.length - size - 1;
    if (coveredLength < 1) continue;
    const value = message.subarray(coveredLength, -1);
    for (const maskAlgorithm of new Set<DigestAlgorithm>([algorithm, 'sha1'])) {
      const covered = message.subarray(0, coveredLength);
      const stream = mgf1(maskAlgorithm, value, coveredLength);
      const data = Buffer.from(covered.map((byte, index) => byte ^ (stream[index] ?? 0)));
      data[0] = (data[0] ?? 0) & (0xff >> (8 * message.length - (bits - 1)));
      const start = data.findIndex(byte => byte !== 0);
      if (data[start] !== 1) continue;
      const salt = data.subarray(start + 1);
      const matches: Matches = text =>
        digest(algorithm, Buffer.concat([Buffer.alloc(8), digest(algorithm, text), salt])).equals(value);
      if (start >= CERTAIN_ZEROS || expected.some(matches)) {
        return { paddingProblems: ['PSS_PADDING', ...WRONG_DIGEST[algorithm]], matches };
      }
    }
  }
  return null;
}

/**
 * Decrypts a signature with the public key, which distinguishes a wrong key from a wrong text for certain.
 *
 * @param signature as many bytes as the modulus
 * @param expected texts that a PSS signature is tried with
 * @returns null when another key made the signature, or it is damaged: the two cannot be distinguished
 */
function decryptBytes(
  signature: Buffer,
  key: KeyObject,
  expected: readonly string[],
): DecryptedSignature | null {
  const decrypted = decryptBlock(signature, key);
  if (!decrypted) return null;
  const { block, payload } = decrypted;
  if (payload) return readPayload(payload, expected);
  const first = block.findIndex(byte => byte !== 0);
  if (first < 0) return null;
  if (first >= CERTAIN_ZEROS) return readPayload(block.subarray(first), expected);
  return readPss(block, key.asymmetricKeyDetails?.modulusLength ?? 0, expected);
}

interface DecryptionResult {
  findings: RawFinding[];
  /** null when it could not be decrypted; the findings say why */
  decrypted: DecryptedSignature | null;
}

/** In characters; a shorter text, such as a UUID, is not even the beginning of a signature. */
const MIN_CHARACTERS = 37;
const OTHER_ENCODINGS: readonly FindingCode[] = ['HEX_INSTEAD_OF_BASE64', 'BYTES_INSTEAD_OF_BASE64'];
/** Sizes that RSA keys have; a signature of another length is damaged. */
const USUAL_BITS = [512, 768, 1024, 1536, 2048, 3072, 4096, 8192];

/** Explains a signature of a wrong length: cut off, made with another key, or neither. The length is no proof of either. */
function lengthFinding(
  { bytes, text, problems, isEndMissing }: DecodedSignature & { bytes: Buffer },
  bits: number,
): RawFinding {
  const expected = Math.ceil(bits / 8);
  const keyBits = String(bits);
  const signatureBits = String(bytes.length * 8);
  const isHex = /^[0-9a-f]+$/i.test(text) && bytes.length === text.length >> 1;
  const isBase64 = !problems.some(({ code }) => OTHER_ENCODINGS.includes(code));
  // In other encodings the number of characters of a whole signature is not known.
  const expectedCharacters = String(isHex ? expected * 2 : Math.ceil(expected / 3) * 4);
  if (text.length < MIN_CHARACTERS) {
    return {
      code: 'SIGNATURE_TOO_SHORT',
      evidence: { characters: String(text.length), expectedCharacters, keyBits },
    };
  }
  if (isEndMissing && bytes.length < expected && (isHex || isBase64)) {
    const evidence = { characters: String(text.length), expectedCharacters, keyBits, signatureBits };
    return { code: 'SIGNATURE_CUT', evidence };
  }
  return USUAL_BITS.includes(bytes.length * 8) && !isEndMissing
    ? { code: 'WRONG_KEY_SIZE', evidence: { signatureBits, keyBits } }
    : {
        code: 'SIGNATURE_LENGTH',
        evidence: { length: String(bytes.length), expectedLength: String(expected), keyBits },
      };
}

/**
 * Decodes and decrypts a signature.
 *
 * @param expected texts that a PSS signature without recognisable structure is tried with
 */
export function decryptSignature(
  rsaSign: string,
  resolved: ResolvedKey,
  expected: readonly string[],
): DecryptionResult {
  const { key } = resolved;
  // Without a key the size that the documents name is the likely one.
  const bits = key ? resolved.bits : DOCUMENTED_BITS;
  const length = Math.ceil(bits / 8);
  const fitsKey = (bytes: Buffer): boolean =>
    key !== null && bytes.length === length && decryptBytes(bytes, key, expected) !== null;
  const decoded = decodeSignature(rsaSign, fitsKey);
  const { bytes, problems } = decoded;
  const isWhole = bytes?.length === length || (!key && USUAL_BITS.includes((bytes?.length ?? 0) * 8));
  const blocks = key && bytes ? decryptBlocks(bytes, key, length) : null;
  const other = bytes && !isWhole && !blocks ? explainShortSignature(rsaSign.trim(), bytes, expected) : null;
  if (other) return { findings: [other], decrypted: null };
  // At the end of a signature that was cut off, missing padding means nothing.
  const findings = problems
    .filter(({ code }) => code !== 'BASE64_NO_PADDING' || isWhole)
    .map(({ code, evidence }): RawFinding => ({ code, evidence: { field: 'rsaSign', ...evidence } }));
  if (!bytes) return { findings, decrypted: null };
  if (blocks) return { findings: [...findings, ...paddingFindings(blocks)], decrypted: blocks };
  if (!isWhole) {
    const finding = lengthFinding({ ...decoded, bytes }, bits);
    // A dash or a blank in what is no signature says nothing about how a signature is written.
    const isSignature = finding.code !== 'SIGNATURE_TOO_SHORT';
    return { findings: isSignature ? [...findings, finding] : [finding], decrypted: null };
  }
  if (!key) return { findings, decrypted: null };
  const decrypted = decryptBytes(bytes, key, expected);
  if (!decrypted) {
    const evidence = { keyBits: String(bits), fingerprint: fingerprint(key) };
    return { findings: [...findings, { code: 'WRONG_KEY', evidence }], decrypted: null };
  }
  return { findings: [...findings, ...paddingFindings(decrypted)], decrypted };
}

function paddingFindings({ paddingProblems, text, evidence }: DecryptedSignature): RawFinding[] {
  const signed: Record<string, string> = { ...evidence, ...(text === undefined ? {} : { signedText: text }) };
  return paddingProblems.map(code => ({ code, evidence: signed }));
}
