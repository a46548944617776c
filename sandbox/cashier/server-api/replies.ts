/** The replies of the server API, and what scripted faults make of them. */
import type { FastifyReply } from 'fastify';
import type { Database } from '../../../lib/database';
import type { ApiFault } from '../fault-script';
import { expireToken } from './tokens';

/**
 * One reply: business `{ errno, msg, data }`, gateway `{ error_code, error_msg }`, or OAuth
 * `{ error, error_description }`.
 */
export interface Reply {
  status: number;
  body: unknown;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const problem = (errno: number, msg: string) => ({ errno, msg, data: null });

export const gateway = (code: number, message: string) => ({ error_code: code, error_msg: message });

const DEFAULT_CODES = { gateway: 2, business: 10003, http: 500 };
const SCRIPTED = 'scripted fault';

/**
 * Runs one call with a scripted fault, and sends its reply unless the fault withholds it.
 *
 * @param fault absent: the call is answered as usual
 * @param context.token of this call, which the fault may expire
 */
export async function withFault(
  fault: ApiFault | undefined,
  reply: FastifyReply,
  context: { database: Database; token: string | undefined },
  work: () => Promise<Reply>,
): Promise<FastifyReply> {
  const send = ({ status, body }: Reply) => reply.code(status).send(body);
  const cut = () => {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  };
  switch (fault?.fault) {
    case 'delay':
      await new Promise(resolve => setTimeout(resolve, fault.ms));
      return send(await work());
    case 'disconnect':
      return cut();
    case 'lose-response':
      await work();
      return cut();
    case 'gateway':
      return send(ok(gateway(fault.code || DEFAULT_CODES.gateway, SCRIPTED)));
    case 'business':
      return send(ok(problem(fault.code || DEFAULT_CODES.business, SCRIPTED)));
    case 'http':
      return send({ status: httpStatus(fault.code), body: '' });
    case 'invalid-json':
      return reply.type('text/html').send(`<html>${SCRIPTED}</html>`);
    case 'expire-token':
      await expireToken(context.database, context.token);
      return send(await work());
    case undefined:
      return send(await work());
  }
}

function httpStatus(code: number): number {
  return code >= 300 && code <= 599 ? code : DEFAULT_CODES.http;
}
