/**
 * An orderInfo as the search for the signed text sees it.
 */
import { jsonObject } from '../../utils/order/order-info';
import { FIELDS_WITH_AMOUNT } from '../signature';
import { isJsonObject } from '../json';
import type { Pair } from './search';

/** What the steps need to know of the order. */
export interface ParsedOrder {
  /** everything in orderInfo, as text */
  fields: Readonly<Record<string, string>>;
  /** what the signature should cover */
  signed: readonly string[];
  /** values of bizInfo.tpData, which may be the ones that were signed */
  bizInfoValues: Readonly<Record<string, string>>;
}

function asText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : isJsonObject(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : String(value);
}

/** Reads an orderInfo for the search; names that differ in case only count as the field. */
export function parseOrder(order: Readonly<Record<string, unknown>>, signed: readonly string[]): ParsedOrder {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(order)) {
    if (value !== null && value !== undefined) fields[name] = asText(value);
  }
  for (const field of FIELDS_WITH_AMOUNT) {
    const similar = Object.keys(fields).find(name => name.toLowerCase() === field.toLowerCase());
    if (fields[field] === undefined && similar !== undefined) {
      fields[field] = fields[similar] ?? '';
      delete fields[similar];
    }
  }
  return { fields, signed, bizInfoValues: readBizInfoValues(fields.bizInfo) };
}

function readBizInfoValues(bizInfo: string | undefined): Record<string, string> {
  const tpData = jsonObject(bizInfo)?.tpData;
  if (!isJsonObject(tpData)) return {};
  return Object.fromEntries(
    FIELDS_WITH_AMOUNT.flatMap(field => {
      const value = tpData[field];
      return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)]] : [];
    }),
  );
}

/** The pairs an order starts with: what should be signed. */
export function signedPairs({ fields, signed }: ParsedOrder): Pair[] {
  const sent = Object.keys(fields);
  return signed.map(name => ({ name, value: fields[name] ?? '', position: sent.indexOf(name) }));
}
