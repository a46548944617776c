import { dirname, extname, join, resolve } from 'node:path';
import type { Problem, SourceFolder } from './source-files';
import { parseMarkup, type ElementNode, type MarkupNode } from './template-parser';

/** Code of an <import-sjs>, <sjs> or <filter>: a file, or text in the template. */
export interface TemplateScript {
  file: string;
  /** null when the file holds it. */
  code: string | null;
}

const SCRIPT_TAGS = new Set(['import-sjs', 'sjs', 'filter']);

/** Collects what a template takes from other files: <import>, <include>, and code it can call. */
export class TemplateImports {
  private readonly templates: Record<string, { file: string; children: MarkupNode[] }> = {};
  private readonly scripts: Record<string, TemplateScript> = {};
  private readonly problems: Problem[] = [];

  constructor(private readonly sources: SourceFolder) {}

  /** @param file absolute path of the .swan file that the source is from */
  read(source: string, file: string) {
    const nodes = this.hoist(this.parse(source, file), file, [file]);
    const { templates, scripts, problems } = this;
    return { nodes, templates, scripts, problems };
  }

  private parse(source: string, file: string): MarkupNode[] {
    return parseMarkup(source, problem =>
      this.problems.push({ file: this.sources.nameOf(file), ...problem }),
    );
  }

  /** Takes out of a tree what is not drawn where it is written. */
  private hoist(nodes: MarkupNode[], file: string, chain: string[]): MarkupNode[] {
    return nodes.flatMap(node => {
      if (node.kind === 'text') return [node];
      const name = attributeOf(node, 'name');
      if (node.tag === 'import' || node.tag === 'include') return this.insert(node, file, chain);
      if (SCRIPT_TAGS.has(node.tag)) this.addScript(node, file);
      else if (node.tag === 'template' && name !== undefined && attributeOf(node, 'is') === undefined) {
        this.templates[name] ??= { file, children: this.hoist(node.children, file, chain) };
      } else return [{ ...node, children: this.hoist(node.children, file, chain) }];
      return [];
    });
  }

  /** <import> takes the named templates of a file, <include> also what is around them. */
  private insert(node: ElementNode, from: string, chain: string[]): MarkupNode[] {
    const file = this.fileOf(attributeOf(node, 'src') ?? '', from, '.swan');
    if (chain.includes(file)) return [];
    const source = this.sources.read(file);
    if (source === null) {
      const message = `<${node.tag} src="${attributeOf(node, 'src') ?? ''}"> is not there`;
      this.problems.push({ file: this.sources.nameOf(from), line: node.line, message });
      return [];
    }
    const nodes = this.hoist(this.parse(source, file), file, [...chain, file]);
    return node.tag === 'include' ? nodes : [];
  }

  private fileOf(src: string, from: string, extension: string): string {
    const path = src.startsWith('/') ? join(this.sources.root, src) : resolve(dirname(from), src);
    return extname(path) ? path : path + extension;
  }

  private addScript(node: ElementNode, from: string): void {
    const src = attributeOf(node, 'src');
    const code = node.children.map(child => (child.kind === 'text' ? child.text : '')).join('');
    const file = src === undefined ? from : this.fileOf(src, from, '.sjs');
    const name = attributeOf(node, 'module');
    if (name !== undefined) this.scripts[name] ??= { file, code: src === undefined ? code : null };
  }
}

const attributeOf = (node: ElementNode, name: string): string | undefined =>
  node.attributes.find(attribute => attribute.name === name)?.value ?? undefined;
