/**
 * The server API 2.0 of 百度收银台: access_token, six calls, nothing thrown for a refusal.
 * Sources: 查询订单, 关闭订单, 申请退款, 查询退款, 下载订单对账单, 下载资金账单; parameter lists of the official SDKs.
 */
import { isJsonObject } from '../json';
import { accessToken } from './access-token';
import { invalidResponse, readAccepted, readBill, readOrder, readRefunds } from './responses';
import { readId, readInteger } from '../json';
import { failure } from './result';
import type { ApiResult } from './result';
import { sendRequest } from './transport';
import type { ApiRequest, Transport } from './transport';
import type { Bill, Id, PlatformOrder, PlatformRefund, RefundAccepted, RefundRequest } from './types';

export interface ClientOptions {
  /** App Key of the mini-program (32 characters), not the payment appKey */
  clientId: string;
  /** App Secret of the mini-program */
  clientSecret: string;
  /** appKey of the payment service (MM….) */
  pmAppKey: string;
  /** default https://openapi.baidu.com; a local cashier has its own */
  baseUrl?: string;
  /** ms for one attempt; default 3000, as the official SDKs */
  timeout?: number;
  /** further attempts of calls that only read; default 2. Nothing else is ever repeated. */
  retries?: number;
  /** ms before the second attempt, doubling; default 200 */
  retryDelay?: number;
  fetch?: typeof fetch;
}

/** Every call rejects with a RangeError that names the argument when one of its own is wrong, and with nothing else. */
export interface Client {
  /** 查询订单: the truth about a payment. Of a failure isOrderUnknown says whether Baidu has never seen the order. */
  findByTpOrderId(tpOrderId: string): Promise<ApiResult<PlatformOrder>>;
  /**
   * 关闭订单, for unpaid orders. Baidu wants its own order id: given yours, it is looked up first.
   * A paid order is refused with code ORDER_PAID, one closed already is a success.
   */
  cancelOrder(order: string | { orderId: Id }): Promise<ApiResult<true>>;
  /**
   * 申请退款. A success means accepted, not refunded: wait for the notification, or ask findOrderRefund.
   * Never repeated on its own: after a timeout look with findOrderRefund first.
   */
  applyOrderRefund(request: RefundRequest): Promise<ApiResult<RefundAccepted>>;
  /** 查询退款: every refund of an order. */
  findOrderRefund(order: { tpOrderId: string; userId: Id }): Promise<ApiResult<PlatformRefund[]>>;
  /** 下载订单对账单 of a day, yyyy-MM-dd. */
  orderBill(billTime: string): Promise<ApiResult<Bill>>;
  /** 下载资金账单 of a day, yyyy-MM-dd. */
  capitaBill(billTime: string): Promise<ApiResult<Bill>>;
}

/** The token was refused before anything was done, so that the call may be repeated with another one. */
const TOKEN_REFUSED: readonly (number | string)[] = [110, 111];

const REFUND_TYPES = { user: '1', service: '2', failure: '3' } as const;

type Call = Pick<ApiRequest, 'method' | 'safe'> & { name: string; params: Record<string, string> };

function invalid(field: string, what: string): never {
  throw new RangeError(`${field} ${what}`);
}

function text(field: string, value: unknown): string {
  return typeof value === 'string' && value ? value : invalid(field, 'must be a non-empty text');
}

function id(field: string, value: unknown): string {
  return (
    readId(value) ?? invalid(field, 'must be the decimal id the platform gave, as text or as an exact number')
  );
}

function day(billTime: unknown): string {
  const valid =
    typeof billTime === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(billTime) &&
    new Date(billTime).toJSON()?.startsWith(billTime);
  return valid ? billTime : invalid('billTime', 'must be a day as yyyy-MM-dd');
}

/** The members of an argument that callers without TypeScript may have left out altogether. */
function members<T extends object>(argument: string, value: T | undefined, example: string): Partial<T> {
  return isJsonObject(value) ? value : invalid(argument, `must be an object such as ${example}`);
}

function integer(field: string, value: unknown, least: number, most: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : invalid(field, `must be a whole number from ${least} to ${most}`);
}

function address(field: string, value: unknown): string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? value
    : invalid(field, 'must be a URL such as https://shop.example/notify/refund');
}

