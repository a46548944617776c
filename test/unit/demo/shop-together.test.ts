import { together } from '../../../demo/shop/together';

const log: string[] = [];
const database = together({
  async query(sql) {
    log.push(`ask ${sql}`);
    if (sql === 'nonsense') throw new Error('refused');
    return { rows: [] };
  },
  transaction: work => work(database),
  close: async () => undefined,
});

it('asks for everybody who has come before the first answer goes out', async () => {
  const serve = async (name: string) => {
    log.push(`read ${name}`);
    await database.query(name);
    log.push(`answer ${name}`);
  };
  await Promise.all([serve('a'), serve('b')]);
  expect(log).toEqual(['read a', 'read b', 'ask a', 'ask b', 'answer a', 'answer b']);
});

it('lets the error of the database through', async () => {
  await expect(database.query('nonsense')).rejects.toThrow('refused');
});
