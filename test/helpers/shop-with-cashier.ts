/** A shop and the cashier it works with, on one real socket, with one database. */
import { createCashier, type Settings } from '../../sandbox/cashier';
import { openDatabase } from '../../lib/database';
import { createServer } from '../../sandbox/http-server';
import { createShop, type OrderView, type ShopOptions } from '../../demo/shop';
import { freePort, json } from '../../scripts/support/http';
import {
  APP_KEY,
  DEAL_ID,
  merchantKeys,
  platformKeys,
  type Answer,
  type Created,
} from '../../scripts/support/shop-server';

/** 10 s and more: enough for the slowest machine, and an end for what never happens. */
const MAX_POLLS = 200;

interface ServerOptions extends Partial<ShopOptions> {
  settings?: Partial<Settings>;
  /** do not start the shop's worker */
  idle?: boolean;
}

const CLIENT = { clientId: 'testMiniProgramAppKey00000000001', clientSecret: 'test-secret' };

/** The shop's payment service, as the cashier of a test knows it. */
export function paymentService(origin: string) {
  return {
    appKey: APP_KEY,
    dealId: DEAL_ID,
    merchantPublicKey: merchantKeys.publicKey,
    payNotifyUrl: `${origin}/shop/notify/pay`,
    refundNotifyUrl: `${origin}/shop/notify/refund`,
    ...CLIENT,
  };
}

/** What a shop needs to work with the cashier beside it. */
export function shopOptions(origin: string) {
  return {
    origin,
    privateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
    appKey: APP_KEY,
    dealId: DEAL_ID,
    baidu: { baseUrl: `${origin}/baidu`, ...CLIENT },
    operatorRoutes: true,
  };
}

export async function startShopWithCashier(options: ServerOptions = {}): Promise<ShopWithCashier> {
  const { settings, idle, ...changes } = options;
  const database = options.database ?? (await openDatabase());
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const cashier = await createCashier({
    database,
    origin,
    platformKeys,
    services: [paymentService(origin)],
    clockScale: 600,
    ...(settings && { settings }),
    log: line => lines.push(`cashier: ${line}`),
  });
  const shop = await createShop({
    ...shopOptions(origin),
    database,
    retryAfter: 500,
    log: line => lines.push(`shop: ${line}`),
    ...changes,
  });
  const app = createServer();
  await app.register(shop.plugin, { prefix: '/shop' });
  await app.register(cashier.plugin, { prefix: '/baidu' });
  await app.listen({ host: '127.0.0.1', port });
  cashier.start();
  if (!idle) shop.start();
  return new ShopWithCashier(
    { origin, database, lines },
    {
      runDueJobs: () => shop.runDueJobs(),
      async close() {
        await Promise.all([shop.stop(), cashier.stop()]);
        await app.close();
        if (!options.database) await database.close();
      },
    },
  );
}

export class ShopWithCashier {
  readonly origin: string;
  readonly database: ShopOptions['database'];
  readonly lines: string[];

  constructor(
    started: Pick<ShopWithCashier, 'origin' | 'database' | 'lines'>,
    private readonly processes: Pick<ShopWithCashier, 'runDueJobs' | 'close'>,
  ) {
    this.origin = started.origin;
    this.database = started.database;
    this.lines = started.lines;
  }

  async call<T = unknown>(path: string, init?: RequestInit): Promise<Answer<T>> {
    const response = await fetch(this.origin + path, init);
    const { errno, msg, data } = (await response.json()) as Answer<T>;
    return { status: response.status, headers: response.headers, errno, msg, data };
  }

  /** Creates an order of `quantity` postcards, 100 fen each. */
  async order(quantity = 3): Promise<Created> {
    const items = [{ sku: 'postcard', quantity }];
    return (await this.call<Created>('/shop/orders', json({ items }))).data;
  }

  /** Pays it, without waiting for the notification. */
  async pay({ orderInfo }: Created): Promise<void> {
    const answer = await this.call('/baidu/_simulate', json({ orderInfo }));
    if (answer.errno !== 0) throw new Error(`${answer.msg} ${JSON.stringify(answer.data)}`);
  }

  /** @returns the tpOrderId */
  async paidOrder(quantity?: number): Promise<string> {
    const created = await this.order(quantity);
    await this.pay(created);
    await this.becomes(created.order.tpOrderId, { status: 'paid' });
    return created.order.tpOrderId;
  }

  async view(tpOrderId: string): Promise<OrderView> {
    return (await this.call<OrderView>(`/shop/orders/${tpOrderId}`)).data;
  }

  refund(tpOrderId: string, body: unknown = {}, key?: string): Promise<Answer<OrderView>> {
    const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
    return this.call(`/shop/orders/${tpOrderId}/refund`, json(body, headers));
  }

  /** Waits until the view of the order has these values. */
  async becomes(tpOrderId: string, wanted: Partial<OrderView>): Promise<void> {
    for (let poll = 0; ; poll++) {
      const order = await this.view(tpOrderId);
      if (Object.entries(wanted).every(([name, value]) => order[name as keyof OrderView] === value)) return;
      if (poll === MAX_POLLS) {
        const history = this.lines.filter(line => line.includes(tpOrderId)).join('\n');
        throw new Error(`not ${JSON.stringify(wanted)} but ${JSON.stringify(order)}\n${history}`);
      }
      await new Promise(next => setTimeout(next, 50));
    }
  }

  async faults(script: unknown): Promise<void> {
    const answer = await this.call('/baidu/_faults', { ...json(script), method: 'PUT' });
    if (answer.errno !== 0) throw new Error(answer.msg);
  }

  /** Runs the shop's due jobs once. */
  runDueJobs(): Promise<number> {
    return this.processes.runDueJobs();
  }

  close(): Promise<void> {
    return this.processes.close();
  }
}
