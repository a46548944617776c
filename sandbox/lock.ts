import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StartError } from './start-error';

/** Each time another process was quicker; that many are not there. What stands there is no lock of ours, then. */
const TRIES = 100;

/**
 * Makes sure that one process at a time uses a folder. The lock names its process; that of a process which is gone
 * (killed, switched off) is taken over.
 *
 * @param file the lock file
 * @returns a function that gives the folder free
 * @throws StartError naming the process that uses it; an error of the file system when the lock cannot be read or moved
 */
export function acquireLock(file: string): () => void {
  const mine = describe(process.pid);
  const draft = `${file}.${process.pid}`;
  // Linking a finished file is atomic: nobody ever reads half a lock, and of two processes one gets it.
  writeFileSync(draft, mine);
  try {
    for (let tries = 0; !linked(draft, file); tries++) {
      if (tries === TRIES) {
        throw new StartError(
          `${file} is not what this demo has made. Remove it, or choose another folder with --data.`,
        );
      }
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
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  if (read(aside) !== stale) linked(aside, file);
  rmSync(aside, { force: true });
}

/** @returns null when it is gone. Any other trouble is there again at the next look, so it must end the looking. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return Object(error).code === 'ENOENT';
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
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything; the start is the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
