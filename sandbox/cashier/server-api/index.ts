import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_BODY_BYTES } from '../../../merchant';
import type { ApiMethod } from '../fault-script';
import { describeFailure } from '../../../lib/database';
import { BusinessError, toHttpProblem } from '../http';
import { METHODS, type ApiDeps } from './methods';
import { joinParams, Params } from './params';
import { gateway, ok, problem, withFault, type Reply } from './replies';
import { nameOfValue, type PaymentService } from '../services';
import { checkToken, grantToken } from './tokens';

const PAYMENT_SERVICE = '/rest/2.0/smartapp/pay/paymentservice';
const METHOD_NAMES = Object.keys(METHODS) as (keyof typeof METHODS)[];
/** HEAD is one of them: a call that cancels an order must not be made by it. */
const OTHER_VERBS = {
  GET: ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  POST: ['HEAD', 'GET', 'PUT', 'PATCH', 'DELETE'],
};

/** The server API 2.0 at Baidu's own paths. */
export function registerApiRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { database, faults, log } = deps;
  parseForms(app);
  app.setErrorHandler((error, _request, reply) => {
    const { status, msg } = toHttpProblem(error);
    if (status >= 500) log(`failed: ${describeFailure(error)}`);
    const isInvalid = status === 413 || status === 400;
    return reply
      .code(status)
      .send(isInvalid ? gateway(100, invalid(msg)) : gateway(2, 'Service temporarily unavailable'));
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/oauth/2.0/token',
    handler: (request, reply) =>
      withFault(faults.takeApi('token'), reply, { database, token: undefined }, () =>
        handleToken(request, deps),
      ),
  });
  for (const name of METHOD_NAMES) {
    const { verb } = METHODS[name];
    app.route({
      method: OTHER_VERBS[verb],
      exposeHeadRoute: false,
      url: `${PAYMENT_SERVICE}/${name}`,
      handler: async ({ method }, reply) =>
        reply
          .code(405)
          .header('allow', verb)
          .send(problem(405, `${name} is a ${verb}, and this was a ${method}`)),
    });
    app.route({
      method: verb,
      exposeHeadRoute: false,
      url: `${PAYMENT_SERVICE}/${name}`,
      handler: (request, reply) =>
        withFault(faults.takeApi(name), reply, { database, token: accessToken(request) }, () =>
          handleMethod(name, request, deps),
        ),
    });
  }
  // Its own answer, because others repeat the whole address, in which the token is.
  app.all<{ Params: { name: string } }>(`${PAYMENT_SERVICE}/:name`, async ({ params }, reply) => {
    const called = params.name.slice(0, 100);
    const msg = `The payment service has no ${called}; it has ${METHOD_NAMES.join(', ')}`;
    return reply.code(404).send(problem(404, msg));
  });
  registerV1Routes(app);
}

const REFUND = `POST ${PAYMENT_SERVICE}/applyOrderRefund`;
const QUERY = `GET ${PAYMENT_SERVICE}/findByTpOrderId`;

const REFUND_INSTEAD = `use ${REFUND}`;
const NOTHING_INSTEAD = `leave it out: 2.0 has no write-off (核销) to undo, ${REFUND} refunds directly`;

/** The replacement of each call of the API 1.0, by its path; for nop.nuomi.com by the parameter `method`. */
const V1_PATHS: Record<string, string> = {
  '/cashier/applyOrderRefund': REFUND_INSTEAD,
  '/cashier/syncOrderStatus': NOTHING_INSTEAD,
  '/platform/entity/openapi/queryorderdetail': `use ${QUERY}`,
};
const V1_REST = '/nop/server/rest';
const V1_REST_METHODS: Record<string, string> = {
  'nuomi.cashier.applyorderrefund': REFUND_INSTEAD,
  'nuomi.cashier.syncorderstatus': NOTHING_INSTEAD,
};

/** The server API 1.0 is not simulated: its paths answer 404 and name the call of 2.0 that replaces it. */
function registerV1Routes(app: FastifyInstance): void {
  for (const url of [V1_REST, ...Object.keys(V1_PATHS)]) {
    app.route({
      method: ['GET', 'POST'],
      url,
      handler: async (request, reply) => {
        const method =
          url === V1_REST ? (queryOf(request).get('method') ?? bodyOf(request).get('method') ?? '') : '';
        const instead = V1_PATHS[url] ?? V1_REST_METHODS[method.toLowerCase()] ?? `use ${REFUND} for refunds`;
        const called = method === '' ? url : `${url} (${method.slice(0, 100)})`;
        const msg = `${called} belongs to the API 1.0, which is not simulated here. In the server API 2.0 ${instead}.`;
        return reply.code(404).send(problem(404, msg));
      },
    });
  }
}

