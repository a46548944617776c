/**
 * Runs pages and components of a mini-program in Jest (jsdom), from their real files. Importing this module installs
 * the globals of a mini-program (swan, App, Page, Component, Behavior, getApp, getCurrentPages); after each test the
 * phone is new again, and what the mini-program's code threw or did too late fails the test.
 */
import { isAbsolute, join, resolve } from 'node:path';
import type { AppConfig, Unit } from './types';
import { compileSource, compileUnit, resolveComponent, unitId } from './compile/units';
import { CompileError, type Problem } from './compile/problems';
import { ComponentNode } from './runtime/component';
import { sendTap } from './runtime/events';
import { nodeOf } from './runtime/nodes';
import type { OpenPage } from './runtime/page';
import { Program, type Host } from './runtime/program';
import { capture, registrars, type Registration } from './runtime/registration';
import { jsonLength, type Values } from './runtime/values';
import { createSwan } from './swan';
import { Phone } from './testing/phone';

export { DeviceError } from './swan/device';
export type { Answer, PaymentCall, PaymentStep, ReceivedRequest, Reply, StorageFault } from './testing/phone';

/** A page to mount: from its files (`path`), or from a template and the members of a Page(). */
export interface PageOptions {
  /** Path of a page's files without extension, relative to the root. */
  path?: string;
  template?: string;
  data?: Values;
  /** Members of the page besides data: onLoad, handlers, … */
  methods?: Values;
  /** Path of each component's files without extension, relative to the root or absolute, by tag. */
  usingComponents?: Record<string, string>;
  query?: Record<string, string>;
  /** What app.js would give to App(); for the first page only. */
  app?: Values;
  /** Folder the paths start from; the working directory unless given. */
  root?: string;
}

/** An event a component triggered, whether or not anybody listens. */
export interface RecordedEvent {
  name: string;
  detail: unknown;
  /** Id of the component's tag. */
  id: string;
  /** Path of the component. */
  is: string;
}

/** One call of setData. */
export interface RecordedSetData {
  /** Path of the page or component. */
  is: string;
  id: string;
  keys: string[];
  /** Length of the data as JSON. */
  bytes: number;
}

const failures: string[] = [];
const fail = (error: unknown, where: string): void => {
  failures.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};

let program: Program | null = null;
let events: RecordedEvent[] = [];
let setDataCalls: RecordedSetData[] = [];
let inlinePages = 0;
const INLINE = 'inline-page-';
const scripts = new Map<string, Registration>();
const compiled = new Map<string, ReturnType<typeof compileUnit>>();

const running = (): Program => {
  if (!program) throw new Error('no page is open; call mountPage first');
  return program;
};

/** The phone under the mini-program: what it records, and how it answers. New for every test. */
export const phone = new Phone(
  {
    route: () => program?.top?.route ?? '',
    open: (route, query) => running().open(route, query),
    replace: (route, query) => running().replace(1, route, query),
    relaunch: (route, query) => running().replace(running().pages.length, route, query),
    back: count => running().back(count),
  },
  fail,
);

Object.assign(globalThis, registrars, {
  swan: createSwan(phone),
  getApp: () => program?.app ?? {},
  getCurrentPages: () => (program?.pages ?? []).map(page => page.self),
});

window.addEventListener('error', event => fail(event.error ?? event.message, 'uncaught'));

afterEach(() => {
  killApp();
  phone.reset();
  const found = takeErrors();
  if (found.length) throw new Error(`the mini-program misbehaved:\n\n${found.join('\n\n')}`);
});

/** Answers, and forgives, what went wrong so far: thrown errors, and setData after detach or close. */
export function takeErrors(): string[] {
  return failures.splice(0);
}

/**
 * Ends the mini-program as the system does: nobody is told, no callback comes back, getApp() is new, storage stays.
 * With fake timers, waiting timers are dropped too.
 * @param freshModules also run every script and module anew. What a test imported before then belongs to the dead
 * program: import it again.
 */
