/** Finds elements by a selector of Swan. */
export type FindElements = (selector: string) => HTMLElement[];

/**
 * @param root the element below which is searched; null when there is none
 * @param prefix tag of the component whose classes the selectors mean; null for those of a page
 */
export function elementFinder(root: () => HTMLElement | null, prefix: string | null): FindElements {
  return selector => {
    const scoped = prefix === null ? selector : selector.replace(/\.(?=[\w-])/g, `.${prefix}__`);
    return [...(root()?.querySelectorAll<HTMLElement>(scoped) ?? [])];
  };
}
