import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from '../../merchant';
import { DatabaseError } from '../database';
import type { Shop } from './context';
import { takePayNotification, takeRefundNotification } from './notify';

/** Baidu waits 2 s for the answer to a notification; a late one counts as none. */
const DEADLINE = 1800;

/** @param app a scope of its own, because its bodies are kept raw */
export function addNotifications(app: FastifyInstance, shop: Shop): void {
  // The signature covers the text as it was sent, so nothing may parse it first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, body),
  );
  app.post('/notify/pay', async request => inTime(takePayNotification(shop, rawBody(request.body))));
  app.post('/notify/refund', async request => inTime(takeRefundNotification(shop, rawBody(request.body))));
}

function rawBody(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** A database that hangs must not leave Baidu without an answer; what it still writes is found by the repeat. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('no answer in time')), DEADLINE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
