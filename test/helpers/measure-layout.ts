/** What can be measured of a screen: runs inside the browser, so it may use nothing from outside itself. */

export interface Measured {
  /** what reaches beyond the screen's sides or makes it scroll sideways */
  overflow: string[];
  /** pairs of texts that lie on each other */
  overlap: string[];
  /** texts that are cut off without saying so */
  cut: string[];
  /** texts whose contrast to what is behind them is below 4.5 : 1 */
  faint: string[];
  /** texts nearer to a side of the screen than 34 rpx */
  cramped: string[];
  /** amounts that do not stand on one line */
  broken: string[];
  /** heights of buttons in rpx */
  buttons: number[];
  texts: number;
}

export function measure(): Measured {
  type Text = { text: string; rects: DOMRect[]; element: HTMLElement };
  const found: Measured = {
    overflow: [],
    overlap: [],
    cut: [],
    faint: [],
    cramped: [],
    broken: [],
    buttons: [],
    texts: 0,
  };
  const page = document.querySelector('swan-page') as HTMLElement;
  const screen = document.documentElement.clientWidth;
  const rpx = screen / 750;

  const clamped = (element: HTMLElement): HTMLElement | null =>
    element.closest<HTMLElement>('.order-summary__order-name');

  for (const element of page.querySelectorAll<HTMLElement>('swan-pay-button *, swan-order-summary *')) {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight, textContent } = element;
    // A long name ends in dots after its second line.
    const isHigh = scrollHeight > clientHeight + 1 && !element.matches('.order-summary__order-name');
    if (clientWidth && (isHigh || scrollWidth > clientWidth + 1)) {
      found.cut.push(`${textContent}: ${scrollWidth} x ${scrollHeight} in ${clientWidth} x ${clientHeight}`);
    }
  }

  const texts: Text[] = [];
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement as HTMLElement;
    const text = node.textContent?.trim() ?? '';
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = clamped(element)?.getBoundingClientRect();
    const rects = [...range.getClientRects()].filter(
      ({ width, height, top }) => width > 0 && height > 0 && (!frame || top < frame.bottom - 1),
    );
    if (text && rects.length) texts.push({ text, rects, element });
  }
  found.texts = texts.length;

  if (document.documentElement.scrollWidth > screen) found.overflow.push('the document');
  for (const element of page.querySelectorAll<HTMLElement>('*')) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width && (left < -0.5 || right > screen + 0.5))
      found.overflow.push(element.className || element.tagName);
  }

  for (const { text, rects, element } of texts) {
    if (/^-?¥[\d,.]+$/.test(text) && rects.length > 1) found.broken.push(text);
    for (const { left, right } of rects) {
      if (left < 34 * rpx - 0.5 || right > screen - 34 * rpx + 0.5) found.cramped.push(text);
      const box = element.getBoundingClientRect();
      if (!clamped(element) && getComputedStyle(element).overflow !== 'visible' && right > box.right + 1) {
        found.cut.push(text);
      }
    }
  }

  texts.forEach((one, index) =>
    texts.slice(index + 1).forEach(other => {
      const lie = one.rects.some(a =>
        other.rects.some(
          b =>
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
            // Lines of text may touch where nothing is drawn: half the leading of each.
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4,
        ),
      );
      if (lie) found.overlap.push(`${one.text} | ${other.text}`);
    }),
  );

  type Colour = [number, number, number, number];
  const colour = (css: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [
    r * a + x * (1 - a),
    g * a + y * (1 - a),
    b * a + z * (1 - a),
    1,
  ];
  const behind = (element: HTMLElement | null): Colour => {
    if (!element) return [255, 255, 255, 1];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  const light = ([r, g, b]: Colour): number => {
    const linear = [r, g, b].map(value => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  for (const { text, element } of texts) {
    const ground = behind(element);
    const a = light(over(colour(getComputedStyle(element).color), ground));
    const b = light(ground);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.faint.push(`${contrast.toFixed(2)} ${text}`);
  }

  for (const button of page.querySelectorAll('swan-button')) {
    found.buttons.push(Math.round(button.getBoundingClientRect().height / rpx));
  }
  return found;
}
