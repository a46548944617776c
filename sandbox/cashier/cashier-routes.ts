import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CashierContext } from './context';
import { readCall } from './waiting-calls';
import { parseFaults } from './fault-script';
import { HttpError, preferredLocale, readObject, success } from './http';
import { isOutcomeName, OUTCOMES, type OutcomeName } from './payment-outcomes';
import type { Outbox } from './outbox';
import type { Payments } from './payments';
import { isRejection } from './rejection-reasons';
import type { RejectionLog } from './rejection-log';
import { readCashierState } from './cashier-state';

const DEFAULT_LIMIT = 100;

interface CashierDeps extends Pick<CashierContext, 'database' | 'faults'> {
  payments: Payments;
  rejections: RejectionLog;
  outbox: Outbox;
}

/** What the phone's cashier and a developer's tools call; none of it exists at Baidu. */
export function registerCashierRoutes(app: FastifyInstance, deps: CashierDeps): void {
  addPhoneRoutes(app, deps);
  addToolRoutes(app, deps);
}

/** For the sheet in the preview, and for cashier calls from DevTools. */
function addPhoneRoutes(app: FastifyInstance, { database, payments }: CashierDeps): void {
  app.post('/cashier/open', async request => {
    const { orderInfo, bannedChannels } = bodyOf(request.body, 'orderInfo', 'bannedChannels');
    return success(await payments.open(orderInfo, bannedChannels));
  });

  app.post('/cashier/pay', async request => {
    const { orderInfo, channel } = bodyOf(request.body, 'orderInfo', 'channel');
    return success(await payments.pay(orderInfo, channel));
  });

  app.post('/cashier/calls', async request => {
    const { orderInfo, bannedChannels } = bodyOf(request.body, 'orderInfo', 'bannedChannels');
    return success(await payments.call(orderInfo, bannedChannels));
  });

  app.get('/cashier/calls/:callId', async request => {
    const response = await readCall(database, callIdOf(request.params));
    if (response === null) throw new HttpError(404, 'There is no such cashier call');
    return success(response === 'open' ? {} : response);
  });

  app.post('/cashier/calls/:callId', async request => {
    const { outcome } = bodyOf(request.body, 'outcome');
    const response = await payments.decide(callIdOf(request.params), outcomeOf(outcome));
    if (response === null) throw new HttpError(409, 'This cashier call is over');
    return success(response);
  });
}

/** For tests, the developer panel and the console. */
function addToolRoutes(app: FastifyInstance, deps: CashierDeps): void {
  const { database, payments, faults, rejections, outbox } = deps;

  app.post('/_simulate', async (request, reply) => {
    const { orderInfo, outcome, userId } = bodyOf(request.body, 'orderInfo', 'outcome', 'userId');
    const result = await payments.simulate(orderInfo, outcomeOf(outcome) ?? 'paid', userIdOf(userId));
    if (!isRejection(result)) return success(result);
    const { errCode, errMsg, reasons } = result;
    return reply
      .code(422)
      .send({ errno: errCode, msg: errMsg, data: { reasons: reasons[localeOf(request)] } });
  });

  app.post('/_resend', async request => {
    const { id } = bodyOf(request.body, 'id');
    if (!Number.isSafeInteger(id) || Number(id) < 1) throw new HttpError(400, 'id must be a whole number');
    return success(await outbox.resend(Number(id)));
  });

  app.get('/_faults', async () => success(faults.current));

  app.put('/_faults', async request => {
    faults.replace(parseFaults(request.body));
    return success(faults.current);
  });

  app.get('/_state', async request => {
    const { tpOrderId, limit } = request.query as Record<string, unknown>;
    if (tpOrderId !== undefined && (typeof tpOrderId !== 'string' || tpOrderId.includes('\0'))) {
      throw new HttpError(400, 'tpOrderId may be given once, as text');
    }
    if (limit !== undefined && !/^[1-9]\d{0,3}$/.test(String(limit))) {
      throw new HttpError(400, 'limit must be a whole number from 1 to 9999');
    }
    const locale = localeOf(request);
    return success(
      await readCashierState(database, rejections.list(locale), locale, {
        tpOrderId,
        limit: Number(limit ?? DEFAULT_LIMIT),
      }),
    );
  });
}

const localeOf = ({ headers }: FastifyRequest) => preferredLocale(headers['accept-language']);

const bodyOf = (body: unknown, ...known: string[]): Record<string, unknown> =>
  readObject(body, 'The body', known);

function callIdOf(params: unknown): string {
  const { callId } = params as { callId: string };
  if (!/^[0-9a-f]{32}$/.test(callId)) throw new HttpError(404, 'There is no such cashier call');
  return callId;
}

/** @throws HttpError */
function userIdOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && Number(value) >= 1) return Number(value);
  throw new HttpError(400, 'userId must be a whole number of at least 1, such as 149235071');
}

/** @throws HttpError listing what an outcome may be */
function outcomeOf(value: unknown): OutcomeName | undefined {
  if (value === undefined || isOutcomeName(value)) return value;
  throw new HttpError(400, `outcome must be one of ${Object.keys(OUTCOMES).join(', ')}`);
}
