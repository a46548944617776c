/** Forms in which people paste an order or a notification: source code, dumps, logs, exports of tools. */
import { inspect } from 'node:util';
import { diagnoseNotification, signNotification, signOrderInfo, buildOrderInfo } from '../../../merchant';
import { diagnoseOrderInput } from '../../../merchant/diagnose/order';
import { readOrderInput } from '../../../merchant/diagnose/order-input';
import { createKeyPair } from '../../../scripts/support/keys';
import { platform } from './vectors';

const { privateKey, publicKey } = createKeyPair();
const order = signOrderInfo(
  buildOrderInfo({
    appKey: 'MMMabc',
    dealId: '470193086',
    tpOrderId: '3028903626',
    totalAmount: 11300,
    dealTitle: '爱鲜蜂 "一" \'二\'',
    returnData: { a: 'b c', d: '"e"' },
  }),
  privateKey,
);
const fields = Object.entries(order);
const params = signNotification({ ...platform.params, returnData: '{"cart":"17 a","n":"商"}' }, privateKey);
const entries = Object.entries(params);
const body = new URLSearchParams(params).toString();
const quoted = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;
const escaped = (value: string): string => value.replace(/"/g, '\\"').replace(/\\\\"/g, '\\\\\\"');

function examineOrder(text: string): string[] {
  const read = readOrderInput(text);
  return read.ok ? examine(read) : [read.finding.code];
}

function examine({
  value,
  exact,
  findings,
}: Extract<ReturnType<typeof readOrderInput>, { ok: true }>): string[] {
  return diagnoseOrderInput(value, publicKey, { exact, findings }).findings.map(({ code }) => code);
}

const members = fields.map(([name, value]) => `    "${name}": ${JSON.stringify(value)},`);

describe('the doctor finds a right order, and nothing wrong with it,', () => {
  test.each([
    ['JSON with a comma behind the last member', `{\n${members.join('\n')}\n}`],
    ['JSON with comments', `{ // from the log\n${members.join(' /* a "quote */\n')}\n}`],
    ['JSON copied from a web page', `{\u00a0${members.join('\u00a0').slice(0, -1)}\u00a0}`],
    ['JavaScript', `const orderInfo = {\n${members.join('\n')}\n};`],
    [
      'a call in JavaScript',
      `swan.requestPolymerPayment({\n  orderInfo: {\n${members.join('\n')}\n  },\n  success(res) { pay(res); }\n});`,
    ],
    [
      'a call in JavaScript without quotes around names',
      `requestPolymerPayment({ orderInfo: { ${fields.map(([n, v]) => `${n}: ${quoted(v)}`).join(', ')}, }, fail: null })`,
    ],
    ['dd() of Laravel', `array:8 [▼\n${fields.map(([n, v]) => `  "${n}" => "${v}"`).join('\n')}\n]`],
    [
      'dump() of an object in Symfony',
      `{#1234\n${fields.map(([n, v]) => `  +"${n}": "${v}"`).join('\r\n')}\n}`,
    ],
    ['lines in quotes', fields.map(([n, v]) => `"${n}": ${JSON.stringify(v)}`).join(',\n')],
    [
      'print_r of PHP that a browser shows',
      `Array ( [errno] => 0 [data] => Array ( ${fields.map(([n, v]) => `[${n}] => ${v}`).join(' ')} ) [msg] => )`,
    ],
    ['JSON in the source of a web page', html(JSON.stringify(order))],
    ['JSON in a log of a log', JSON.stringify(JSON.stringify(order)).slice(1, -1)],
    ['JSON that a terminal broke into lines', JSON.stringify({ data: order }).replace(/.{30}/g, '$&\n')],
    [
      'an object in the console of DevTools',
      `▼ Object\n${fields.map(([n, v]) => `  ${n}: "${v}"`).join('\n')}\n  ▶ __proto__: Object`,
    ],
    ['JSON in a log of nginx', `1.2.3.4 "POST /orders" "${loggedByNginx(JSON.stringify({ data: order }))}"`],
    ['a curl command for cmd', copiedForCmd(JSON.stringify({ orderInfo: order }))],
    [
      'a text in JSON, as Kibana has it',
      JSON.stringify({ message: `INFO ${JSON.stringify({ data: order })}` }),
    ],
    [
      'print_r of PHP in JSON, as Kibana has it',
      JSON.stringify({
        message: `Array\n(\n${fields.map(([n, v]) => `    [${n}] => ${v}`).join('\n')}\n)\n`,
      }),
    ],
    [
      'a call in JavaScript in the JSON of a log',
      JSON.stringify([`pay({ orderInfo: { ${fields.map(([n, v]) => `${n}: ${quoted(v)}`).join(', ')} } })`]),
    ],
    [
      'the answer in an export of browser tools (HAR)',
      JSON.stringify({
        log: { entries: [{ response: { content: { text: JSON.stringify({ data: order }) } } }] },
      }),
    ],
    ['XML with entities', `<order>${fields.map(([n, v]) => `<${n}>${html(v)}</${n}>`).join('')}</order>`],
    ['attributes of XML', `<order ${fields.map(([n, v]) => `${n}="${html(v)}"`).join(' ')}/>`],
    ['pprint of Python', pythonPprint(fields)],
    ['a struct of Go (%+v)', `&{${fields.map(([n, v]) => `${goName(n)}:${v}`).join(' ')}}`],
    [
      'a struct of Go (%#v)',
      `main.Order{${fields.map(([n, v]) => `${goName(n)}:${JSON.stringify(v)}`).join(', ')}}`,
    ],
    ['a record of C#', `Order { ${fields.map(([n, v]) => `${goName(n)} = ${v}`).join(', ')} }`],
    ['a form that was decoded', `sent: ${fields.map(field => field.join('=')).join('&')}`],
    ['lines with <br>', fields.map(([n, v]) => `${n}: ${v}<br/>`).join('\n')],
    ['an object in the colours of a terminal', inspect(order, { colors: true })],
    ['a table of Markdown', markdown(fields)],
    [
      'JSON in the log of a container',
      JSON.stringify({ log: `${JSON.stringify(order)}\n`, stream: 'stdout' }),
    ],
    [
      'the body of a request in Postman',
      JSON.stringify({ body: { mode: 'raw', raw: JSON.stringify(order) } }),
    ],
    ['a form of a web page', fields.map(([n, v]) => `<input name="${n}" value="${html(v)}">`).join('')],
    ['pairs of C#', fields.map(([n, v]) => `[${n}, ${v}]`).join(', ')],
    ['source code of Java', fields.map(([n, v]) => `map.put("${n}", ${JSON.stringify(v)});`).join('\n')],
    ['the URL of a page', `/pages/pay?order=${encodeURIComponent(JSON.stringify(order))}`],
    [
      'the URL of a page that encodes twice',
      `/pages/pay?order=${encodeURIComponent(encodeURIComponent(JSON.stringify(order)))}`,
    ],
    ['a curl command of bash', `curl http://a.example --data-raw $'${bashText(JSON.stringify(order))}'`],
    ['a list of Postman', JSON.stringify(fields.map(([key, value]) => ({ key, value })))],
  ])('when it was pasted as %s', (_how, text) => {
    expect({ text, codes: examineOrder(text) }).toEqual({ text, codes: ['INPUT_EXTRACTED'] });
  });
});

/** As pprint breaks a long text: behind a blank. */
function pythonPprint(names: [string, string][]): string {
  const broken = (value: string) => quoted(value).replace(/ (?=.)/g, ` '\n${' '.repeat(12)}'`);
  return `{${names.map(([n, v]) => `'${n}': ${broken(v)}`).join(',\n ')}}`;
}

function goName(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).replace(/Id$/, 'ID');
}

