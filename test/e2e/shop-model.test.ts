/**
 * Random runs of everything that can happen to orders, on two shop processes with one database: at the end of each, what
 * the shop has stored is compared with what the cashier has.
 *
 * RUNS=500 runs more of them.
 */
import * as fc from 'fast-check';
import { openDatabase, type Database } from '../../lib/database';
import { Run, action } from './shop-model';
import { startTwoShopProcesses, type TwoShopProcesses } from '../helpers/two-shop-processes';
import { requirePglite } from '../helpers/pglite';
import { createDatabase, describeOnPostgres } from '../helpers/postgres-server';

requirePglite();
jest.setTimeout(600_000);

const numRuns = Number(process.env.RUNS ?? 8);

describe('two shops with PGlite', () => testTwoShops(() => openDatabase()));

describeOnPostgres('two shops with a PostgreSQL server', () => {
  testTwoShops(async () => openDatabase({ url: await createDatabase() }));
});

function testTwoShops(open: () => Promise<Database>): void {
  let database: Database;
  let shops: TwoShopProcesses;

  beforeAll(async () => {
    database = await open();
    shops = await startTwoShopProcesses(database);
  });
  afterAll(async () => {
    await shops?.close();
    await database?.close();
  });

  it('deliver or refund each payment once when events come in any order', async () => {
    let run = 0;
    const seen: Record<string, number> = {};
    const property = fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 30 }), async actions => {
      shops.log.length = 0;
      await shops.setFaults({});
      await new Run(++run, shops, seen).play(actions);
    });
    await fc.assert(property, { numRuns, endOnFailure: true });
    console.log(`${run} runs, ${JSON.stringify(seen)}`);
  });
}
