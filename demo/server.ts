import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { MAX_BODY_BYTES } from '../merchant';
import { failure } from './shop/errors';

/** The one HTTP server of the demo: body limit, and an envelope for what no room of the house answers. */
export function createServer(): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Pages keep connections open; without this, stopping would wait for them.
    forceCloseConnections: true,
    // An address that cannot be decoded belongs to no room.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      reply.code(400).send(failure('BAD_REQUEST', { reason: error.message })),
  });
  app.setNotFoundHandler((request, reply) => {
    void reply
      .code(404)
      .send(failure('NO_ROUTE', { reason: `there is no ${request.method} ${request.url.slice(0, 200)}` }));
  });
  return app;
}
