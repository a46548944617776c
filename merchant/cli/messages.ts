/**
 * The words of the doctor besides those of the findings, in both languages: what a wrong command line gets, the frame of the
 * report, and the help.
 */
import type { Locale } from '../diagnose/finding';

export type MessageKey =
  | 'noFile'
  | 'emptyName'
  | 'isFolder'
  | 'noAccess'
  | 'badHeader'
  | 'badUrl'
  | 'dataWithGet'
  | 'httpStatus'
  | 'tryPost'
  | 'noAnswer'
  | 'noTls'
  | 'blockedPort'
  | 'urlWithUser'
  | 'twoKeys'
  | 'oneInput'
  | 'oneStdin'
  | 'onlyWithUrl'
  | 'notWithKeys'
  | 'badLang'
  | 'noCommand'
  | 'noOption'
  | 'optionWithoutValue'
  | 'optionNeedsValue'
  | 'optionTwice'
  | 'seeHelp'
  | 'nothingWrong'
  | 'noErrors'
  | 'keysMatch'
  | 'inFile'
  | 'inFileAsRole'
  | 'error'
  | 'warning'
  | 'info'
  | 'fix'
  | 'expected'
  | 'received'
  | 'signed';

const MESSAGES: Record<Locale, Record<MessageKey, string>> = {
  en: {
    noFile: 'There is no file {path}.',
    emptyName: 'The name of a file is empty: is a variable of the shell not set?',
    isFolder: '{path} is a folder; give a file.',
    noAccess: '{path} cannot be read: check its permissions.',
    badHeader: 'The header "{header}" is not of the form "Name: value".',
    badUrl: '"{url}" is no URL; it must begin with http:// or https://.',
    dataWithGet: 'A GET request has no body: use --method POST with --data.',
    httpStatus: 'The backend answered HTTP {status}; its body is examined all the same.',
    tryPost: 'It was asked with GET. If the route takes POST, add --method POST.',
    noAnswer: 'No answer from {url}: {cause}',
    noTls: 'No secure connection to {url}. If the server speaks plain HTTP on this port, write http://.',
    blockedPort:
      'The port in {url} is one that fetch never asks, for safety. Let the backend listen on another one.',
    urlWithUser:
      'The URL holds a user name or a password. Send them as a header: --header "Authorization: Basic …".',
    twoKeys: 'Give two key files: npx swan-cashier doctor keys private.pem public.pem',
    oneInput: 'Give one thing to examine: a file (or - for stdin), --url, --notify, or keys with two files.',
    oneStdin: 'Only one of input and key can come from stdin.',
    onlyWithUrl: '{option} says how to ask a backend: give its address with --url, too.',
    notWithKeys:
      'keys compares two files and takes no {option}: npx swan-cashier doctor keys private.pem public.pem',
    badLang: '--lang is zh-CN or en.',
    noCommand: 'Unknown command "{command}"; there is one: doctor.',
    noOption: 'There is no option {option}.',
    optionWithoutValue: 'The option {option} takes no value.',
    optionNeedsValue:
      'The option {option} wants a value; one that begins with a dash is joined to it with =.',
    optionTwice: 'The option {option} is given twice: which one is meant?',
    seeHelp: 'More: swan-cashier --help',
    nothingWrong: 'Nothing is wrong.',
    noErrors: 'No error.',
    keysMatch: 'The keys are a pair.',
    inFile: ' in {file}',
    inFileAsRole: ' in {file}, given as the {role} key',
    error: 'error',
    warning: 'warning',
    info: 'info',
    fix: 'Fix: ',
    expected: 'The text that Baidu verifies, made of this orderInfo as sent',
    received: 'The text made of what was received',
    signed: 'The text that was signed',
  },
  'zh-CN': {
    noFile: '没有文件 {path}。',
    emptyName: '文件名是空的：是不是有 shell 变量没有设置？',
    isFolder: '{path} 是目录，请给出文件。',
    noAccess: '无法读取 {path}，请检查权限。',
    badHeader: '请求头 "{header}" 不是 "名称: 值" 的形式。',
    badUrl: '"{url}" 不是 URL，应以 http:// 或 https:// 开头。',
    dataWithGet: 'GET 请求没有正文：--data 请配合 --method POST。',
    httpStatus: '服务端返回 HTTP {status}；仍检查其正文。',
    tryPost: '这次用的是 GET。如果该路由只接受 POST，请加 --method POST。',
    noAnswer: '{url} 没有响应：{cause}',
    noTls: '无法与 {url} 建立安全连接。如果该端口上是普通 HTTP，请写 http://。',
    blockedPort: '{url} 的端口出于安全原因不会被 fetch 访问，请让服务端监听别的端口。',
    urlWithUser: 'URL 里有用户名或密码，请改用请求头：--header "Authorization: Basic …"。',
    twoKeys: '请给出两个密钥文件：npx swan-cashier doctor keys private.pem public.pem',
    oneInput: '请只给出一项要检查的内容：一个文件（- 表示标准输入）、--url、--notify，或 keys 加两个文件。',
    oneStdin: '输入和密钥只能有一个来自标准输入。',
    onlyWithUrl: '{option} 是请求后端用的：请同时用 --url 给出地址。',
    notWithKeys: 'keys 只比较两个文件，不接受 {option}：npx swan-cashier doctor keys private.pem public.pem',
    badLang: '--lang 只能是 zh-CN 或 en。',
    noCommand: '没有命令 "{command}"；只有 doctor。',
    noOption: '没有选项 {option}。',
    optionWithoutValue: '选项 {option} 不带值。',
    optionNeedsValue: '选项 {option} 需要一个值；以 - 开头的值要用 = 连在选项后面。',
    optionTwice: '选项 {option} 给了两次，以哪一个为准？',
    seeHelp: '更多：swan-cashier --help',
    nothingWrong: '没有问题。',
    noErrors: '没有错误。',
    keysMatch: '两把密钥是一对。',
    inFile: '：{file}',
    inFileAsRole: '：{file}（作为{role}给出）',
    error: '错误',
    warning: '警告',
    info: '信息',
    fix: '修法：',
    expected: '百度按这份 orderInfo 拼出来验签的文本',
    received: '收到的文本',
    signed: '实际签名的文本',
  },
};

