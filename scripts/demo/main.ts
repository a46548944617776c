/**
 * `npm run demo`: answers what is asked about the command line, builds dist/, then starts. Building takes seconds,
 * too long to wait for a usage or for the news that an option is misspelt.
 */
import { spawnSync } from 'node:child_process';
import { printError } from '../../sandbox/start-errors';
import { parseOptions, USAGE } from './demo-options';

// The reader of a pipe may end first: `npm run demo -- --help | head`.
process.stdout.on('error', () => undefined);

/** @returns the exit code when that is all, undefined when the demo is to start */
function answered(): number | undefined {
  try {
    if (parseOptions(process.argv.slice(2), process.env) !== 'help') return undefined;
    process.stdout.write(`${USAGE}\n`);
    return 0;
  } catch (error) {
    printError(error);
    return 1;
  }
}

function build(): number {
  // On Windows npm is a script, which only a shell starts.
  const options = { stdio: 'inherit', shell: process.platform === 'win32' } as const;
  return spawnSync('npm', ['run', '--silent', 'build'], options).status ?? 1;
}

const answer = answered();
const code = answer ?? build();
if (answer !== undefined || code !== 0) process.exitCode = code;
else void import('./start');
