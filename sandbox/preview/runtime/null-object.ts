/** An object that has every function and property asked for; each function answers the object itself. */
export function nullObject(): object {
  const object: object = new Proxy(
    {},
    {
      get: (_target, name) => (typeof name === 'symbol' || name === 'then' ? undefined : () => object),
      set: () => true,
    },
  );
  return object;
}
