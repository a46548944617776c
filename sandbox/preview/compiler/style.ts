import { dirname, posix, resolve } from 'node:path';
import postcss, { type AtRule, type Container, type Root, type Rule } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { messageOf } from '../../error-message';
import { BUILT_INS, HTML_TAGS, isSwanTag } from './builtin-tags';
import { ASSET_PLACEHOLDER, TAG_PLACEHOLDER } from '../compiled-app';
import { convertUnits } from '../convert-units';
import type { Problem, SourceFolder } from './source-files';

interface CompiledStyle {
  css: string;
  problems: Problem[];
}

interface Context {
  sources: SourceFolder;
  /** Files on the way here, so that a circle of @import ends. */
  chain: string[];
  problems: Problem[];
  scope: 'page' | 'component';
  /** The page that the rules are for; those of app.css are for all pages. */
  route: string | null;
}

/**
 * Compiles a .css file with the rules of Swan: 750rpx is the width of the screen, tag names mean Swan's tags,
 * and a component's classes are renamed to `tag__class`, except inside @media, where they match nothing. A selector of a
 * component that begins with anything else means what is inside the component.
 * @param file path of the css file; a file that does not exist is an empty one
 * @param route of the page whose file it is
 */
export function compileStyle(
  sources: SourceFolder,
  file: string,
  scope: 'page' | 'component',
  route: string | null = null,
): CompiledStyle {
  const context: Context = { sources, chain: [], problems: [], scope, route };
  const css = sources.read(file) === null ? '' : compileFile(file, context);
  return { css, problems: context.problems };
}

function compileFile(file: string, context: Context): string {
  const { sources } = context;
  const source = sources.read(file) ?? '';
  let ast: Root;
  try {
    ast = postcss.parse(source, { from: file });
  } catch (error) {
    const line = error instanceof postcss.CssSyntaxError ? (error.line ?? 1) : 1;
    const message = error instanceof postcss.CssSyntaxError ? error.reason : String(error);
    context.problems.push({ file: context.sources.nameOf(file), line, message });
    return '';
  }
  const imported = expandImports(ast, file, context);
  ast.walkRules(rule => {
    if (isKeyframe(rule)) return;
    try {
      rule.selector = renameSelectors(rule, context);
    } catch (error) {
      const line = rule.source?.start?.line ?? 1;
      const message = `${rule.selector}: ${messageOf(error)}`;
      context.problems.push({ file: sources.nameOf(file), line, message });
    }
  });
  ast.walkDecls(declaration => {
    declaration.value = absoluteUrls(convertUnits(declaration.value), sources.nameOf(file));
  });
  ast.walkAtRules(atRule => {
    if (atRule.name === 'charset') atRule.remove();
    if (atRule.name === 'media') askForScreenSize(atRule);
  });
  return imported + ast.toString();
}

