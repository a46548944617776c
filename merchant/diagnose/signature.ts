/**
 * From the base64 of a signature to what it says: damage on the way, the key, the wrapping.
 */
import type { Clue } from './finding';
import type { GivenKey } from './given-key';
import { fingerprint } from './given-key';
import { openSignature } from './opened-signature';
import type { OpenedSignature } from './opened-signature';
import { repairSignature } from './signature-text';

interface ReadSignature {
  clues: Clue[];
  /** null when it could not be opened; the clues say why */
  opened: OpenedSignature | null;
}

/** Sizes that RSA keys have; other lengths are damage. */
const USUAL_BITS = [512, 768, 1024, 1536, 2048, 3072, 4096, 8192];

/** @param expected texts that a PSS signature without structure is tried with */
export function readSignature(rsaSign: string, given: GivenKey, expected: readonly string[]): ReadSignature {
  const { bytes, damage } = repairSignature(rsaSign);
  const clues: Clue[] = damage.map(code => ({ code, evidence: { field: 'rsaSign' } }));
  if (!bytes) {
    if (!damage.length) clues.push({ code: 'NOT_BASE64', evidence: { field: 'rsaSign' } });
    return { clues, opened: null };
  }
  if (!given.key) return { clues, opened: null };

  const keyBits = String(given.bits);
  const length = Math.ceil(given.bits / 8);
  if (bytes.length !== length) {
    const signatureBits = bytes.length * 8;
    clues.push(
      USUAL_BITS.includes(signatureBits)
        ? { code: 'WRONG_KEY_SIZE', evidence: { signatureBits: String(signatureBits), keyBits } }
        : {
            code: 'SIGNATURE_LENGTH',
            evidence: { length: String(bytes.length), expectedLength: String(length), keyBits },
          },
    );
    return { clues, opened: null };
  }
  const opened = openSignature(bytes, given.key, expected);
  if (!opened) {
    clues.push({ code: 'WRONG_KEY', evidence: { keyBits, fingerprint: fingerprint(given.key) } });
    return { clues, opened: null };
  }
  const seen: Record<string, string> = opened.text === undefined ? {} : { signedText: opened.text };
  clues.push(...opened.mistakes.map(code => ({ code, evidence: seen })));
  return { clues, opened };
}
