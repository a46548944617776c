/** One page: its components, and what its own code does. Its identity is what getCurrentPages() holds. */
import type { ComponentPage, EventHandlers, FakeComponent } from './fake-component';

/** What the page's own code does. */
export interface PageHandlers extends EventHandlers {
  onReady?: (page: FakePage) => void;
  /** the first time too */
  onShow?: (page: FakePage) => void;
}

export class FakePage implements ComponentPage {
  open = true;
  ready = false;
  readonly components: FakeComponent[] = [];
  /** the runtime looks it up when the page is unloaded, so that a component may wrap it */
  onUnload?: () => unknown;

  constructor(readonly handlers: PageHandlers = {}) {}

  unload(): void {
    this.onUnload?.();
    this.open = false;
  }

  get buttons(): FakeComponent[] {
    return this.components.filter(({ name }) => name === 'pay-button');
  }
}
