/** `npm run demo`: shop, cashier and preview in one process, on one port of this machine. */
import { createServer } from 'node:net';
import { openDatabase, type Database } from '../../lib/database';
import { explain } from '../../sandbox/report-error';
import { openFolder, type Folder } from '../../sandbox/data-dir';
import { openHouse, type House } from './servers';
import { loadKeys, writePublicKey } from '../../sandbox/keys';
import { dropSchema } from '../../lib/database/migrations';
import { readOptions, USAGE, type Options } from './options';

const HOST = '127.0.0.1';

/** What has been opened so far, in the order in which it must be closed. */
const open: { house?: House; database?: Database; folder?: Folder } = {};
let ready = false;
let stopping = false;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(options: Options): Promise<void> {
  const { port, data, databaseUrl, reset } = options;
  const origin = `http://${HOST}:${port}`;
  say(`swan-cashier demo: starting ${origin}/ with its data in ${data}`);
  await checkPort(port);

  const folder = (open.folder = openFolder(data, { shared: databaseUrl !== undefined }));
  if (reset) folder.reset();
  const keys = loadKeys(folder.keys, {
    bits: options.keyBits,
    shopPrivateKeyFile: options.shopPrivateKeyFile,
  });

  say(`database: ${databaseUrl === undefined ? 'embedded' : `PostgreSQL at ${new URL(databaseUrl).host}`}`);
  const database = (open.database = await openDatabase(
    databaseUrl === undefined ? { dataDir: folder.database } : { url: databaseUrl },
  ));
  if (reset) {
    await dropSchema(database, 'shop');
    await dropSchema(database, 'baidu');
  }
  const house = (open.house = await openHouse(database, keys, origin, say, options));
  writePublicKey(folder.keys, 'platform', house.platformPublicKey);
  await house.server.listen({ host: HOST, port });
  house.start();

  say(`shop:     ${origin}/shop/products`);
  say(`cashier:  ${origin}/baidu/`);
  if (options.notify !== undefined || options.refundNotify !== undefined) {
    say(`notifies: payments ${options.notify ?? 'nobody'}, refunds ${options.refundNotify ?? 'nobody'}`);
  }
  say(`Open ${origin}/ in a browser. Ctrl+C stops.`);
  ready = true;
  say(`ready ${origin}/`);
}

/** Asks for the port before the database opens, because that takes seconds. */
async function checkPort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, HOST, () => probe.close(() => resolve()));
  });
}

async function stop(): Promise<void> {
  await open.house?.stop();
  await open.database?.close();
  open.folder?.release();
}

/** Before everything is ready nothing has been promised to anybody, so there is nothing to wait for. */
function onSignal(): void {
  if (!ready || stopping) {
    open.folder?.release();
    process.exit(stopping ? 130 : 0);
  }
  stopping = true;
  say('stopping');
  stop().then(
    () => process.exit(0),
    error => fail(error),
  );
}

function fail(error: unknown): void {
  process.stderr.write(`${explain(error, options)}\n`);
  open.folder?.release();
  process.exit(1);
}

let options: Options | undefined;
try {
  const read = readOptions(process.argv.slice(2), process.env);
  if (read === 'help') {
    say(USAGE);
    process.exit(0);
  }
  options = read;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // Whoever reads along may leave: `npm run demo | head`.
  process.stdout.on('error', () => undefined);
  process.on('uncaughtException', fail);
  void start(options).catch(fail);
} catch (error) {
  fail(error);
}
