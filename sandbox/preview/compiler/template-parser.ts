import { QuoteType, Tokenizer } from 'htmlparser2';

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

/** @param harmless whether Swan shows the template all the same */
type ReportProblem = (line: number, message: string, harmless?: boolean) => void;

/** Answers the 1-based line of an offset; offsets may be asked for in any order. */
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
  const lineAt = lineCounter(source);
  const root: MarkupNode[] = [];
  const open: ElementNode[] = [];
  let current: ElementNode | null = null;
  let attribute: Attribute | null = null;

  const siblings = (): MarkupNode[] => open[open.length - 1]?.children ?? root;
  const finishTag = (selfClosing: boolean): void => {
    if (!current) return;
    siblings().push(current);
    if (!selfClosing) open.push(current);
    current = null;
  };
  const refuse = (start: number, what: string): void =>
    reportProblem(lineAt(start), `${what} is not part of Swan's template language`, true);

  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(start, end) {
        current = {
          kind: 'element',
          tag: source.slice(start, end),
          attributes: [],
          children: [],
          line: lineAt(start),
        };
      },
      onattribname(start, end) {
        attribute = { name: source.slice(start, end), value: null, quote: '"', line: lineAt(start) };
      },
      onattribdata(start, end) {
        if (attribute) attribute.value = (attribute.value ?? '') + source.slice(start, end);
      },
      onattribentity() {},
      onattribend(quote) {
        if (!attribute || !current) return;
        if (quote !== QuoteType.NoValue) attribute.value ??= '';
        if (quote === QuoteType.Single) attribute.quote = "'";
        const { name, line } = attribute;
        if (current.attributes.some(other => other.name === name)) {
          reportProblem(line, `attribute ${name} is given twice on <${current.tag}>`, true);
        } else current.attributes.push(attribute);
        attribute = null;
      },
      onopentagend() {
        finishTag(false);
      },
      onselfclosingtag() {
        finishTag(true);
      },
      onclosetag(start, end) {
        const tag = source.slice(start, end);
        const at = open.map(element => element.tag).lastIndexOf(tag);
        if (at === -1) {
          reportProblem(lineAt(start), `</${tag}> closes nothing`, true);
          return;
        }
        for (const element of open.splice(at).slice(1)) {
          reportProblem(element.line, `<${element.tag}> is not closed`, true);
        }
      },
      ontext(start, end) {
        const list = siblings();
        const last = list[list.length - 1];
        if (last?.kind === 'text') last.text += source.slice(start, end);
        else list.push({ kind: 'text', text: source.slice(start, end), line: lineAt(start) });
      },
      ontextentity() {},
      oncomment() {},
      oncdata: start => refuse(start, '<![CDATA['),
      ondeclaration: start => refuse(start, '<!…>'),
      onprocessinginstruction: start => refuse(start, '<?…>'),
      onend() {},
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  const unfinished = /<\/?([a-zA-Z][\w-]*)[^<>]*$/.exec(source);
  const started = current as ElementNode | null;
  const line = started?.line ?? (unfinished ? lineAt(unfinished.index) : null);
  if (line !== null) reportProblem(line, `the tag <${started?.tag ?? unfinished?.[1]} … has no closing ">"`);
  for (const element of open) reportProblem(element.line, `<${element.tag}> is not closed`, true);
  return root;
}
