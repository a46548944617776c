/** What compiled code asks of TypeScript's helper library: object spread is all that is used. Itself ES5. */
export function __assign(target) {
  Array.prototype.slice.call(arguments, 1).forEach(function (source) {
    Object.keys(source || {}).forEach(function (key) {
      target[key] = source[key];
    });
  });
  return target;
}
