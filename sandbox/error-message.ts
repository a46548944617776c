/** What an error says. Anything can be thrown: a script of a mini-program throws what swan gave its fail, too. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { errMsg = error } = Object(error) as { errMsg?: unknown };
  return String(errMsg);
}
