import { posix } from 'node:path';
import { camelCase } from '../compiled-app';
import { BUILT_INS, boxOf, HTML_TAGS, isSwanTag, TOUCH_EVENTS, type BuiltIn } from './builtin-tags';
import { embeddable, isReadableLoop, validateExpression, validateList } from './expression';
import type { Problem, SourceFolder } from './source-files';
import { TemplateImports, type TemplateScript } from './template-imports';
import {
  type Attribute,
  type ElementNode,
  type MarkupNode,
  type BoundEvent,
  eventOf,
  hasDirective,
  isBlank,
  withKebabName,
} from './template-parser';
import { TextWriter } from './template-text';

interface TemplateInput {
  source: string;
  /** Absolute path of the .swan file. */
  file: string;
  sources: SourceFolder;
  /** Tags of usingComponents, in lower case. */
  customTags: ReadonlySet<string>;
  /** Those of dynamic libraries and plugins, which become boxes. */
  remoteTags: ReadonlySet<string>;
  /** Whether the template belongs to a component, where some things are forbidden that a page may do. */
  isComponent: boolean;
}

interface CompiledTemplate {
  /** Source for the view engine, without a root element. */
  template: string;
  /** The same of each <template name>, by name. */
  templates: Record<string, string>;
  /** By the name templates call it by. */
  scripts: Record<string, TemplateScript>;
  problems: Problem[];
}

/** Native tags that close themselves. */
const VOID_TAGS = new Set(['br', 'hr', 'img', 'input']);
const ENGINE_PREFIX = /^(on|san|attr)-/;

/** Rewrites a .swan template into ones for San, and lists everything Swan's grammar does not allow. */
export function compileTemplate(input: TemplateInput): CompiledTemplate {
  const { templates, scripts, nodes, problems } = new TemplateImports(input.sources).read(
    input.source,
    input.file,
  );
  const writer = new TemplateWriter(input, new Set(Object.keys(scripts)), problems);
  const printed = Object.entries(templates).map(
    ([name, { file, children }]) => [name, writer.print(children, file)] as const,
  );
  return {
    template: writer.print(nodes, input.file),
    templates: Object.fromEntries(printed),
    scripts,
    problems,
  };
}

/** The tag with s-if, s-elif or s-else that a tag is in, by the s-if that the choice begins with. */
type Branches = ReadonlyMap<ElementNode, ElementNode>;

const areExclusive = (one: Branches, other: Branches): boolean =>
  [...one].some(([choice, branch]) => other.has(choice) && other.get(choice) !== branch);

class TemplateWriter {
  /** Where each id is given. */
  private readonly ids = new Map<string, Branches[]>();
  /** Of the tag that is being written. */
  private branches: Branches = new Map();
  private file: string;
  private readonly text: TextWriter;

  constructor(
    private readonly input: TemplateInput,
    private readonly modules: ReadonlySet<string>,
    private readonly problems: Problem[],
  ) {
    this.file = input.file;
    this.text = new TextWriter(modules, problem => this.reportProblem(problem));
  }

  /** @param file the file the nodes are from, which problems and relative addresses are about */
  print(nodes: MarkupNode[], file: string): string {
    this.file = file;
    return this.renderChildren(nodes, false);
  }

  private reportProblem(problem: Omit<Problem, 'file'>): void {
    this.problems.push({ file: this.input.sources.nameOf(this.file), ...problem });
  }

  /** Reports a mistake with which the page is shown all the same. */
  private warn(line: number, message: string): void {
    this.reportProblem({ line, message, isHarmless: true });
  }

