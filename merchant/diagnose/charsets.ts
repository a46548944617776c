/**
 * Bytes of a text in the charsets that Chinese back ends run into. Node only decodes GBK, so its table is turned round.
 */

let gbkTable: Map<string, [number, number]> | undefined;

function gbkCodes(): Map<string, [number, number]> {
  if (gbkTable) return gbkTable;
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\uFFFD' && !table.has(character)) {
        table.set(character, [lead, trail]);
      }
    }
  }
  return (gbkTable = table);
}

/** GBK bytes; ? for what GBK lacks, as encoders do. */
export function gbk(text: string): Buffer {
  const codes = gbkCodes();
  return Buffer.from(
    [...text].flatMap(character => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x80 ? [code] : (codes.get(character) ?? [0x3f]);
    }),
  );
}

/** ISO-8859-1 as Java writes it: ? for everything else. */
export function latin1(text: string): Buffer {
  return Buffer.from([...text].map(character => (character > '\u00ff' ? '?' : character)).join(''), 'latin1');
}

export function utf16(text: string, order: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

/** UTF-8 that was taken for ISO-8859-1 and encoded once more. */
export function twiceUtf8(text: string): Buffer {
  return Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8');
}
