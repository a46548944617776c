/**
 * Runs pages and components of a mini-program in Jest (jsdom), from their real files. Importing this module installs
 * the globals of a mini-program (swan, App, Page, Component, Behavior, getApp, getCurrentPages); after each test the
 * phone is reset, and the test fails if the mini-program's code threw, or called setData too late.
 */
import { resolve } from 'node:path';
import type { AppConfig, CompiledView } from '../compiled-app';
import type { Environment } from '../runtime/environment';
import { RunningApp } from '../runtime/running-app';
import { registrationGlobals } from '../runtime/registration';
import { createSwan } from '../swan-api';
import { MountedPage, type MountContext } from './mounted-page';
import { FakeHost } from './fake-host';
import {
  clearInlineRegistrations,
  loadTemplateScript,
  registerInline,
  registrationOf,
  resetModules,
} from './module-registry';
import { preparePage, type PageOptions } from './prepare-page';
import { TestRecorder } from './test-recorder';

export { HostError } from '../swan-api/host-adapter';
export type { MountedPage } from './mounted-page';
export type { Answer } from './fake-host';
export type { PageOptions } from './prepare-page';

const recorder = new TestRecorder();
let runningApp: RunningApp | null = null;

const running = (): RunningApp => {
  if (!runningApp) throw new Error('no page is open; call mountPage first');
  return runningApp;
};

/** The phone under the mini-program: what it records, and how it answers. New for every test. */
export const phone = new FakeHost(
  {
    route: () => runningApp?.top?.route ?? '',
    open: (route, query) => running().open(route, query),
    replace: (route, query) => running().replace(route, query),
    relaunch: (route, query) => running().relaunch(route, query),
    switchTab: route => running().switchTab(route),
    back: count => running().back(count),
  },
  () => running().topPage,
  recorder.fail,
);

Object.assign(globalThis, registrationGlobals, {
  swan: createSwan(phone),
  getApp: () => runningApp?.appObject,
  getCurrentPages: () => (runningApp?.pages ?? []).map(page => page.pageObject),
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
 * @param options.freshModules also run every script and module anew. Modules that a test imported before belong to the
 * ended program: import them again.
 */
export function killApp({ freshModules = false } = {}): void {
  runningApp?.kill();
  runningApp = null;
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
  return waitForIdle(() => runningApp?.scheduler.isBusy ?? false);
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
  if (runningApp) Object.assign(runningApp.environment.views, views);
  else runningApp = new RunningApp(createEnvironment(root, views));
  if (registration) registerInline(route, registration);
  const { query = {} } = options;
  if (runningApp.pages.length) {
    runningApp.open(route, query);
    runningApp.finishOpening();
  } else {
    if (options.app) registerInline('app', { kind: 'app', definition: options.app });
    runningApp.launch(route, query);
  }
  const page = runningApp.top;
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

const timersAreFake = (): boolean => Object.prototype.hasOwnProperty.call(setTimeout, 'clock');

/** Lets time pass and runs the timers that are due. */
async function advanceTimers(milliseconds: number): Promise<void> {
  if (timersAreFake()) await jest.advanceTimersByTimeAsync(milliseconds);
  else await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Ticks in a row without work after which all work is done. */
const IDLE_TICKS = 4;

/** Waits until nothing is busy any more, and immediate answers have arrived. */
async function waitForIdle(busy: () => boolean): Promise<void> {
  for (let idle = 0; idle < IDLE_TICKS;) {
    const waiting = busy();
    await advanceTimers(waiting ? 1 : 0);
    idle = waiting ? 0 : idle + 1;
  }
}
