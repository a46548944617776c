import type { FastifyInstance } from 'fastify';
import type { Queryable } from '../../lib/database';
import { HttpProblem, ok } from './envelope';
import { FaultScriptError, parseFaults } from './fault-script';
import type { Faults } from './faults';
import type { Payments } from './payments';
import { readState } from './state';

const DEFAULT_LIMIT = 100;

/** What the phone's cashier and a developer's tools call; none of it exists at Baidu. */
export function cashierRoutes(
  app: FastifyInstance,
  { payments, faults, database }: { payments: Payments; faults: Faults; database: Queryable },
): void {
  app.post('/cashier/open', async request => {
    const { orderInfo, bannedChannels } = bodyOf(request.body);
    return ok(await payments.open(orderInfo, bannedChannels));
  });

  app.post('/cashier/pay', async request => {
    const { orderInfo, channel } = bodyOf(request.body);
    return ok(await payments.pay(orderInfo, channel));
  });

  app.post('/_simulate', async (request, reply) => {
    const answer = await payments.simulate(bodyOf(request.body).orderInfo);
    if (!('ok' in answer)) return ok(answer);
    const { errCode, errMsg, reasons } = answer;
    return reply.code(422).send({ errno: errCode, msg: errMsg, data: { reasons } });
  });

  app.get('/_faults', async () => ok(faults.current));

  app.put('/_faults', async request => {
    try {
      faults.replace(parseFaults(request.body));
    } catch (error) {
      if (error instanceof FaultScriptError) throw new HttpProblem(400, error.message);
      throw error;
    }
    return ok(faults.current);
  });

  app.get('/_state', async request => {
    const { tpOrderId, limit } = request.query as Record<string, unknown>;
    if (tpOrderId !== undefined && (typeof tpOrderId !== 'string' || tpOrderId.includes('\0'))) {
      throw new HttpProblem(400, 'tpOrderId may be given once, as text');
    }
    if (limit !== undefined && !/^[1-9]\d{0,3}$/.test(String(limit))) {
      throw new HttpProblem(400, 'limit must be a whole number from 1 to 9999');
    }
    return ok(
      await readState(database, payments.refusals, { tpOrderId, limit: Number(limit ?? DEFAULT_LIMIT) }),
    );
  });
}

function bodyOf(body: unknown): Record<string, unknown> {
  if (!body || typeof body !== 'object' || Array.isArray(body)) {
    throw new HttpProblem(400, 'The body must be a JSON object');
  }
  return body as Record<string, unknown>;
}
