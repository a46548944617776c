import { inspect } from 'node:util';
import { DatabaseError } from '../lib/database';
import { StartError } from './start-error';

export interface StartOptions {
  port: number;
  /** folder for database and keys */
  data: string;
  /** postgres:// URL; absent: the embedded database */
  databaseUrl: string | undefined;
}

/**
 * Why the demo ended, for the person who started it: what they can put right as a sentence, anything else with its
 * stack, because it is a defect that somebody has to find.
 *
 * @param options absent when the command line could not be read
 */
export function explain(error: unknown, options: StartOptions | undefined): string {
  const { code, syscall, message } = Object(error) as {
    code?: unknown;
    syscall?: unknown;
    message?: unknown;
  };
  const port = options?.port ?? 0;
  if (error instanceof StartError) return error.message;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what is using it, or choose another one with --port ${port + 1}.`;
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} is not for you to use. Choose one above 1023 with --port.`;
  }
  if (error instanceof DatabaseError) {
    return options?.databaseUrl === undefined
      ? `Cannot open the database in ${options?.data}: ${message}. If it is damaged, --reset begins afresh.`
      : `Cannot use the database that DATABASE_URL names: ${message}.`;
  }
  return `The demo had to stop because of a mistake in itself:\n${inspect(error)}`;
}
