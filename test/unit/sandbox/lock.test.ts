import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock, type LockOptions } from '../../../sandbox/lock';
import { waitFor } from '../../helpers/wait-for';

let folder: string;
let file: string;
const held: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swan-cashier-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => {
  held.splice(0).forEach(release => release());
  rmSync(folder, { recursive: true, force: true });
});

async function acquire(pidNamespace: string, options: Partial<LockOptions> = {}): Promise<() => void> {
  const release = await acquireLock(file, {
    onLost: () => undefined,
    heartbeat: 20,
    staleAfter: 400,
    pidNamespace,
    ...options,
  });
  held.push(release);
  return release;
}

/** A lock whose holder gives no sign of life. */
function leaveLock(fields: { pid: number; startedAt: string; pidNamespace: string }): void {
  writeFileSync(file, JSON.stringify({ id: 'left-behind', ...fields }));
}

test('a lock names the process when another one holds it where process ids mean the same', async () => {
  await acquire('here');
  await expect(acquire('here')).rejects.toThrow(`Another process (${process.pid}) is using this folder`);
});

test('a lock is refused when its holder is outside of the container and alive', async () => {
  await acquire('host');
  const waited: number[] = [];
  await expect(acquire('container', { onWait: ms => waited.push(ms) })).rejects.toThrow(
    'A process elsewhere, such as in a container, is using this folder',
  );
  expect(waited).toEqual([400]);
});

test('a lock is free again when its holder released it', async () => {
  (await acquire('here'))();
  expect(readdirSync(folder)).toEqual([]);
  await acquire('container');
});

test('a lock is taken over at once when its process is gone', async () => {
  leaveLock({ pid: 2 ** 30, startedAt: '1', pidNamespace: 'here' });
  const waited: number[] = [];
  await acquire('here', { onWait: ms => waited.push(ms) });
  expect(waited).toEqual([]);
});

test('a lock is taken over at once when its process id was given to another process', async () => {
  leaveLock({ pid: process.pid, startedAt: 'another', pidNamespace: 'here' });
  await acquire('here');
});

test('a lock of a container is taken over when no sign of life came', async () => {
  leaveLock({ pid: process.pid, startedAt: '1', pidNamespace: 'container' });
  const waited: number[] = [];
  await acquire('here', { onWait: ms => waited.push(ms) });
  expect(waited).toEqual([400]);
});

test('one of two processes gets the lock when it is stale', async () => {
  leaveLock({ pid: 1, startedAt: '1', pidNamespace: 'container' });
  const results = await Promise.allSettled([acquire('here'), acquire('here')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a holder is notified when its lock was taken over, and leaves the new one alone', async () => {
  let lost = 0;
  const release = await acquire('here', { onLost: () => (lost += 1) });
  rmSync(file);
  leaveLock({ pid: 1, startedAt: '1', pidNamespace: 'container' });
  await waitFor(() => lost > 0);
  const { mtimeMs } = statSync(file);
  release();
  expect([lost, statSync(file).mtimeMs]).toEqual([1, mtimeMs]);
});

test('a lock is acquired when the file is no valid lock', async () => {
  writeFileSync(file, 'notes');
  await acquire('here');
});
