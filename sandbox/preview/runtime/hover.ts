/** hover-class: the classes of what is pressed. */

/** ms until hover-class is added to a pressed element, and ms until it is removed after the finger is lifted. */
const BUTTON_HOVER = { start: 20, stay: 70 };
const HOVER = { start: 50, stay: 400 };

/** Puts hover-class on what is pressed and on all around it that has one; a scrolling finger presses no element. */
export function listenForPresses(root: HTMLElement): void {
  let ends: ((scrolls: boolean) => void)[] = [];
  const press = (element: Element): void => {
    const names = (element.getAttribute('hover-class') ?? '').split(' ').filter(Boolean);
    const { start, stay } = element.localName === 'swan-button' ? BUTTON_HOVER : HOVER;
    const starting = setTimeout(() => element.classList.add(...names), start);
    ends.push(scrolls => {
      if (scrolls) clearTimeout(starting);
      setTimeout(() => element.classList.remove(...names), scrolls ? 0 : start + stay);
    });
  };
  const end = (scrolls: boolean): void => {
    for (const release of ends) release(scrolls);
    ends = [];
  };
  root.addEventListener('pointerdown', ({ button, target }) => {
    end(true);
    if (button !== 0 || !(target instanceof Element)) return;
    let element = target.closest('[hover-class]');
    while (element) {
      press(element);
      element = element.parentElement?.closest('[hover-class]') ?? null;
    }
  });
  document.addEventListener('pointerup', () => end(false));
  document.addEventListener('pointercancel', () => end(true));
}
