import { formatFen } from 'swan-cashier';

/** @param fen integer fen; shown as ¥12.50 */
export const formatYuan = (fen: number): string => `¥${formatFen(fen)}`;

const pad2 = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** @param ms since the epoch; shown as 2026-11-23 09:05 on this phone's clock */
export function formatMinute(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${pad2(date.getMonth() + 1)}-${pad2(date.getDate())}`;
  return `${day} ${pad2(date.getHours())}:${pad2(date.getMinutes())}`;
}
