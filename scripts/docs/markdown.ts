/** Tables inside markers: `<!-- table: name -->` … `<!-- /table -->`. What is between is written by a script. */

const escapeCell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
export const code = (text: string): string => (text ? `\`${text}\`` : '');

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const MARKED = /(<!-- table: ([\w -]+) -->\n)([\s\S]*?)(<!-- \/table -->)/g;

/** The names of the tables a text has a place for. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(MARKED)].map(([, , name = '']) => name);
}

/** Writes each table between its markers; everything else stays. */
export function fillTables(text: string, tableOf: (name: string) => string): string {
  return text.replace(
    MARKED,
    (_all, start: string, name: string, _old, end: string) => `${start}\n${tableOf(name)}\n\n${end}`,
  );
}
