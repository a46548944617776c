import { parsePayReply, parseRefundReply } from '../../../sandbox/cashier/notifications';

const read = (status: number, text: string) => parsePayReply(status, text, { badJsonReply: 'retry' });
const GOOD = '{"errno":0,"msg":"success","data":{"isConsumed":2}}';

test('parsePayReply() returns done when errno is 0 and isConsumed 2', () => {
  expect(read(200, GOOD).verdict).toBe('done');
});

test.each([
  [
    'a byte order mark',
    200,
    `\uFEFF${GOOD}`,
    'begins with a byte order mark (BOM): save the file without BOM',
  ],
  [
    'a warning of PHP',
    200,
    `<br />\n<b>Warning</b>: x${GOOD}`,
    'it begins with "<br />\\n<b>Warning</b>: x{',
  ],
  [
    'a debug toolbar',
    200,
    `${GOOD}\n<!-- {debug} -->`,
    'goes on after its JSON object: answer without "<!-- {debug} -->"',
  ],
  ['nothing', 200, ' ', 'the reply is empty'],
  ['a list', 200, '[]', 'the reply is not a JSON object: it begins with "[]"'],
  ['a redirect', 302, '', 'HTTP 302: redirects are not followed; give the address it leads to'],
  ['an error', 500, GOOD, 'HTTP 500'],
  ['no errno', 200, '{"data":{"isConsumed":2}}', 'the reply has no errno'],
  [
    'errno null',
    200,
    '{"errno":null}',
    'errno null: your backend refused the notification; errno 0 accepts it',
  ],
  [
    'errno and msg',
    200,
    '{"errno":1,"msg":"the signature does not verify"}',
    'errno 1 "the signature does not verify": your backend refused the notification',
  ],
  ['data as text', 200, '{"errno":0,"data":"{\\"isConsumed\\":2}"}', 'data is no JSON object'],
  ['no route', 404, '', 'HTTP 404: your backend has no route for POST there'],
  ['JSON in JSON', 200, JSON.stringify(GOOD), 'encoded twice: answer the object, not its text'],
  [
    'a reader of JSON, as @RequestBody of Spring',
    415,
    '',
    'HTTP 415: perhaps your backend expects JSON there',
  ],
  [
    'a model of FastAPI',
    422,
    '{"detail":[]}',
    'a notification is a form (application/x-www-form-urlencoded)',
  ],
  ['a CSRF check', 419, '', 'HTTP 419: let this POST through without a login and without a CSRF token'],
])('parsePayReply() names the problem when the reply has %s', (_what, status, text, words) => {
  const { explanation } = read(status, text);
  expect(explanation.en).toContain(words);
});

const REPLIES: [status: number, text: string][] = [
  [302, ''],
  [403, ''],
  [415, ''],
  [404, ''],
  [502, ''],
  [200, ''],
  [200, '<html>'],
  [200, JSON.stringify(GOOD)],
  [200, `\uFEFF${GOOD}`],
  [200, `${GOOD}x`],
  [200, '{}'],
  [200, '{"errno":3}'],
  [200, '{"errno":0}'],
  [200, '{"errno":0,"data":"x"}'],
  [200, '{"errno":0,"data":{"isErrorOrder":1}}'],
  [200, '{"errno":0,"data":{"isConsumed":1}}'],
  [200, GOOD],
];

const HAN = /\p{Script=Han}/u;

test.each(REPLIES)('a reply is explained in both languages when it is HTTP %i %j', (status, text) => {
  for (const { explanation } of [read(status, text), parseRefundReply(status, text)]) {
    // The documents' own words may follow in brackets.
    expect(explanation.en.replace(/\(\p{Script=Han}+\)/gu, '')).not.toMatch(HAN);
    expect(explanation['zh-CN']).toMatch(HAN);
  }
});