  private renderChildren(nodes: MarkupNode[], isInsideFor: boolean): string {
    const { branches } = this;
    let previous: ElementNode | null = null;
    let choice: ElementNode | null = null;
    let printed = '';
    for (const node of nodes) {
      if (node.kind === 'text') {
        printed += this.text.written(node.text, node.line);
        if (node.text.trim()) previous = null;
      } else {
        this.checkBranch(node, previous);
        if (hasDirective(node, 's-if')) choice = node;
        else if (!hasDirective(node, 's-elif', 's-else')) choice = null;
        // A phone draws nothing for it.
        else if (!choice) continue;
        this.branches = choice ? new Map(branches).set(choice, node) : branches;
        printed += this.renderElement(node, isInsideFor);
        this.branches = branches;
        if (hasDirective(node, 's-else')) choice = null;
        previous = node;
      }
    }
    return printed;
  }

  private checkBranch(node: ElementNode, previous: ElementNode | null): void {
    const branch = node.attributes.find(({ name }) => name === 's-else' || name === 's-elif');
    const follows = previous !== null && hasDirective(previous, 's-if', 's-elif');
    if (branch && !follows) this.warn(branch.line, `${branch.name} must follow a tag with s-if or s-elif`);
    const loop = node.attributes.find(({ name }) => name === 's-for');
    const condition = node.attributes.find(({ name }) => /^s-(if|elif|else)$/.test(name));
    if (loop && condition) {
      this.warn(
        loop.line,
        `s-for and ${condition.name} cannot be on the same tag; put one on a <block> around it`,
      );
    }
  }

  private renderElement(node: ElementNode, isInsideFor: boolean): string {
    const isLooped = isInsideFor || node.attributes.some(({ name }) => name === 's-for');
    const { tag } = node;
    if (tag === 'template' && node.attributes.some(({ name }) => name === 'is'))
      return this.renderTemplateUse(node);
    if (tag === 'block' || tag === 'template')
      return this.wrap('fragment', this.renderDirectives(node), this.renderChildren(node.children, isLooped));
    if (tag === 'slot') return this.renderSlot(node, isLooped);
    if (this.input.customTags.has(tag.toLowerCase())) return this.renderCustom(node, isLooped);
    if (!isSwanTag(tag) && !this.input.remoteTags.has(tag.toLowerCase())) {
      const remedy = HTML_TAGS.has(tag)
        ? 'but of HTML, which no document of Swan promises; use <view>, <text> or <image>'
        : 'declare it in usingComponents';
      this.warn(node.line, `<${tag}> is not a tag of Swan; ${remedy}`);
    }
    const builtIn = BUILT_INS[tag] ?? (HTML_TAGS.has(tag) ? { element: tag } : boxOf(tag));
    return this.renderBuiltIn(node, builtIn, isLooped);
  }

  private wrap(tag: string, attributes: string, content: string): string {
    if (VOID_TAGS.has(tag)) return `<${tag}${attributes} />`;
    return `<${tag}${attributes}>${content}</${tag}>`;
  }

  /** <template is data>: the engine chooses the component by name, and gives it the members of data. */
  private renderTemplateUse(node: ElementNode): string {
    let attributes = '';
    for (const attribute of node.attributes) {
      const { name, line } = attribute;
      if (name === 'is') attributes += ` s-is="$template(${this.text.argumentList(attribute)})"`;
      if (name !== 'data' || isBlank(attribute)) continue;
      const source = (attribute.value ?? '').trim().replace(/^\{\{|\}\}$/g, '');
      const isObject =
        source.trimStart().startsWith('{') || validateExpression(source, this.modules) === null;
      // Written for WeChat: the engine of a phone cuts it or does not draw the page.
      if (!isObject) this.warn(line, `data: a phone needs the braces of an object, {{{${source}}}}`);
      const members = this.text.readable(isObject ? source : `{${source}}`, line, name);
      attributes += ` s-bind="{{ ${this.text.safelyQuoted(attribute, embeddable(members))} }}"`;
    }
    const used = `<swan-template${attributes} />`;
    const directives = this.renderDirectives(node);
    return directives ? this.wrap('fragment', directives, used) : used;
  }

