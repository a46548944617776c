/** What test/jest/global-setup.ts makes once for all test files, folders that are filled with it, and tests that need what a machine may lack. */
import { get } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @throws Error when it could not be made */
export function shared(name: 'chromium' | 'database' | 'postgres'): Promise<string> {
  return new Promise((resolve, reject) => {
    // A connection that is kept may be closed by the other side at the moment it is used again.
    get(`${process.env.SHARED_RESOURCES}/${name}`, { agent: false }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    }).on('error', reject);
  });
}

/** Puts an empty database into a new folder, where a program would need seconds to make one. */
export async function fillDatabase(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  execFileSync('tar', ['-xf', await shared('database'), '-C', dataDir], { stdio: 'ignore' });
}

/** The same for the whole --data folder of demo or sandbox. */
export async function fillDataDir(path: string): Promise<void> {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'made-by-swan-cashier.txt'), '');
  await fillDatabase(join(path, 'database'));
}

/**
 * `describe` for tests that need what not every machine has. Without it they fail by name instead of vanishing when CI is
 * set; elsewhere a test says in the output that they were not run.
 *
 * @param missing what there is none of, and how to get it
 */
export function describeIf(present: boolean, missing: string, name: string, tests: () => void): void {
  if (present) {
    describe(name, tests);
    return;
  }
  const notRun = `NOT RUN, no ${missing}: ${name}`;
  test(notRun, () => {
    if (process.env.CI) throw new Error(notRun);
    console.warn(notRun);
  });
}