export function killApp(freshModules = false): void {
  program?.kill();
  program = null;
  phone.forgetCallbacks();
  events = [];
  setDataCalls = [];
  document.body.replaceChildren();
  if (timersAreFake()) jest.clearAllTimers();
  for (const id of scripts.keys()) if (id === 'app' || id.startsWith(INLINE)) scripts.delete(id);
  if (!freshModules) return;
  scripts.clear();
  jest.resetModules();
}

const timersAreFake = (): boolean => Object.prototype.hasOwnProperty.call(setTimeout, 'clock');

async function turn(milliseconds: number): Promise<void> {
  if (timersAreFake()) await jest.advanceTimersByTimeAsync(milliseconds);
  else await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Quiet turns after which nothing more is expected. */
const QUIET_TURNS = 4;

/**
 * Waits until script and view agree and immediate answers have arrived. With fake timers it advances time only as far
 * as that needs: some 10 ms for each exchange between script and view.
 */
export async function flush(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS;) {
    const busy = program?.scheduler.busy ?? false;
    await turn(busy ? 1 : 0);
    quiet = busy ? 0 : quiet + 1;
  }
}

/**
 * Waits until `holds` answers true, in steps of 10 ms of real or fake time.
 * @throws Error after `limit` ms
 */
export async function until(holds: () => boolean, limit = 2000): Promise<void> {
  for (let waited = 0; waited <= limit; waited += 10) {
    await flush();
    if (holds()) return;
    await turn(10);
  }
  throw new Error(`after ${limit} ms this still does not hold: ${holds.toString()}`);
}

/** A page on the stack, as its user and its developer see it. */
export class MountedPage {
  constructor(private readonly page: OpenPage) {}

  /** The page object: `this` in the page's own functions. */
  get self(): Values & { data: Values } {
    return this.page.self as Values & { data: Values };
  }

  get data(): Values {
    return this.self.data;
  }

  get root(): HTMLElement {
    const { element } = this.page;
    if (!element) throw new Error(`the page ${this.page.route} is closed`);
    return element;
  }

  /** What components of the mini-program triggered since it started, in order. */
  get events(): RecordedEvent[] {
    return events;
  }

  /** Details of all events of one name. */
  details(name: string): unknown[] {
    return events.filter(event => event.name === name).map(event => event.detail);
  }

  /** Calls of setData in the mini-program since it started. */
  get setDataCalls(): RecordedSetData[] {
    return setDataCalls;
  }

