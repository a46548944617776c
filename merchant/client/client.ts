/**
 * The server API 2.0 of 百度收银台: six calls with one access_token. Failures are returned, not thrown.
 * Sources: 查询订单, 关闭订单, 申请退款, 查询退款, 下载订单对账单, 下载资金账单; parameter lists of the official SDKs.
 */
import { isJsonObject, readInteger } from '../json';
import { createTokenCache } from './access-token';
import type { TokenCache } from './access-token';
import {
  throwInvalid,
  refundParams,
  requireBaseUrl,
  requireDay,
  requireId,
  requireInteger,
  requireKey,
  requireObject,
  requireText,
} from './validate-arguments';
import { failure } from './failures';
import type { ApiResult } from './failures';
import { invalidResponse, readBill, readOrder, readRefundAccepted, readRefunds } from './responses';
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
  baseUrl?: string | undefined;
  /** ms for one attempt; default 3000, as the official SDKs */
  timeout?: number | undefined;
  /** further attempts of calls that only read; default 2. Other calls are never repeated. */
  retries?: number | undefined;
  /** ms before the second attempt, doubling; default 200 */
  retryDelay?: number | undefined;
  fetch?: typeof fetch | undefined;
}

/** Each call rejects with an InvalidArgumentError when one of its arguments is wrong, and for no other reason. */
export interface Client {
  /** 查询订单: the state of an order. isOrderUnknown(failure) says whether Baidu has never seen the order. */
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
  /** 查询退款: every refund of an order, perhaps also those of other users who paid it. */
  findOrderRefund(order: { tpOrderId: string; userId: Id }): Promise<ApiResult<PlatformRefund[]>>;
  /** 下载订单对账单 of a day, yyyy-MM-dd. */
  orderBill(billTime: string): Promise<ApiResult<Bill>>;
  /** 下载资金账单 of a day, yyyy-MM-dd. */
  capitaBill(billTime: string): Promise<ApiResult<Bill>>;
}

interface ApiContext {
  baseUrl: string;
  pmAppKey: string;
  transport: Transport;
  tokens: TokenCache;
}

interface Call extends Pick<ApiRequest, 'name' | 'method' | 'isIdempotent'> {
  params: Record<string, string>;
}

/** The gateway's error codes for a token that it no longer takes; the call was not carried out. */
const TOKEN_ERRORS: readonly (number | string)[] = [110, 111];

function createContext(argument: ClientOptions): ApiContext {
  const options = requireObject('options', argument, '{ clientId, clientSecret, pmAppKey }');
  const baseUrl = requireBaseUrl('baseUrl', options.baseUrl ?? 'https://openapi.baidu.com');
  const clientId = requireKey('clientId', options.clientId);
  const clientSecret = requireKey('clientSecret', options.clientSecret);
  const pmAppKey = requireKey('pmAppKey', options.pmAppKey);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throwInvalid('fetch', 'must be a function such as the global fetch');
  }
  const transport: Transport = {
    // The global fetch is looked up for each request, so that one that is replaced later counts.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    timeout: requireInteger('timeout', options.timeout ?? 3000, 1, 600_000),
    retries: requireInteger('retries', options.retries ?? 2, 0, 10),
    retryDelay: requireInteger('retryDelay', options.retryDelay ?? 200, 0, 60_000),
  };
  const tokens = createTokenCache({ clientId, clientSecret, baseUrl }, transport);
  return { baseUrl, pmAppKey, transport, tokens };
}

async function sendWithToken(
  { baseUrl, pmAppKey, transport }: ApiContext,
  { name, method, params, isIdempotent }: Call,
  token: string,
): Promise<ApiResult<unknown>> {
  const allParams = { ...params, pmAppKey };
  const response = await sendRequest(
    {
      name,
      url: `${baseUrl}/rest/2.0/smartapp/pay/paymentservice/${name}`,
      method,
      query: { access_token: token, ...(method === 'GET' ? allParams : {}) },
      ...(method === 'POST' ? { form: allParams } : {}),
      isIdempotent,
    },
    transport,
  );
  if (!response.ok) return response;
  const body = isJsonObject(response.data) ? response.data : {};
  return readInteger(body.errno) === null
    ? invalidResponse(name, 'the answer has neither errno nor error_code', { retryable: isIdempotent })
    : { ok: true, data: body.data };
}

