/**
 * Lets templates set a property of elements that the browser does not have: San sets a value as a property if the element
 * has one of that name, else as an attribute.
 * @param apply runs with each value that is set
 * @returns what reads the value that was set last
 */
export function defineElementProperty<T>(
  name: string,
  apply: (element: HTMLElement, value: T) => void,
): (element: HTMLElement) => T | undefined {
  const values = new WeakMap<HTMLElement, T>();
  Object.defineProperty(HTMLElement.prototype, name, {
    get(this: HTMLElement) {
      return values.get(this);
    },
    set(this: HTMLElement, value: T) {
      values.set(this, value);
      apply(this, value);
    },
  });
  return element => values.get(element);
}
