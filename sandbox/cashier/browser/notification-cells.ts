/** What the console's table says of one notification: its attempts, its parameters, its body. */
import type { AttemptRow, NotificationRow } from '../state';
import { element } from './dom';
import type { Labels } from './labels';

const ATTEMPTS_SHOWN = 3;

export function attemptsCell(
  { attempts: last, attemptCount }: NotificationRow,
  { time, console: labels }: Labels,
): HTMLElement {
  const shown = last.slice(-ATTEMPTS_SHOWN);
  const list = element('ol', {}, ...shown.map(attempt => attemptItem(attempt, time)));
  if (shown.length === attemptCount) return list;
  return element(
    'div',
    {},
    element('p', { class: 'note' }, labels.attempts(attemptCount, shown.length)),
    list,
  );
}

function attemptItem(
  { number, startedAt, finishedAt, httpStatus, explanation, reply }: AttemptRow,
  time: Labels['time'],
): HTMLElement {
  const status = httpStatus === null ? '' : ` HTTP ${httpStatus}`;
  return element(
    'li',
    { value: String(number) },
    `${time(startedAt)} (${finishedAt - startedAt} ms)${status}: ${explanation}`,
    ...(reply ? [element('pre', {}, reply)] : []),
  );
}

export function paramsDetails({ id, params }: NotificationRow, labels: Labels): HTMLElement {
  const lines = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return element(
    'details',
    { 'data-key': `params ${id}` },
    element('summary', {}, labels.console.params),
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
export function bodyDetails({ id }: NotificationRow, base: string, labels: Labels): HTMLElement {
  const href = `${base}/_notification?id=${id}`;
  const body = element('pre', { 'data-console': 'body' }, bodies.get(id) ?? '…');
  const file = `notification-${id}.txt`;
  const details = element(
    'details',
    { 'data-key': `body ${id}` },
    element('summary', {}, labels.console.body),
    body,
    element('a', { href, download: file, 'data-console': 'body-file' }, labels.console.download(file)),
    element('p', { class: 'note' }, labels.console.verify(file)),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || bodies.has(id)) return;
    fetch(href)
      .then(response =>
        response.ok ? response.text() : Promise.reject(new Error(`HTTP ${response.status}`)),
      )
      .then(
        text => {
          bodies.set(id, text);
          body.textContent = text;
        },
        error => {
          body.textContent = labels.noAnswer(String(Object(error).message));
        },
      );
  });
  return details;
}
