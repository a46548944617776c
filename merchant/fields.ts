export type Fields = Record<string, unknown>;

/** Whether a value is what JSON calls an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
