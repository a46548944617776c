import { QuoteType, Tokenizer } from 'htmlparser2';
import type { Problem } from './source-files';

export interface Attribute {
  name: string;
  /** null when the attribute has no value at all. */
  value: string | null;
  quote: '"' | "'";
  line: number;
}

export interface ElementNode {
  kind: 'element';
  tag: string;
  attributes: Attribute[];
  children: MarkupNode[];
  line: number;
}

interface TextNode {
  kind: 'text';
  text: string;
  line: number;
}

export type MarkupNode = ElementNode | TextNode;

export type ReportProblem = (problem: Omit<Problem, 'file'>) => void;

/** What the tokenizer calls for each part of the source. */
type Tokens = ConstructorParameters<typeof Tokenizer>[1];

/** @returns a function from an offset, in any order, to its line; the first line is 1 */
function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return offset => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/**
 * Parses .swan source into a tree. Stricter than HTML, as Swan is: every tag is self-closing or has its own
 * closing tag. Entities are left as written; the view engine decodes them.
 */
export function parseMarkup(source: string, reportProblem: ReportProblem): MarkupNode[] {
  const builder = new TreeBuilder(source, reportProblem);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return builder.finish();
}

/** Names that the view engine reads; at another one it takes the whole tag for text. */
const ATTRIBUTE_NAME = /^[-:\w[\]]+$/;

/** Makes a tree of what the tokenizer finds. Offsets are those of the source. */
class TreeBuilder implements Tokens {
  private readonly root: MarkupNode[] = [];
  /** elements whose closing tag is still to come, outermost first */
  private readonly open: ElementNode[] = [];
  private current: ElementNode | null = null;
  private attribute: Attribute | null = null;
  private readonly lineAt: (offset: number) => number;

  constructor(
    private readonly source: string,
    private readonly reportProblem: ReportProblem,
  ) {
    this.lineAt = lineCounter(source);
  }

  onopentagname(start: number, end: number): void {
    const tag = this.source.slice(start, end);
    this.current = { kind: 'element', tag, attributes: [], children: [], line: this.lineAt(start) };
  }

  onattribname(start: number, end: number): void {
    const name = this.source.slice(start, end);
    this.attribute = { name, value: null, quote: '"', line: this.lineAt(start) };
  }

  onattribdata(start: number, end: number): void {
    const { attribute } = this;
    if (attribute) attribute.value = (attribute.value ?? '') + this.source.slice(start, end);
  }

  onattribend(quote: QuoteType): void {
    const { attribute, current } = this;
    if (!attribute || !current) return;
    if (quote !== QuoteType.NoValue) attribute.value ??= '';
    if (quote === QuoteType.Single) attribute.quote = "'";
    // Another name that a phone's engine has for it.
    if (attribute.name === 's-else-if') attribute.name = 's-elif';
    const { name, line } = attribute;
    if (current.attributes.some(other => other.name === name)) {
      this.warn(line, `attribute ${name} is given twice on <${current.tag}>`);
    } else if (!ATTRIBUTE_NAME.test(name)) {
      this.warn(line, `${name} on <${current.tag}> is no attribute of Swan; it is left out`);
    } else current.attributes.push(attribute);
    this.attribute = null;
  }

  onopentagend(): void {
    if (this.current) this.open.push(this.addCurrent(this.current));
  }

  onselfclosingtag(): void {
    if (this.current) this.addCurrent(this.current);
  }

  onclosetag(start: number, end: number): void {
    const tag = this.source.slice(start, end);
    const at = this.open.map(element => element.tag).lastIndexOf(tag);
    if (at === -1) {
      this.warn(this.lineAt(start), `</${tag}> closes nothing`);
      return;
    }
    for (const element of this.open.splice(at).slice(1)) {
      this.warn(element.line, `<${element.tag}> is not closed`);
    }
  }

  ontext(start: number, end: number): void {
    const text = this.source.slice(start, end);
    const list = this.siblings();
    const last = list[list.length - 1];
    if (last?.kind === 'text') last.text += text;
    else list.push({ kind: 'text', text, line: this.lineAt(start) });
  }

  oncdata(start: number): void {
    this.refuse(start, '<![CDATA[');
  }

  ondeclaration(start: number): void {
    this.refuse(start, '<!…>');
  }

  onprocessinginstruction(start: number): void {
    this.refuse(start, '<?…>');
  }

  oncomment(): void {}
  onattribentity(): void {}
  ontextentity(): void {}
  onend(): void {}

  /** Reports what is still open at the end of the source. */
  finish(): MarkupNode[] {
    const unfinished = /<\/?([a-zA-Z][\w-]*)[^<>]*$/.exec(this.source);
    const line = this.current?.line ?? (unfinished ? this.lineAt(unfinished.index) : null);
    if (line !== null) {
      const message = `the tag <${this.current?.tag ?? unfinished?.[1]} … has no closing ">"`;
      this.reportProblem({ line, message });
    }
    for (const element of this.open) this.warn(element.line, `<${element.tag}> is not closed`);
    return this.root;
  }

  private siblings(): MarkupNode[] {
    return this.open[this.open.length - 1]?.children ?? this.root;
  }

  private addCurrent(element: ElementNode): ElementNode {
    this.siblings().push(element);
    this.current = null;
    return element;
  }

  /** Reports a mistake with which the page is shown all the same. */
  private warn(line: number, message: string): void {
    this.reportProblem({ line, message, isHarmless: true });
  }

  private refuse(start: number, what: string): void {
    this.warn(this.lineAt(start), `${what} is not part of Swan's template language`);
  }
}

export const isBlank = (attribute: Attribute): boolean => attribute.value === null || attribute.value === '';

/** The attributes of built-in tags may be written in camel case: formType is form-type. */
export const withKebabName = (attribute: Attribute): Attribute =>
  eventOf(attribute.name) || attribute.name.startsWith('data-')
    ? attribute
    : { ...attribute, name: attribute.name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) };

export const hasDirective = (node: ElementNode, ...names: string[]): boolean =>
  node.attributes.some(({ name }) => names.includes(name));

/** How templates bind events: bind:tap, bindtap, catch:tap, capture-bind:tap. */
const EVENT = /^(capture-)?(bind|catch):?(.+)$/;
/** San's own syntax for events, which Swan's compiler accepts. */
const ENGINE_EVENT = /^on-(.+)$/;

export interface BoundEvent {
  capture: boolean;
  kind: 'bind' | 'catch';
  type: string;
}

/** The event an attribute binds, or null for another attribute. */
export function eventOf(name: string): BoundEvent | null {
  const bound = EVENT.exec(name);
  if (bound) {
    const [, capture, kind, type = ''] = bound;
    return { capture: capture !== undefined, kind: kind === 'catch' ? 'catch' : 'bind', type };
  }
  const type = ENGINE_EVENT.exec(name)?.[1];
  return type ? { capture: false, kind: 'bind', type } : null;
}
