/** A segment of a template text: literal text, or the source between {{ and }}. */
export interface Segment {
  kind: 'text' | 'expression';
  source: string;
  /** Offset of the segment in the text, to count lines with. */
  offset: number;
  /** What is wrong with it although a phone shows it. */
  warning?: string | undefined;
}

/**
 * Cuts a text at its {{ }} the way the view engine does: an expression ends at the first }}, a run of closing
 * braces belonging to the expression. Braces without their counterpart are text.
 */
export function parseInterpolations(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  const literal = (end: number, warning?: string): void => {
    if (end > from) segments.push({ kind: 'text', source: text.slice(from, end), offset: from, warning });
  };
  for (;;) {
    const open = text.indexOf('{{', from);
    if (open === -1) break;
    let close = text.indexOf('}}', open + 2);
    if (close === -1) {
      literal(text.length, '{{ without }} (inside {{ }} write "a < b" with spaces around <)');
      return segments;
    }
    while (text.startsWith('}}', close + 1)) close += 1;
    literal(open);
    const source = text.slice(open + 2, close);
    if (source === '') {
      segments.push({
        kind: 'text',
        source: '{{}}',
        offset: open,
        warning: '{{}} is shown as it is written',
      });
    } else {
      const read = withoutExcess(source);
      const warning = read === source ? undefined : `{{${source}}} has a } too many`;
      segments.push({ kind: 'expression', source: read, offset: open, warning });
    }
    from = close + 2;
  }
  const isExcess = text.indexOf('}}', from) !== -1;
  literal(text.length, isExcess ? '}} without {{ (write "} }" between two closing braces)' : undefined);
  return segments;
}

/** The source of an expression up to a closing brace that none opens, where a phone stops reading. */
function withoutExcess(source: string): string {
  const count = (brace: string): number => source.split(brace).length - 1;
  return source.endsWith('}') && count('}') > count('{') ? withoutExcess(source.slice(0, -1)) : source;
}
