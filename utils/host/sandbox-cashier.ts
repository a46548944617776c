/**
 * A cashier for DevTools, whose own only simulates: payments go to a running swan-cashier-sandbox, which charges the order
 * and notifies the backend as Baidu would. A file of its own, so that a mini-program without it does not carry it.
 */
import { envVersion, type PaymentAdapter, type PaymentOptions, showToast, swanRequest } from './swan';

/** ms between two requests for the state of the payment */
const POLL_INTERVAL = 1000;
/** Requests in a row without a response until the payment counts as failed: the sandbox may be restarted meanwhile. */
const MAX_UNANSWERED = 30;

/** What a phone reports when it cannot find out how a payment ended. */
const UNKNOWN = { errCode: 6, errMsg: '支付结果查询失败，请重试' };
/** What a phone reports when the cashier never opened. */
const NEVER_OPENED = { errCode: 1001, errMsg: '执行失败' };

interface Callback {
  type: 'success' | 'fail';
  payload?: unknown;
  errCode?: number | string;
  errMsg?: string;
}

interface SandboxResponse {
  /** HTTP status; undefined: no response */
  status: number | undefined;
  data: { callId?: string; callbacks?: Callback[] };
  /** why there are no data */
  problem: string;
}

/**
 * Creates the `requestPayment` port of a sandbox: `configure({ requestPayment: sandboxCashier('http://127.0.0.1:8790') })`.
 *
 * Each payment waits in the sandbox's console until the developer ends it there, or `POST /baidu/_simulate` does; an outcome
 * that was scripted with `PUT /baidu/_faults` comes at once. Then `success` or `fail` is called as on a phone. Nothing is
 * thrown: what goes wrong ends as `fail`, with a sentence in the console (errCode 1001: the payment never began; 6: it is
 * not known how it ended). A second payment ends the one that is still open as cancelled.
 *
 * In a released package (`swan.getEnvInfoSync().env` is `production`) it steps aside, so that a forgotten line costs no
 * payment. Which values `env` has is unverified; any other one, and none, counts as not released.
 *
 * @param url where the sandbox runs, as it prints it
 * @returns null in a released package, where Baidu's own cashier stays in place
 */
export function sandboxCashier(url: string): PaymentAdapter | null {
  if (/^(production|release)$/.test(envVersion())) {
    complain(
      'sandboxCashier() is ignored in a released package: people pay with Baidu. Remove it from the release.',
    );
    return null;
  }
  const base = String(url).replace(/\/+$/, '') + '/baidu';
  let openCall: string | undefined;
  return options => {
    if (openCall)
      request('POST', base + '/cashier/calls/' + openCall, { outcome: 'cancelled' }, () => undefined);
    const { orderInfo, bannedChannels } = options;
    request('POST', base + '/cashier/calls', { orderInfo, bannedChannels }, answer => {
      const { callId } = answer.data;
      if (!callId) return endPayment(options, answer, base);
      openCall = callId;
      showToast('请到沙盒控制台付款', 'none');
      console.log('swan-cashier: this payment waits in ' + base + '/console');
      pollCall(base + '/cashier/calls/' + callId, 0, last => {
        if (openCall === callId) openCall = undefined;
        endPayment(options, last, base);
      });
    });
  };
}

function pollCall(url: string, unanswered: number, done: (answer: SandboxResponse) => void): void {
  setTimeout(() => {
    request('GET', url, undefined, answer => {
      const { status, data, problem } = answer;
      const isLost = status === undefined || status >= 500;
      if (isLost && unanswered + 1 < MAX_UNANSWERED) pollCall(url, unanswered + 1, done);
      else if (!isLost && !problem && !data.callbacks) pollCall(url, 0, done);
      // A problem after the call was open leaves the payment in doubt.
      else done({ ...answer, status: undefined });
    });
  }, POLL_INTERVAL);
}

function endPayment(options: PaymentOptions, { status, data, problem }: SandboxResponse, base: string): void {
  const { callbacks } = data;
  if (callbacks) return callbacks.forEach(callback => runCallback(options, callback));
  complain(
    problem || base + ' answered without an outcome. Is it swan-cashier-sandbox, in the same version?',
  );
  options.fail(status !== undefined && status < 500 ? NEVER_OPENED : UNKNOWN);
}

function runCallback(options: PaymentOptions, { type, payload, errCode, errMsg }: Callback): void {
  if (type === 'success') options.success(payload);
  else options.fail({ errCode, errMsg });
}

function request(method: string, url: string, data: unknown, reply: (answer: SandboxResponse) => void): void {
  const failed = (error: unknown): void => {
    const { errMsg } = Object(error) as { errMsg?: unknown };
    reply({
      status: undefined,
      data: {},
      problem:
        url +
        ' cannot be reached (' +
        (errMsg || 'no reason given') +
        '). Run npx swan-cashier-sandbox, and turn off the check of request domains in DevTools.',
    });
  };
  try {
    swanRequest({
      url,
      method,
      data,
      header: { 'content-type': 'application/json' },
      success(response) {
        const { statusCode, data: body } = response;
        const {
          errno,
          msg,
          data: content,
        } = Object(body) as { errno?: unknown; msg?: unknown; data?: unknown };
        const isOk = statusCode === 200 && errno === 0;
        reply({
          status: statusCode,
          data: Object(isOk ? content : undefined) as SandboxResponse['data'],
          problem: isOk ? '' : url + ' answered HTTP ' + statusCode + (msg ? ': ' + String(msg) : ''),
        });
      },
      fail: failed,
    });
  } catch (error) {
    failed(error);
  }
}

function complain(sentence: string): void {
  console.error('swan-cashier: ' + sentence);
}
