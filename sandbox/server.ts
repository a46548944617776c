import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { MAX_BODY_BYTES } from '../merchant';
import { onlyOwnHost } from './host-check';

/**
 * The one HTTP server of the demo: its own names only, a body limit, and an envelope for what no room of the house
 * answers.
 */
export function createServer(): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Pages keep connections open; without this, stopping would wait for them.
    forceCloseConnections: true,
    // An address that cannot be decoded belongs to no room.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      reply.code(400).send({ errno: 40000, msg: '请求参数不正确', data: { reason: error.message } }),
  });
  onlyOwnHost(app);
  app.setNotFoundHandler((request, reply) => {
    const reason = `there is no ${request.method} ${request.url.slice(0, 200)}`;
    void reply.code(404).send({ errno: 40400, msg: '接口不存在', data: { reason } });
  });
  return app;
}
