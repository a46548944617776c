import { HttpError } from './http-errors';

/**
 * Reads a JSON object that a request holds.
 *
 * @param path names it in the message
 * @param known names of its parts, so that a misspelt one is not ignored
 * @throws HttpError 400
 */
export function readObject(value: unknown, path: string, known: string[]): Record<string, unknown> {
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    throw new HttpError(400, `${path} must be a JSON object with ${known.join(', ')}`);
  }
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new HttpError(
      400,
      `${path} has the unknown part ${formatValue(unknown)}; known: ${known.join(', ')}`,
    );
  }
  return value as Record<string, unknown>;
}

/** A value in a message, shortened. */
export function formatValue(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
