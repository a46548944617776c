/**
 * Runs pages and components of a mini-program in Jest (jsdom), from their real files. Importing this module installs
 * the globals of a mini-program (swan, App, Page, Component, Behavior, getApp, getCurrentPages); after each test the
 * phone is reset, and the test fails if the mini-program's code threw, or called setData too late.
 */
import { resolve } from 'node:path';
import type { AppConfig } from '../app-config';
import type { Environment } from '../runtime/context';
import { Program } from '../runtime/program';
import { registrationGlobals } from '../runtime/registration';
import { createSwan } from '../swan-api';
import type { CompiledView } from '../types';
import { MountedPage, type MountContext } from './mounted-page';
import { FakeHost } from './fake-host';
import {
  clearInlineRegistrations,
  resetModules,
  loadTemplateScript,
  preparePage,
  registerInline,
  registrationOf,
  type PageOptions,
} from './prepare';
import { TestRecorder } from './recorder';
import { advanceTimers, timersAreFake, waitForIdle } from './timers';

export { HostError } from '../swan-api/host-adapter';
export type { MountedPage } from './mounted-page';
export type { Answer } from './fake-host';
export type { PageOptions } from './prepare';

const recorder = new TestRecorder();
let program: Program | null = null;

const running = (): Program => {
  if (!program) throw new Error('no page is open; call mountPage first');
  return program;
};

/** The phone under the mini-program: what it records, and how it answers. New for every test. */
export const phone = new FakeHost(
  {
    route: () => program?.top?.route ?? '',
    open: (route, query) => running().open(route, query),
    replace: (route, query) => running().replace(route, query),
    relaunch: (route, query) => running().relaunch(route, query),
    switchTab: route => running().switchTab(route),
    back: count => running().back(count),
  },
  () => (running().top?.instance.createSelectorQuery as () => unknown)(),
  recorder.fail,
);

Object.assign(globalThis, registrationGlobals, {
  swan: createSwan(phone),
  getApp: () => program?.app,
  getCurrentPages: () => (program?.pages ?? []).map(page => page.instance),
});

window.addEventListener('error', event => recorder.fail(event.error ?? event.message, 'uncaught'));

afterEach(() => {
  killApp();
  phone.reset();
  const found = takeErrors();
  if (found.length) throw new Error(`the mini-program misbehaved:\n\n${found.join('\n\n')}`);
});

/** Returns the errors so far and clears them: thrown errors, and setData after detach or close. */
export function takeErrors(): string[] {
  return recorder.takeErrors();
}

/**
 * Ends the mini-program as the system does: no function of it runs, no callback is called, getApp() is new, storage
 * stays. With fake timers, waiting timers are dropped too.
 * @param freshModules also run every script and module anew. Modules that a test imported before belong to the
 * ended program: import them again.
 */
export function killApp(freshModules = false): void {
  program?.kill();
  program = null;
  phone.invalidateCallbacks();
  recorder.restart();
  document.body.replaceChildren();
  if (timersAreFake()) jest.clearAllTimers();
  clearInlineRegistrations();
  if (freshModules) resetModules();
}

/**
 * Waits until script and view agree and immediate answers have arrived. With fake timers it advances the time by some
 * 10 ms for each exchange between script and view.
 */
export function flush(): Promise<void> {
  return waitForIdle(() => program?.scheduler.busy ?? false);
}

/**
 * Waits until `holds` answers true, in steps of 10 ms of real or fake time.
 * @throws Error after `limit` ms
 */
export async function until(holds: () => boolean, limit = 2000): Promise<void> {
  for (let waited = 0; waited <= limit; waited += 10) {
    await flush();
    if (holds()) return;
    await advanceTimers(10);
  }
  throw new Error(`after ${limit} ms this still does not hold: ${holds.toString()}`);
}

const context: MountContext = { recorder, running, mount: mountPage, flush };

/** Opens a page: the first one of a new mini-program, or on top of those already open. */
export async function mountPage(options: PageOptions): Promise<MountedPage> {
  const root = resolve(options.root ?? '.');
  const { route, registration, views } = preparePage(root, options);
  if (program) Object.assign(program.environment.views, views);
  else program = new Program(createEnvironment(root, views));
  if (registration) registerInline(route, registration);
  const { query = {} } = options;
  if (program.pages.length) program.open(route, query);
  else {
    if (options.app) registerInline('app', { kind: 'app', definition: options.app });
    program.launch(route, query);
  }
  const page = program.top;
  if (!page) throw new Error(`${route} did not open`);
  await flush();
  return new MountedPage(page, context);
}

function createEnvironment(root: string, views: Record<string, CompiledView>): Environment {
  const app: AppConfig = {};
  const screen = document.body.appendChild(document.createElement('main'));
  return {
    app,
    views,
    screen,
    assets: '',
    register: path => registrationOf(root, path),
    load: loadTemplateScript,
    onError: recorder.fail,
    onProblem: (problem, path) => recorder.fail(new Error(problem), path),
    recorder,
  };
}
