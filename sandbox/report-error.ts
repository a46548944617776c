import { inspect } from 'node:util';
import { DatabaseError } from '../lib/database';

/** Something the person who starts the program can put right: its message says what and how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Where a program was told to listen and to keep its data; the sentences about a failure name them. */
export interface Place {
  port: number;
  /** folder for database and keys */
  data: string;
  /** postgres:// URL; absent: the embedded database */
  databaseUrl: string | undefined;
}

/** What the file system answers with, in words. */
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

/**
 * Why the program ended, for the person who started it: what they can put right as a sentence, anything else with its
 * stack, because it is a defect that somebody has to find.
 *
 * @param place absent when the command line could not be read
 */
export function reportError(error: unknown, place: Place | undefined): string {
  const { code, syscall, message } = Object(error) as {
    code?: unknown;
    syscall?: unknown;
    message?: unknown;
  };
  const port = place?.port ?? 0;
  if (error instanceof StartError) return error.message;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what is using it, or choose another one with --port ${port < 65_535 ? port + 1 : 8790}.`;
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} is not for you to use. Choose one above 1023 with --port.`;
  }
  if (error instanceof DatabaseError) {
    if (place?.databaseUrl !== undefined) {
      return `Cannot use the database that DATABASE_URL names: ${message}. Without DATABASE_URL the embedded one is used.`;
    }
    const fix = error.isOutside
      ? 'Put that right, or choose another folder with --data.'
      : 'If it is damaged, --reset begins afresh.';
    return `Cannot open the database in ${place?.data}: ${message}. ${fix}`;
  }
  return `This program had to stop because of a mistake in itself:\n${inspect(error)}`;
}