function refundParams(argument: RefundRequest): Record<string, string> {
  const request = members('request', argument, '{ orderId, userId, tpOrderId, refundType, … }');
  const { applyRefundMoney, refundNotifyUrl, refundType } = request;
  if (applyRefundMoney !== undefined && !(Number.isSafeInteger(applyRefundMoney) && applyRefundMoney >= 1)) {
    invalid(
      'applyRefundMoney',
      'must be an integer number of fen, at least 1; leave it out to refund the whole order',
    );
  }
  if (typeof refundType !== 'string' || !Object.hasOwn(REFUND_TYPES, refundType)) {
    return invalid('refundType', 'must be user, service or failure');
  }
  return {
    orderId: id('orderId', request.orderId),
    userId: id('userId', request.userId),
    tpOrderId: text('tpOrderId', request.tpOrderId),
    refundType: REFUND_TYPES[refundType],
    refundReason: text('refundReason', request.refundReason),
    bizRefundBatchId: text('bizRefundBatchId', request.bizRefundBatchId),
    isSkipAudit: request.audit ? '0' : '1',
    // Absent and empty are not the same to every server: what is not asked for is not sent.
    ...(applyRefundMoney === undefined ? {} : { applyRefundMoney: String(applyRefundMoney) }),
    ...(refundNotifyUrl === undefined
      ? {}
      : { refundNotifyUrl: address('refundNotifyUrl', refundNotifyUrl) }),
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The App Secret and the token are in the query, so that they never cross a network unencrypted. */
function baseOf(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    invalid('baseUrl', 'must be a URL such as https://openapi.baidu.com');
  }
  const url = new URL(value);
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    invalid(
      'baseUrl',
      `must begin with https:// (http:// is for 127.0.0.1 and localhost), got ${url.origin}`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    invalid('baseUrl', 'must have no user, no query and no fragment');
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * Makes a client; it keeps its access_token, so make one and keep it.
 *
 * @throws RangeError naming the option that is missing or wrong
 * @example
 * const client = createClient({ clientId, clientSecret, pmAppKey });
 * const found = await client.findByTpOrderId('T1');
 * if (found.ok && found.data.status === 'paid') fulfil(found.data);
 */
export function createClient(argument: ClientOptions): Client {
  const options = members('options', argument, '{ clientId, clientSecret, pmAppKey }');
  const baseUrl = baseOf(options.baseUrl ?? 'https://openapi.baidu.com');
  const clientId = text('clientId', options.clientId);
  const clientSecret = text('clientSecret', options.clientSecret);
  const pmAppKey = text('pmAppKey', options.pmAppKey);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    invalid('fetch', 'must be a function such as the global fetch');
  }
  const transport: Transport = {
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    timeout: integer('timeout', options.timeout ?? 3000, 1, 600_000),
    retries: integer('retries', options.retries ?? 2, 0, 10),
    retryDelay: integer('retryDelay', options.retryDelay ?? 200, 0, 60_000),
  };
  const token = accessToken({ clientId, clientSecret, baseUrl }, transport);

  const once = async ({ name, method, params, safe }: Call, access: string): Promise<ApiResult<unknown>> => {
    const all = { ...params, pmAppKey };
    const answer = await sendRequest(
      {
        name,
        url: `${baseUrl}/rest/2.0/smartapp/pay/paymentservice/${name}`,
        method,
        query: { access_token: access, ...(method === 'GET' ? all : {}) },
        ...(method === 'POST' ? { form: all } : {}),
        safe,
      },
      transport,
    );
    if (!answer.ok) return answer;
    const body = isJsonObject(answer.data) ? answer.data : {};
    if (readInteger(body.errno) === null)
      return invalidResponse(name, 'the answer has neither errno nor error_code', safe);
    return { ok: true, data: body.data };
  };

  const call = async (what: Call): Promise<ApiResult<unknown>> => {
    const access = await token.get();
    if (!access.ok) return access;
    const answer = await once(what, access.data);
    if (answer.ok || answer.kind !== 'gateway' || !TOKEN_REFUSED.includes(answer.code)) return answer;
    token.drop(access.data);
    const renewed = await token.get();
    return renewed.ok ? once(what, renewed.data) : renewed;
  };

  const read = (name: string, params: Record<string, string>): Promise<ApiResult<unknown>> =>
    call({ name, method: 'GET', params, safe: true });

  const findByTpOrderId: Client['findByTpOrderId'] = async tpOrderId => {
    const asked = text('tpOrderId', tpOrderId);
    const answer = await read('findByTpOrderId', { tpOrderId: asked });
    return answer.ok ? readOrder(answer.data, asked) : answer;
  };

  const cancelById = async (orderId: string): Promise<ApiResult<true>> => {
    // What a second close does is not documented, so that it is not repeated blindly.
    const answer = await call({ name: 'cancelOrder', method: 'GET', params: { orderId }, safe: false });
    if (!answer.ok) return answer;
    return answer.data === true || answer.data === 'true'
      ? { ok: true, data: true }
      : failure('business', 'NOT_CANCELLED', 'cancelOrder: the platform did not close the order', false);
  };

  const bill = async (name: 'orderBill' | 'capitaBill', billTime: string): Promise<ApiResult<Bill>> => {
    const answer = await read(name, { billTime: day(billTime) });
    return answer.ok ? readBill(name, answer.data) : answer;
  };

  return {
    findByTpOrderId,

    async cancelOrder(order) {
      if (typeof order !== 'string') {
        const { orderId } = members(
          'order',
          order,
          "{ orderId: '800020199' }, or your own order number as text",
        );
        return cancelById(id('orderId', orderId));
      }
      const found = await findByTpOrderId(order);
      if (!found.ok) return found;
      if (found.data.status === 'cancelled') return { ok: true, data: true };
      if (found.data.status === 'paid') {
        return failure('business', 'ORDER_PAID', 'cancelOrder: the order is paid; refund it instead', false);
      }
      return cancelById(found.data.orderId);
    },

    async applyOrderRefund(request) {
      const params = refundParams(request);
      const answer = await call({ name: 'applyOrderRefund', method: 'POST', params, safe: false });
      const { orderId, tpOrderId, bizRefundBatchId } = params as Record<string, string>;
      const asked = { orderId, tpOrderId, bizRefundBatchId } as Record<string, string>;
      return answer.ok ? readAccepted(answer.data, asked) : answer;
    },

    async findOrderRefund(order) {
      const { tpOrderId, userId } = members('order', order, '{ tpOrderId, userId }');
      const asked = { tpOrderId: text('tpOrderId', tpOrderId), userId: id('userId', userId) };
      const answer = await read('findOrderRefund', asked);
      return answer.ok ? readRefunds(answer.data, asked) : answer;
    },

    orderBill: billTime => bill('orderBill', billTime),
    capitaBill: billTime => bill('capitaBill', billTime),
  };
}
