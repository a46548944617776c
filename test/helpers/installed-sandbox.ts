/** swan-cashier-sandbox as a user has it: packed from dist/sandbox, installed with its own dependencies. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '../../scripts/support/process';
import { waitFor } from './wait-for';

const PACKAGE = resolve(__dirname, '../../dist/sandbox');
const NAME = 'swan-cashier-sandbox';
/** With it begin the names of the folders that builds of this checkout are installed in. */
const FOLDER_PREFIX = `${NAME}-${createHash('sha256').update(PACKAGE).digest('hex').slice(0, 8)}-`;
/** ms */
const INSTALL_TIMEOUT = 180_000;

export interface InstalledSandbox {
  /** the folder it is installed in, outside of the repository */
  folder: string;
  /** its command, a script for Node */
  command: string;
  /** files of the tarball, relative to the package */
  files: string[];
}

/**
 * Packs and installs the sandbox; the first test file of a build does, the others find what it has installed.
 *
 * @throws Error when it is not built, or npm can not install it
 */
export async function installedSandbox(): Promise<InstalledSandbox> {
  if (!existsSync(join(PACKAGE, 'package.json'))) throw new Error('no dist/sandbox: npm run build first');
  const folder = join(tmpdir(), FOLDER_PREFIX + hashOf(PACKAGE));
  await withFileLock(`${folder}.lock`, () => {
    if (!existsSync(folder)) install(folder);
  });
  const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules', NAME, 'package.json'), 'utf8'));
  return {
    folder,
    command: join(folder, 'node_modules', NAME, bin[NAME]),
    files: JSON.parse(readFileSync(join(folder, 'packed-files.json'), 'utf8')),
  };
}

function install(folder: string): void {
  removeOldInstalls();
  const draft = `${folder}.draft-${process.pid}`;
  mkdirSync(draft);
  try {
    const [packed] = JSON.parse(
      run('npm', ['pack', PACKAGE, '--json', '--pack-destination', draft], draft, INSTALL_TIMEOUT),
    );
    const files: string[] = packed.files.map(({ path }: { path: string }) => path).sort();
    writeFileSync(join(draft, 'packed-files.json'), JSON.stringify(files));
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    run(
      'npm',
      ['install', '--no-audit', '--no-fund', '--prefer-offline', join(draft, packed.filename)],
      draft,
      INSTALL_TIMEOUT,
    );
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function removeOldInstalls(): void {
  const isFolder = (name: string): boolean => name.startsWith(FOLDER_PREFIX) && /-[0-9a-f]{16}$/.test(name);
  for (const name of readdirSync(tmpdir()).filter(isFolder)) {
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** One process at a time; the lock of one that was killed counts for nothing once an install cannot take that long. */
async function withFileLock(lock: string, work: () => void): Promise<void> {
  await waitFor(() => {
    try {
      mkdirSync(lock);
      return true;
    } catch (error) {
      if (Object(error).code !== 'EEXIST') throw error;
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > INSTALL_TIMEOUT) rmSync(lock, { recursive: true, force: true });
      return false;
    }
  }, 2 * INSTALL_TIMEOUT);
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files) {
    const path = join(folder, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