  /** s-if, s-elif, s-else, s-for and slot, which every tag may carry. */
  private renderDirectives(node: ElementNode): string {
    let printed = '';
    for (const attribute of node.attributes) {
      const { name, line } = attribute;
      if (name === 's-if' || name === 's-elif') {
        printed += ` ${name}="${this.text.safelyQuoted(attribute, this.text.bareExpression(attribute))}"`;
      } else if (name === 's-else') printed += ' s-else';
      else if (name === 's-for') printed += this.renderLoop(attribute, node);
      else if (name === 'slot') printed += this.text.verbatim(attribute);
      // Other frameworks write s-key into each loop; a phone does without it.
      else if (name === 's-key' && hasDirective(node, 's-for')) continue;
      else if (/^s-(?!for-)/.test(name)) this.warn(line, `${name} is not a directive of Swan`);
      else if (ENGINE_PREFIX.test(name)) {
        this.warn(line, `${name} is not Swan; events are written bind:name, attributes by their own name`);
      }
    }
    return printed;
  }

  private renderLoop(attribute: Attribute, node: ElementNode): string {
    const value = (attribute.value ?? '').trim().replace(/^\{\{|\}\}$/g, '');
    const parts = /^\s*(?:([\w$]+)(?:\s*,\s*([\w$]+))?\s+in\s+)?([\s\S]+?)(?:\s+trackBy\s+(\S+))?\s*$/.exec(
      value,
    );
    if (!parts) {
      const message = 's-for needs a list: s-for="item, index in list"';
      this.reportProblem({ line: attribute.line, message });
      return '';
    }
    const given = (name: string): string | null =>
      node.attributes.find(other => other.name === name)?.value || null;
    // A loop that names its item ignores s-for-item and s-for-index, and `index` is the one of the data.
    const item = parts[1] ?? given('s-for-item') ?? 'item';
    const index = parts[2] ?? (parts[1] === undefined ? (given('s-for-index') ?? 'index') : null);
    const list = (parts[3] ?? '').replace(/^\{\{|\}\}$/g, '');
    if (list !== parts[3])
      this.warn(attribute.line, `s-for: a phone needs the list without braces, in ${list}`);
    const refusal = validateList(list, this.modules) ?? (parts[4] ? validateExpression(parts[4]) : null);
    if (refusal) {
      const isHarmless = isReadableLoop(value);
      this.reportProblem({ line: attribute.line, message: `s-for: ${refusal}`, isHarmless });
    }
    const track = parts[4] ? ` trackBy ${parts[4]}` : '';
    const names = index === null ? item : `${item}, ${index}`;
    return ` s-for="${this.text.safelyQuoted(attribute, `${names} in ${list.trim()}${track}`)}"`;
  }

  private renderSlot(node: ElementNode, isLooped: boolean): string {
    let attributes = this.renderDirectives(node);
    for (const attribute of node.attributes) {
      if (attribute.name === 'name') {
        if (attribute.value?.includes('{{'))
          this.warn(attribute.line, 'the name of a slot must be plain text');
        attributes += this.text.verbatim(attribute);
      } else if (attribute.name.startsWith('var-')) {
        attributes += ` ${attribute.name}="${this.text.safelyQuoted(attribute, this.text.bareExpression(attribute))}"`;
      }
    }
    return this.wrap('slot', attributes, this.renderChildren(node.children, isLooped));
  }

  private renderCustom(node: ElementNode, isLooped: boolean): string {
    let attributes = this.renderDirectives(node);
    for (const attribute of node.attributes) {
      const event = eventOf(attribute.name);
      if (event) attributes += this.renderCustomEvent(attribute, event);
      else if (!this.isDirective(attribute.name)) attributes += this.renderProperty(attribute);
      if (attribute.name === 'id') this.checkId(attribute, isLooped);
    }
    return this.wrap(node.tag.toLowerCase(), attributes, this.renderChildren(node.children, isLooped));
  }

