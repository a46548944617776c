/** What browsers load: the console page and the files behind it, and the scripts and styles of console and cashier. */
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { signNotification } from '../../merchant';
import type { CashierContext } from './context';
import {
  statementDayProblem,
  statementFile,
  statementFileName,
  findStatement,
  type Statement,
} from './statements';
import { HttpError } from './http';
import { browserFile } from '../browser-files';

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Baidu cashier</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="console.css">
</head>
<body>
<main id="console"></main>
<script src="console.js"></script>
</body>
</html>
`;

interface ConsoleDeps extends Pick<CashierContext, 'database' | 'services' | 'settings' | 'now'> {
  /** the platform's */
  privateKey: KeyObject | string;
}

/** What a merchant sees in Baidu's console: the page, and the files behind the statements. */
export function registerConsoleRoutes(
  app: FastifyInstance,
  { database, services, settings, privateKey, now }: ConsoleDeps,
): void {
  for (const path of ['/', '/console/'])
    app.get(path, async (_request, reply) => reply.redirect(`${app.prefix}/console`));

  app.get('/console', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      // A page of another site could lay itself over the console, and let the developer click on its buttons.
      .header('content-security-policy', "frame-ancestors 'none'")
      .send(PAGE),
  );

  const sendFile = async (reply: FastifyReply, statement: Statement) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${statementFileName(statement)}"`)
      .send(await statementFile(database, statement, settings.commission));

  app.get('/statements/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    const statement = /^[0-9a-f]{32}\.csv$/.test(name)
      ? await findStatement(database, name.slice(0, 32), now())
      : null;
    if (!statement) throw new HttpError(404, 'There is no such statement, or it is still being exported');
    return sendFile(reply, statement);
  });

  // Signed anew: the same parameters and key give the same signature.
  app.get('/_notification', async (request, reply) => {
    const { id } = request.query as Record<string, unknown>;
    if (typeof id !== 'string' || !/^\d{1,15}$/.test(id))
      throw new HttpError(400, 'id must be a whole number');
    const { rows } = await database.query<{ params: Record<string, string> }>(
      'SELECT params FROM baidu.notifications WHERE id = $1',
      [Number(id)],
    );
    if (!rows[0]) throw new HttpError(404, 'There is no such notification');
    const body = new URLSearchParams(signNotification(rows[0].params, privateKey)).toString();
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(body);
  });

  app.get('/_statement', async (request, reply) => {
    const { kind, day, appKey } = request.query as Record<string, unknown>;
    if (kind !== 'order' && kind !== 'capital') throw new HttpError(400, 'kind must be order or capital');
    const problem = typeof day === 'string' ? statementDayProblem(day, now()) : 'a day as yyyy-MM-dd';
    if (problem) throw new HttpError(400, `day must be ${problem}`);
    const service = appKey === undefined ? services[0] : services.find(one => one.appKey === appKey);
    if (!service) throw new HttpError(400, 'appKey names no payment service here');
    return sendFile(reply, { app_key: service.appKey, kind, day: String(day) });
  });
}

const ASSETS = [
  { path: '/cashier.js', type: 'text/javascript', file: 'cashier.js' },
  { path: '/cashier.css', type: 'text/css', file: 'cashier.css' },
  { path: '/console.js', type: 'text/javascript', file: 'console.js' },
  { path: '/console.css', type: 'text/css', file: 'console.css' },
];

/** Serves the scripts and styles for browsers; `no-store`, because another version may use the same address. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  for (const { path, type, file } of ASSETS) {
    const content = await readFile(browserFile(file));
    app.get(path, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-store').send(content),
    );
  }
}
