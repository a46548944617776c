import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MAX_BODY_BYTES } from '../../../merchant';
import type { Database } from '../../../lib/database';
import type { Service } from '../admission';
import { beijingTime } from '../beijing';
import { billDayProblem, billJob, type BillKind } from '../bills';
import { describe } from '../envelope';
import type { ApiFault, ApiMethod, Faults } from '../faults';
import { applyRefund } from '../refunds';
import type { Settings } from '../settings';
import { cancelOrder, findOrder, findRefunds } from './orders';
import { BusinessError, joinParams, Params } from './params';
import { checkToken, expireToken, grantToken } from './tokens';

interface ApiHouse {
  database: Database;
  services: Service[];
  settings: Settings;
  faults: Faults;
  clockScale: number;
  now: () => number;
  log: (line: string) => void;
  wake: () => void;
  /** where the cashier is mounted, as a URL */
  base: string;
}

interface Answer {
  status: number;
  body: unknown;
}

type Work = (params: Params, service: Service) => Promise<unknown>;

const PAYMENT_SERVICE = '/rest/2.0/smartapp/pay/paymentservice';

/**
 * The server API 2.0 at Baidu's own paths. Every answer is one of three: business `{ errno, msg, data }`, gateway
 * `{ error_code, error_msg }`, or OAuth `{ error, error_description }`.
 */
export function apiRoutes(app: FastifyInstance, house: ApiHouse): void {
  const { database, services, settings, faults, now, log } = house;
  const scaled = (ms: number) => Math.ceil(ms / house.clockScale);

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );
  app.setErrorHandler((error, _request, reply) => {
    const { status, msg } = describe(error);
    if (status >= 500) log(`failed: ${error instanceof Error ? error.message : String(error)}`);
    const code = status === 413 || status === 415 || status === 400 ? 100 : 2;
    return reply
      .code(status)
      .send(gateway(code, code === 2 ? 'Service temporarily unavailable' : invalid(msg)));
  });

  const method = (verb: 'GET' | 'POST', name: Exclude<ApiMethod, 'token'>, work: Work): void => {
    app.route({
      method: verb,
      url: `${PAYMENT_SERVICE}/${name}`,
      handler: (request, reply) =>
        withFault(faults.nextApi(name), reply, house, accessToken(request), () => answer(request, work)),
    });
  };

  const answer = async (request: FastifyRequest, work: Work): Promise<Answer> => {
    const joined = joinParams(queryOf(request), bodyOf(request));
    if ('wrong' in joined) return ok(gateway(100, `Invalid parameter: ${joined.wrong}`));
    const token = await checkToken(database, accessToken(request), now());
    if (!token.valid) return ok(gateway(token.code, token.message));
    const params = new Params(joined.values, settings.errno);
    try {
      const appKey = params.text('pmAppKey');
      const service = services.find(one => one.appKey === appKey && one.clientId === token.clientId);
      if (!service) throw new BusinessError(settings.errno.serviceUnknown, '支付服务不存在');
      return ok({ errno: 0, msg: 'success', data: await work(params, service) });
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
      return ok({ errno: error.errno, msg: error.message, data: error.data });
    }
  };

  app.route({
    method: ['GET', 'POST'],
    url: '/oauth/2.0/token',
    handler: (request, reply) =>
      withFault(faults.nextApi('token'), reply, house, undefined, async () => {
        const joined = joinParams(queryOf(request), bodyOf(request));
        if ('wrong' in joined) {
          const description = `${joined.wrong} is given twice or holds a NUL`;
          return { status: 400, body: { error: 'invalid_request', error_description: description } };
        }
        const granted = await grantToken(database, services, joined.values, settings, now());
        return { status: 'error' in granted ? 401 : 200, body: granted };
      }),
  });

  const unknownOrder = (data: unknown = null) =>
    new BusinessError(settings.errno.orderUnknown, '系统错误: 订单未找到', data);

  method('GET', 'findByTpOrderId', async (params, service) => {
    const order = await findOrder(database, service, params.text('tpOrderId'), settings);
    if (!order) throw unknownOrder();
    return order;
  });

  method('GET', 'cancelOrder', async (params, service) => {
    const result = await cancelOrder(database, service, params.integer('orderId'));
    if (result === 'unknown') throw unknownOrder(false);
    if (result === 'paid')
      throw new BusinessError(settings.errno.refused, '系统错误: 已支付订单不能关闭', false);
    return true;
  });

  method('POST', 'applyOrderRefund', async (params, service) => {
    const { errno } = settings;
    params.oneOf('refundType', ['1', '2', '3']);
    const request = {
      orderId: params.integer('orderId'),
      tpOrderId: params.text('tpOrderId'),
      bizRefundBatchId: params.text('bizRefundBatchId', 64),
      reason: params.text('refundReason'),
      money: params.optional('applyRefundMoney') === undefined ? null : params.integer('applyRefundMoney'),
      notifyUrl: params.notifyUrl('refundNotifyUrl', service.refundNotifyUrl, settings.notifyHosts),
    };
    if (params.integer('userId') !== settings.userId)
      params.invalid('userId', 'that of the payment notification');
    if (request.money === 0) params.invalid('applyRefundMoney', 'at least 1 fen');
    if (params.oneOf('isSkipAudit', ['0', '1']) === '0') {
      throw new BusinessError(errno.refused, '未设置退款审核地址，请使用 isSkipAudit=1');
    }
    const at = now();
    const refund = await applyRefund(database, service, request, {
      now: at,
      dueAt: at + scaled(settings.refundDuration),
    });
    house.wake();
    if (refund.accepted) {
      return { refundBatchId: String(refund.refundBatchId), refundPayMoney: refund.refundPayMoney };
    }
    throw refund.orderUnknown
      ? unknownOrder()
      : new BusinessError(errno.refused, `系统错误: ${refund.message}`);
  });

  method('GET', 'findOrderRefund', async (params, service) => {
    const userId = params.integer('userId');
    if (userId !== settings.userId) params.invalid('userId', 'that of the payment notification');
    const refunds = await findRefunds(database, service, params.text('tpOrderId'), userId);
    if (!refunds) throw unknownOrder();
    return refunds;
  });

  const bill =
    (kind: BillKind): Work =>
    async (params, service) => {
      const day = params.text('billTime');
      const at = now();
      const problem = billDayProblem(day, at);
      if (problem) params.invalid('billTime', problem);
      const job = await billJob(database, { app_key: service.appKey, kind, day }, house.base, settings, {
        now: at,
        readyAt: at + scaled(settings.billDuration),
      });
      const { createdAt, ...rest } = job;
      return { totalCount: 1, data: [{ createTime: beijingTime(createdAt), ...rest }] };
    };
  method('GET', 'orderBill', bill('order'));
  method('GET', 'capitaBill', bill('capital'));
}