  private isDirective(name: string): boolean {
    return name === 'slot' || name.startsWith('s-') || ENGINE_PREFIX.test(name);
  }

  /** An id is a key of the whole page on a phone: two components with one id share their state. */
  private checkId(attribute: Attribute, isLooped: boolean): void {
    const id = attribute.value ?? '';
    if (id.includes('{{')) return;
    const others = this.ids.get(id) ?? [];
    if (this.input.isComponent) {
      const shared = 'every copy of this component would share one instance of it';
      this.warn(attribute.line, `a fixed id on a component inside a component: ${shared}; use a class`);
    } else if (isLooped || !others.every(other => areExclusive(other, this.branches))) {
      this.warn(attribute.line, `two components would have the id "${id}" and share one instance`);
    }
    this.ids.set(id, [...others, this.branches]);
  }

  private renderCustomEvent(attribute: Attribute, { capture, type }: BoundEvent): string {
    const handler = attribute.value ?? '';
    const modifier = capture ? 'native:capture:' : 'native:';
    const native = TOUCH_EVENTS.has(type) ? this.renderDomEvent(attribute, type, modifier) : '';
    // On a phone a computed handler name is never called for a component's own events.
    if (capture || handler.includes('{{')) return native;
    return `${native} on-${type}="$receive($event, '${this.handlerName(attribute)}')"`;
  }

  private renderProperty(attribute: Attribute): string {
    if (attribute.name === 'class') return this.text.helperCall(attribute, '$class');
    if (attribute.name === 'style') return this.text.helperCall(attribute, '$style');
    if (isBlank(attribute)) return ` ${attribute.name}="{{true}}"`;
    return this.text.verbatim(attribute);
  }

  private renderBuiltIn(given: ElementNode, builtIn: BuiltIn, isLooped: boolean): string {
    const { inner } = builtIn;
    // What a range may hold is set before its value.
    const order = ({ name }: Attribute): number => inner?.attributes.indexOf(name) ?? 0;
    const attributes = given.attributes.map(withKebabName).sort((one, other) => order(one) - order(other));
    const node = { ...given, attributes };
    let outerAttributes =
      this.renderDirectives(node) + this.renderDataset(node) + this.renderFixed(node, builtIn.fixed);
    let innerAttributes = this.renderFixed(node, inner?.fixed, inner?.attributes);
    for (const attribute of node.attributes) {
      const { name } = attribute;
      // A link would lead away from the preview.
      if (node.tag === 'a' && name === 'href') continue;
      const event = eventOf(name);
      if (event) {
        if (event.type === 'click' && isSwanTag(node.tag))
          this.warn(attribute.line, `${name}: a phone sends no click; use tap`);
        const printed = this.renderDomEvent(attribute, event.type, event.capture ? 'capture:' : '');
        if (inner?.events.includes(event.type)) innerAttributes += printed;
        else outerAttributes += printed;
      } else if (inner?.flags?.includes(name))
        innerAttributes += this.renderFlag(attribute, inner.properties?.[name] ?? name);
      else if (inner?.attributes.includes(name))
        innerAttributes += this.renderAttribute({ ...attribute, name: inner.properties?.[name] ?? name });
      else if (name === 'animation')
        outerAttributes += this.renderElementProperty(attribute, 'swanAnimation');
      else if (builtIn.properties?.[name])
        outerAttributes += this.renderElementProperty(attribute, builtIn.properties[name]);
      else if (name === 'hidden' || builtIn.flags?.includes(name))
        outerAttributes += this.renderFlag(attribute, name);
      else if (!this.isDirective(name)) outerAttributes += this.renderAttribute(attribute);
    }
    const control = inner ? this.wrap(inner.tag, innerAttributes, '') : '';
    const placeholder = builtIn.hasPlaceholder ? this.renderPlaceholder(attributes) : '';
    const children = this.renderChildren(node.children, isLooped);
    const content = builtIn.content ? this.wrap(builtIn.content, '', children) : children;
    return this.wrap(builtIn.element, outerAttributes, control + placeholder + content);
  }

