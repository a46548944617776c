/** An object that has every function and property asked for; each function answers the object itself. */
export function inertObject(): object {
  const inert: object = new Proxy(
    {},
    {
      get: (_target, name) => (typeof name === 'symbol' || name === 'then' ? undefined : () => inert),
      set: () => true,
    },
  );
  return inert;
}
