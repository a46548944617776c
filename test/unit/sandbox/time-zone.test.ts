import {
  formatBeijingDay,
  formatBeijing,
  DAY,
  startOfDay,
  parseDay,
} from '../../../sandbox/cashier/time-zone';

/** The first second of a year in Beijing, where it is eight hours later. */
const NEW_YEAR = Date.parse('2025-12-31T16:00:00Z');

test('a day begins at midnight in Beijing when the server is in another time zone', () => {
  expect(parseDay('2026-01-01')).toBe(NEW_YEAR);
  expect(formatBeijing(NEW_YEAR)).toBe('2026-01-01 00:00:00');
  expect([formatBeijingDay(NEW_YEAR - 1), formatBeijingDay(NEW_YEAR)]).toEqual(['2025-12-31', '2026-01-01']);
  for (const later of [0, 1, DAY - 1]) expect(startOfDay(NEW_YEAR + later)).toBe(NEW_YEAR);
  expect(startOfDay(NEW_YEAR - 1)).toBe(NEW_YEAR - DAY);
});

test.each(['2026-02-30', '2026-13-01', '2026-1-1', '20260101', '', '2026-01-01T00:00'])(
  'parseDay() returns null when the text is "%s"',
  text => expect(parseDay(text)).toBe(null),
);
