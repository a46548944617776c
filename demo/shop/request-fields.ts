/** Reads single values of a request: of its path, query, headers and body. A wrong one is refused by its name. */
import type { FastifyRequest } from 'fastify';
import { parseFen } from '../../utils/order/money';
import { badRequest, ShopError } from './errors';

const ORDER_NUMBER = /^[A-Za-z0-9_.-]{1,64}$/;
const VISIBLE_ASCII = /^[\x21-\x7e]{1,128}$/;
/** PostgreSQL has no year 0. */
const DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** @throws ShopError BAD_REQUEST when it is absent or there twice, ORDER_NOT_FOUND for a text that cannot be an order number */
export function readOrderNumber(value: unknown): string {
  if (typeof value !== 'string') throw badRequest('tpOrderId', 'must be given once, as ?tpOrderId=…');
  if (!ORDER_NUMBER.test(value))
    throw new ShopError('ORDER_NOT_FOUND', { field: 'tpOrderId', reason: 'is no number' });
  return value;
}

/**
 * One value of visible ASCII, or null when it is absent.
 *
 * @throws ShopError BAD_REQUEST for anything else
 */
export function readToken(value: unknown, field: string): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || !VISIBLE_ASCII.test(value)) {
    throw badRequest(field, 'must be 1 to 128 visible ASCII characters, given once');
  }
  return value;
}

export function readHeader(request: FastifyRequest, name: string): string | null {
  return readToken(request.headers[name.toLowerCase()], name);
}

export function readDay(value: unknown): string {
  const time = typeof value === 'string' && DAY.test(value) ? Date.parse(value) : NaN;
  // JavaScript takes 02-30 for 03-02; PostgreSQL refuses it.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(String(value))) return String(value);
  throw badRequest('day', 'must be given once, as ?day=yyyy-MM-dd');
}

export function queryOf(request: FastifyRequest): Record<string, unknown> {
  return request.query as Record<string, unknown>;
}

/**
 * Reads an optional amount: null when it is absent.
 *
 * @throws ShopError BAD_REQUEST for yuan, decimals, text, zero
 */
export function readAmount(value: unknown, field: string): number | null {
  if (value === undefined || value === null) return null;
  const fen = typeof value === 'number' ? parseFen(value) : null;
  if (!fen) {
    throw badRequest(field, 'must be a positive integer number of fen (12.50 yuan is 1250), or be left out');
  }
  return fen;
}

/** The fields of a JSON object that may have only these. */
export function readFields<Name extends string>(
  value: unknown,
  field: string,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(field, 'must be a JSON object');
  }
  const unknown = Object.keys(value).find(name => !names.some(known => known === name));
  if (unknown !== undefined) {
    const place = field === 'body' ? unknown : `${field}.${unknown}`;
    throw badRequest(place.slice(0, 80), `is not a field here; known: ${names.join(', ')}`);
  }
  return value;
}
