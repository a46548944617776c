/**
 * A server in the place of Baidu's server API: records the requests, and answers each call with the responses that a test
 * sets.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '../../../merchant';
import type { Client, ClientOptions, RefundRequest } from '../../../merchant';

interface ApiServerRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  type: string | undefined;
  form: Record<string, string>;
}

/** A value to send as JSON, a text, or a function that writes the response itself. */
export type ApiServerResponse = object | string | ((response: ServerResponse) => void);

interface ApiServer {
  baseUrl: string;
  requests: ApiServerRequest[];
  /** by call, or by path for other URLs; the last one is repeated, and a call without any succeeds with data null */
  responses: Record<string, ApiServerResponse[]>;
  /** how many tokens were issued */
  tokens: number;
  requestsTo(call: string): ApiServerRequest[];
  /** a client of this server, which waits 1 ms before it repeats */
  client(options?: Partial<ClientOptions>): Client;
}

const CALLS = '/rest/2.0/smartapp/pay/paymentservice/';
const TOKENS = '/oauth/2.0/token';

function nextResponse(api: ApiServer, path: string): ApiServerResponse {
  const responses = api.responses[path] ?? [];
  const next = responses.length > 1 ? responses.shift() : responses[0];
  return next ?? { errno: 0, msg: 'success', data: null };
}

function handle(api: ApiServer, request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '', 'http://localhost');
  const path = url.pathname.replace(CALLS, '');
  api.requests.push({
    method: request.method ?? '',
    path,
    query: Object.fromEntries(url.searchParams),
    type: request.headers['content-type'],
    form: Object.fromEntries(new URLSearchParams(body)),
  });
  if (path === TOKENS && !api.responses[path]) {
    response.end(JSON.stringify({ access_token: `24.token-${++api.tokens}`, expires_in: 2592000 }));
    return;
  }
  const next = nextResponse(api, path);
  if (typeof next === 'function') next(response);
  else response.end(typeof next === 'string' ? next : JSON.stringify(next));
}

/** Starts a server for the tests of a file, and forgets requests and responses before each test. */
export function useApiServer(): ApiServer {
  const api: ApiServer = {
    baseUrl: '',
    requests: [],
    responses: {},
    tokens: 0,
    requestsTo: call => api.requests.filter(({ path }) => path === call),
    client: options =>
      createClient({
        clientId: 'id',
        clientSecret: 'very-secret',
        pmAppKey: 'MMMabc',
        baseUrl: api.baseUrl,
        retryDelay: 1,
        ...options,
      }),
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => handle(api, request, response, body));
  });
  beforeAll(done => {
    server.listen(0, '127.0.0.1', () => {
      api.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  afterAll(done => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(() => Object.assign(api, { requests: [], responses: {}, tokens: 0 }));
  afterEach(() => jest.restoreAllMocks());
  return api;
}

export const success = (data: unknown): object => ({ errno: 0, msg: 'success', data });

export const httpStatus =
  (code: number, body = ''): ApiServerResponse =>
  response => {
    response.statusCode = code;
    response.end(body);
  };

export const dropConnection: ApiServerResponse = response => response.destroy();
export const noResponse: ApiServerResponse = () => undefined;

/** An order as findByTpOrderId returns it, with numbers as the documents show them. */
export const platformOrder = {
  orderId: 93969718697904,
  tpOrderId: '3028903626',
  dealId: 470193086,
  userId: 149235070,
  status: 2,
  totalMoney: 11300,
  payMoney: 11200,
  tradeNo: 'T1',
  createTime: 1600000000,
  bizInfo: '{}',
  openId: 0,
  appKey: 0,
};

export const refundRequest: RefundRequest = {
  orderId: '800020199',
  userId: 149235070,
  tpOrderId: '3028903626',
  refundType: 'service',
  refundReason: '商品缺货',
  bizRefundBatchId: 'R20200901001',
  applyRefundMoney: 100,
};
