/** <rich-text>: HTML or a list of nodes as elements, without anything that could act. */
import { convertUnits } from '../../convert-units';
import { defineElementProperty } from './element-properties';
import { isPlainObject, type Values } from '../json-values';

const TAGS = new Set(
  (
    'a abbr b blockquote br code col colgroup dd del div dl dt em fieldset h1 h2 h3 h4 h5 h6 hr i img ins label legend ' +
    'li ol p q span strong sub sup table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const ATTRIBUTES = /^(class|style|alt|src|width|height|colspan|rowspan|span|start|type)$/;

defineElementProperty<unknown>('swanNodes', (element, nodes) =>
  element.replaceChildren(...(typeof nodes === 'string' ? nodesOf(nodes) : listOf(nodes)).flatMap(draw)),
);

const listOf = (nodes: unknown): unknown[] => (Array.isArray(nodes) ? (nodes as unknown[]) : []);

/** HTML as nodes. It is parsed in a document of its own, where nothing loads or runs. */
function nodesOf(html: string): Values[] {
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].map(toNode);
}

function toNode(node: Node): Values {
  if (!(node instanceof Element))
    return { type: 'text', text: node instanceof Text ? encoded(node.data) : '' };
  const attrs = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  return { name: node.localName, attrs, children: [...node.childNodes].map(toNode) };
}

/** What a text node may name; a phone shows others as they are written. */
const ENTITIES: Record<string, string> = { amp: '&', gt: '>', lt: '<', nbsp: '\u00a0', quot: '"', apos: "'" };

const encoded = (text: string): string => text.replaceAll('&', '&amp;');

const decoded = (text: string): string =>
  text.replace(/&([a-z]+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

/** The element or text of a node; nothing for a tag that a phone does not draw either. */
function draw(node: unknown): Node[] {
  if (!isPlainObject(node)) return [];
  if (node.type === 'text') return [document.createTextNode(decoded(String(node.text ?? '')))];
  const name = String(node.name ?? '').toLowerCase();
  if (!TAGS.has(name)) return [];
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(isPlainObject(node.attrs) ? node.attrs : {})) {
    if (!ATTRIBUTES.test(attribute)) continue;
    const text = String(value);
    element.setAttribute(attribute, attribute === 'style' ? convertUnits(text) : text);
  }
  element.append(...listOf(node.children).flatMap(draw));
  return [element];
}