function markdown(names: [string, string][]): string {
  return `| name | value |\n| --- | --- |\n${names.map(([n, v]) => `| \`${n}\` | ${v} |`).join('\n')}`;
}

/** As Properties.store() of Java escapes. */
function properties(names: [string, string][]): string {
  return names.map(([n, v]) => `${n}=${v.replace(/[=:\\!#]/g, '\\$&')}`).join('\n');
}

const HABITS: [how: string, text: string][] = [
  [
    'dd() or dump() of Laravel and Symfony',
    `array:19 [ // routes/web.php:12\n${entries.map(([n, v]) => `  "${n}" => "${v}"`).join('\n')}\n]`,
  ],
  ['a map of Java', `{${entries.map(([n, v]) => `${n}=[${v}]`).join(', ')}}`],
  ['a dict of Python', `{${entries.map(([n, v]) => `'${n}': [b'${pythonBytes(v)}']`).join(', ')}}`],
  ['a dict of Python', `{${entries.map(([n, v]) => `b'${n}': [b'${pythonBytes(v)}']`).join(', ')}}`],
  ['a list of pairs of Python', `[${entries.map(([n, v]) => `(b'${n}', b'${pythonBytes(v)}')`).join(', ')}]`],
  [
    'an object as Java or C# prints it',
    `[traceId=7] c.s.PayController - PayNotify(${entries.map(([n, v]) => `${n}=${v}`).join(', ')})`,
  ],
  ['an object as Java or C# prints it', `PayNotify{${entries.map(([n, v]) => `${n}='${v}'`).join(', ')}}`],
  ['an object as Java or C# prints it', `PayNotify { ${entries.map(([n, v]) => `${n} = ${v}`).join(', ')} }`],
  [
    'serialize of PHP',
    `a:19:{${entries.map(([n, v]) => `s:${n.length}:"${n}";s:${Buffer.byteLength(v)}:"${v}";`).join('')}}`,
  ],
  [
    'var_dump of PHP with Xdebug',
    `array (size=19)\n${entries.map(([n, v]) => `  '${n}' => string '${v}' (length=${Buffer.byteLength(v)})`).join('\n')}`,
  ],
  [
    'a web page',
    `<pre class='xdebug-var-dump'>array (size=19)\n${entries
      .map(
        ([n, v]) =>
          `  '${n}' <font color='#888a85'>=&gt;</font> <small>string</small> '${html(v)}' <i>(length=9)</i>`,
      )
      .join('\n')}</pre>`,
  ],
  [
    'a log line with JSON',
    `map[string]string{${entries.map(([n, v]) => `"${n}":${JSON.stringify(v)}`).join(', ')}}`,
  ],
  [
    'names and values in source code',
    `url.Values{${entries.map(([n, v]) => `"${n}":[]string{${JSON.stringify(v)}}`).join(', ')}}`,
  ],
  ['lines of names and values', entries.map(([n, v]) => `${n} = '${v}'`).join('\n')],
  [
    'XML',
    `<xml>${entries.map(([n, v]) => `<${n}>${n === 'rsaSign' ? `<![CDATA[${v}]]>` : v}</${n}>`).join('\n')}</xml>`,
  ],
  ['the form items of Wireshark', entries.map(([n, v]) => `    Form item: "${n}" = "${v}"`).join('\n')],
  ['JSON', JSON.stringify({ postData: { params: entries.map(([name, value]) => ({ name, value })) } })],
  ['base64, as API gateways pass a body (isBase64Encoded)', Buffer.from(body).toString('base64')],
  ['a text that was percent-encoded as a whole', encodeURIComponent(body)],
  ['text that was escaped for HTML', body.replaceAll('&', '&amp;')],
  ['text that was escaped for HTML', html(JSON.stringify(params))],
  [
    'an object as Java or C# prints it',
    `Result(code=0, data=com.a.PayNotify(${entries.map(([n, v]) => `${n}=${v}`).join(', ')}), message=ok)`,
  ],
  ['a map of Java', `Result{code=0, data={${entries.map(([n, v]) => `${n}=${v}`).join(', ')}}}`],
  ['print_r of PHP', `Array ( ${entries.map(([n, v]) => `[${n}] => ${v}`).join(' ')} )`],
  ['an object as Java or C# prints it', `PayNotify@1b2c[${entries.map(([n, v]) => `${n}=${v}`).join(',')}]`],
  ['a map of Java', `[${entries.map(([n, v]) => `${n}=${v}`).join(', ')}]`],
  [
    'a curl command',
    `curl -X POST http://a.example \\\n${entries.map(([n, v]) => `  --data-urlencode '${n}=${v}'`).join(' \\\n')}`,
  ],
  [
    'a curl command',
    `curl http://a.example ${entries.map(([n, v]) => `-d ${n}=${encodeURIComponent(v)}`).join(' ')}`,
  ],
  [
    'a curl command',
    `curl --location 'http://a.example' \\\n${entries.map(([n, v]) => `--data-urlencode '${n}=${v}'`).join(' \\\n')}`,
  ],
  ['a curl command', copiedForCmd(body)],
  ['a log line', `level=info msg=notify body="${body}"`],
  ['a log line', `level=info msg="notify" took=3 body="${body}" status=200`],
  ['lines of names and values', entries.map(([n, v]) => `${n} => ${v}`).join('\n')],
  [
    'var_dump of PHP',
    `object(Notify)#3 (19) {\n${entries.map(([n, v]) => `  ["${n}":protected]=>\n  string(9) "${v}"`).join('\n')}\n}`,
  ],
  [
    'var_dump of PHP',
    `object(App\\Notify)#3 (19) {\n${entries.map(([n, v]) => `  ["${n}":"App\\Notify":private]=>\n  string(9) "${v}"`).join('\n')}\n}`,
  ],
  ['a form broken into lines', body.replace(/.{78}/g, '$&\n')],
  ['a form broken into lines', body.replaceAll('&', '&\r\n')],
  ['a form broken into lines', body.replaceAll('&', '\n&')],
  ['JSON', JSON.stringify({ isBase64Encoded: true, body: Buffer.from(body).toString('base64') })],
  ['JSON inside of a text, its quotes escaped', escaped(JSON.stringify(params))],
  ['XML', `<?xml version="1.0"?>\n<xml>${entries.map(([n, v]) => `<${n}>${html(v)}</${n}>`).join('')}</xml>`],
  ['a dict of Python', pythonPprint(entries)],
  [
    'a struct of Go',
    `main.Notify{${entries.map(([n, v]) => `${goName(n)}:${JSON.stringify(v)}`).join(', ')}}`,
  ],
  ['names and values on one line', `notify: {${entries.map(([n, v]) => `${goName(n)}:${v}`).join(' ')}}`],
  ['names and values on one line', entries.map(([n, v]) => `${n}=${quoted(v)}`).join(' ')],
  ['names and values on one line', entries.map(entry => entry.join('=')).join('; ')],
  ['names and values on one line', `Map(${entries.map(entry => entry.join(' -> ')).join(', ')})`],
  [
    'names and values on one line',
    `time=2026-11-30T12:00:00Z level=info msg="pay notify" ${entries.map(([n, v]) => `${n}=${JSON.stringify(v)}`).join(' ')}`,
  ],
  [
    'a map of Go',
    `&{Method:POST Header:map[Accept:[*/*]] PostForm:map[${entries.map(([n, v]) => `${n}:[${v}]`).join(' ')}] Close:false}`,
  ],
  [
    'names and values in source code',
    `map[${entries.map(([n, v]) => `"${n}":[${JSON.stringify(v)}]`).join(' ')}]`,
  ],
  ['a log line', JSON.stringify(`POST / HTTP/1.1\r\nHost: a\r\n\r\n${body}`)],
  ['an object as Node prints it', inspect(params, { colors: true })],
  ['an object as Node prints it', inspect(params, { colors: true }).replace(/\p{Cc}(?=\[)/gu, '')],
  ['text that is nearly JSON', inspect({ query: { page: '1' }, body: params })],
  [
    'text that is nearly JSON',
    inspect({ query: { page: '1' }, body: params, note: `with both: "a", 'b', so Node prints a backquote` }),
  ],
  [
    'text that is nearly JSON',
    `{'args': {'page': '1'}, 'ok': True, 'form': ${JSON.stringify(params)}, 'json': None}`,
  ],
  ['dd() or dump() of Laravel and Symfony', entries.map(([n, v]) => `  "${n}" => "${v}"`).join('\n')],
  ['print_r of PHP', `Array\\n(\\n${entries.map(([n, v]) => `    [${n}] => ${v}`).join('\\n')}\\n)\\n`],
  ['lines of names and values', properties(entries)],
  ['lines of names and values', entries.map(([n, v]) => `${n}=[${v}]`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `${n} : ${v}`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `${n}：${v}`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `export ${n}=${quoted(v)}`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `- **${n}**: ${v}`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `${n}=>${v}<br>`).join('')],
  ['lines of names and values', entries.map(entry => entry.join(':\n')).join('\n')],
  [
    'lines of names and values',
    entries.map(([n, v], i) => `12:00:0${i % 10} DEBUG pay.views ${n}=${v}`).join('\n'),
  ],
  ['lines of names and values', markdown(entries)],
  [
    'a table',
    `| ${entries.map(([n]) => n).join(' | ')} |\n|${'---|'.repeat(19)}\n| ${entries.map(([, v]) => v).join(' | ')} |`,
  ],
  [
    'a table',
    `${entries.map(([n]) => n).join(',')}\r\n${entries.map(([, v]) => (/[",]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(',')}`,
  ],
  ['text with the quotes of a word processor', `{${entries.map(([n, v]) => `“${n}”: ‘${v}’`).join(', ')}}`],
  ['a log line', `收到“${body}”。`],
  ['a form of a web page', entries.map(([n, v]) => `<input name="${n}" value="${html(v)}">`).join('\n')],
  ['a form of a web page', entries.map(([n, v]) => `<INPUT value='${html(v)}' NAME='${n}' />`).join('')],
  [
    'a multipart body',
    `${entries.map(([n, v]) => `--X\r\nContent-Disposition: form-data; name="${n}"\r\n\r\n${v}\r\n`).join('')}--X--\r\n`,
  ],
  [
    'an INSERT of SQL',
    `INSERT INTO log (${entries.map(([n]) => `"${n}"`).join(', ')}) VALUES (${entries.map(([, v]) => `'${v}'`).join(', ')});`,
  ],
  [
    'an INSERT of SQL',
    `INSERT INTO log (${entries.map(([n]) => `\`${n}\``).join(',')}) VALUES (${entries.map(([, v]) => (/^\d+$/.test(v) ? v : `'${escaped(v)}'`)).join(',')});`,
  ],
  ['a list of pairs', entries.map(([n, v]) => `[${n}, ${v}]`).join(';')],
  ['a list of pairs', entries.map(([n, v]) => `[${n}, ${v}]`).join('\n')],
  ['a list of pairs', `[${entries.map(([n, v]) => `(${n}, ${v})`).join(', ')}]`],
  [
    'a list of pairs',
    entries.map(([n, v], i) => `[${i}]\t{[${n}, ${v}]}\tKeyValuePair<string, string>`).join('\r\n'),
  ],
  ['an object as Java or C# prints it', `{ ${entries.map(([n, v]) => `${n} = ${v}`).join(', ')} }`],
  ...[
    (n: string, v: string) => `map.put("${n}", ${v});`,
    (n: string, v: string) => `form["${n}"] = ${v};`,
    (n: string, v: string) => `{ "${n}", ${v} }, `,
    (n: string, v: string) => `"${n}" to ${v}, `,
    (n: string, v: string) => `@"${n}": @${v}, `,
    (n: string, v: string) => `$notify->${n} = ${v};`,
    (n: string, v: string) => `@${n}=${v}, `,
    (n: string, v: string) => `notify.set${n.charAt(0).toUpperCase()}${n.slice(1)}(${v});`,
  ].map((write): [string, string] => [
    'names and values in source code',
    entries.map(([n, v]) => write(n, JSON.stringify(v))).join('\n'),
  ]),
  ['a hash of Ruby', `{${entries.map(([n, v]) => `:${n}=>${JSON.stringify(v)}`).join(', ')}}`],
  [
    'names and values on one line',
    `#<struct Notify ${entries.map(([n, v]) => `${n}=${JSON.stringify(v)}`).join(', ')}>`,
  ],
  ['names and values on one line', `Notify(${entries.map(([n, v]) => `${n}=${quoted(v)}`).join(', ')})`],
  [
    'lines of names and values',
    entries.map(([n, v]) => (v.length > 80 ? `${n}: >-\n  ${v}` : `${n}: '${v}'`)).join('\n'),
  ],
  ['lines of names and values', entries.map(([n, v]) => `${n}: ${/^\d/.test(v) ? `"${v}"` : v}`).join('\n')],
  [
    'lines of names and values',
    `notify:\n${entries.map(([n, v]) => `  ${n}: ${JSON.stringify(v)}`).join('\n')}`,
  ],
  ['a dict of Python', `{${entries.map(([n, v]) => `u'${n}': u'${v}'`).join(', ')}}`],
  [
    'values with their types, as Swift, Rust and Go print them',
    `[${entries.map(([n, v]) => `"${n}": Optional(${JSON.stringify(v)})`).join(', ')}]`,
  ],
  [
    'values with their types, as Swift, Rust and Go print them',
    `(map[string]string) {\n${entries.map(([n, v]) => ` (string) (len=6) "${n}": (string) (len=2) ${JSON.stringify(v)}`).join(',\n')}\n}`,
  ],
  [
    'print_r of PHP',
    `Notify Object\n(\n${entries.map(([n, v]) => `    [${n}:protected] => ${v}`).join('\n')}\n)`,
  ],
  ['print_r of PHP', `Array#012(#012${entries.map(([n, v]) => `    [${n}] => ${v}`).join('#012')}#012)`],
  ['lines of names and values', entries.map(([n, v]) => `${n}\t"${v.replaceAll('"', '""')}"`).join('\r\n')],
  ['lines of names and values', entries.map(([n, v]) => `key = ${n}, value = ${v}`).join('\n')],
  ['lines of names and values', entries.map(entry => entry.join(' ')).join('\n')],
  ['lines of names and values', entries.map(([n, v], i) => `${i + 1}. ${n}: ${v}`).join('\n')],
  ['lines of names and values', entries.map(([n, v]) => `> ${n}: ${v}`).join('\n')],
  [
    'a table',
    ` ${entries.map(([n]) => n).join(' | ')} \n${entries.map(() => '---').join('+')}\n ${entries.map(([, v]) => v).join(' | ')} `,
  ],
  [
    'a table',
    `${entries.map(([n]) => n).join('\t')}\r\n${entries.map(([, v]) => (v.includes('"') ? `"${v.replaceAll('"', '""')}"` : v)).join('\t')}`,
  ],
  ['a log line with JSON', `curl http://a.example --data-raw $'${bashText(JSON.stringify(params))}'`],
  ['a curl command', `curl ${entries.map(([n, v]) => `-F "${n}=${escaped(v)}"`).join(' ')}`],
  ['a curl command', `curl ${entries.map(([n, v]) => `--form-string '${n}=${v}'`).join(' ')}`],
  ['a log line', quotedPrintable(`notify(${body})`)],
  ['JSON in a parameter of a URL', `/pages/pay?notify=${encodeURIComponent(JSON.stringify(params))}`],
  ['JSON', JSON.stringify({ request: { data: entries } })],
  ['JSON', JSON.stringify({ level: 'info', ts: 1, msg: 'notify', ...params })],
];

