const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** @param ms since the epoch; shown as 2026-11-23 09:05 on this phone's clock */
export function minuteText(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
