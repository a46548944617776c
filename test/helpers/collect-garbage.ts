/** Runs a program while garbage is collected all the time, which must take no timer away. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { TYPESCRIPT } from './child-process';

const around = (program: string): string => `
const collecting = setInterval(() => globalThis.gc(), 20);
const finish = results => {
  clearInterval(collecting);
  console.log(JSON.stringify(results));
  process.exit();
};
${program}`;

/**
 * @param program JavaScript that may require() TypeScript by its whole path, and ends with `finish(results)`
 * @returns the results
 */
export function runCollecting(program: string): unknown {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', ...TYPESCRIPT, '--eval', around(program)],
    { cwd: resolve(__dirname, '../..'), encoding: 'utf8', timeout: 110_000 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
