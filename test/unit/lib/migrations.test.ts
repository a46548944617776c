import { createHash } from 'node:crypto';
import { MIGRATIONS as shop } from '../../../demo/shop/migrations';
import { MIGRATIONS as cashier } from '../../../sandbox/cashier/migrations';

/** Data folders hold the digest of each migration that was applied to them. Add lines, change none. */
const APPLIED = {
  cashier: {
    '001-orders': '76d2c673727eb43bbc32e27038ddedba1f1f4e347d05d33820ebcc318ea7b400',
    '002-platform-key': '1d2ae7ed5b761c568b647aafd62a960c51aa989fadcae4a13329df7a317dc4af',
    '003-calls': '7483dfe76e97e7e525703489aff4eb86b4fcd16d8477e10f2fa3c1d106acfeae',
    '004-payers': 'db6fe2a314069ae4f238a0fb3744966f4d99753b8d8b8553bd0e787fe4899931',
    '005-refund-failure': '9bcd2910db00fab09d3611779c84a09cd1422659f7f438f7471ef40059249de7',
    '006-chinese-explanations': 'd6799667c7fc2bd327cf4525177caefd0f8d0738462a1b59ba4d45b23a281f14',
    '007-statements': 'ec7006637ed82a91ecaa42857cb3370917de7f033c34661ec57823a214f54f54',
  },
  shop: {
    '001-orders-payments-refunds': '566f3d41726aa5da4e80cb9df10ae6002177f6276c3f2ab68481b2699e3c5e75',
    '002-record-payment': '036079618e343bd653d06666ac4dec72bf33ee92780d0b5dbb85eb0b16c824fa',
  },
};

const digests = (migrations: { name: string; sql: string }[]): Record<string, string> =>
  Object.fromEntries(
    migrations.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]),
  );

test('cashier and shop open a data folder when an older version has made it', () => {
  expect({ cashier: digests(cashier), shop: digests(shop) }).toEqual(APPLIED);
});
