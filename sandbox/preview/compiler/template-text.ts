import { embeddable, isAccessor, readableBeginning, validateExpression, type Modules } from './expression';
import type { Attribute, ReportProblem } from './template-parser';
import san from 'san';

/** A value bound both ways, and the expression in it. */
const TWO_WAY = /^\s*\{=([\s\S]*)=\}\s*$/;

/** Writes the texts of a template for the view engine, and checks every expression in them. */
export class TextWriter {
  /** @param modules names whose functions an expression may call */
  constructor(
    private readonly modules: Modules,
    private readonly reportProblem: ReportProblem,
  ) {}

  /** The attribute as it was written. */
  verbatim(attribute: Attribute): string {
    const { name, value, quote, line } = attribute;
    if (value === null) return ` ${name}`;
    const twoWay = TWO_WAY.exec(value);
    if (!twoWay) {
      return ` ${name}=${quote}${this.written(value, line, name)}${quote}`;
    }
    const source = this.readable(twoWay[1] ?? '', line, name);
    // Only a place in the data can be written back to.
    return isAccessor(source)
      ? ` ${name}=${quote}${value.trim()}${quote}`
      : ` ${name}=${quote}{{${embeddable(source)}}}${quote}`;
  }

  /** The attribute with the result of one of the template helpers as its value. */
  helperCall(attribute: Attribute, helper: string): string {
    return ` ${attribute.name}="{{${helper}(${this.argumentList(attribute)})}}"`;
  }

  /** The attribute's text as one expression. */
  expression(attribute: Attribute): string {
    const segments = this.segments(attribute.value ?? '', attribute.line, attribute.name);
    if (!segments.length) return "''";
    return segments.length === 1 ? this.argumentList(attribute) : `$text(${this.argumentList(attribute)})`;
  }

  /** The attribute's text as a list of arguments, free of double quotes. */
  argumentList(attribute: Attribute): string {
    // A brace or a quote would end what the engine takes for the expression.
    const escape = (letter: string): string => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
    const literal = (text: string): string => `'${withoutEntities(text).replace(/[\\'"{}\r\n]/g, escape)}'`;
    return this.segments(attribute.value ?? '', attribute.line, attribute.name)
      .map(({ kind, source }) =>
        kind === 'text' ? literal(source) : this.safelyQuoted(attribute, embeddable(source)),
      )
      .join(', ');
  }

  /** A value written in single quotes holds no other, so its strings can be given single quotes. */
  safelyQuoted(attribute: Attribute, source: string): string {
    return attribute.quote === '"' ? source : source.replace(/"/g, "'");
  }

  /** A text, or that of an attribute, with what a phone reads of its expressions. */
  written(text: string, line: number, attribute?: string): string {
    return this.segments(text, line, attribute)
      .map(({ kind, source }) => (kind === 'text' ? source : `{{${source}}}`))
      .join('');
  }

  /** Parses and checks a text; what is wrong becomes a problem at its own line. */
  segments(text: string, line: number, attribute?: string): Segment[] {
    const lineOf = (offset: number): number => line + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
    const twoWay = attribute === undefined ? null : TWO_WAY.exec(text);
    const segments: Segment[] = twoWay
      ? [{ kind: 'expression', source: twoWay[1] ?? '', offset: 0 }]
      : parseInterpolations(text);
    return segments.map(segment => {
      const { kind, source, offset, warning } = segment;
      if (warning !== undefined)
        this.reportProblem({ line: lineOf(offset), message: named(attribute, warning), isHarmless: true });
      return kind === 'text'
        ? segment
        : { ...segment, source: this.readable(source, lineOf(offset), attribute) };
    });
  }

  /** Checks an expression. @returns what a phone reads of it */
  readable(source: string, line: number, attribute?: string): string {
    const refusal = validateExpression(source, this.modules);
    if (!refusal) return source;
    const beginning = readableBeginning(source);
    const isCut = beginning !== null && beginning.trim() !== source.trim();
    const effect = isCut ? `; a phone reads "${beginning.trim()}" alone` : '';
    const isHarmless = beginning !== null;
    this.reportProblem({ line, message: named(attribute, refusal + effect), isHarmless });
    return beginning ?? source;
  }

  /** The value of s-if or s-for: an expression with or without {{ }} around it. */
  bareExpression(attribute: Attribute): string {
    const source = (attribute.value ?? '').replace(/^\s*\{\{|\}\}\s*$/g, '');
    return this.readable(source, attribute.line, attribute.name).trim();
  }
}

/** The text of an attribute, its entities decoded, which the engine does outside of expressions. */
function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  const root = san.parseTemplate(text.replace(/</g, '&lt;'));
  const [read] = 'children' in root ? root.children : [];
  return read && 'textExpr' in read && 'value' in read.textExpr ? String(read.textExpr.value) : text;
}

/** What is wrong, with the attribute it is in. */
const named = (attribute: string | undefined, message: string): string =>
  attribute === undefined ? message : `${attribute}: ${message}`;

/** A segment of a template text: literal text, or the source between {{ and }}. */
interface Segment {
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
function parseInterpolations(text: string): Segment[] {
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
