/** What the console's table says of one notification: its attempts, its parameters, its body. */
import type { AttemptRow, NotificationRow } from '../state';
import { element } from './dom';

export const time = (ms: number | null) =>
  ms === null ? '' : new Date(ms).toLocaleString('zh-CN', { hour12: false });

const ATTEMPTS_SHOWN = 3;

export function attempts({ attempts: last, attemptCount }: NotificationRow): HTMLElement {
  const shown = last.slice(-ATTEMPTS_SHOWN);
  const list = element('ol', {}, ...shown.map(attempt));
  if (shown.length === attemptCount) return list;
  return element(
    'div',
    {},
    element('p', { class: 'note' }, `共 ${attemptCount} 次，这里是最后 ${shown.length} 次`),
    list,
  );
}

function attempt({ number, startedAt, finishedAt, httpStatus, explanation, reply }: AttemptRow): HTMLElement {
  return element(
    'li',
    { value: String(number) },
    `${time(startedAt)}（${finishedAt - startedAt} ms）${httpStatus === null ? '' : ` HTTP ${httpStatus}`}：${explanation}`,
    ...(reply ? [element('pre', {}, reply)] : []),
  );
}

export function paramsOf({ id, params }: NotificationRow): HTMLElement {
  const lines = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return element(
    'details',
    { 'data-key': `params ${id}` },
    element('summary', {}, '参数'),
    element('pre', {}, lines.join('\n')),
  );
}

/** Bodies that were asked for; a notification keeps its own. */
const bodies = new Map<number, string>();

/**
 * What was posted, signature included: to look at, and as the file that the doctor takes.
 *
 * @param base where the cashier is mounted
 */
export function bodyOf({ id }: NotificationRow, base: string): HTMLElement {
  const href = `${base}/_notification?id=${id}`;
  const body = element('pre', { 'data-console': 'body' }, bodies.get(id) ?? '…');
  const file = `notification-${id}.txt`;
  const details = element(
    'details',
    { 'data-key': `body ${id}` },
    element('summary', {}, 'POST 正文'),
    body,
    element('a', { href, download: file, 'data-console': 'body-file' }, `下载 ${file}`),
    element('p', { class: 'note' }, `检查签名：doctor --notify ${file} --key 平台公钥`),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || bodies.has(id)) return;
    fetch(href)
      .then(response => response.text())
      .then(
        text => {
          bodies.set(id, text);
          body.textContent = text;
        },
        () => {
          body.textContent = '收银台没有应答';
        },
      );
  });
  return details;
}
