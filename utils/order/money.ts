/**
 * Money is an integer number of fen everywhere (1 yuan = 100 fen). Nothing here divides: yuan exist only as text.
 */

/** The largest amount in fen that every step can carry exactly: 2^53 - 1. */
export const MAX_FEN = 9007199254740991;

/**
 * Reads an amount in fen.
 *
 * @param value a safe integer >= 0, or the same as decimal digits ("11300")
 * @returns the amount in fen, or null for anything else: yuan ("113.00"), signs, exponents, spaces, NaN
 */
export function parseFen(value: unknown): number | null {
  const fen = typeof value === 'string' && /^\d{1,16}$/.test(value) ? +value : value;
  return typeof fen === 'number' && fen >= 0 && fen <= MAX_FEN && fen % 1 === 0 ? fen : null;
}

/**
 * Writes an amount for a user: 1234567 fen -> "12,345.67". The currency sign is the caller's.
 *
 * @param fen a safe integer in fen; negative ones keep their sign
 */
export function formatFen(fen: number): string {
  const digits = ('00' + Math.abs(fen)).replace(/^0+(?=\d{3})/, '');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return (fen < 0 ? '-' : '') + yuan + '.' + digits.slice(-2);
}
