/** Inputs of 64 KiB that cause as much work as possible. */
import { MAX_BODY_BYTES } from '../../../merchant';

/** Each is repeated: beginnings of patterns that a reader looks for, and characters that encodings and JSON make longer. */
const UNITS: Record<string, string> = {
  digits: '1',
  'Chinese text': '商',
  emoji: '😀',
  'percent signs': '%25',
  'escaped quotes': '\\"',
  'HTML entities': '&quot;',
  braces: '{"a":[]},',
  'brackets that never close': '[',
  'single quotes': "'a':'",
  'a dict of Python': `'a': "b", `,
  'pairs of Python': "('a', 'b'), ",
  'print_r of PHP': '[a] => b\n',
  'var_dump of PHP': '["a"]=>string(1) "',
  'a hash of Ruby': '"a"=>',
  'a map of Go': ' a:[b',
  'dd() of Laravel': 'array:1 [\n"a" => "b',
  'serialize of PHP': 's:1:"a";s:9:"',
  'var_dump with Xdebug': "'a' => string 'b",
  'XML that never closes': '<a><![CDATA[',
  'comments that never end': '{/*',
  'names without quotes': '{aaaaaaaaaaaaaaaa ',
  'commas before blanks': '{,        ',
  'an object of Java': 'A(a=b, ',
  'escaped JSON': '{\\"a\\":',
  markup: '</b><b ',
  'a row of SQL that never closes': "(a) VALUES ('\\",
  'inputs of a web page': "<input value='",
  'a multipart body': 'form-data; name="a"\n\n',
  'pairs in brackets': '[a, b',
  'assignments in source code': "a = 'setA('",
  mail: '=3D=\n',
  'a map of Java': '{a=b, ',
  'an object of Node': "a: 'b', ",
  'lines of names': 'orderId\t1\n',
  ampersands: 'a=b&',
  'equal signs': '=',
  URLs: 'http://a?b=c&d=e ',
  'the name of the signature': 'rsaSign=',
  'known names': 'userId=1 ',
  'names on one line': 'a:b c:d ',
  'a table': '| a | b |\n',
  colours: '\u001b[0m',
  'a struct of Go': 'a{A:"',
};

/** Slightly less than the largest body, so that other text fits around it. */
const SIZE = MAX_BODY_BYTES - 100;

export function hostileTexts(): [name: string, text: string][] {
  const repeated = Object.entries(UNITS).map(([name, unit]): [string, string] => [
    name,
    unit.repeat(Math.floor(SIZE / Buffer.byteLength(unit))),
  ]);
  const strings = JSON.stringify(Array.from({ length: 1400 }, () => 'a=b&'.repeat(10)));
  let nested = 'a=b&'.repeat(1500);
  while (nested.length < SIZE / 3) nested = JSON.stringify({ a: nested });
  const commas = `userId=1&a=${','.repeat(SIZE - 100)}x`;
  return [
    ...repeated,
    ['a form with many commas in it', commas],
    ['many strings', `{"a":${strings}}`],
    ['nested JSON', nested],
  ];
}

/** A notification with as much of the text in one parameter as fits into 64 KiB. */
export function notificationBody(name: string, text: string, rsaSign: string): string {
  const params = {
    userId: '149235070',
    orderId: '800020199',
    unitPrice: '300',
    count: '1',
    totalMoney: '300',
    payMoney: '300',
    promoMoney: '0',
    hbMoney: '0',
    hbBalanceMoney: '0',
    giftCardMoney: '0',
    dealId: '470193086',
    payTime: '1700000000',
    promoDetail: '',
    payType: '1117',
    partnerId: '6000001',
    status: '2',
    tpOrderId: 'T1',
    returnData: '',
    rsaSign,
  };
  for (let length = text.length; ; length = Math.floor(length * 0.9)) {
    const body = new URLSearchParams({ ...params, [name]: text.slice(0, length) }).toString();
    if (body.length <= MAX_BODY_BYTES) return body;
  }
}
