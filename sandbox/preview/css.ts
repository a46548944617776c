/** What compiled styles have in common with the styles that a template sets: placeholders and units. */

/** In compiled css: the tag of a component, with which its class names begin. */
export const TAG_PLACEHOLDER = '\u0001';

/** In compiled css: the address the mini-program's own files are served under. */
export const ASSET_PLACEHOLDER = '\u0002';

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
