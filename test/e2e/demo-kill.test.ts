import { join } from 'node:path';
import { endPrograms } from '../helpers/child-process';
import { fillDataDir } from '../helpers/shared-resources';
import { freePort } from '../../scripts/support/http';
import { becomes, createOrder, newFolder, pay, startDemoProcess, statusOf } from '../helpers/demo-server';

jest.setTimeout(240_000);

afterEach(endPrograms);

/** How many answers the four shoppers together have had when the process is killed under them. */
const ANSWERS = [2, 25];

it('the demo keeps every acknowledged order and charge when it is killed at any response', async () => {
  const folder = newFolder();
  // One port for all rounds: the cashier goes on notifying the address it was given.
  const args = ['--data', join(folder.path, 'data'), '--port', String(await freePort())];
  await fillDataDir(join(folder.path, 'data'));
  const ordered = new Map<string, string>();
  const charged = new Set<string>();

  for (const [round, limit] of ANSWERS.entries()) {
    const demo = await startDemoProcess(args);
    await demo.ready();
    let answers = 0;
    let killed: Promise<unknown> | undefined;
    const answered = () => {
      if (++answers === limit) killed = demo.kill('SIGKILL');
    };
    const shop = async (shopper: number) => {
      for (let n = 0; !killed; n++) {
        const key = `${round}-${shopper}-${n}`;
        const created = await createOrder(demo.origin, key);
        ordered.set(created.order.tpOrderId, key);
        answered();
        await pay(demo.origin, created);
        charged.add(created.order.tpOrderId);
        answered();
      }
    };
    const shoppers = [1, 2, 3, 4].map(shopper =>
      shop(shopper).catch(error => {
        if (!killed) throw error;
      }),
    );
    await Promise.all(shoppers);
    expect(await killed).toBe('SIGKILL');
  }
  expect(charged.size).toBeGreaterThan(0);

  const last = await startDemoProcess(args);
  await last.ready();
  for (const [tpOrderId, key] of ordered) {
    expect((await createOrder(last.origin, key)).order.tpOrderId).toBe(tpOrderId);
    if (charged.has(tpOrderId)) await becomes(last.origin, tpOrderId, 'paid');
    else expect(['unpaid', 'paid']).toContain(await statusOf(last.origin, tpOrderId));
  }
  await last.kill('SIGTERM');
  folder.remove();
});
