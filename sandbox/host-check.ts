import type { FastifyInstance } from 'fastify';

/** Names of this machine, as browsers write them. */
const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Answers to this machine's own names only. A page elsewhere can point a name of its own at 127.0.0.1 and would then
 * read everything here as if it were its own; the Host header tells, whatever room is asked.
 */
export function onlyOwnHost(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (OWN_HOST.test(request.headers.host ?? '')) return undefined;
    const reason = 'this server answers only to 127.0.0.1 and localhost';
    return reply.code(403).send({ errno: 40300, msg: '只应答本机的访问', data: { reason } });
  });
}
