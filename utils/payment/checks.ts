/** Status requests of orders: at most one at a time for each order, with the current header. */
import { checkStatus, type StatusResult } from '../backend/check-status';
import { resolveUrl } from '../backend/request';
import { createMap } from '../create-map';
import { mountedButtons, type PaymentRequest } from './component-registry';
import { isOfGoods, type LedgerOrder } from './ledger';
import { trace } from './trace';

interface RunningCheck {
  epoch: number;
  listeners: ((status: StatusResult) => void)[];
}

/** ms between two background checks of one order */
const MIN_CHECK_INTERVAL = 5000;

const running = createMap<RunningCheck | undefined>();
const recentlyChecked = createMap<boolean | undefined>();
let epoch = 0;

/** A cashier call has ended: a status that was requested before says nothing about it. */
export function invalidateRunningChecks(): void {
  epoch++;
}

/**
 * Requests the status of an order, or joins the request that is running.
 * @param apply called once for each request, before `done` of all who wait for it, and with a response after the time-out
 */
export function checkOrderOnce(
  order: LedgerOrder,
  apply: (status: StatusResult) => void,
  done: (status: StatusResult) => void,
): void {
  const { tpOrderId, statusUrl } = order;
  const current = running[tpOrderId];
  if (current && current.epoch === epoch) {
    current.listeners.push(done);
    return;
  }
  const check: RunningCheck = (running[tpOrderId] = { epoch, listeners: [done] });
  recentlyChecked[tpOrderId] = true;
  setTimeout(() => (recentlyChecked[tpOrderId] = false), MIN_CHECK_INTERVAL);
  const onStatus = (status: StatusResult): void => {
    if (running[tpOrderId] === check) delete running[tpOrderId];
    trace('status', tpOrderId, { status });
    apply(status);
    check.listeners.forEach(listener => listener(status));
  };
  checkStatus(statusUrl, ownHeader(order), tpOrderId, onStatus, apply);
}

/** Whether it was checked less than MIN_CHECK_INTERVAL ago. */
export const wasRecentlyChecked = (tpOrderId: string): boolean => !!recentlyChecked[tpOrderId];

/** The header property of a mounted button, of these goods first, where it is meant for the same origin. */
function ownHeader(order: LedgerOrder): PaymentRequest['header'] {
  const origin = originOf(order.statusUrl);
  const requests = mountedButtons()
    .map(({ request }) => request)
    .filter(({ header, statusUrl, createUrl }) => !!header && originOf(statusUrl || createUrl) === origin);
  const request = requests.filter(({ goods }) => isOfGoods(order, goods)).concat(requests)[0];
  return request ? request.header : null;
}

const originOf = (url: string): string =>
  (/^https?:\/\/[^/?#]*/.exec(resolveUrl(url)) || [''])[0].toLowerCase();
