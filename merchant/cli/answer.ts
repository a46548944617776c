/** What pay-button reads in an answer of the backend. Source: the backend contract, docs/openapi.yaml. */
import { findOrderInfo } from '../diagnose/order-input';
import { isJsonObject, parseExactJson } from '../json';
import type { JsonObject } from '../json';

/** An object, also one that is JSON text; else one without members. */
function toObject(value: unknown, parse: (json: string) => unknown): JsonObject {
  try {
    const object = typeof value === 'string' ? parse(value.trim()) : value;
    return isJsonObject(object) ? object : {};
  } catch {
    return {};
  }
}

/** What is in the place of the orderInfo; undefined when the answer is no success. */
function readOrderInfo(answer: unknown, parse: (json: string) => unknown): unknown {
  const { errno, code, data } = toObject(answer, parse);
  const result = errno === undefined ? code : errno;
  const isCode = typeof result === 'number' || (typeof result === 'string' && result !== '');
  if (!isCode || Number(result) !== 0) return undefined;
  const { orderInfo = data } = toObject(data, parse);
  return orderInfo;
}

/**
 * Finds the order where pay-button reads it.
 *
 * @param exact the same answer, with large numbers as text
 * @returns null when no order is there
 */
export function findOrderOfAnswer(
  answer: unknown,
  exact: unknown,
): { value: unknown; exact: unknown } | null {
  const value = readOrderInfo(answer, JSON.parse);
  const found = findOrderInfo(value);
  return found.ok && found.value === value ? { value, exact: readOrderInfo(exact, parseExactJson) } : null;
}
