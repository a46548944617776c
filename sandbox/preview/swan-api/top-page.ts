import { callAsyncUnchecked, getOptions, requireValue, type Options } from './callbacks';
import type { HostAdapter } from './host-adapter';

/** ms of a scroll that names no duration. */
const SCROLL_DURATION = 300;

/** What a mini-program can do with the page on top: read its elements, watch them, scroll it. */
export function createPageApi(host: HostAdapter) {
  return {
    getURLQuery: () => ({ ...host.page().query }),
    createSelectorQuery: (): unknown => host.page().createSelectorQuery(),
    createIntersectionObserver(owner?: unknown, options?: unknown): unknown {
      const { createIntersectionObserver } = getOptions(owner);
      return typeof createIntersectionObserver === 'function'
        ? createIntersectionObserver.call(owner, options)
        : host.page().createIntersectionObserver(options);
    },
    pageScrollTo: (given?: unknown): void =>
      callAsyncUnchecked(host, 'pageScrollTo', given, options =>
        host.page().scrollTo(scrollTopOf(options), Number(options.duration ?? SCROLL_DURATION) > 0),
      ),
    startPullDownRefresh: (given?: unknown): void =>
      callAsyncUnchecked(host, 'startPullDownRefresh', given, () => host.page().pullDown()),
  };
}

/** A number, or text that holds one; anything else counts as not given. */
function scrollTopOf({ scrollTop }: Options): number {
  const isNumeric = /^(number|string)$/.test(typeof scrollTop) && !Number.isNaN(Number(scrollTop));
  return Math.max(0, Number(requireValue({ scrollTop: isNumeric ? scrollTop : undefined }, 'scrollTop')));
}
