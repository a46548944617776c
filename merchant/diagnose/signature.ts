/**
 * From the text of a signature to what it says: damage on the way, the key, the padding.
 */
import type { FindingCode } from './codes';
import type { RawFinding } from './finding';
import { decodeSignature } from './decode-signature';
import type { DecodedSignature } from './decode-signature';
import type { ResolvedKey } from './resolve-key';
import { fingerprint } from './resolve-key';
import { decryptSignature } from './decrypt-signature';
import type { DecryptedSignature } from './decrypt-signature';

interface ReadSignature {
  findings: RawFinding[];
  /** null when it could not be decrypted; the findings say why */
  decrypted: DecryptedSignature | null;
}

/** Sizes that RSA keys have; other lengths are damage. */
const DOCUMENTED_BITS = 1024;
const NOT_AS_BASE64: readonly FindingCode[] = ['HEX_INSTEAD_OF_BASE64', 'BYTES_INSTEAD_OF_BASE64'];
const USUAL_BITS = [512, 768, 1024, 1536, 2048, 3072, 4096, 8192];

/** What a signature of a wrong length says: cut off, from another key, or neither. A length alone is a clue, no proof. */
function lengthFinding(
  { bytes, text, problems, isEndMissing }: DecodedSignature & { bytes: Buffer },
  bits: number,
): RawFinding {
  const expected = Math.ceil(bits / 8);
  const keyBits = String(bits);
  const signatureBits = String(bytes.length * 8);
  const isHex = /^[0-9a-f]+$/i.test(text) && bytes.length === text.length >> 1;
  const isBase64 = !problems.some(({ code }) => NOT_AS_BASE64.includes(code));
  // Of other writings nobody knows how many characters a whole signature has.
  if (isEndMissing && bytes.length < expected && (isHex || isBase64)) {
    const expectedCharacters = String(isHex ? expected * 2 : Math.ceil(expected / 3) * 4);
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

/** @param expected texts that a PSS signature without structure is tried with */
export function readSignature(
  rsaSign: string,
  given: ResolvedKey,
  expected: readonly string[],
): ReadSignature {
  const { key } = given;
  // Without a key the size that the documents name is the likely one.
  const bits = key ? given.bits : DOCUMENTED_BITS;
  const length = Math.ceil(bits / 8);
  const fits = (bytes: Buffer): boolean =>
    key !== null && bytes.length === length && decryptSignature(bytes, key, expected) !== null;
  const decoded = decodeSignature(rsaSign, fits);
  const { bytes, problems } = decoded;
  const isWhole = bytes?.length === length || (!key && USUAL_BITS.includes((bytes?.length ?? 0) * 8));
  // Characters that are left over from a cut are no lost padding.
  const findings = problems
    .filter(({ code }) => code !== 'BASE64_NO_PADDING' || isWhole)
    .map(({ code, evidence }): RawFinding => ({ code, evidence: { field: 'rsaSign', ...evidence } }));
  if (!bytes) return { findings, decrypted: null };
  if (!isWhole) findings.push(lengthFinding({ ...decoded, bytes }, bits));
  if (!isWhole || !key) return { findings, decrypted: null };
  const decrypted = decryptSignature(bytes, key, expected);
  if (!decrypted) {
    const evidence = { keyBits: String(bits), fingerprint: fingerprint(key) };
    return { findings: [...findings, { code: 'WRONG_KEY', evidence }], decrypted: null };
  }
  const seen: Record<string, string> = decrypted.text === undefined ? {} : { signedText: decrypted.text };
  const padding = decrypted.paddingProblems.map((code): RawFinding => ({ code, evidence: seen }));
  return { findings: [...findings, ...padding], decrypted };
}
