/** What can be measured of a screen with components. All of it runs inside the browser. */
import type { Page } from 'playwright-core';

interface LayoutReport {
  /** what reaches beyond the screen's sides or makes it scroll sideways */
  overflow: string[];
  /** pairs of texts that lie on each other */
  overlap: string[];
  /** texts that are cut off without saying so */
  clipped: string[];
  /** texts whose contrast to what is behind them is below 4.5 : 1 */
  lowContrast: string[];
  /** texts nearer to a side of the screen than 34 rpx */
  tooCloseToEdge: string[];
  /** amounts that do not stand on one line */
  wrappedAmounts: string[];
  /** heights of buttons in rpx */
  buttons: number[];
  texts: number;
}

/** In px. A plain object, because a thousand texts are compared and each side of a DOMRect is a call of the browser. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A text on the screen. */
interface Text {
  text: string;
  rects: Box[];
  element: HTMLElement;
}

interface Screen {
  page: HTMLElement;
  /** px */
  width: number;
  /** px of one rpx */
  rpx: number;
  texts: Text[];
}

type Colour = [red: number, green: number, blue: number, alpha: number];

/** Measures the page on top of a preview. */
export function measureLayout(page: Page): Promise<LayoutReport> {
  // A browser has no module: it gets the source of each function.
  const functions = [
    measureScreen,
    readScreen,
    clampedNameOf,
    findOverflow,
    findOverlap,
    isOverlapping,
    findClippedElements,
    findClippedTexts,
    findLowContrast,
    findTooCloseToEdge,
    findWrappedAmounts,
    parseColour,
    blend,
    backgroundOf,
    luminanceOf,
  ];
  return page.evaluate<LayoutReport>(`(() => { ${functions.join('\n')}\nreturn measureScreen(); })()`);
}

function measureScreen(): LayoutReport {
  const screen = readScreen();
  const buttons = [...screen.page.querySelectorAll('swan-button')];
  return {
    overflow: findOverflow(screen),
    overlap: findOverlap(screen),
    clipped: [...findClippedElements(screen), ...findClippedTexts(screen)],
    lowContrast: findLowContrast(screen),
    tooCloseToEdge: findTooCloseToEdge(screen),
    wrappedAmounts: findWrappedAmounts(screen),
    buttons: buttons.map(button => Math.round(button.getBoundingClientRect().height / screen.rpx)),
    texts: screen.texts.length,
  };
}

function readScreen(): Screen {
  const page = document.querySelector('swan-page') as HTMLElement;
  const width = document.documentElement.clientWidth;
  const texts: Text[] = [];
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement as HTMLElement;
    const text = node.textContent?.trim() ?? '';
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = clampedNameOf(element)?.getBoundingClientRect();
    const rects = [...range.getClientRects()]
      .filter(rect => rect.width > 0 && rect.height > 0 && (!frame || rect.top < frame.bottom - 1))
      .map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    if (text && rects.length) texts.push({ text, rects, element });
  }
  return { page, width, rpx: width / 750, texts };
}

/** The name of an order line around an element: a long one ends in dots after its second line. */
function clampedNameOf(element: HTMLElement): HTMLElement | null {
  return element.closest<HTMLElement>('.order-summary__order-name');
}

function findOverflow({ page, width }: Screen): string[] {
  const isWide = document.documentElement.scrollWidth > width;
  const outside = [...page.querySelectorAll<HTMLElement>('*')].filter(element => {
    const rect = element.getBoundingClientRect();
    return rect.width && (rect.left < -0.5 || rect.right > width + 0.5);
  });
  return [
    ...(isWide ? ['the document'] : []),
    ...outside.map(({ className, tagName }) => className || tagName),
  ];
}

function findOverlap({ texts }: Screen): string[] {
  const found = new Set<string>();
  const lines = texts.flatMap(text => text.rects.map(rect => ({ text, rect })));
  lines.sort((a, b) => a.rect.top - b.rect.top);
  lines.forEach(({ text, rect }, index) => {
    for (const other of lines.slice(index + 1)) {
      // From here on all lie lower.
      if (other.rect.top >= rect.bottom) break;
      if (other.text !== text && isOverlapping(rect, other.rect)) {
        found.add(`${text.text} | ${other.text.text}`);
      }
    }
  });
  return [...found];
}

function isOverlapping(a: Box, b: Box): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  // Lines of text may touch where nothing is drawn: half the leading of each.
  return width > 1 && height > 4;
}

function findClippedElements({ page }: Screen): string[] {
  return [...page.querySelectorAll<HTMLElement>('swan-pay-button *, swan-order-summary *')]
    .filter(element => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const isHigh = scrollHeight > clientHeight + 1 && !element.matches('.order-summary__order-name');
      return clientWidth && (isHigh || scrollWidth > clientWidth + 1);
    })
    .map(
      ({ textContent, scrollWidth, scrollHeight, clientWidth, clientHeight }) =>
        `${textContent}: ${scrollWidth} x ${scrollHeight} in ${clientWidth} x ${clientHeight}`,
    );
}

function findClippedTexts({ texts }: Screen): string[] {
  return texts.flatMap(({ text, rects, element }) => {
    if (clampedNameOf(element) || getComputedStyle(element).overflow === 'visible') return [];
    const box = element.getBoundingClientRect();
    return rects.filter(({ right }) => right > box.right + 1).map(() => text);
  });
}

function findTooCloseToEdge({ texts, width, rpx }: Screen): string[] {
  const margin = 34 * rpx - 0.5;
  return texts.flatMap(({ text, rects }) =>
    rects.filter(({ left, right }) => left < margin || right > width - margin).map(() => text),
  );
}

function findWrappedAmounts({ texts }: Screen): string[] {
  return texts
    .filter(({ text, rects }) => /^-?¥[\d,.]+$/.test(text) && rects.length > 1)
    .map(({ text }) => text);
}

function findLowContrast({ texts }: Screen): string[] {
  const backgrounds = new Map<HTMLElement, Colour>();
  return texts.flatMap(({ text, element }) => {
    const background = backgroundOf(element, backgrounds);
    const a = luminanceOf(blend(parseColour(getComputedStyle(element).color), background));
    const b = luminanceOf(background);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5 ? [`${contrast.toFixed(2)} ${text}`] : [];
  });
}

function parseColour(css: string): Colour {
  const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b, a];
}

function blend([r, g, b, a]: Colour, [x, y, z]: Colour): Colour {
  return [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
}

/** @param known of the elements that were looked at */
function backgroundOf(element: HTMLElement | null, known: Map<HTMLElement, Colour>): Colour {
  if (!element) return [255, 255, 255, 1];
  const before = known.get(element);
  if (before) return before;
  const own = parseColour(getComputedStyle(element).backgroundColor);
  const seen = own[3] === 1 ? own : blend(own, backgroundOf(element.parentElement, known));
  known.set(element, seen);
  return seen;
}

/** Relative luminance, as WCAG defines it. */
function luminanceOf([r, g, b]: Colour): number {
  const linear = [r, g, b].map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}
