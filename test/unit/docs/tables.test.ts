/** How a table of the docs is written: its rows, its cells, and what is an error. */
import { fillTables, table } from '../../../scripts/docs/markdown';
import { tableOf } from '../../../scripts/docs/tables';

test('a field has two rows when its meaning differs between events', () => {
  const rows = tableOf('pay-button details', 'en').match(/^\| `mayBePaid` .*/gm) ?? [];
  expect(rows.map(row => row.match(/`pay\w+`/g))).toEqual([['`paycancel`'], ['`payfail`']]);
});

test('an event has the inherited fields when its detail extends another one', () => {
  const [pending = ''] = tableOf('pay-button events', 'en').match(/^\| `paypending` .*/m) ?? [];
  expect(pending).toContain('`{ tpOrderId, totalAmount, orderKey }`');
});

test('a time names its default once', () => {
  expect(tableOf('timing', 'en')).not.toMatch(/\| `(\d+)` \| .*Default:? \1/);
});

test('a cell escapes a bar when its text has one', () => {
  expect(table(['a'], [["'x' | 'y'"]])).toBe("| a |\n| --- |\n| 'x' \\| 'y' |");
});

test('fillTables() throws with the name when there is no such table', () => {
  const text = '<!-- table: pay-button colours -->\n<!-- /table -->';
  expect(() => fillTables(text, name => tableOf(name, 'en'))).toThrow('"pay-button colours"');
});