  find(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  /** @throws Error when nothing fits the selector */
  element(selector: string): HTMLElement {
    const element = this.find(selector);
    if (!element) throw new Error(`nothing on the page fits "${selector}":\n${this.root.innerHTML}`);
    return element;
  }

  elements(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  /** The text a person reads in an element or on the page: without what is hidden, white space joined. */
  text(selector?: string): string {
    const element = selector ? this.element(selector) : this.root;
    if (element.closest('[hidden]')) return '';
    const copy = element.cloneNode(true) as HTMLElement;
    for (const hidden of copy.querySelectorAll('[hidden]')) hidden.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** Whether an element is there and neither it nor anything around it is hidden. */
  sees(selector: string): boolean {
    const element = this.find(selector);
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
    const node = nodeOf(this.element(selector));
    if (!node) throw new Error(`"${selector}" is not the root element of a component`);
    return node.instance as unknown as T;
  }

  /**
   * Taps an element; a component is tapped on the first button inside it.
   * @param times how many fingers hit it before anything can react
   */
  async tap(selector: string, times = 1): Promise<void> {
    const element = this.element(selector);
    if (element.closest('[hidden]')) throw new Error(`"${selector}" is hidden, nobody can tap it`);
    const target = nodeOf(element) ? (element.querySelector('swan-button') ?? element) : element;
    for (let count = 0; count < times; count += 1) sendTap(target, 0, 0);
    await flush();
  }

  async setData(changes: Values): Promise<void> {
    this.page.setData(changes);
    await flush();
  }

  flush(): Promise<void> {
    return flush();
  }

  /** Opens another page on top of this one. */
  open(options: PageOptions): Promise<MountedPage> {
    return mountPage(options);
  }

  /** The user goes back from this page, and from those above it. The first page cannot be left. */
  async close(): Promise<void> {
    const { pages } = running();
    running().back(pages.length - pages.indexOf(this.page));
    await flush();
  }

  /** The user leaves the app. */
  async hide(): Promise<void> {
    running().hide();
    await flush();
  }

  /** The user comes back to the app. */
  async show(): Promise<void> {
    running().show();
    await flush();
  }
}

/** Opens a page: the first one of a new mini-program, or on top of those already open. */
export async function mountPage(options: PageOptions): Promise<MountedPage> {
  const root = resolve(options.root ?? '.');
  const { route, registration, units } = preparePage(root, options);
  if (program) Object.assign(program.host.units, units);
  else program = new Program(makeHost(root, units));
  if (registration) scripts.set(route, registration);
  const { query = {} } = options;
  if (program.pages.length) program.open(route, query);
  else {
    if (options.app) scripts.set('app', { kind: 'app', definition: options.app });
    program.launch(route, query);
  }
  const page = program.top;
  if (!page) throw new Error(`${route} did not open`);
  await flush();
  return new MountedPage(page);
}

function makeHost(root: string, units: Record<string, Unit>): Host {
  const app: AppConfig = {};
  const screen = document.body.appendChild(document.createElement('main'));
  const host: Host = {
    app,
    units,
    screen,
    assets: '',
    script: id => script(root, id),
    failed: fail,
    recorder,
  };
  return host;
}

const recorder: Host['recorder'] = {
  event(node, name, detail) {
    events.push({ name, detail, id: node.id, is: node.unit.id });
  },
  setData(of, changes, late) {
    const id = of instanceof ComponentNode ? of.id : '';
    const keys = Object.keys(changes);
    setDataCalls.push({ is: of.unit.id, id, keys, bytes: jsonLength(changes) });
    if (late) fail(new Error(`setData(${keys.join(', ')}) after detach or close`), of.unit.id);
  },
};

function script(root: string, id: string): Registration | null {
  const known = scripts.get(id);
  if (known || id === 'app') return known ?? null;
  const path = join(root, id);
  const registration = capture(() => void jest.requireActual(path));
  if (registration) scripts.set(id, registration);
  return registration;
}

interface PreparedPage {
  route: string;
  registration: Registration | null;
  units: Record<string, Unit>;
}

function preparePage(root: string, options: PageOptions): PreparedPage {
  const problems: Problem[] = [];
  const units: Record<string, Unit> = {};
  const visit = (path: string, kind: 'page' | 'component'): void => {
    if (units[unitId(root, path)]) return;
    const source = compiled.get(path) ?? compileUnit(root, path, kind);
    compiled.set(path, source);
    units[source.unit.id] = source.unit;
    problems.push(...source.problems);
    for (const target of Object.values(source.dependencies)) visit(target, 'component');
  };
  if (options.path !== undefined) {
    visit(join(root, options.path), 'page');
    if (problems.length) throw new CompileError(problems);
    return { route: unitId(root, join(root, options.path)), registration: null, units };
  }
  inlinePages += 1;
  const page = join(root, `${INLINE}${inlinePages}`);
  const dependencies: Record<string, string> = {};
  for (const [tag, reference] of Object.entries(options.usingComponents ?? {})) {
    const target = resolveComponent(
      root,
      page,
      isAbsolute(reference) ? `/${unitId(root, reference)}` : `./${reference}`,
    );
    if (!target) throw new Error(`usingComponents.${tag}: there is no ${reference}.swan below ${root}`);
    dependencies[tag] = target;
    visit(target, 'component');
  }
  const unit = compileSource({
    root,
    path: page,
    kind: 'page',
    config: {},
    template: options.template ?? '',
    dependencies,
    problems,
  });
  if (problems.length) throw new CompileError(problems);
  units[unit.id] = unit;
  const definition = { data: options.data ?? {}, ...options.methods };
  return { route: unit.id, registration: { kind: 'page', definition }, units };
}
