/** `npm run reconcile`: compares the books of a running demo with its cashier's, and prints the differences. */
import { readOptions, StartError } from './options';
import { printReconciliation, type Reconciliation } from './shop/reconcile';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const port = options === 'help' ? null : options.port;
  if (port === null) {
    process.stdout.write('Usage: npm run reconcile -- [--port N]\n');
    return 0;
  }
  const answer = await fetch(`http://127.0.0.1:${port}/shop/_reconcile`).catch(() => {
    throw new StartError(`No demo answers on port ${port}. Start it with npm run demo, or name its --port.`);
  });
  const { errno, msg, data } = (await answer.json()) as { errno: number; msg: string; data: Reconciliation };
  if (errno !== 0) throw new StartError(`The shop could not compare its books: ${msg}`);
  process.stdout.write(`${printReconciliation(data).join('\n')}\n`);
  return data.differences.length > 0 ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${String(Object(error).message)}\n`);
    process.exitCode = 2;
  },
);