/** Keeps bodies of other types as text, so that the answer can say what to send instead. */
function parseForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** @returns what is wrong with a body that is no form, or null */
function bodyProblem({ body, headers }: FastifyRequest): string | null {
  if (typeof body !== 'string' || body === '') return null;
  const type = headers['content-type'];
  const given = type === undefined ? 'has no Content-Type' : `is ${type.slice(0, 100)}`;
  return `the body ${given}; send the parameters as application/x-www-form-urlencoded`;
}

async function handleToken(
  request: FastifyRequest,
  { database, services, settings, now }: ApiDeps,
): Promise<Reply> {
  const invalidRequest = (description: string): Reply => ({
    status: 400,
    body: { error: 'invalid_request', error_description: description },
  });
  const wrongBody = bodyProblem(request);
  if (wrongBody !== null) return invalidRequest(wrongBody);
  const joined = joinParams(queryOf(request), bodyOf(request));
  if ('problem' in joined) return invalidRequest(joined.problem);
  const granted = await grantToken(database, services, joined.values, {
    tokenLifetime: settings.tokenLifetime,
    now: now(),
  });
  return { status: 'error' in granted ? 401 : 200, body: granted };
}

async function handleMethod(
  name: Exclude<ApiMethod, 'token'>,
  request: FastifyRequest,
  deps: ApiDeps,
): Promise<Reply> {
  const { database, services, settings, now } = deps;
  const wrongBody = bodyProblem(request);
  if (wrongBody !== null) return ok(gateway(100, `Invalid parameter: ${wrongBody}`));
  const joined = joinParams(queryOf(request), bodyOf(request));
  if ('problem' in joined) return ok(gateway(100, `Invalid parameter: ${joined.problem}`));
  const token = await checkToken(database, services, accessToken(request), now());
  if (!token.valid) return ok(gateway(token.code, token.message + tokenHint(request, services)));
  const params = new Params(joined.values, settings.errno);
  try {
    const appKey = params.text('pmAppKey');
    const service = services.find(one => one.appKey === appKey && one.clientId === token.clientId);
    if (!service) throw unknownService(appKey, services, token.clientId, settings);
    return ok({ errno: 0, msg: 'success', data: await METHODS[name].handle(params, service, deps) });
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return ok({ errno: error.errno, msg: error.message, data: error.data });
  }
}

function unknownService(
  appKey: string,
  services: PaymentService[],
  clientId: string,
  { errno }: ApiDeps['settings'],
): BusinessError {
  const own = services.find(service => service.clientId === clientId)?.appKey;
  const given = appKey === own ? null : nameOfValue(services, appKey);
  const hint = given === null ? '' : `: pmAppKey is ${given}; it must be the payment appKey ${own}`;
  return new BusinessError(errno.serviceUnknown, `支付服务不存在${hint}`);
}

/** `access_token` is always in the query, even of a POST. */
function accessToken(request: FastifyRequest): string | undefined {
  return queryOf(request).get('access_token')?.replaceAll('\0', '') ?? undefined;
}

/** Names a mistake that Baidu's message leaves open: the token is missing, is elsewhere, or is something else. */
function tokenHint(request: FastifyRequest, services: PaymentService[]): string {
  const token = accessToken(request);
  if (token) {
    const given = nameOfValue(services, token);
    return given === null ? '' : `: access_token is ${given}; get one from /oauth/2.0/token`;
  }
  if (bodyOf(request).has('access_token')) return ': access_token is in the body; it belongs in the query';
  if (request.headers.authorization !== undefined) {
    return ': access_token belongs in the query, not in the header Authorization';
  }
  return ': access_token is missing in the query';
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const [, query = ''] = request.url.split(/\?(.*)/s);
  return new URLSearchParams(query);
}

function bodyOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

const invalid = (msg: string) =>
  `Invalid parameter: ${msg}; send at most ${MAX_BODY_BYTES} bytes of form data`;
