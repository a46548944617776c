/** What a template gave a control first, which the reset of a form brings back; nothing of a radio. */
const initials = new WeakMap<HTMLElement, unknown>();

export const initialOf = (control: HTMLElement): unknown => initials.get(control);

export function keepInitial(control: HTMLElement, value: unknown): void {
  if (!initials.has(control)) initials.set(control, value);
}
