/**
 * Baidu's days begin at midnight in Beijing, which has no summer time: a constant offset. Times in ms since the epoch.
 */

export const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;

/** yyyy-MM-dd HH:mm:ss */
export function formatBeijing(ms: number): string {
  return new Date(ms + OFFSET).toISOString().slice(0, 19).replace('T', ' ');
}

/** yyyy-MM-dd */
export function formatBeijingDay(ms: number): string {
  return formatBeijing(ms).slice(0, 10);
}

/** @returns the midnight before `ms` */
export function startOfDay(ms: number): number {
  return Math.floor((ms + OFFSET) / DAY) * DAY - OFFSET;
}

/** @returns the midnight with which a day begins; null for what is no yyyy-MM-dd */
export function parseDay(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`) - OFFSET;
  // 2026-02-30 parses as the 2nd of March.
  return !Number.isNaN(midnight) && formatBeijingDay(midnight) === day ? midnight : null;
}
