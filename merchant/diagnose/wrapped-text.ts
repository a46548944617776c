/**
 * Undoes what tools do to a whole text: gateways pass bodies as base64, logs of logs escape quotes, web pages escape HTML.
 */
import { unescapeHtml } from './html';

interface Wrapping {
  /** the kind of text, as a finding names it */
  how: string;
  /** @returns the text inside; the same text when it is not wrapped this way */
  unwrap: (text: string) => string;
}

/** The shortest body that is worth decoding. */
const MIN_LENGTH = 40;

function fromBase64(text: string): string {
  const bare = text.replace(/\s/g, '');
  if (bare.length < MIN_LENGTH || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return text;
  const inside = Buffer.from(bare, 'base64').toString();
  return /[={]/.test(inside) && !inside.includes('\ufffd') ? inside : text;
}

function percentDecode(text: string): string {
  if (!/^[\w.%*+-]+$/.test(text.trim()) || !/%3D|%7B/i.test(text)) return text;
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text;
  }
}

const WRAPPINGS: Wrapping[] = [
  { how: 'a text that was percent-encoded as a whole', unwrap: percentDecode },
  { how: 'base64, as API gateways pass a body (isBase64Encoded)', unwrap: fromBase64 },
  {
    how: 'JSON inside of a text, its quotes escaped',
    unwrap: text => (/^[^{]*\{\s*\\"/.test(text) ? text.replace(/\\(["\\/])/g, '$1') : text),
  },
  { how: 'a form escaped for HTML', unwrap: text => text.replace(/&amp;/g, '&') },
  {
    how: 'a web page',
    unwrap: text =>
      /<\/(pre|font|small|span|div|td)>/.test(text)
        ? unescapeHtml(text.replace(/<[^<>]{0,400}>/g, ''))
        : text,
  },
];

/** The texts inside of a text, by the wrappings that fit it. */
export function* unwrapText(text: string): Generator<{ how: string; text: string }> {
  for (const { how, unwrap } of WRAPPINGS) {
    const inside = unwrap(text);
    if (inside !== text) yield { how, text: inside };
  }
}
