import { addAppListener, removeAppListener } from '../runtime/registration';

/** Events of the mini-program as a whole, each with the function of App() that gets the same. */
const EVENTS = { AppShow: 'onShow', AppHide: 'onHide', Error: 'onError', PageNotFound: 'onPageNotFound' };

type Listener = Parameters<typeof addAppListener>[1];

/** swan.onAppShow and swan.offAppShow, and those of the other events. */
export function createAppEvents(): Record<string, (listener?: unknown) => void> {
  const functions = Object.entries(EVENTS).flatMap(([event, lifetime]) => [
    [
      `on${event}`,
      (listener: unknown) => {
        if (typeof listener === 'function') addAppListener(lifetime, listener as Listener);
      },
    ],
    [`off${event}`, (listener?: Listener) => removeAppListener(lifetime, listener)],
  ]);
  return Object.fromEntries(functions) as Record<string, (listener?: unknown) => void>;
}
