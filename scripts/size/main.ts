/** `npm run size`: what the built package weighs, beside its budgets and what others ship. Needs `npm run build`. */
import { runMain } from '../support/process';
import budgets from './budgets.json';
import { measureOthers, measureOurs } from './measure-size';

async function main(): Promise<void> {
  const rows: Record<string, Record<string, number | string>> = {};
  for (const [name, size] of Object.entries(await measureOurs())) {
    rows[name] = { ...size, budget: budgets[name as keyof typeof budgets].gzipped };
  }
  for (const [name, size] of Object.entries(await measureOthers())) rows[name] = { ...size, budget: '' };
  console.table(rows);
}

runMain(main);
