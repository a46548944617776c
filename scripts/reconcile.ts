/** `npm run reconcile`: compares one day of a running demo's shop with its cashier, and prints the differences. */
import { formatDifferences, type Reconciliation } from '../demo/shop/reconcile';
import { formatBeijingDay, parseDay } from '../sandbox/cashier/time-zone';
import { parseFlags, parsePort } from '../sandbox/server-options';
import { printError, StartError, UsageError } from '../sandbox/start-errors';

const USAGE = `Usage: npm run reconcile -- [options]

  --day yyyy-MM-dd   orders made, paid or refunded on this day, in Beijing (default today)
  --port N           where the demo listens on 127.0.0.1 (default 8790, or PORT)
  --help             this text`;

const FLAGS = {
  day: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  const flags = parseFlags(process.argv.slice(2), FLAGS);
  if (flags.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const port = parsePort(flags.port, process.env);
  const day = flags.day ?? formatBeijingDay(Date.now());
  if (parseDay(day) === null) {
    throw new UsageError(`--day must be a day as yyyy-MM-dd, got "${day}"`);
  }
  let compared = 0;
  let unchecked = 0;
  let differences = 0;
  for (let after: string | null = ''; after !== null;) {
    const page: Reconciliation = await fetchPage(port, day, after);
    for (const line of formatDifferences(page.differences)) process.stdout.write(`${line}\n`);
    const notChecked = page.differences.filter(({ what }) => what === 'not-checked').length;
    compared += page.compared;
    unchecked += notChecked;
    differences += page.differences.length - notChecked;
    after = page.next;
  }
  const omitted = unchecked > 0 ? `, ${unchecked} orders could not be checked` : '';
  process.stdout.write(`${day}: ${compared} orders compared, ${differences} differences${omitted}\n`);
  return differences + unchecked > 0 ? 1 : 0;
}

/** @throws StartError when no server answers, or another one than the demo, or the shop cannot compare */
async function fetchPage(port: number, day: string, after: string): Promise<Reconciliation> {
  const query = new URLSearchParams({ day, ...(after && { after }) });
  let text: string;
  try {
    text = await (await fetch(`http://127.0.0.1:${port}/shop/_reconcile?${query}`)).text();
  } catch {
    throw new StartError(`No demo answers on port ${port}. Start it with npm run demo, or name its --port.`);
  }
  const { errno, msg, data } = readObject(text);
  if (errno === 0 && isReconciliation(data)) return data;
  if (typeof errno !== 'number' || errno === 0) {
    throw new StartError(`What answers on port ${port} is not the demo. Name the demo's --port.`);
  }
  throw new StartError(`The shop could not compare its orders: ${String(msg)}`);
}

/** The fields of a JSON object; none of anything else. */
function readObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isReconciliation(data: unknown): data is Reconciliation {
  const { compared, differences, next } = Object(data) as Partial<Record<keyof Reconciliation, unknown>>;
  return (
    typeof compared === 'number' &&
    Array.isArray(differences) &&
    (next === null || (typeof next === 'string' && next !== ''))
  );
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    printError(error);
    process.exitCode = 2;
  },
);
