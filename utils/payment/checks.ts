/** Status checks of orders: one request at a time for each order, with the header of the moment. */
import { checkStatus, type StatusResult } from '../backend/check-status';
import { resolveUrl } from '../backend/request';
import { mountedButtons, type PaymentRequest } from './components';
import { isOfGoods, type LedgerOrder } from './ledger';
import { createMap } from './ledger-storage';
import { trace } from './trace';

interface RunningCheck {
  epoch: number;
  listeners: ((status: StatusResult) => void)[];
}

/** ms between two background checks of one order */
const MIN_CHECK_INTERVAL = 5000;

const running = createMap<RunningCheck | undefined>();
const resting = createMap<boolean | undefined>();
let epoch = 0;

/** A cashier call was made or answered: what was asked before then says nothing about it. */
export function outdateChecks(): void {
  epoch++;
}

/** @param late called with an answer after the time-out */
export function checkOrder(
  order: LedgerOrder,
  done: (status: StatusResult) => void,
  late: (status: StatusResult) => void,
): void {
  const { tpOrderId, statusUrl } = order;
  const current = running[tpOrderId];
  if (current && current.epoch === epoch) {
    current.listeners.push(done);
    return;
  }
  const check: RunningCheck = (running[tpOrderId] = { epoch, listeners: [done] });
  resting[tpOrderId] = true;
  setTimeout(() => (resting[tpOrderId] = false), MIN_CHECK_INTERVAL);
  const answered = (status: StatusResult): void => {
    if (running[tpOrderId] === check) delete running[tpOrderId];
    trace('status', tpOrderId, { status });
    check.listeners.forEach(listener => listener(status));
  };
  checkStatus(statusUrl, ownHeader(order), tpOrderId, answered, late);
}

/** It was checked a moment ago. */
export const wasJustChecked = (tpOrderId: string): boolean => !!resting[tpOrderId];

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