/** A message in the given language, filled with values. */
export function translate(locale: Locale, key: MessageKey, values: Record<string, string> = {}): string {
  return MESSAGES[locale][key].replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');
}

const HELP: Record<Locale, string> = {
  en: `swan-cashier doctor: why Baidu says 签名错误

  npx swan-cashier doctor order.json --key merchant-public.pem
      an orderInfo, bare or in the envelope of your backend; - is stdin
  npx swan-cashier doctor --url URL [--method POST] [--data BODY] [--header "Name: value"] --key merchant-public.pem
      the same, fetched from your backend
  npx swan-cashier doctor --notify body.txt --key platform-public.pem
      a notification, the POST body as received
  npx swan-cashier doctor keys private.pem public.pem
      whether they are a pair, which format, what Java, Go and PHP need

  -k, --key FILE         the public key that the signature should fit
  -d, --data BODY        sent to --url, with POST unless --method says otherwise
  -H, --header TEXT      "Name: value", sent to --url; may be repeated
      --json             { ok, findings: [{ code, severity, message, fix, evidence }] }
      --lang LANG        zh-CN or en; default from LC_ALL, LC_MESSAGES, LANG
  -h, --help             this text
  -v, --version          the version of swan-cashier

Exit code: 0 no error (warnings allowed), 1 errors found, 2 wrong usage or unreadable input.
Nothing is sent anywhere but to the URL you give.
`,
  'zh-CN': `swan-cashier doctor：为什么百度说签名错误

  npx swan-cashier doctor order.json --key merchant-public.pem
      orderInfo，可以是原样，也可以在服务端响应里；- 表示标准输入
  npx swan-cashier doctor --url URL [--method POST] [--data 正文] [--header "名称: 值"] --key merchant-public.pem
      同上，从服务端获取
  npx swan-cashier doctor --notify body.txt --key platform-public.pem
      通知，收到的 POST 正文
  npx swan-cashier doctor keys private.pem public.pem
      是否一对、什么格式、Java、Go、PHP 各需要什么

  -k, --key FILE         与签名配对的公钥
  -d, --data 正文        发给 --url；没有 --method 时用 POST
  -H, --header 请求头    "名称: 值"，发给 --url；可重复
      --json             { ok, findings: [{ code, severity, message, fix, evidence }] }
      --lang LANG        zh-CN 或 en；默认取自 LC_ALL、LC_MESSAGES、LANG
  -h, --help             显示本说明
  -v, --version          swan-cashier 的版本

退出码：0 没有错误（可有警告），1 发现错误，2 用法错误或输入无法读取。
除了你给出的 URL，不会向任何地方发送数据。
`,
};

export function helpText(locale: Locale): string {
  return HELP[locale];
}
