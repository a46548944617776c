import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shared } from './shared';

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
