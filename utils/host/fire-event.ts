import { runSafely } from './run-safely';

/** Fires an event of a component. Some hosts pass on what a page's handler throws: it is logged. */
export function fireEvent<Name extends string, Detail extends object>(
  component: { triggerEvent(name: Name, detail: Detail): void },
  name: Name,
  detail: Detail,
): void {
  runSafely('an event handler', () => component.triggerEvent(name, withInstance(component, detail)));
}

/**
 * For pages that uni-app compiled: a Vue 3 page finds the handler of an event by way of the component that uni-app's own
 * components put into the detail. The property `eO`, which such a page sets, says which handler that is.
 */
function withInstance<Detail extends object>(component: object, detail: Detail): Detail {
  const { properties } = component as { properties?: { eO?: unknown } };
  if (properties && properties.eO) {
    // Not enumerable: hosts copy enumerable properties, and so does a page that logs the detail.
    Object.defineProperty(detail, '__ins__', { value: component, configurable: true });
  }
  return detail;
}
