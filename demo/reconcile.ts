/** `npm run reconcile`: compares the books of a running demo with its cashier's, and prints the differences. */
import { readFlags, readPort } from './command-line';
import { printReconciliation, type Reconciliation } from './shop/reconcile';
import { StartError } from './start-error';

const USAGE = `Usage: npm run reconcile -- [options]

  --port N   where the demo listens on 127.0.0.1 (default 8790, or PORT)
  --help     this text`;

const FLAGS = { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2), FLAGS, USAGE);
  if (flags.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const found = await ask(readPort(flags.port, process.env, USAGE));
  process.stdout.write(`${printReconciliation(found).join('\n')}\n`);
  return found.differences.length > 0 ? 1 : 0;
}

/** @throws StartError when nobody answers, somebody else does, or the shop cannot compare */
async function ask(port: number): Promise<Reconciliation> {
  let text: string;
  try {
    text = await (await fetch(`http://127.0.0.1:${port}/shop/_reconcile`)).text();
  } catch {
    throw new StartError(`No demo answers on port ${port}. Start it with npm run demo, or name its --port.`);
  }
  const { errno, msg, data } = fieldsOf(text);
  if (errno === 0 && isReconciliation(data)) return data;
  if (typeof errno !== 'number' || errno === 0) {
    throw new StartError(`What answers on port ${port} is not the demo. Name the demo's --port.`);
  }
  throw new StartError(`The shop could not compare its books: ${String(msg)}`);
}

/** The fields of a JSON object; none of anything else. */
function fieldsOf(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isReconciliation(data: unknown): data is Reconciliation {
  const { compared, differences } = Object(data) as Partial<Record<keyof Reconciliation, unknown>>;
  return typeof compared === 'number' && Array.isArray(differences);
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
