/**
 * Undoes what happened to a base64 signature on its way, and names each step.
 */
import { checkBase64 } from '../../utils/order-info';
import type { OrderInfoCode } from '../../utils/order-info';
import { strictBase64 } from '../verify';

interface RepairedSignature {
  /** null when it cannot be made into bytes */
  bytes: Buffer | null;
  damage: OrderInfoCode[];
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

function mend(text: string, damage: OrderInfoCode): string | null {
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
  const damage: OrderInfoCode[] = [];
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
