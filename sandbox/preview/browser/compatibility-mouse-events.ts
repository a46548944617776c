/**
 * After a touch, a browser sends mouse events and a click to what is at that place by then. What the touch opened, such as a
 * dialog or another page, must not get them: on a phone there are none. The element that was touched gets them, because a
 * checkbox or a text field acts on its click.
 */
export function keepMouseEventsOnTouched(document: Document): void {
  let touched: Node | null = null;
  const capture = { capture: true };
  document.addEventListener(
    'pointerdown',
    ({ pointerType, target }) => {
      touched = pointerType !== 'mouse' && target instanceof Node ? target : null;
    },
    capture,
  );
  const stopElsewhere = (event: MouseEvent): void => {
    // Clicks of a keyboard or of assistive technology have no detail.
    if (!touched || !event.isTrusted || event.detail === 0 || !(event.target instanceof Node)) return;
    if (touched.contains(event.target) || event.target.contains(touched)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ['mousedown', 'mouseup', 'click'] as const)
    document.addEventListener(type, stopElsewhere, capture);
}
