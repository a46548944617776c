/** px from the end at which a page's onReachBottom runs, unless its json says otherwise. */
const REACH_BOTTOM = 50;

/**
 * Runs a page's functions while its element is scrolled: onPageScroll, and onReachBottom each time the end comes near.
 * @param distance px from the end; undefined for that of a phone
 * @param call calls a function of the page
 */
export function listenForPageScroll(
  element: HTMLElement,
  distance: number | undefined,
  call: (name: string, argument?: unknown) => void,
): void {
  /** The height when onReachBottom ran; null when the end was left since. */
  let reachedAt: number | null = null;
  element.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = element;
    call('onPageScroll', { scrollTop });
    const isNear = scrollHeight - scrollTop - clientHeight <= (distance ?? REACH_BOTTOM);
    // A page that became longer has another end, even when one jump leads from end to end.
    const isNew = isNear && reachedAt !== scrollHeight;
    reachedAt = isNear ? scrollHeight : null;
    if (isNew) call('onReachBottom');
  });
}
