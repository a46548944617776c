/** What the runtime needs of a browser page or a test, and what pages and components need of the runtime. */
import type { AppConfig, CompiledView } from '../compiled-app';
import type { Values } from './json-values';
import type { Registration } from './registration';
import type { ViewClass } from './san-view';
import type { Scheduler } from './scheduler';

/** A page or component, as recorders know it. */
export interface ViewReference {
  /** Path of its files, relative to the mini-program. */
  path: string;
  /** Id of a component's tag; '' for a page. */
  id: string;
}

/** Is called with what components and pages do; for tests and tools. */
export interface Recorder {
  event(view: ViewReference, name: string, detail: unknown): void;
  /** @param isLate whether the page or component was gone already, so that the screen did not change */
  setData(view: ViewReference, changes: Values, isLate: boolean): void;
}

/** What the runtime needs of a browser page or a test. */
export interface Environment {
  app: AppConfig;
  /** Compiled pages and components by path. */
  views: Record<string, CompiledView>;
  /** Where pages are drawn. */
  screen: HTMLElement;
  /** Address the mini-program's files are served under, without a final slash. */
  assets: string;
  /** Turns an address the mini-program gives a picture into one the browser can reach. */
  reachable?(url: string): string;
  /**
   * Runs the script of a page, a component or `app`.
   * @returns what it registered
   * @throws what the script throws, or Error with the compiler's message when it cannot be run
   */
  register(path: string): Registration | null;
  /** Runs a script that templates call. @returns its exports */
  load(id: string): unknown;
  /** Adds css to the document; absent in tests. */
  addStyle?(css: string): void;
  /** Another page is on top now. */
  onTopPage?(): void;
  /** An error of the mini-program's code; `where` names the page or component and the function. */
  onError(error: unknown, where: string): void;
  /** A page or component cannot be shown; the screen says why in its place. */
  onProblem(problem: string, path: string): void;
  recorder?: Recorder;
}

export interface ReportOptions {
  /** Whether a phone calls App.onError for it: it does for what handlers of touches and timers throw. */
  reachesApp?: boolean;
}

/** What pages and components need of the running mini-program. */
export interface Runtime {
  readonly environment: Environment;
  readonly scheduler: Scheduler;
  /** Reports an error of the mini-program's code. */
  report(error: unknown, where: string, options?: ReportOptions): void;
  /** A copy of the values as it arrives in the view; what JSON cannot hold is reported and lost. */
  crossBridge(changes: Values, where: string): Values;
  /** The view classes of the tags and named templates a view uses. */
  viewsFor(view: CompiledView): Record<string, ViewClass>;
  /** What the template of a view can call. */
  helpersFor(view: CompiledView): Values;
}
