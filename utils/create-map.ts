/** An empty map for keys that come from outside: it inherits no property such as `constructor`. */
export const createMap = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;
