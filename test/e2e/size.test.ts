/** The built package stays within scripts/size/budgets.json. `npm run size` prints the whole table. */
import budgets from '../../scripts/size/budgets.json';
import { measureOurs, type Size } from '../../scripts/size/measure-size';

jest.setTimeout(180_000);

let sizes: Record<string, Size>;
beforeAll(async () => {
  sizes = await measureOurs();
});

test('the measured parts are exactly those with a budget', () => {
  expect(Object.keys(budgets)).toEqual(Object.keys(sizes));
});

test.each(Object.entries(budgets))('%s has no more bytes and files than its budget', (name, budget) => {
  const { gzipped = Infinity, files = Infinity } = sizes[name] ?? {};
  expect(gzipped).toBeLessThanOrEqual(budget.gzipped);
  expect(files).toBeLessThanOrEqual(budget.files);
});

test('a size counts script, template, style, json and shared code of a component', () => {
  expect(sizes['pay-button']?.files).toBe(5);
  expect(sizes['pay-button + order-summary']?.gzipped).toBeGreaterThan(
    sizes['pay-button']?.gzipped ?? Infinity,
  );
});