  /** An element of its own, which a class and a style can be given to. A screen reader reads that of the control. */
  private renderPlaceholder(attributes: Attribute[]): string {
    const printed = attributes
      .filter(({ name }) => name.startsWith('placeholder'))
      .map(attribute =>
        this.renderAttribute({ ...attribute, name: attribute.name.replace('placeholder-', '') }),
      );
    return this.wrap('preview-placeholder', ` aria-hidden="true"${printed.join('')}`, '');
  }

  /** @param taken attributes of the tag that replace fixed ones; all of them when it is left out */
  private renderFixed(node: ElementNode, attributes: Record<string, string> = {}, taken?: string[]): string {
    const isGiven = (name: string): boolean =>
      (taken?.includes(name) ?? true) && node.attributes.some(attribute => attribute.name === name);
    return Object.entries(attributes)
      .filter(([name]) => !isGiven(name))
      .map(([name, value]) => ` ${name}="${value}"`)
      .join('');
  }

  private renderAttribute(attribute: Attribute): string {
    const { name } = attribute;
    if (name === 'class' || name === 'hover-class') return this.text.helperCall(attribute, '$class');
    if (name === 'style') return this.text.helperCall(attribute, '$style');
    if (name === 'src') return this.text.helperCall(this.withAbsoluteSrc(attribute), '$asset');
    return this.text.verbatim(attribute);
  }

  /** A relative src is relative to this template, wherever the component is used. */
  private withAbsoluteSrc(attribute: Attribute): Attribute {
    const value = attribute.value ?? '';
    if (!/^\.\.?\//.test(value)) return attribute;
    const folder = posix.dirname(this.input.sources.nameOf(this.file));
    return { ...attribute, value: posix.join('/', folder, value) };
  }

  private renderFlag(attribute: Attribute, name: string): string {
    if (isBlank(attribute)) return ` ${name}="{{true}}"`;
    const helper = name === 'hidden' || name === 'disabled' ? '$given' : '$flag';
    return ` ${name}="{{${helper}(${this.text.expression(attribute)})}}"`;
  }

  /** The value as it is, an object too, which an attribute of the DOM cannot hold. */
  private renderElementProperty(attribute: Attribute, property: string): string {
    const value = isBlank(attribute) ? 'true' : embeddable(this.text.expression(attribute));
    return ` ${property}="{{ ${value} }}"`;
  }

  /** Keeps data-* values as they are, objects included; the attributes in the DOM can only hold text. */
  private renderDataset(node: ElementNode): string {
    const entries = node.attributes.filter(({ name }) => /^data-./.test(name));
    if (!entries.length) return '';
    const members = entries.map(attribute => {
      const key = camelCase(attribute.name.slice('data-'.length));
      return `'${key}': ${isBlank(attribute) ? 'true' : this.text.expression(attribute)}`;
    });
    return ` swanDataset="{{ ${embeddable(`{${members.join(', ')}}`)} }}"`;
  }

  private renderDomEvent(attribute: Attribute, type: string, modifier: string): string {
    const handler = attribute.value?.includes('{{')
      ? this.text.expression(attribute)
      : `'${this.handlerName(attribute)}'`;
    const kind = eventOf(attribute.name)?.kind ?? 'bind';
    return ` on-${type}="${modifier}$on($event, ${handler}, '${kind}')"`;
  }

  private handlerName(attribute: Attribute): string {
    const name = (attribute.value ?? '').trim();
    // Without a method, catch only keeps the event from what is around.
    if (/^[$\w]*$/.test(name)) return name;
    this.warn(attribute.line, `${attribute.name} needs the name of a method, not "${name}"`);
    return 'noHandler';
  }
}
