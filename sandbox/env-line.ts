/**
 * One line of an .env file that a shell can read as well: what a shell would split or expand, such as a path with a space,
 * is quoted.
 */
export function envLine(name: string, value: string): string {
  const isPlain = /^[\p{L}\p{N}_./:=+-]*$/u.test(value);
  return `${name}=${isPlain ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
