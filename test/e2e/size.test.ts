/** The built package stays within scripts/size/budgets.json. `npm run size` prints the whole table. */
import budgets from '../../scripts/size/budgets.json';
import { measureOurs } from '../../scripts/size/subjects';
import type { Size } from '../../scripts/size/measure';

jest.setTimeout(180_000);

let sizes: Record<string, Size>;
beforeAll(async () => {
  sizes = await measureOurs();
});

test('every part that is measured has a budget, and the other way round', () => {
  expect(Object.keys(budgets)).toEqual(Object.keys(sizes));
});

test.each(Object.entries(budgets))('%s brings no more bytes and files than its budget', (name, budget) => {
  const { gzipped = Infinity, files = Infinity } = sizes[name] ?? {};
  expect(gzipped).toBeLessThanOrEqual(budget.gzipped);
  expect(files).toBeLessThanOrEqual(budget.files);
});

test('what is weighed is the whole component: script, template, style, json and what they share', () => {
  expect(sizes['pay-button']?.files).toBe(5);
  expect(sizes['pay-button + order-summary']?.gzipped).toBeGreaterThan(
    sizes['pay-button']?.gzipped ?? Infinity,
  );
});
