import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StartError } from './options';

/**
 * Makes sure that one process at a time uses a folder. The lock names its process; that of a process which is gone
 * (killed, switched off) is taken over.
 *
 * @param file the lock file
 * @returns a function that gives the folder free
 * @throws StartError naming the process that uses it
 */
export function acquireLock(file: string): () => void {
  const mine = describe(process.pid);
  const draft = `${file}.${process.pid}`;
  // Linking a finished file is atomic: nobody ever reads half a lock, and of two processes one gets it.
  writeFileSync(draft, mine);
  try {
    while (!linked(draft, file)) {
      const holder = read(file);
      if (holder === null) continue;
      const pid = Number(holder.split(' ')[0]);
      if (holder === describe(pid)) {
        throw new StartError(
          `Another demo (process ${pid}) is using this folder. Stop it, or choose another folder with --data.`,
        );
      }
      takeAway(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (Object(error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock that is out of date, unless another process has just put its own in its place. */
function takeAway(file: string, stale: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== stale) linked(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** A process by number and start: numbers are given out again. */
function describe(pid: number): string {
  return isAlive(pid) ? `${pid} ${startOf(pid)}` : 'gone';
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return Object(error).code === 'EPERM';
  }
}

/** Clock ticks from boot to the start of a process; '-' where the system does not tell. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may hold anything; the start is the 20th after it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
}
