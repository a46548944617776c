import type { Values } from '../runtime/json-values';
import { instanceAt } from '../runtime/template-owner';
import type { OpenPage } from '../runtime/page';
import type { RunningApp } from '../runtime/running-app';
import { sendTap } from '../runtime/gestures';
import type { PageOptions } from './prepare-page';
import type { RecordedEvent, RecordedSetData, TestRecorder } from './test-recorder';

/** The mini-program a mounted page is part of. */
export interface MountContext {
  recorder: TestRecorder;
  /** @throws Error when no page is open */
  running(): RunningApp;
  mount(options: PageOptions): Promise<MountedPage>;
  flush(): Promise<void>;
}

/** A page on the stack, as its user and its developer see it. */
export class MountedPage {
  constructor(
    private readonly page: OpenPage,
    private readonly context: MountContext,
  ) {}

  /** The page object: `this` in the page's own functions. */
  get pageObject(): Values & { data: Values } {
    return this.page.self;
  }

  get data(): Values {
    return this.pageObject.data;
  }

  get root(): HTMLElement {
    const { element } = this.page;
    if (!element) throw new Error(`the page ${this.page.route} is closed`);
    return element;
  }

  /** What components of the mini-program triggered since it started, in order. */
  get events(): RecordedEvent[] {
    return this.context.recorder.events;
  }

  /** Details of all events of one name. */
  details(name: string): unknown[] {
    return this.events.filter(event => event.name === name).map(event => event.detail);
  }

  /** Calls of setData in the mini-program since it started. */
  get setDataCalls(): RecordedSetData[] {
    return this.context.recorder.setDataCalls;
  }

  queryElement(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  /** @throws Error when nothing fits the selector */
  getElement(selector: string): HTMLElement {
    const element = this.queryElement(selector);
    if (!element) throw new Error(`nothing on the page fits "${selector}":\n${this.root.innerHTML}`);
    return element;
  }

  getAllElements(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  /** The text a user reads in an element or on the page: without what is hidden, white space joined. */
  text(selector?: string): string {
    const element = selector ? this.getElement(selector) : this.root;
    if (element.closest('[hidden]')) return '';
    const copy = element.cloneNode(true) as HTMLElement;
    for (const hidden of copy.querySelectorAll('[hidden]')) hidden.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** Whether an element is there and neither it nor anything around it is hidden. */
  isVisible(selector: string): boolean {
    const element = this.queryElement(selector);
    return element !== null && !element.closest('[hidden]');
  }

  /** What selectComponent answers for a selector of Swan: #id or .class. */
  component<T = Values>(selector: string): T {
    const component = this.page.selectOne(selector);
    if (!component) throw new Error(`no component on the page fits "${selector}"`);
    return component as T;
  }

  /** `this` inside the methods of a component, even when it exports something else. */
  instance<T = Values>(selector: string): T {
    const instance = instanceAt(this.getElement(selector));
    if (!instance) throw new Error(`"${selector}" is not the root element of a component`);
    return instance as T;
  }

  /**
   * Taps an element; a component is tapped on the first button inside it.
   * @param times how many fingers hit it before anything can react
   */
  async tap(selector: string, times = 1): Promise<void> {
    const element = this.getElement(selector);
    if (element.closest('[hidden]')) throw new Error(`"${selector}" is hidden and cannot be tapped`);
    const target = instanceAt(element) ? (element.querySelector('swan-button') ?? element) : element;
    for (let count = 0; count < times; count += 1) sendTap(target, 0, 0);
    await this.flush();
  }

  async setData(changes: Values): Promise<void> {
    this.page.setData(changes);
    await this.flush();
  }

  flush(): Promise<void> {
    return this.context.flush();
  }

  /** Opens another page on top of this one. */
  open(options: PageOptions): Promise<MountedPage> {
    return this.context.mount(options);
  }

  /** The user goes back from this page, and from those above it. The first page cannot be left. */
  async close(): Promise<void> {
    const runningApp = this.context.running();
    runningApp.back(runningApp.pages.length - runningApp.pages.indexOf(this.page));
    await this.flush();
  }

  /** The user leaves the app. */
  async hide(): Promise<void> {
    this.context.running().hide();
    await this.flush();
  }

  /** The user comes back to the app. */
  async show(): Promise<void> {
    this.context.running().show();
    await this.flush();
  }
}