function expandImports(ast: Root, file: string, context: Context): string {
  let css = '';
  ast.walkAtRules('import', (atRule: AtRule) => {
    const reference = atRule.params
      .replace(/^url\(\s*|\s*\)$/g, '')
      .replace(/['"]/g, '')
      .trim();
    const target = reference.startsWith('/')
      ? resolve(context.sources.root, `.${reference}`)
      : resolve(dirname(file), reference);
    const line = atRule.source?.start?.line ?? 1;
    if (context.sources.read(target) === null) {
      const message = `@import "${reference}" is not there`;
      context.problems.push({ file: context.sources.nameOf(file), line, message, isHarmless: true });
    } else if (!context.chain.includes(target)) {
      css += compileFile(target, { ...context, chain: [...context.chain, file] }) + '\n';
    }
    atRule.remove();
  });
  return css;
}

const isKeyframe = (rule: Rule): boolean => {
  const parent = rule.parent as Container | undefined;
  return parent?.type === 'atrule' && (parent as AtRule).name.endsWith('keyframes');
};

const isInAtRule = (rule: Rule): boolean => {
  let parent = rule.parent as Container | undefined;
  while (parent && parent.type !== 'root') {
    if (parent.type === 'atrule') return true;
    parent = parent.parent as Container | undefined;
  }
  return false;
};

function renameSelectors(rule: Rule, { scope, route }: Context): string {
  const isComponent = scope === 'component';
  // As Swan's own compiler: a class inside an at-rule keeps its bare name, which no element of a component has.
  const isDead = isComponent && isInAtRule(rule);
  return selectorParser(root => {
    root.walkTags(tag => {
      if (tag.value === 'page') tag.value = 'swan-page';
      else tag.value = BUILT_INS[tag.value]?.element ?? elementOf(tag.value);
    });
    root.walkUniversals(every => {
      every.value = onPages('*');
    });
    root.walkClasses(node => {
      if (isComponent && !isDead) node.setPropertyWithoutEscape('value', `${TAG_PLACEHOLDER}__${node.value}`);
    });
    if (isComponent) root.each(putInComponent);
    else if (route !== null) root.each(selector => putInPage(selector, route));
  }).processSync(rule.selector);
}

/** All open pages are in one document here, each with its css. The condition weighs nothing in the cascade. */
function putInPage(selector: selectorParser.Selector, route: string): void {
  if (/:root\b/.test(String(selector))) return;
  const page = `swan-page[route="${route}"]`;
  const condition = selectorParser.pseudo({ value: `:where(${page}, ${page} *)` });
  const { nodes } = selector;
  const isPart = (node: selectorParser.Node): boolean => selectorParser.isPseudoElement(node);
  const lastStep = nodes.map(({ type }) => type).lastIndexOf('combinator');
  const part = nodes.slice(lastStep + 1).find(isPart);
  if (part) selector.insertBefore(part, condition);
  else selector.append(condition);
}

function putInComponent(selector: selectorParser.Selector): void {
  if (selector.first.type === 'class') return;
  selector.prepend(selectorParser.combinator({ value: ' ' }));
  selector.prepend(selectorParser.tag({ value: `swan-${TAG_PLACEHOLDER}` }));
}

/** A tag that is not drawn, or a component's, is an element with a prefix, too. */
function elementOf(tag: string): string {
  if (isSwanTag(tag) || (tag.includes('-') && !tag.startsWith('swan-'))) return `swan-${tag}`;
  return HTML_TAGS.has(tag) ? onPages(tag) : tag;
}

/** On a phone a page is a document of its own; here, what is around it has the same tags. It counts for nothing in the cascade. */
const onPages = (tag: string): string => `${tag}:where(swan-page, swan-page *)`;

/** Addresses of the mini-program's own files; not those with a scheme or a host, and not those of parts of the document. */
const OWN_URL = /url\(\s*(['"]?)(?!\/\/|#|[a-z][\w+.-]*:)([^'")]+?)\1\s*\)/gi;

function absoluteUrls(value: string, file: string): string {
  return value.replace(OWN_URL, (_, __: string, path: string) => {
    const folder = posix.join('/', posix.dirname(file));
    return `url(${ASSET_PLACEHOLDER}${path.startsWith('/') ? path : posix.join(folder, path)})`;
  });
}

/** A condition that the size of the screen decides. */
const SIZE = /^\(\s*[^()]*\b(width|height|orientation|aspect-ratio)\b[^()]*\)$/;
/** What every phone is. */
const MEDIA_TYPE = /^((only\s+)?screen|all)$/i;

/**
 * Makes a @media rule ask for the size of the phone's screen instead of the window's. The screen is the container that the
 * pages are drawn in; conditions of another kind stay in a @media rule around it.
 */
function askForScreenSize(rule: AtRule): void {
  const queries = rule.params.split(',').map(query => query.trim().split(/\s+and\s+/i));
  const sizes = queries.map(conditions => conditions.filter(condition => SIZE.test(condition)));
  if (!sizes.some(({ length }) => length)) return;
  const others = queries.map(conditions =>
    conditions.filter(condition => !SIZE.test(condition) && !MEDIA_TYPE.test(condition)),
  );
  // A list that mixes both kinds has no equivalent.
  if (queries.length > 1 && (others.some(({ length }) => length) || sizes.some(({ length }) => !length)))
    return;
  const outer = others[0] ?? [];
  const inner = outer.length ? rule.clone() : rule;
  inner.name = 'container';
  inner.params = sizes
    .map(conditions => conditions.join(' and ').replace(/\bdevice-(?=width|height|aspect-ratio)/g, ''))
    .map(conditions => (sizes.length > 1 ? `(${conditions})` : conditions))
    .join(' or ');
  if (outer.length) {
    rule.params = outer.join(' and ');
    rule.removeAll();
    rule.append(inner);
  }
}
