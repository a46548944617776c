/**
 * The phrases in the evidence of findings, in Chinese. The evidence itself stays English, so that a program can compare it.
 */
const PHRASES: Record<string, string> = {
  // the kinds of pasted text
  'a log line with JSON': '含 JSON 的日志行',
  'a log line': '日志行',
  'a curl command': 'curl 命令',
  'an HTTP request with its headers': '带请求头的 HTTP 请求',
  'a URL': 'URL',
  'dd() or dump() of Laravel and Symfony': 'Laravel、Symfony 的 dd() 或 dump()',
  'print_r of PHP': 'PHP 的 print_r',
  'var_dump of PHP with Xdebug': '装有 Xdebug 的 PHP 的 var_dump',
  'var_dump of PHP': 'PHP 的 var_dump',
  'var_export of PHP': 'PHP 的 var_export',
  'serialize of PHP': 'PHP 的 serialize',
  'a hash of Ruby': 'Ruby 的 Hash',
  'a list of pairs of Python': 'Python 的键值对列表',
  'a dict of Python': 'Python 的 dict',
  'a struct of Go': 'Go 的 struct',
  'a map of Go': 'Go 的 map',
  'an object as Node prints it': 'Node 打印的对象',
  'a map of Java': 'Java 的 Map',
  'an object as Java or C# prints it': 'Java 或 C# 打印的对象',
  'the form items of Wireshark': 'Wireshark 的表单项',
  'JSON in a parameter of a URL': 'URL 参数里的 JSON',
  'a form of a web page': '网页的表单',
  'a multipart body': 'multipart 正文',
  'an INSERT of SQL': 'SQL 的 INSERT',
  'a list of pairs': '键值对列表',
  'values with their types, as Swift, Rust and Go print them': 'Swift、Rust、Go 打印的带类型的值',
  'text that is nearly JSON': '接近 JSON 的文本',
  'names and values in source code': '源代码里的名称和值',
  'lines of names and values': '每行一个名称和值的文本',
  'a table': '表格',
  'names and values on one line': '名称和值都在一行的文本',
  'text with the quotes of a word processor': '引号被换成了弯引号的文本',
  'a text that was percent-encoded as a whole': '整体做过百分号编码的文本',
  'base64, as API gateways pass a body (isBase64Encoded)': 'API 网关传来的 base64 正文（isBase64Encoded）',
  'JSON inside of a text, its quotes escaped': '文本里的 JSON，引号带有转义',
  'text that was escaped for HTML': '做过 HTML 转义的文本',
  'a web page': '网页',
  'a form broken into lines': '被拆成几行的表单',
  'JSON broken into lines': '被拆成几行的 JSON',
  // why a text is no JSON
  'the console has left out what is behind …: copy the object, or log JSON.stringify of it':
    '控制台省略了 … 处的内容，请复制整个对象，或打印它的 JSON.stringify 结果',
  'it is cut off, as by a log or a column of a database: give all of it':
    '它被截断了，例如被日志或数据库的列长截断：请给出全部内容',
  // how a signature was written
  'with dashes, as BitConverter.ToString of C#': '带连字符，如 C# 的 BitConverter.ToString',
  'with colons, as openssl -c': '带冒号，如 openssl -c',
  'with \\x in front of each byte': '每个字节前有 \\x',
  'with 0x in front': '前面有 0x',
  'with spaces or line breaks': '带空格或换行',
  plain: '连续书写',
  ', in base64': '，外面又是 base64',
  'a Buffer of Node as JSON': 'Node 的 Buffer 的 JSON',
  'a list with negative numbers, as Arrays.toString of Java': '带负数的列表，如 Java 的 Arrays.toString',
  'a list, as %v of Go': '列表，如 Go 的 %v',
  'a list of numbers': '数字列表',
  "b'…', the bytes of Python": "Python 的 bytes，b'…'",
  "b'…', bytes of Python as text: call .decode()": "把 Python 的 bytes 当成了文本，b'…'：请调用 .decode()",
  quotes: '引号',
  'the label that openssl prints': 'openssl 打印的标签',
  'its name in front': '前面有字段名',
  'a data URL': 'data URL',
  '\\/ or \\u002B of JSON that was not decoded': '没有解码的 JSON 的 \\/ 或 \\u002B',
  'invisible or full-width characters, as of a chat or a web page':
    '不可见字符或全角字符，常见于从聊天工具、网页复制',
  'a backslash and an n': '反斜杠和 n',
  'cut off with dots by a log': '被日志截断，末尾是省略号',
  'their order is reversed, as CryptSignHash of Windows gives them': '顺序颠倒，如 Windows 的 CryptSignHash',
  'they have a zero byte in front, as of BigInteger.toByteArray()':
    '前面多一个零字节，如 BigInteger.toByteArray()',
  'they were taken for ISO-8859-1 and encoded as UTF-8': '被当作 ISO-8859-1 文本，又按 UTF-8 编码',
  // how the signed text was made
  'Python quote_plus': 'Python 的 quote_plus',
  'lower-case hex, space as +': '小写十六进制，空格写作 +',
  'lower-case hex': '小写十六进制',
  'non-ASCII characters only': '只编码非 ASCII 字符',
  twice: '两次',
  'name=value, without a separator': 'name=value，之间没有分隔符',
  'name=value, one a line': 'name=value，每行一个',
  'name=value&amp;name=value (escaped for HTML)': 'name=value&amp;name=value（做过 HTML 转义）',
  '{name=value, name=value} (a Java map as text)': '{name=value, name=value}（Java 的 Map 转成的文本）',
  'namevalue, without any separator': 'namevalue，没有任何分隔符',
  'names only': '只有名称',
  compact: '紧凑',
  spaced: '带空格',
  'indented by 4': '缩进 4 格',
  indented: '带缩进',
  '? in front': '前面有 ?',
  '& in front': '前面有 &',
  'a space behind': '后面有空格',
  'a space in front': '前面有空格',
  'a byte order mark in front': '前面有 BOM',
  'double quotes': '双引号',
  'a zero byte behind': '后面有零字节',
  '&key= behind': '后面有 &key=',
  ', behind': '后面有逗号',
  'SHA-1 as hex': '十六进制的 SHA-1',
  'SHA-1 as upper-case hex': '大写十六进制的 SHA-1',
  'SHA-1 as bytes': '字节形式的 SHA-1',
  'SHA-1 as base64': 'base64 的 SHA-1',
  'MD5 as hex': '十六进制的 MD5',
  'MD5 as upper-case hex': '大写十六进制的 MD5',
  'MD5 as bytes': '字节形式的 MD5',
  'SHA-256 as hex': '十六进制的 SHA-256',
  'SHA-256 as bytes': '字节形式的 SHA-256',
  'UTF-8 twice': '两次 UTF-8',
  '(nothing)': '（空）',
  // how a receiver changed a value
  'escaped for HTML': '做过 HTML 转义',
  'not percent-decoded': '没有做百分号解码',
  'not decoded as a form': '没有按表单解码',
  'percent-decoded once more': '多做了一次百分号解码',
  'a + became a space': '+ 成了空格',
  'quotes escaped with backslashes (magic quotes)': '引号前加了反斜杠（magic quotes）',
  'backslashes removed': '反斜杠被去掉',
  'JSON written anew (PHP makes [] of {})': 'JSON 被重新生成（PHP 把 {} 变成 []）',
  'JSON written anew, with \\u0026 as Go does': 'JSON 被重新生成（Go 会写 \\u0026）',
  'JSON written anew': 'JSON 被重新生成',
  'a line end added': '末尾多了换行',
  trimmed: '首尾空白被去掉',
  'empty made null': '空值变成 null',
  'empty made 0': '空值变成 0',
  'a number written with decimals': '数字带上了小数',
  'JSON made {} or []': '空值变成 {} 或 []',
  '{} or [] made empty': '{} 或 [] 变成空值',
  'rounded as a number beyond 2^53': '被当作超过 2^53 的数字取整',
  'divided by 100, as yuan': '除以 100，变成了元',
  'parsed into an object, which was printed again': '被解析成对象，又被打印成文本',
};

