/** Where a postgres:// URL leads, and why nobody answers there. */
import { DatabaseError } from './types';

/** @returns host and port, with PostgreSQL's defaults for what the URL leaves out; a path when it is a socket */
export function serverAddress(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  const host = hostname || searchParams.get('host') || process.env.PGHOST || 'localhost';
  if (host.startsWith('/')) return host;
  return `${host}:${port || searchParams.get('port') || process.env.PGPORT || '5432'}`;
}

/** What the network answers with, in words. */
const NETWORK_ERRORS: Record<string, (address: string) => string> = {
  ECONNREFUSED: address =>
    `nothing listens at ${address}; start the server, or correct host and port in the URL`,
  ENOENT: address => `there is no socket of a server in ${address}; start the server, or correct the path`,
  ENOTFOUND: address => `there is no host ${hostOf(address)}; correct the host in the URL`,
  EAI_AGAIN: address =>
    `the name ${hostOf(address)} cannot be looked up; correct the host in the URL, or look at the network`,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
};

function unreachable(address: string): string {
  return `${address} does not answer; correct host and port in the URL, or look at the network and its firewall`;
}

const hostOf = (address: string): string => address.replace(/:\d+$/, '');

/** Of pg: these come without a code. */
const PASSWORD_MISSING = /password must be a string/i;
const NO_ANSWER = /timeout/i;

/**
 * @param error of the first connection
 * @returns a DatabaseError in words where the way to the server, or the URL, is at fault; else the error itself
 */
export function explainConnectError(error: unknown, url: string): unknown {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const address = serverAddress(url);
  const text = String(message);
  const words = PASSWORD_MISSING.test(text)
    ? 'the server wants a password; write it into the URL: postgres://user:password@host/database'
    : code === undefined && NO_ANSWER.test(text)
      ? unreachable(address)
      : NETWORK_ERRORS[String(code)]?.(address);
  return words === undefined ? error : new DatabaseError({ message: words, code }, { isOutside: true });
}
