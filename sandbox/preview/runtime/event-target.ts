import { BUILT_INS } from '../compiler/builtin-tags';
import { instanceAt } from './instances';
import { cloneThroughJson, type Values } from './json-values';

declare global {
  interface HTMLElement {
    /** Values of an element's data-* attributes, as written in the template. */
    swanDataset?: Values;
  }
}

// San sets a value as a property if the element has it, else as an attribute.
HTMLElement.prototype.swanDataset = undefined;

/** An element as an event names it. */
interface Target {
  id: string;
  dataset: Values;
  offsetLeft: number;
  offsetTop: number;
}

/** Built-in tags that are drawn with elements of their own in them, which no template can name. */
const DRAWN_WHOLE = [
  'swan-rich-text',
  ...Object.values(BUILT_INS).flatMap(({ element, inner }) => (inner ? [element] : [])),
].join();

/** The element of the tag that a template has where this element is drawn. */
const tagOf = (element: HTMLElement): HTMLElement =>
  element.closest('.picker-control, preview-dots')?.parentElement ??
  element.closest<HTMLElement>(DRAWN_WHOLE) ??
  element;

export function targetOf(given: EventTarget | null): Target {
  if (!(given instanceof HTMLElement)) return { id: '', dataset: {}, offsetLeft: 0, offsetTop: 0 };
  const element = tagOf(given);
  // The script gets a copy of what the view has.
  const dataset = instanceAt(element)?.dataset ?? cloneThroughJson(element.swanDataset ?? {});
  const { id, offsetLeft, offsetTop } = element;
  return { id, dataset, offsetLeft, offsetTop };
}