/** Phrases with a value in them. */
const PATTERNS: [RegExp, string][] = [
  [/^behind (.*) of openssl$/, 'openssl 的 $1 后面'],
  [/^([\w&]+) is missing$/, '缺少 $1'],
  [/^([\w&]+) is no whole number: (.*)$/, '$1 不是整数：$2'],
  [/^([\w&]+) is no safe integer$/, '$1 超出整数的范围'],
  [/^refundStatus is neither .*$/, 'refundStatus 既不是 1（成功）也不是 2（失败）'],
  [/^the body is a promise: .*$/, '正文是没有 await 的 Promise'],
  [/^the body is FormData.*$/, '正文是用于上传的 FormData，请改用 await request.text()'],
  [
    /^the body is a stream or a request \((\w*)\).*$/,
    '正文是还没有读取的流或请求（$1），请用 await readBody(request)',
  ],
  [/^the body is the text (.*): an object .*$/, '正文是文本 $1，是对象转成的'],
  [/^the body looks like JSON .*$/, '正文像是 JSON 或打印的内容，而通知是表单：它被解析后重新生成了'],
  [/^this is a whole request or event.*$/, '这是整个请求或事件，请给出其正文，如 request.body'],
  [/^the body was parsed twice.*$/, '正文被解析了两次，或按别的类型解析了'],
  [/^the body is an? (\w+).*$/, '正文的类型是 $1'],
];

/** Long phrases first, because some are the beginning of others. */
const BY_LENGTH = Object.keys(PHRASES).sort((a, b) => b.length - a.length);

/** Translates a phrase, or several that are joined; other text is returned as it is. */
export function translatePhrases(text: string): string {
  const whole = PHRASES[text];
  if (whole !== undefined) return whole;
  for (const [pattern, translation] of PATTERNS) {
    if (pattern.test(text)) return text.replace(pattern, translation);
  }
  const parts = text.split(', ');
  if (parts.length > 1 && parts.every(part => PHRASES[part]))
    return parts.map(part => PHRASES[part]).join('、');
  const beginning = BY_LENGTH.find(phrase => text.startsWith(`${phrase}, `));
  if (beginning === undefined) return text;
  const rest = text.slice(beginning.length);
  return (PHRASES[beginning] ?? '') + (PHRASES[rest] ?? `、${translatePhrases(rest.slice(2))}`);
}
