/**
 * The components that are there to see and hear, and the pages they are on. Hosts are unreliable about both: a closed
 * page fires hide and no detached, a tab page that was switched away from is not in the page stack, some hosts tell
 * nobody that a page is gone. What is certain is that a page that is tapped or shown is the one on top.
 */
import type { OrderCreatedDetail, PayOutcome, StateChangeDetail } from './events';
import { openPages, type PageInstance } from './host';
import type { Failure } from './payment';

/** A component as purchases see it. `Source` is what it wants to pay. */
export interface View<Source = unknown> {
  source: Source;
  /** one who starts payments hears of them (pay-button); others only watch the phase */
  payer: Payer | null;
  page?: PageInstance;
  visible?: boolean;
  /** id of the purchase it shows now */
  watching?: string;
  /** has been shown, so that it can hear */
  ready?: boolean;
  /** why nothing may be paid under its order-key: what order-summary knows of the order */
  objection?: Failure | null;
  phaseChanged(change: StateChangeDetail): void;
}

export interface Payer {
  orderCreated(detail: OrderCreatedDetail): void;
  settled(outcome: PayOutcome): void;
}

export interface Audience<V extends View> {
  /** here and on the page that is on top now */
  arrive(view: V): void;
  leave(view: V): void;
  /** those on open pages: a dead one must not be set and has no say, and a tab that comes back asks for itself */
  everybody(): V[];
  watching(id: string): V[];
  phaseChanged(id: string, change: StateChangeDetail): void;
  /** its page is still in the stack, so that its page's handlers may run */
  isOpen(view: V | null): view is V;
  /** its page is on top and the app in front */
  isInFront(view: V): boolean;
  /** Adds to what pages are told, in order; a handler that pays from within only adds to it. */
  tell(action: () => void): void;
  flush(): void;
}

export function createAudience<V extends View>(): Audience<V> {
  let views: V[] = [];
  const outbox: (() => void)[] = [];
  let telling = false;

  function isOpen(view: V | null): view is V {
    if (!view) return false;
    // On a host that names no pages it is there until it says otherwise.
    return view.page ? openPages().indexOf(view.page) >= 0 : views.indexOf(view) >= 0;
  }

  const everybody = (): V[] => views.filter(isOpen);
  const watching = (id: string): V[] => everybody().filter(view => view.watching === id);
  const tell = (action: () => void): unknown => outbox.push(action);

  return {
    arrive(view) {
      const pages = openPages();
      view.page = pages[pages.length - 1];
      view.visible = true;
      if (views.indexOf(view) < 0) views.push(view);
    },
    leave(view) {
      views = views.filter(other => other !== view);
    },
    everybody,
    watching,
    phaseChanged: (id, change) => tell(() => watching(id).forEach(view => view.phaseChanged(change))),
    isOpen,
    isInFront(view) {
      return !!view.visible && isOnTop(view);
    },
    tell,
    flush() {
      if (telling) return;
      telling = true;
      for (let action = outbox.shift(); action; action = outbox.shift()) {
        try {
          action();
        } catch (error) {
          console.error('swan-cashier: an event handler threw', error);
        }
      }
      telling = false;
    },
  };
}

/** Its page is the one on top, whether or not the app is in front. */
export function isOnTop({ page }: View): boolean {
  const pages = openPages();
  return pages[pages.length - 1] === page;
}
