import { listenForEvents } from '../../../sandbox/preview/runtime/tags';
import { mountPage, type MountedPage, type PageOptions } from '../../../sandbox/preview/testing';

/** A page whose built-in tags do by themselves what they do in a running mini-program. */
export async function mountTags(template: string, more: PageOptions = {}): Promise<MountedPage> {
  const page = await mountPage({ template, ...more });
  listenForEvents(page.root, () => undefined);
  return page;
}

export const inputOf = (page: MountedPage, selector = 'input') =>
  page.getElement(selector) as HTMLInputElement;

interface Noted {
  type: string;
  detail: unknown;
  currentTarget: { dataset: { n?: string } };
}

/** A page with the template, what its handler `note` got, and the `data-n` of the tags that called its handler `where`. */
export async function openTags(template: string, data = {}) {
  const log: unknown[] = [];
  const note = ({ type, detail }: Noted) => log.push([type, detail]);
  const where = ({ type, currentTarget }: Noted) => log.push([type, currentTarget.dataset.n]);
  return { page: await mountTags(template, { data, methods: { note, where } }), log };
}