/** As Chrome copies a request as cURL (cmd). */
function copiedForCmd(data: string): string {
  const inQuotes = (text: string) =>
    `^"${text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
      .replace(/%(?=[a-zA-Z0-9_])/g, '%^')}^"`;
  return `curl ${inQuotes('http://a.example/notify')} ^\r\n  --data-raw ${inQuotes(data)}`;
}

/** As Chrome copies a text for bash that is not ASCII alone. */
function bashText(text: string): string {
  return text
    .replace(/['\\]/g, '\\$&')
    .replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As mail sends text that is not ASCII alone. */
function quotedPrintable(text: string): string {
  const escape = (byte: number) =>
    byte === 61 || byte > 126 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte);
  return [...Buffer.from(text)]
    .map(escape)
    .join('')
    .replace(/.{70}[^=]{3}/g, '$&=\r\n');
}

/** As nginx logs a body: quotes, backslashes and all beyond ASCII as \xFF. */
function loggedByNginx(text: string): string {
  const escape = (byte: number) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return [...Buffer.from(text)]
    .map(byte =>
      byte < 32 || byte > 126 || byte === 34 || byte === 92 ? escape(byte) : String.fromCharCode(byte),
    )
    .join('');
}

/** As Python prints bytes: all beyond ASCII as \xff. */
function pythonBytes(text: string): string {
  return [...Buffer.from(text)]
    .map(byte => (byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`))
    .join('');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

test.each([
  ['a log line with JSON', (names: [string, string][]) => `log ${JSON.stringify(Object.fromEntries(names))}`],
  [
    'print_r of PHP',
    (names: [string, string][]) => `Array\n(\n${names.map(([n, v]) => `    [${n}] => ${v}`).join('\n')}\n)`,
  ],
])('the doctor reports KEY_CASE alone when an order in snake_case was pasted as %s', (_how, write) => {
  const snake = fields.map(([name, value]): [string, string] => [
    name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase()),
    value,
  ]);
  expect(examineOrder(write(snake))).toEqual(['KEY_CASE', 'INPUT_EXTRACTED']);
});

const decoded = entries.map(([name, value]) => `${name}=${value}`).join('&');
test.each([
  ['an order', () => examineOrder(JSON.stringify(order, null, 2).slice(0, -60))],
  [
    'a notification',
    () =>
      diagnoseNotification(JSON.stringify(params).slice(0, -60), publicKey).findings.map(({ code }) => code),
  ],
])('the doctor says that the signature is cut when %s was pasted whose end is missing', (_what, find) => {
  expect(find()).toEqual(['SIGNATURE_CUT', 'INPUT_EXTRACTED']);
});

test('the doctor finds nothing wrong when a value has a length in brackets, which looks like a colour', () => {
  const signed = signNotification({ ...params, returnData: '{"rope":"[10m] [5m]"}' }, privateKey);
  expect(diagnoseNotification(JSON.stringify(signed), publicKey).findings).toEqual([]);
});

test.each([60, 90])(
  'the doctor reports no missing field when an order was pasted whose end is %i%% cut off',
  part => {
    const { rsaSign, ...others } = order;
    const text = JSON.stringify({ ...others, rsaSign });
    const read = readOrderInput(
      `INFO order: ${text.slice(0, (text.length * (100 - part)) / 100)}… [900 more]`,
    );
    expect(read.ok || read.finding.code).toBe('INPUT_NOT_JSON');
  },
);

test('the doctor says that the values are missing when an order was pasted as getParameterMap() of Java', () => {
  const map = fields.map(([name], i) => `${name}=[Ljava.lang.String;@1b2c${i}`).join(', ');
  expect(examineOrder(`{${map}}`)).toEqual(['INPUT_WITHOUT_VALUES']);
});

test.each([
  [
    'an object of Python',
    '{"note":"x, y=1"}',
    (names: [string, string][]) => `Notify(${names.map(([n, v]) => `${n}=${quoted(v)}`).join(', ')})`,
  ],
  [
    'a table of a spreadsheet',
    '{"note":"a | b"}',
    (names: [string, string][]) =>
      `${names.map(([n]) => n).join('\t')}\n${names.map(([, v]) => v).join('\t')}`,
  ],
  [
    'a curl command of bash',
    `{"note":"it's 商"}`,
    (names: [string, string][]) =>
      `curl http://a --data-raw $'${bashText(JSON.stringify(Object.fromEntries(names)))}'`,
  ],
  [
    'a map of Go',
    '[{"a":1}]',
    (names: [string, string][]) => `map[${names.map(([n, v]) => `${n}:${v}`).join(' ')}]`,
  ],
])('the doctor reads what looks like the end of a value when %s was pasted', (_what, returnData, write) => {
  const signed = signNotification({ ...params, returnData }, privateKey);
  const { findings } = diagnoseNotification(write(Object.entries(signed)), publicKey);
  expect(findings.map(({ code }) => code)).toEqual(['INPUT_EXTRACTED']);
});

test('the doctor reports that orderInfo is text when an answer that has it as text was pasted', () => {
  expect(examineOrder(JSON.stringify({ errno: 0, data: JSON.stringify(order) }))).toEqual([
    'ORDERINFO_IS_TEXT',
  ]);
  expect(examineOrder(JSON.stringify(JSON.stringify(order)))).toEqual(['ORDERINFO_IS_TEXT']);
});

test('the doctor reads two single quotes as one when an INSERT of SQL was pasted', () => {
  const columns = fields.map(([name]) => name).join(', ');
  const row = fields.map(([, value]) => `'${value.replaceAll("'", "''")}'`).join(', ');
  const read = readOrderInput(`INSERT INTO orders (${columns}) VALUES (${row});`);
  expect(read).toMatchObject({ value: { dealTitle: order.dealTitle } });
});

test('the doctor reads no condition as a parameter when an UPDATE of SQL was pasted', () => {
  const text = `UPDATE orders SET ${entries.map(([n, v]) => `${n} = '${v}'`).join(', ')} WHERE id = 7;`;
  const { findings } = diagnoseNotification(text, publicKey);
  expect(findings.map(({ code }) => code)).toEqual(['INPUT_EXTRACTED']);
});

test.each([
  ['the names of columns', 'orderId 12 not found\nstatus 500\ncount 3'],
  ['calls in source code', entries.map(([n]) => `"${n}": read(${n})`).join(', ')],
])('the doctor finds no notification when %s were pasted', (_what, text) => {
  const { findings } = diagnoseNotification(text, publicKey);
  expect(findings.map(({ code }) => code)).toEqual(['INPUT_NOT_NOTIFICATION']);
});

test.each([
  ['nginx', `1.2.3.4 "POST /notify" "${loggedByNginx(decoded)}"`],
  ['nginx, with more behind it', `1.2.3.4 "${loggedByNginx(decoded)}" 200 "-" "Java/17"`],
  ['a program that puts it in quotes', `INFO body: '${decoded}'`],
])('the doctor reports a decoded body and nothing else when it was logged decoded by %s', (_who, text) => {
  const { ok, findings } = diagnoseNotification(text, publicKey);
  expect([ok, findings.map(({ code }) => code)]).toEqual([true, ['BODY_DECODED', 'INPUT_EXTRACTED']]);
});

test.each([
  ['JSON', [], JSON.stringify],
  [
    'lines',
    ['INPUT_EXTRACTED'],
    (given: object) =>
      Object.entries(given)
        .map(entry => entry.join('\t'))
        .join('\n'),
  ],
])('the doctor leaves \\x22 in a notification as it is when that was pasted as %s', (_how, codes, print) => {
  const signed = signNotification({ ...params, returnData: '{"path":"C:\\\\x22"}' }, privateKey);
  const { findings } = diagnoseNotification(print(signed), publicKey);
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test('the doctor reports no missing field when the console of DevTools left fields out', () => {
  const shown = fields.slice(0, 5).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const read = readOrderInput(`{${shown.join(', ')}, …}`);
  expect(read.ok || [read.finding.code, read.finding.evidence?.reason]).toEqual([
    'INPUT_NOT_JSON',
    'the console has left out what is behind …: copy the object, or log JSON.stringify of it',
  ]);
});

test('the doctor finds no order when the answer of a backend has it in a text of its JSON', () => {
  const read = readOrderInput(JSON.stringify({ message: `INFO ${JSON.stringify(order)}` }), {
    isAnswer: true,
  });
  expect(read.ok && examine(read)).toEqual(['ORDERINFO_NOT_FOUND']);
});

test('the doctor reads a quote inside of quotes when a curl command was pasted', () => {
  const signed = signNotification({ ...params, returnData: `{"n":"it's"}` }, privateKey);
  const options = Object.entries(signed).map(
    ([n, v]) => `--data-urlencode '${n}=${v.replaceAll(`'`, `'\\''`)}'`,
  );
  const { findings } = diagnoseNotification(`curl 'http://a.example' ${options.join(' ')}`, publicKey);
  expect(findings.map(({ code }) => code)).toEqual(['INPUT_EXTRACTED']);
});

test.each([
  [
    'two notifications',
    signNotification({ ...params, orderId: '2' }, privateKey),
    ['INPUT_SEVERAL_NOTIFICATIONS'],
  ],
  ['one notification twice', params, []],
])('the doctor examines the first body when a file has %s, one on each line', (_what, second, codes) => {
  const { ok, findings } = diagnoseNotification(`${body}\n${new URLSearchParams(second)}\n`, publicKey);
  expect([ok, findings.map(({ code }) => code)]).toEqual([true, codes]);
});

describe('the doctor finds and verifies a notification', () => {
  test.each(HABITS)('when it was pasted as %s', (how, text) => {
    const { ok, findings } = diagnoseNotification(text, publicKey);
    const found = findings.map(({ code, evidence }) => [code, evidence.how]);
    expect({ text, ok, found }).toEqual({
      text,
      ok: true,
      found: how === 'JSON' ? [] : [['INPUT_EXTRACTED', how]],
    });
  });
});
