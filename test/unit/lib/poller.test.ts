import { DatabaseError } from '../../../lib/database';
import { Poller } from '../../../lib/poller';

const INTERVAL = 1000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Work that lasts until the test ends it. */
function manualWork() {
  const runs: { end(isMoreDue?: boolean): void; fail(error: unknown): void }[] = [];
  const work = (): Promise<boolean | void> =>
    new Promise((resolve, reject) => runs.push({ end: resolve, fail: reject }));
  return { runs, work };
}

const settled = (): Promise<void> => jest.advanceTimersByTimeAsync(0).then(() => undefined);

describe('a poller', () => {
  it('runs its work when it is started and after each interval', async () => {
    const work = jest.fn(async () => undefined);
    const poller = new Poller(work, INTERVAL, fail);
    expect(work).toHaveBeenCalledTimes(0);
    poller.start();
    expect(work).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(INTERVAL - 1);
    expect(work).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(INTERVAL + 1);
    expect(work).toHaveBeenCalledTimes(3);
    await poller.stop();
  });

  it('runs once per interval when it is started twice', async () => {
    const work = jest.fn(async () => undefined);
    const poller = new Poller(work, INTERVAL, fail);
    poller.start();
    poller.start();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(work).toHaveBeenCalledTimes(2);
    await poller.stop();
  });

  it('runs again at once when its work returns that more is due', async () => {
    const { runs, work } = manualWork();
    const poller = new Poller(work, INTERVAL, fail);
    poller.start();
    runs[0]?.end(true);
    await settled();
    expect(runs).toHaveLength(2);
    runs[1]?.end(false);
    await settled();
    expect(runs).toHaveLength(2);
    await poller.stop();
  });

  it('runs at once when it is woken between two runs, and not twice for it', async () => {
    const work = jest.fn(async () => undefined);
    const poller = new Poller(work, INTERVAL, fail);
    poller.start();
    await jest.advanceTimersByTimeAsync(INTERVAL / 2);
    poller.runNow();
    expect(work).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(INTERVAL - 1);
    expect(work).toHaveBeenCalledTimes(2);
    await poller.stop();
  });

  it('waits for the end of a run when it is woken during it, however often, and runs once more', async () => {
    const { runs, work } = manualWork();
    const poller = new Poller(work, INTERVAL, fail);
    poller.start();
    poller.runNow();
    poller.runNow();
    await jest.advanceTimersByTimeAsync(INTERVAL * 2);
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await settled();
    expect(runs).toHaveLength(2);
    runs[1]?.end();
    await jest.advanceTimersByTimeAsync(INTERVAL - 1);
    expect(runs).toHaveLength(2);
    await poller.stop();
  });

  it.each([
    ['an Error', new Error('no database'), 'failed: no database'],
    ['a text', 'lost', 'failed: lost'],
  ])(
    'logs the error and runs again after the interval when a run fails with %s',
    async (_name, error, line) => {
      const lines: string[] = [];
      const { runs, work } = manualWork();
      const poller = new Poller(work, INTERVAL, text => lines.push(text));
      poller.start();
      runs[0]?.fail(error);
      await settled();
      expect([lines, runs.length]).toEqual([[line], 1]);
      await jest.advanceTimersByTimeAsync(INTERVAL);
      expect(runs).toHaveLength(2);
      runs[1]?.end();
      await poller.stop();
    },
  );

  it('runs nothing when it is not started or was stopped', async () => {
    const work = jest.fn(async () => undefined);
    const poller = new Poller(work, INTERVAL, fail);
    poller.runNow();
    expect(work).toHaveBeenCalledTimes(0);
    poller.start();
    await settled();
    await poller.stop();
    // A timer that is left keeps a process from ending.
    expect(jest.getTimerCount()).toBe(0);
    poller.runNow();
    await jest.advanceTimersByTimeAsync(INTERVAL * 3);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is stopped only when the present run has ended, and does not begin the one that is due', async () => {
    const { runs, work } = manualWork();
    const poller = new Poller(work, INTERVAL, fail);
    poller.start();
    poller.runNow();
    let isStopped = false;
    const stopping = poller.stop().then(() => {
      isStopped = true;
    });
    await settled();
    expect(isStopped).toBe(false);
    runs[0]?.end(true);
    await stopping;
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(INTERVAL * 3);
    expect(runs).toHaveLength(1);
  });
});

function fail(line: string): never {
  throw new Error(`nothing should be logged, but was: ${line}`);
}

test('a poller names the database in its log when that is what failed', async () => {
  const lines: string[] = [];
  const work = () => Promise.reject(new DatabaseError(new Error('connect ECONNREFUSED 127.0.0.1:5432')));
  const poller = new Poller(work, INTERVAL, line => lines.push(line));
  poller.start();
  await poller.stop();
  expect(lines).toEqual(['failed: the database cannot be used: connect ECONNREFUSED 127.0.0.1:5432']);
});
