/** What compiled code asks of TypeScript's helper library: object spread is all that is used. Itself ES5. */
export function __assign(target) {
  for (var index = 1; index < arguments.length; index++) {
    var source = arguments[index];
    for (var key in source) if ({}.hasOwnProperty.call(source, key)) target[key] = source[key];
  }
  return target;
}
