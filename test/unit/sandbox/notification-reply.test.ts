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
  ['data as text', 200, '{"errno":0,"data":"{\\"isConsumed\\":2}"}', 'data is no JSON object'],
])('parsePayReply() names the problem when the reply has %s', (_what, status, text, words) => {
  const { explanation } = read(status, text);
  expect(explanation).toContain(words);
});

test('parseRefundReply() explains in English when the reply is accepted or refused', () => {
  for (const text of ['{"errno":0}', '{"errno":3}', '', '<html>']) {
    // The documents' own words may follow in brackets.
    expect(parseRefundReply(200, text).explanation.replace(/\(\p{Script=Han}+\)/gu, '')).not.toMatch(
      /\p{Script=Han}/u,
    );
  }
});

test.each([1, 0, 2, undefined])('parsePayReply() explains in English when isConsumed is %j', isConsumed => {
  const { explanation } = read(200, JSON.stringify({ errno: 0, data: { isConsumed } }));
  expect(explanation.replace(/\(\p{Script=Han}+\)/gu, '')).not.toMatch(/\p{Script=Han}/u);
});
