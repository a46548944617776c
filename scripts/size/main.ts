/** `npm run size`: what the built package weighs, beside its budgets, its goals and what others ship. Needs `npm run build`. */
import { runMain } from '../support/process';
import budgets from './budgets.json';
import { measureOthers, measureOurs } from './measure-size';

async function main(): Promise<void> {
  const rows: Record<string, Record<string, number | string>> = {};
  for (const [name, size] of Object.entries(await measureOurs())) {
    const budget = budgets[name as keyof typeof budgets];
    rows[name] = { ...size, budget: budget.gzipped, goal: 'goal' in budget ? budget.goal : '' };
  }
  for (const [name, size] of Object.entries(await measureOthers()))
    rows[name] = { ...size, budget: '', goal: '' };
  console.table(rows);
}

runMain(main);
