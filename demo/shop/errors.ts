import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { MAX_BODY_BYTES } from '../../merchant';
import { DatabaseError } from '../../lib/database';

/**
 * All errors of the shop. One table: `errno` for machines, `status` for HTTP, `msg` short enough for a toast.
 *
 * A malformed request is the developer's mistake and answers 4xx, naming the field. What only the user can
 * settle (sold out, coupon, changed price) is HTTP 200 with an errno, so that its `msg` is shown.
 */
export const ERRORS = {
  BAD_REQUEST: { errno: 40000, status: 400, msg: '请求参数不正确' },
  BAD_JSON: { errno: 40001, status: 400, msg: '请求体不是有效的 JSON' },
  TOO_LARGE: { errno: 41300, status: 413, msg: '请求体超过 64 KB' },
  WRONG_TYPE: { errno: 41500, status: 415, msg: '请求体格式不支持' },
  FORBIDDEN: { errno: 40300, status: 403, msg: '没有权限执行该操作' },
  ROUTE_NOT_FOUND: { errno: 40400, status: 404, msg: '接口不存在' },
  ORDER_NOT_FOUND: { errno: 40401, status: 404, msg: '订单不存在' },
  PICTURE_NOT_FOUND: { errno: 40402, status: 404, msg: '图片不存在' },
  SAMPLE_NOT_FOUND: { errno: 40403, status: 404, msg: '示例不存在' },
  KEY_REUSED: { errno: 40900, status: 409, msg: '同一请求号对应了不同的订单内容' },
  ALREADY_PAID: { errno: 40901, status: 409, msg: '订单已支付，不能关闭' },
  NOT_REFUNDABLE: { errno: 40902, status: 409, msg: '订单当前不能退款' },
  REFUND_TOO_LARGE: { errno: 40903, status: 409, msg: '退款金额超过可退金额' },
  SOLD_OUT: { errno: 20001, status: 200, msg: '商品已售罄' },
  COUPON_UNKNOWN: { errno: 20002, status: 200, msg: '优惠码不存在' },
  COUPON_MINIMUM: { errno: 20003, status: 200, msg: '未达到优惠码使用金额' },
  PRICE_CHANGED: { errno: 20004, status: 200, msg: '价格有变化，请重新确认' },
  INTERNAL: { errno: 50000, status: 500, msg: '服务出错，请稍后再试' },
  BAIDU_UNREACHABLE: { errno: 50200, status: 502, msg: '暂时无法连接百度收银台' },
  BAIDU_REFUSED: { errno: 50201, status: 502, msg: '百度收银台未接受请求' },
  UNAVAILABLE: { errno: 50300, status: 503, msg: '服务繁忙，请稍后再试' },
} as const;

export type ErrorName = keyof typeof ERRORS;

/** What an error answer carries in `data`: for the developer, never shown to a user. */
interface ErrorDetail {
  /** where in the request, for example "items[0].quantity" or "Idempotency-Key" */
  field?: string;
  /** one English sentence that names the fix */
  reason?: string;
}

/** A refusal with its place in the table. */
export class ShopError extends Error {
  override readonly name = 'ShopError';

  constructor(
    readonly error: ErrorName,
    readonly detail: ErrorDetail = {},
  ) {
    super(detail.field ? `${detail.field}: ${detail.reason}` : (detail.reason ?? ERRORS[error].msg));
  }
}

/** A request that names a field wrongly. */
export function badRequest(field: string, reason: string): ShopError {
  return new ShopError('BAD_REQUEST', { field, reason });
}

interface Envelope<T> {
  errno: number;
  msg: string;
  data: T;
}

export function success<T>(data: T): Envelope<T> {
  return { errno: 0, msg: 'success', data };
}

function failure(error: ErrorName, detail: ErrorDetail): Envelope<ErrorDetail> {
  const { errno, status, msg } = ERRORS[error];
  // The name of a field is for the developer; a message with HTTP 200 is shown to the user.
  return { errno, msg: detail.field && status !== 200 ? `${msg}：${detail.field}` : msg, data: detail };
}

/** Fastify's own errors, by their code. */
const FASTIFY_ERRORS: Record<string, [ErrorName, ErrorDetail]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['TOO_LARGE', { reason: `the body may have ${MAX_BODY_BYTES} bytes` }],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['WRONG_TYPE', { field: 'Content-Type', reason: 'see docs/openapi.yaml' }],
  FST_ERR_CTP_EMPTY_TYPE: ['WRONG_TYPE', { field: 'Content-Type', reason: 'is missing' }],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BAD_JSON', { reason: 'the body is empty' }],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'BAD_REQUEST',
    { field: 'Content-Length', reason: 'is not the length' },
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: ['BAD_JSON', { reason: 'the body is not JSON' }],
};

/** Answers every error below the prefix of `app` in the shop's envelope. */
export function registerErrorHandler(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const [name, detail] = classify(error);
    if (ERRORS[name].status >= 500) log(`${request.method} ${pathOf(request.url)} failed: ${error.message}`);
    if (name === 'UNAVAILABLE') void reply.header('Retry-After', '1');
    return sendError(reply, name, detail);
  });
  app.setNotFoundHandler((request, reply) =>
    sendError(reply, 'ROUTE_NOT_FOUND', {
      reason: `there is no ${request.method} ${pathOf(request.url)}`,
    }),
  );
  // A route that may be cached says so itself, afterwards.
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('Cache-Control', 'no-store');
    done();
  });
}

/** Without the query, which may hold what belongs in no log and no answer. */
export function pathOf(url: string): string {
  return url.replace(/\?.*/s, '').slice(0, 200);
}

function sendError(reply: FastifyReply, name: ErrorName, detail: ErrorDetail): FastifyReply {
  return reply.code(ERRORS[name].status).type('application/json; charset=utf-8').send(failure(name, detail));
}

function classify(error: FastifyError | Error): [ErrorName, ErrorDetail] {
  if (error instanceof ShopError) return [error.error, error.detail];
  if (error instanceof DatabaseError) return ['UNAVAILABLE', {}];
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = FASTIFY_ERRORS[code ?? ''];
  if (known) return known;
  // Fastify has refused it before any of the shop's code ran, for a reason that has no row of its own.
  return statusCode !== undefined && statusCode < 500
    ? ['BAD_REQUEST', { reason: error.message }]
    : ['INTERNAL', {}];
}
