/** What compiled code asks of TypeScript's helper library: object spread is all that is used. Itself ES5. */
export var __assign =
  // Needs no warming up, as the loop does, which old phones are left with.
  Object.assign ||
  function (target) {
    for (var index = 1; index < arguments.length; index++) {
      var source = arguments[index];
      for (var key in source) if ({}.hasOwnProperty.call(source, key)) target[key] = source[key];
    }
    return target;
  };
