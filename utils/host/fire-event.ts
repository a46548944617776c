import { runSafely } from './run-safely';

/** Fires an event of a component. Some hosts pass on what a page's handler throws: it is logged. */
export function fireEvent<Name extends string, Detail extends object>(
  component: { triggerEvent(name: Name, detail: Detail): void },
  name: Name,
  detail: Detail,
): void {
  const { properties } = component as { properties?: { eO?: unknown } };
  // A Vue 3 page that uni-app compiled sets `eO`, which says which handler the event has. It finds that handler by way of the
  // component that uni-app's own components put into the detail. Not enumerable, because hosts and pages copy the others.
  if (properties && properties.eO) {
    Object.defineProperty(detail, '__ins__', { value: component, configurable: true });
  }
  runSafely('an event handler', () => component.triggerEvent(name, detail));
}
