/**
 * A lock on a folder, for all processes that see it, also those in containers. A process id has no meaning in another
 * container, so the holder also touches the file every second: a lock that is still being touched is in use.
 */
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-errors';

/** Attempts that fail because another process was quicker. After so many, the file is not one of these locks. */
const MAX_TRIES = 100;

export interface LockOptions {
  /** The lock was removed, or taken over while this process was stopped: it must not write to the folder any more. */
  onLost: () => void;
  /** Called once when the lock has to be watched for `ms` to see whether the holder still runs. */
  onWait?: (ms: number) => void;
  /** ms between two signs of life */
  heartbeat?: number;
  /** ms without a sign of life after which a holder counts as gone */
  staleAfter?: number;
  /** the namespace of this process's id; ids of another namespace cannot be looked up here */
  pidNamespace?: string;
}

interface Holder {
  /** of this one lock, so that its holder recognises it */
  id: string;
  pid: number;
  /** clock ticks from boot to the start of the process, because ids are given out again; '-' where unknown */
  startedAt: string;
  pidNamespace: string;
}

/**
 * Makes sure that one process at a time uses a folder. The lock of a process that is gone (killed, switched off) is taken
 * over: at once when it ran where this one runs, else after `staleAfter`.
 *
 * @param file the lock file
 * @returns a function that releases the folder
 * @throws StartError when it is in use; an error of the file system when the lock cannot be read or moved
 */
export async function acquireLock(file: string, options: LockOptions): Promise<() => void> {
  const { heartbeat = 1000, staleAfter = 15_000, pidNamespace = currentPidNamespace() } = options;
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    startedAt: startTimeOf(process.pid),
    pidNamespace,
  };
  const text = JSON.stringify(own);
  const draft = `${file}.${own.id}`;
  // Linking a finished file is atomic: no process reads half a lock, and of two processes one gets it.
  writeFileSync(draft, text);
  try {
    for (let tries = 0; !tryLink(draft, file); tries++) {
      if (tries === MAX_TRIES) {
        throw new StartError(`${file} is not a lock. Remove it, or choose another folder with --data.`);
      }
      const found = readIfThere(file);
      if (found === null) continue;
      await requireStale(file, found, { pidNamespace, heartbeat, staleAfter, onWait: options.onWait });
      removeStaleLock(file, found, own.id);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const timer = setInterval(() => touchLock(file, text, timer, options.onLost), heartbeat).unref();
  return () => {
    clearInterval(timer);
    if (readIfThere(file) === text) rmSync(file, { force: true });
  };
}

function touchLock(file: string, text: string, timer: NodeJS.Timeout, onLost: () => void): void {
  try {
    if (readIfThere(file) === text) {
      const now = new Date();
      utimesSync(file, now, now);
      return;
    }
  } catch {
    // The disk could not be asked this time; the next beat tries again.
    return;
  }
  clearInterval(timer);
  onLost();
}

/** @throws StartError when the process that wrote `text` into the lock still runs */
async function requireStale(
  file: string,
  text: string,
  {
    pidNamespace,
    heartbeat,
    staleAfter,
    onWait,
  }: Required<Omit<LockOptions, 'onLost' | 'onWait'>> & Pick<LockOptions, 'onWait'>,
): Promise<void> {
  const holder = parseHolder(text);
  if (holder?.pidNamespace === pidNamespace) {
    if (!isRunning(holder)) return;
    throw new StartError(
      `Another process (${holder.pid}) is using this folder. Stop it, or choose another folder with --data.`,
    );
  }
  onWait?.(staleAfter);
  const before = touchedAt(file);
  // Counted in beats, not by the clock: while this process is stopped it sees no sign of life either.
  for (let beats = 0; beats * heartbeat < staleAfter; beats++) {
    await sleep(heartbeat);
    if (readIfThere(file) !== text) return;
    if (touchedAt(file) !== before) {
      throw new StartError(
        'A process elsewhere, such as in a container, is using this folder. Stop it, or choose another folder with --data.',
      );
    }
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (Object(error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock that is out of date, unless another process has just put its own in its place. */
function removeStaleLock(file: string, stale: string, id: string): void {
  const aside = `${file}.${id}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  if (readIfThere(aside) !== stale) tryLink(aside, file);
  rmSync(aside, { force: true });
}

/** @returns null when it is gone. Any other error would come again at the next try. */
function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function touchedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return NaN;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return Object(error).code === 'ENOENT';
}

/** @returns null for what no version of this program has written */
function parseHolder(text: string): Holder | null {
  try {
    const { id, pid, startedAt, pidNamespace } = Object(JSON.parse(text)) as Partial<Holder>;
    if (!id || !Number.isSafeInteger(pid) || startedAt === undefined || !pidNamespace) return null;
    return { id, pid: Number(pid), startedAt, pidNamespace };
  } catch {
    return null;
  }
}

function isRunning({ pid, startedAt }: Holder): boolean {
  if (pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (Object(error).code !== 'EPERM') return false;
  }
  return startTimeOf(pid) === startedAt;
}

function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything; the start is the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}

/** Names the system, and on Linux the container, that process ids belong to. */
function currentPidNamespace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return `${process.platform} ${hostname()}`;
  }
}
