/**
 * Why a program cannot start or had to stop, in words for the developer who started it, and the one place that prints it.
 */
import { inspect } from 'node:util';
import { DatabaseError } from '../lib/database';
import { UserError } from '../lib/user-error';

/** A port, folder, key or server cannot be used; the message says which and how to put it right. */
export class StartError extends UserError {
  override readonly name = 'StartError';
}

/** A command line is wrong. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';

  constructor(problem: string) {
    super(`${problem}\nMore: --help`);
  }
}

/** Port and storage of a program, as its options name them. The sentences about a failure repeat them. */
export interface Place {
  port: number;
  /** folder for database and keys */
  data: string;
  /** postgres:// URL; absent: the embedded database */
  databaseUrl: string | undefined;
}

/** Error codes of the file system, in words. */
const FILE_ERRORS: Record<string, string> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
  EISDIR: 'there is a folder where one of its files belongs',
};

/** @returns the error as a sentence about the data folder; itself when it is none of the file system's */
export function toFolderError(error: unknown, folder: string): unknown {
  const reason = FILE_ERRORS[String(Object(error).code)];
  if (reason === undefined) return error;
  return new StartError(`Cannot keep data in ${folder}: ${reason}. Choose another folder with --data.`);
}

/** @returns why a port cannot be listened on, as a sentence; the error itself when it is another one */
export function toListenError(error: unknown, port: number): unknown {
  const { code, syscall } = Object(error) as { code?: unknown; syscall?: unknown };
  if (code === 'EADDRINUSE') {
    const other = port < 65_535 ? port + 1 : 8790;
    return new StartError(
      `Port ${port} is taken. Stop what is using it, or choose another one with --port ${other}.`,
    );
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return new StartError(`Port ${port} is not for you to use. Choose one above 1023 with --port.`);
  }
  return error;
}

/**
 * Why the program ended: a sentence for what the developer can put right, anything else with its stack, because it is a
 * defect of the program.
 *
 * @param place absent when the command line could not be read
 */
export function describeError(error: unknown, place?: Place): string {
  if (error instanceof DatabaseError && place) return describeDatabaseError(error, place);
  if (error instanceof UserError) return error.message;
  return `This program had to stop because of a mistake in itself:\n${inspect(error)}`;
}

function describeDatabaseError({ message, isOutside }: DatabaseError, { data, databaseUrl }: Place): string {
  if (databaseUrl !== undefined) {
    return `Cannot use the database that DATABASE_URL names: ${message}. Without DATABASE_URL the embedded one is used.`;
  }
  const fix = isOutside
    ? 'Put that right, or choose another folder with --data.'
    : 'If it is damaged, --reset begins afresh.';
  return `Cannot open the database in ${data}: ${message}. ${fix}`;
}

/** Prints why the program ends. */
export function printError(error: unknown, place?: Place): void {
  process.stderr.write(`${describeError(error, place)}\n`);
}
