import {
  embeddable,
  ExpressionError,
  isAccessor,
  parseInterpolations,
  validateExpression,
  type Modules,
  type Segment,
} from './expression';
import type { Attribute } from './template-parser';

/** A value bound both ways, and the expression in it. */
const TWO_WAY = /^\s*\{=([\s\S]*)=\}\s*$/;

/** Writes the texts of a template for the view engine, and checks every expression in them. */
export class TextWriter {
  /** @param modules names whose functions an expression may call */
  constructor(
    private readonly modules: Modules,
    private readonly reportProblem: (line: number, message: string, isHarmless?: boolean) => void,
  ) {}

  /** The attribute as it was written. */
  verbatim(attribute: Attribute): string {
    const { name, value, quote, line } = attribute;
    if (value === null) return ` ${name}`;
    const twoWay = TWO_WAY.exec(value);
    if (!twoWay) {
      this.segments(value, line, name);
      return ` ${name}=${quote}${value}${quote}`;
    }
    const source = twoWay[1] ?? '';
    const refusal = validateExpression(source, this.modules);
    if (refusal) this.reportProblem(line, `${name}: ${refusal}`);
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
    const literal = (text: string): string =>
      `'${text.replace(/\s+/g, ' ').replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/"/g, '\\x22')}'`;
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

  /** Parses and checks a text; what is wrong becomes a problem at its own line. */
  segments(text: string, line: number, attribute?: string): Segment[] {
    const where = attribute ? `${attribute}: ` : '';
    const lineOf = (offset: number): number => line + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
    try {
      const twoWay = attribute === undefined ? null : TWO_WAY.exec(text);
      const segments: Segment[] = twoWay
        ? [{ kind: 'expression', source: twoWay[1] ?? '', offset: 0 }]
        : parseInterpolations(text);
      for (const { kind, source, offset, warning } of segments) {
        if (warning !== undefined) this.reportProblem(lineOf(offset), where + warning, true);
        const refusal = kind === 'expression' ? validateExpression(source, this.modules) : null;
        if (refusal) this.reportProblem(lineOf(offset), where + refusal);
      }
      return segments;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.reportProblem(line, where + error.message);
      return [];
    }
  }

  /** The value of s-if or s-for: an expression with or without {{ }} around it. */
  bareExpression(attribute: Attribute): string {
    const source = (attribute.value ?? '').replace(/^\s*\{\{|\}\}\s*$/g, '');
    const refusal = validateExpression(source, this.modules);
    if (refusal) this.reportProblem(attribute.line, `${attribute.name}: ${refusal}`);
    return source.trim();
  }
}
