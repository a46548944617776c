import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles, type Files } from '../../../scripts/support/write-files';
import { routesOf } from '../../../sandbox/preview/compiled-app';
import { ModuleLoader } from '../../../sandbox/preview/browser/module-loader';
import { compileApp } from '../../../sandbox/preview/compiler/app';
import { SourceFolder } from '../../../sandbox/preview/compiler/source-files';
import { RunningApp } from '../../../sandbox/preview/runtime/running-app';
import { registrationGlobals } from '../../../sandbox/preview/runtime/registration';

type Script = NonNullable<Window['previewModules']>[string];

export interface AppUnderTest {
  runningApp: RunningApp;
  /** What went wrong: problems of pages and components, and errors of their code. */
  errors: string[];
  /** What a user reads on the page on top. */
  text(): string;
  /** Waits until script and view agree. */
  settle(): Promise<void>;
}

/**
 * Runs a whole mini-program in jsdom, its scripts in functions of their own as in the browser.
 * @param files path -> text, or what is written as JSON
 */
export async function runApp(files: Files, globals: object = {}): Promise<AppUnderTest> {
  const root = mkdtempSync(join(tmpdir(), 'swan-preview-'));
  writeFiles(root, { 'app.js': 'App({});', ...files });
  const { bundle } = compileApp(new SourceFolder(root));
  rmSync(root, { recursive: true });
  const entries = Object.entries(bundle.scripts).filter(([, { problem }]) => problem === undefined);
  window.previewModules = Object.fromEntries(
    entries.map(([id, { code }]) => [
      id,
      new Function('require', 'module', 'exports', 'global', 'Function', code) as Script,
    ]),
  );
  const errors: string[] = [];
  const shared = {
    ...registrationGlobals,
    getApp: () => runningApp.appObject,
    getCurrentPages: () => runningApp.pages.map(page => page.pageObject),
    ...globals,
  };
  Object.assign(globalThis, shared);
  const modules = new ModuleLoader(bundle.scripts, shared);
  document.body.replaceChildren();
  const runningApp = new RunningApp({
    app: bundle.app,
    views: bundle.views,
    screen: document.body.appendChild(document.createElement('main')),
    assets: '/files',
    register: path => modules.register(path),
    load: id => modules.load(id),
    onTopPage: () => undefined,
    onError: (error, where) =>
      errors.push(`${where}: ${error instanceof Error ? error.message : String(error)}`),
    onProblem: (problem, path) => errors.push(`${path} cannot be shown: ${problem}`),
  });
  const settle = async (): Promise<void> => {
    for (let idle = 0; idle < 4; idle = runningApp.scheduler.isBusy ? 0 : idle + 1) {
      await new Promise(resolve => setTimeout(resolve, 1));
    }
  };
  runningApp.launch(routesOf(bundle.app)[0] ?? '', {});
  await settle();
  const text = (): string => (runningApp.top?.element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return { runningApp, errors, text, settle };
}
