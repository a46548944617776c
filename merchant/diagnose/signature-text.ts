/**
 * Undoes what happened to a base64 signature on its way, and names each step.
 */
import { strictBase64 } from '../signature';
import type { Base64Code } from './codes';

interface RepairedSignature {
  /** null when it cannot be made into bytes */
  bytes: Buffer | null;
  damage: Base64Code[];
}

/** Names what happened to a base64 signature on its way; null when its text is strict base64. */
export function checkBase64(text: string): Base64Code | null {
  const bare = text.replace(/\s/g, '');
  if (/%[0-9a-f]{2}/i.test(text)) return 'BASE64_PERCENT_ENCODED';
  if (/[\r\n]/.test(text)) return 'BASE64_LINE_BREAKS';
  if (/ /.test(text)) return 'BASE64_PLUS_BECAME_SPACE';
  if (/^([0-9a-f]{2}){64,}$/i.test(bare)) return 'HEX_INSTEAD_OF_BASE64';
  if (/[-_]/.test(bare) && /^[\w-]+=*$/.test(bare)) return 'BASE64_URLSAFE';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return 'NOT_BASE64';
  if (bare.length % 4) return 'BASE64_NO_PADDING';
  // Base64 of ASCII starts every group of four with A-Z or a-f; a signature does so once in 2^43.
  return /^([A-Za-f]...){43,}$/.test(bare) ? 'DOUBLE_BASE64' : null;
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A + that became a space is four times as many characters; a space that strayed in is one too many. */
function mendSpaces(text: string): string {
  const plus = text.trim().replace(/ /g, '+');
  return plus.length % 4 ? text.replace(/ /g, '') : plus;
}

function mend(text: string, damage: Base64Code): string | null {
  switch (damage) {
    case 'BASE64_PERCENT_ENCODED':
      return percentDecode(text);
    case 'BASE64_PLUS_BECAME_SPACE':
      return mendSpaces(text);
    case 'BASE64_LINE_BREAKS':
      return text.replace(/[\r\n]/g, '');
    case 'BASE64_URLSAFE':
      return text.replace(/-/g, '+').replace(/_/g, '/');
    case 'BASE64_NO_PADDING': {
      const bare = text.replace(/=+$/, '');
      return bare + '='.repeat((4 - (bare.length % 4)) % 4);
    }
    case 'HEX_INSTEAD_OF_BASE64':
      return Buffer.from(text.trim(), 'hex').toString('base64');
    case 'DOUBLE_BASE64':
      return Buffer.from(text, 'base64').toString('latin1');
    default:
      return null;
  }
}

/** At most this many layers are taken off; nobody has met more than three. */
const MAX_LAYERS = 6;

export function repairSignature(signature: string): RepairedSignature {
  const damage: Base64Code[] = [];
  let text: string | null = signature;
  for (let layer = 0; layer < MAX_LAYERS && text !== null; layer++) {
    const found = checkBase64(text);
    if (!found) return { bytes: strictBase64(text), damage };
    damage.push(found);
    const mended: string | null = mend(text, found);
    text = mended === text ? null : mended;
  }
  return { bytes: null, damage };
}
