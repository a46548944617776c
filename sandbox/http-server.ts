import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { MAX_BODY_BYTES } from '../merchant';
import { pathOf, sendProblem } from './cashier/http';

/** Names of this machine, as browsers write them. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** ms that a request may take to arrive, and its header alone. Without the second Node waits for headers without end. */
const TIMEOUTS = { requestTimeout: 30_000, headersTimeout: 10_000 };

/**
 * Creates the HTTP server: it accepts only names of this machine as Host, limits bodies, and answers unknown paths in an
 * envelope.
 *
 * @param timeouts ms
 */
export function createServer(timeouts = TIMEOUTS): FastifyInstance {
  const { requestTimeout, headersTimeout } = timeouts;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout,
    // Node looks for connections that are over their time only so often, by default every 30 s.
    http: { headersTimeout, connectionsCheckingInterval: headersTimeout / 2 },
    // Pages keep connections open; without this, stopping would wait for them.
    forceCloseConnections: true,
    // An address that cannot be decoded belongs to no plugin.
    frameworkErrors: (error, _request, reply: FastifyReply) => sendProblem(reply, 400, error.message),
  });
  checkHost(app);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `There is no ${request.method} ${pathOf(request.url)}`),
  );
  return app;
}

/**
 * Protects against DNS rebinding: a page on the internet can point its host name at 127.0.0.1 and would then be of the
 * same origin as this server. The Host header shows that name.
 */
function checkHost(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (LOCAL_HOST.test(request.headers.host ?? '')) return undefined;
    return sendProblem(reply, 403, 'This server answers only to 127.0.0.1 and localhost');
  });
}
