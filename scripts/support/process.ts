/** This process as a script, and the processes it starts. */
import { execFileSync } from 'node:child_process';

/** Without the npm_* variables, by which an npm that runs this process would configure another one. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** Runs the main function of a script. An error is printed as its message alone, and makes the exit code 1. */
export function runMain(main: () => Promise<void>): void {
  main().catch(error => {
    console.error(String(Object(error).message));
    process.exitCode = 1;
  });
}

/**
 * Runs npm, or what works on its files, as if from a terminal.
 *
 * @param timeout ms; absent: none
 * @returns what it printed
 * @throws Error with what it wrote to stderr, when it exits with another code than 0
 */
export function run(command: string, args: string[], cwd: string, timeout?: number): string {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync(command, args, { cwd, env: ENVIRONMENT, encoding: 'utf8', stdio, timeout });
}
