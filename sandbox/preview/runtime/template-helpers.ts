import { deliver } from './events';
import { flag, joinText, styleText } from './helpers';
import { callHandler, ownerOf } from './owner';
import type { View } from './view';

/** The functions compiled templates call; `this` is the view the template belongs to. */
export const templateHelpers = {
  $on(this: View, event: Event, handler: unknown, kind: string): void {
    const owner = ownerOf(this);
    if (owner) deliver(owner, event, handler, kind);
  },
  $receive(this: View, event: { type: string }, handler: unknown): void {
    const owner = ownerOf(this);
    if (owner) callHandler(owner, handler, event, false);
  },
  $class(this: View, ...pieces: unknown[]): string {
    return ownerOf(this)?.classNames(pieces) ?? '';
  },
  $style(this: View, ...pieces: unknown[]): string {
    return styleText(pieces);
  },
  $text(this: View, ...pieces: unknown[]): string {
    return joinText(pieces);
  },
  $flag(this: View, value: unknown): true | undefined {
    return flag(value);
  },
  $asset(this: View, ...pieces: unknown[]): string {
    const address = joinText(pieces);
    const host = ownerOf(this)?.program.host;
    if (!host || address === '') return address;
    return address.startsWith('/') ? host.assets + address : (host.reachable?.(address) ?? address);
  },
};
