/**
 * An object that has every function and property asked for; each function answers the object itself. What all objects
 * have, such as toString(), is as usual, so that a script can compare it with a text.
 */
export function nullObject(): object {
  const object: object = new Proxy(
    {},
    {
      get: (target, name) => {
        const isUsual = typeof name === 'symbol' || name === 'then' || name in target;
        return isUsual ? Reflect.get(target, name) : () => object;
      },
      set: () => true,
    },
  );
  return object;
}
