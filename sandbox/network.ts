/** Addresses that this program can send requests to, and what went wrong with one, in words for the developer. */
import type { Locale } from '../merchant';

/** Ports that fetch refuses, because other protocols use them. Source: Fetch Standard, "bad port". */
export const REFUSED_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** @returns why no request can be sent to an address of the web, to be put after its name; null when one can */
export function addressProblem({ username, password, port }: URL): Record<Locale, string> | null {
  if (username !== '' || password !== '') {
    return {
      en: 'must have no user and no password in it, because requests cannot carry them there',
      'zh-CN': '里不能有用户名和密码，请求无法携带它们',
    };
  }
  if (port === '' || !REFUSED_PORTS.has(Number(port))) return null;
  return {
    en:
      `names port ${port}, which the fetch of Node refuses for being used by another protocol; ` +
      'let your backend listen on another one',
    'zh-CN': `的端口 ${port} 是其他协议的端口，Node 的 fetch 拒绝访问；请让后端监听别的端口`,
  };
}

const WORDS: [codes: RegExp, en: string, zhCN: string][] = [
  [/^ECONNREFUSED$/, 'nothing listens there; is your backend running?', '那里没有程序在监听；后端启动了吗？'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'there is no host of that name', '没有这个名字的主机'],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    'your backend closed the connection before the reply was whole; if it speaks https there, write https://',
    '应答还没完，后端就断开了连接；如果那里是 https，请写 https://',
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/,
    'that address cannot be reached',
    '这个地址无法连接',
  ],
  [
    /^(ERR_SSL_\w+|EPROTO)$/,
    'what listens there does not speak https: try http://',
    '那里不是 https：请改用 http://',
  ],
  [
    /CERT|^UNABLE_TO_\w+$/,
    'its certificate is not trusted by Node: try http://, or name its CA in NODE_EXTRA_CA_CERTS',
    'Node 不信任它的证书：请改用 http://，或用 NODE_EXTRA_CA_CERTS 给出它的 CA',
  ],
  [
    /^(Z_\w+|ERR__ERROR_\w+)$/,
    'its Content-Encoding is not what the reply is compressed with',
    'Content-Encoding 与应答的压缩方式不符',
  ],
  [
    /^(HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_\w+)$/,
    'what answers there does not speak HTTP as it should',
    '那里应答的不是合格的 HTTP',
  ],
];

/** Characters of an error that has no words here. */
const MAX_TEXT = 200;

/** @param error of a fetch; one that has no words here is quoted in both languages */
export function describeNetworkError(error: unknown): Record<Locale, string> {
  const { cause = error } = Object(error) as { cause?: unknown };
  const { code, name, message } = Object(cause) as { code?: unknown; name?: unknown; message?: unknown };
  // Errors of the parser have no code on Node 24.
  const known = WORDS.find(([codes]) => codes.test(String(code ?? name)));
  if (known) return { en: known[1], 'zh-CN': known[2] };
  const text = String(message || Object(error).message || '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
  return { en: text || 'the request failed', 'zh-CN': text || '请求失败' };
}
