/** JSON with sorted keys, so that equal values give equal text. What JSON cannot carry is left out, as Swan does. */
export function stableJson(value: unknown): string {
  if (value instanceof Array) return '[' + value.map(stableJson).join() + ']';
  if (value && typeof value === 'object') {
    const fields = value as Record<string, unknown>;
    const keys = Object.keys(fields).sort();
    return '{' + keys.map(key => JSON.stringify(key) + ':' + stableJson(fields[key])).join() + '}';
  }
  return JSON.stringify(value) || 'null';
}

/** A short name for a text: two 32-bit polynomial hashes. Not for secrets. */
export function hash(text: string): string {
  let a = 5381;
  let b = 52711;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = (a * 33 + code) | 0;
    b = (b * 1021 + code) | 0;
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/** A random key: about 100 bits, and the time, so that a weak random source does not repeat itself. */
export function randomKey(): string {
  const part = (): string => Math.random().toString(36).slice(2, 12);
  return new Date().getTime().toString(36) + part() + part();
}