/** Sends a call, and once more with a new token when the token was refused. */
async function sendCall(context: ApiContext, call: Call): Promise<ApiResult<unknown>> {
  const token = await context.tokens.get();
  if (!token.ok) return token;
  const response = await sendWithToken(context, call, token.data);
  const isTokenRefused = !response.ok && response.kind === 'gateway' && TOKEN_ERRORS.includes(response.code);
  if (!isTokenRefused) return response;
  context.tokens.invalidate(token.data);
  const renewed = await context.tokens.get();
  return renewed.ok ? sendWithToken(context, call, renewed.data) : renewed;
}

/** A call that changes nothing, so that it may be repeated. */
function sendQuery(
  context: ApiContext,
  name: string,
  params: Record<string, string>,
): Promise<ApiResult<unknown>> {
  return sendCall(context, { name, method: 'GET', params, isIdempotent: true });
}

async function findByTpOrderId(context: ApiContext, argument: string): Promise<ApiResult<PlatformOrder>> {
  const tpOrderId = requireText('tpOrderId', argument);
  const response = await sendQuery(context, 'findByTpOrderId', { tpOrderId });
  return response.ok ? readOrder(response.data, tpOrderId) : response;
}

async function cancelByOrderId(context: ApiContext, orderId: string): Promise<ApiResult<true>> {
  // Not idempotent: the documents do not say what closing an order twice does.
  const call: Call = { name: 'cancelOrder', method: 'GET', params: { orderId }, isIdempotent: false };
  const response = await sendCall(context, call);
  if (!response.ok) return response;
  return response.data === true || response.data === 'true'
    ? { ok: true, data: true }
    : failure('business', 'NOT_CANCELLED', 'cancelOrder: the platform did not close the order', {
        retryable: false,
      });
}

async function cancelOrder(context: ApiContext, order: string | { orderId: Id }): Promise<ApiResult<true>> {
  if (typeof order !== 'string') {
    const example = "{ orderId: '800020199' }, or your own order number as text";
    const { orderId } = requireObject('order', order, example);
    return cancelByOrderId(context, requireId('orderId', orderId));
  }
  const found = await findByTpOrderId(context, order);
  if (!found.ok) return found;
  switch (found.data.status) {
    case 'cancelled':
      return { ok: true, data: true };
    case 'paid':
      return failure('business', 'ORDER_PAID', 'cancelOrder: the order is paid; refund it instead', {
        retryable: false,
      });
    default:
      return cancelByOrderId(context, found.data.orderId);
  }
}

async function applyOrderRefund(
  context: ApiContext,
  request: RefundRequest,
): Promise<ApiResult<RefundAccepted>> {
  const params = refundParams(request);
  const response = await sendCall(context, {
    name: 'applyOrderRefund',
    method: 'POST',
    params,
    isIdempotent: false,
  });
  return response.ok ? readRefundAccepted(response.data, params) : response;
}

async function findOrderRefund(
  context: ApiContext,
  order: { tpOrderId: string; userId: Id },
): Promise<ApiResult<PlatformRefund[]>> {
  const { tpOrderId, userId } = requireObject('order', order, '{ tpOrderId, userId }');
  const params = { tpOrderId: requireText('tpOrderId', tpOrderId), userId: requireId('userId', userId) };
  const response = await sendQuery(context, 'findOrderRefund', params);
  return response.ok ? readRefunds(response.data, params.tpOrderId) : response;
}

async function fetchBill(
  context: ApiContext,
  name: 'orderBill' | 'capitaBill',
  argument: string,
): Promise<ApiResult<Bill>> {
  const response = await sendQuery(context, name, { billTime: requireDay('billTime', argument) });
  return response.ok ? readBill(name, response.data) : response;
}

/**
 * Makes a client; it keeps its access_token, so make one and keep it.
 *
 * @throws InvalidArgumentError naming the option that is missing or wrong
 * @example
 * const client = createClient({ clientId, clientSecret, pmAppKey });
 * const found = await client.findByTpOrderId(tpOrderId);
 * if (found.ok && found.data.status === 'paid' && found.data.totalMoney === totalAmount) fulfil(found.data);
 */
export function createClient(options: ClientOptions): Client {
  const context = createContext(options);
  return {
    findByTpOrderId: tpOrderId => findByTpOrderId(context, tpOrderId),
    cancelOrder: order => cancelOrder(context, order),
    applyOrderRefund: request => applyOrderRefund(context, request),
    findOrderRefund: order => findOrderRefund(context, order),
    orderBill: billTime => fetchBill(context, 'orderBill', billTime),
    capitaBill: billTime => fetchBill(context, 'capitaBill', billTime),
  };
}
