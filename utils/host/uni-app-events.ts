/** What pages that uni-app compiled need of a component that uni-app did not compile. */

/**
 * A Vue 3 page finds the handler of an event by way of the component that uni-app's own components put into the detail. The
 * property `eO`, which such a page sets, says which handler that is.
 */
export function withInstance<Detail extends object>(component: object, detail: Detail): Detail {
  const { properties } = component as { properties?: { eO?: unknown } };
  if (properties && properties.eO) {
    // Not enumerable: hosts copy enumerable properties, and so does a page that logs the detail.
    Object.defineProperty(detail, '__ins__', { value: component, configurable: true });
  }
  return detail;
}
