import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MAX_BODY_BYTES } from '../../merchant';
import { DatabaseError } from '../database';
import { badRequest, ERRORS, failure, ShopError, type ErrorDetail, type ErrorName } from './errors';

/** What Fastify itself refuses, in the shop's own table. */
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

/** Gives everything below the prefix of `app` the envelope, whatever goes wrong. */
export function useEnvelope(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const [name, detail] = nameOf(error);
    if (ERRORS[name].status >= 500) log(`${request.method} ${request.url} failed: ${error.message}`);
    if (name === 'DATABASE') void reply.header('Retry-After', '1');
    return refuse(reply, name, detail);
  });
  app.setNotFoundHandler((request, reply) =>
    refuse(reply, 'NO_ROUTE', { reason: `there is no ${request.method} ${request.url.slice(0, 200)}` }),
  );
  // A route that may be cached says so itself, afterwards.
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('Cache-Control', 'no-store');
    done();
  });
}

function refuse(reply: FastifyReply, name: ErrorName, detail: ErrorDetail): FastifyReply {
  return reply.code(ERRORS[name].status).type('application/json; charset=utf-8').send(failure(name, detail));
}

function nameOf(error: FastifyError | Error): [ErrorName, ErrorDetail] {
  if (error instanceof ShopError) return [error.error, error.detail];
  if (error instanceof DatabaseError) return ['DATABASE', {}];
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = FASTIFY_ERRORS[code ?? ''];
  if (known) return known;
  // Fastify has refused it before any of the shop's code ran, for a reason that has no row of its own.
  return statusCode !== undefined && statusCode < 500
    ? ['BAD_REQUEST', { reason: error.message }]
    : ['INTERNAL', {}];
}

const ORDER_NUMBER = /^[A-Za-z0-9_.-]{1,64}$/;
const VISIBLE_ASCII = /^[\x21-\x7e]{1,128}$/;

/** @throws ShopError BAD_REQUEST when it is absent or there twice, NO_ORDER for a text that cannot be an order number */
export function orderNumber(value: unknown): string {
  if (value === undefined) throw badRequest('tpOrderId', 'must be given once, as ?tpOrderId=…');
  if (typeof value !== 'string') throw badRequest('tpOrderId', 'must be given once');
  if (!ORDER_NUMBER.test(value)) throw noOrder(value);
  return value;
}

export function noOrder(tpOrderId: string): ShopError {
  return new ShopError('NO_ORDER', {
    field: 'tpOrderId',
    reason: `this shop has no order ${tpOrderId.slice(0, 64)}`,
  });
}

/**
 * One value of visible ASCII, or null when it is absent.
 *
 * @throws ShopError BAD_REQUEST for anything else
 */
export function token(value: unknown, field: string): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || !VISIBLE_ASCII.test(value)) {
    throw badRequest(field, 'must be 1 to 128 visible ASCII characters, given once');
  }
  return value;
}

export function header(request: FastifyRequest, name: string): string | null {
  return token(request.headers[name.toLowerCase()], name);
}

export function queryOf(request: FastifyRequest): Record<string, unknown> {
  return request.query as Record<string, unknown>;
}
