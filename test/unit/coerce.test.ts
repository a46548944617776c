/** What Swan hands a component for a property, and what the component makes of it. */
import { toBoolean, toFen, toObject, toText } from '../../utils/coerce';

const cart = { goods: [1] };

test.each([
  // value, text, boolean, object, fen
  [true, '', true, null, null],
  [false, '', false, null, NaN],
  ['', '', false, null, null],
  ['true', 'true', true, null, NaN],
  ['false', 'false', false, null, NaN],
  [null, '', false, null, null],
  [undefined, '', false, null, null],
  ['1999', '1999', true, null, 1999],
  [1999, '1999', true, null, 1999],
  [0, '0', false, null, 0],
  ['0', '0', true, null, 0],
  ['19.99', '19.99', true, null, NaN],
  [NaN, 'NaN', false, null, NaN],
  [-1, '-1', true, null, NaN],
  ['sold out', 'sold out', true, null, NaN],
  [cart, '', true, cart, NaN],
  ['{"goods":[1]}', '{"goods":[1]}', true, cart, NaN],
  ['{"goods":', '{"goods":', true, null, NaN],
  [['Alipay'], '', true, ['Alipay'], NaN],
  ['["Alipay"]', '["Alipay"]', true, ['Alipay'], NaN],
  ['null', 'null', true, null, NaN],
])(
  'a value is converted when it is %j: text %j, boolean %j, object %j, amount %p',
  (value, text, boolean, object, fen) => {
    expect(toText(value)).toBe(text);
    expect(toBoolean(value)).toBe(boolean);
    expect(toObject(value)).toEqual(object);
    expect(toFen(value)).toBe(fen);
  },
);
