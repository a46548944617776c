/**
 * Converts lengths of the phone's screen (rpx, vw, vh) to lengths of the container the preview draws that screen in.
 * 1rpx is a hairline, as Swan's own compiler has it.
 */
export function convertUnits(text: string): string {
  return text
    .replace(/(^|[^\w.#-])(-?(?:\d+\.?\d*|\.\d+))rpx\b/g, (_, before: string, amount: string) => {
      const rpx = Number(amount);
      return before + (Math.abs(rpx) === 1 ? `${rpx / 2}px` : `${Number((rpx / 7.5).toFixed(7))}cqw`);
    })
    .replace(/(^|[^\w.#-])(-?(?:\d+\.?\d*|\.\d+))v([wh])\b/g, '$1$2cq$3');
}