/** `access_token` is always in the query, even of a POST. */
function accessToken(request: FastifyRequest): string | undefined {
  return queryOf(request).get('access_token')?.replaceAll('\0', '') ?? undefined;
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

const ok = (body: unknown): Answer => ({ status: 200, body });

const gateway = (code: number, message: string) => ({ error_code: code, error_msg: message });

const DEFAULT_CODES = { gateway: 2, business: 10003, http: 500 };
const SCRIPTED = 'scripted fault';

/** Acts out a scripted fault around one call, and sends what is left to send. */
async function withFault(
  fault: ApiFault | undefined,
  reply: FastifyReply,
  { database }: Pick<ApiHouse, 'database'>,
  token: string | undefined,
  work: () => Promise<Answer>,
): Promise<FastifyReply> {
  const send = ({ status, body }: Answer) => reply.code(status).send(body);
  const cut = () => {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  };
  switch (fault?.fault) {
    case 'delay':
      await new Promise(resolve => setTimeout(resolve, fault.ms));
      return send(await work());
    case 'drop':
      return cut();
    case 'lose-reply':
      await work();
      return cut();
    case 'gateway':
      return send(ok(gateway(fault.code || DEFAULT_CODES.gateway, SCRIPTED)));
    case 'business':
      return send(ok({ errno: fault.code || DEFAULT_CODES.business, msg: SCRIPTED, data: null }));
    case 'http':
      return send({ status: httpStatus(fault.code), body: '' });
    case 'garbage':
      return reply.type('text/html').send(`<html>${SCRIPTED}</html>`);
    case 'expire-token':
      await expireToken(database, token);
      return send(await work());
    case undefined:
      return send(await work());
  }
}

function httpStatus(code: number): number {
  return code >= 300 && code <= 599 ? code : DEFAULT_CODES.http;
}
