/** The scripts of the mini-program under test: what they registered, and those that templates call. */
import { join } from 'node:path';
import type { ScriptModule } from '../compiled-app';
import { ModuleCollector } from '../compiler/modules';
import { CompileError, type SourceFolder } from '../compiler/source-files';
import type { TemplateScripts } from '../compiler/view';
import { collectRegistration, type Registration } from '../runtime/registration';

/** What the path of a page without files begins with. */
export const INLINE_PAGE = 'inline-page-';

/**
 * Keeps the scripts that templates call.
 * @throws CompileError when one of them has a mistake
 */
export function addTemplateScripts(sources: SourceFolder, scripts: TemplateScripts): void {
  for (const [id, { file, code }] of Object.entries(scripts)) {
    const collector = new ModuleCollector(sources);
    collector.addCode(id, file, code ?? sources.read(file) ?? '');
    if (collector.problems.length) throw new CompileError(collector.problems);
    Object.assign(templateScripts, collector.modules);
  }
}

/** Scripts that templates call, by id. */
const templateScripts: Record<string, ScriptModule> = {};

/** Runs a script that templates call. It has no globals of a mini-program. @returns its exports */
export function loadTemplateScript(id: string): unknown {
  const module = { exports: {} as unknown };
  const script = templateScripts[id];
  const run = new Function('require', 'module', 'exports', script?.code ?? '') as (
    require: (wanted: string) => unknown,
    own: typeof module,
    exports: unknown,
  ) => void;
  run(wanted => loadTemplateScript(script?.requires[wanted] ?? wanted), module, module.exports);
  return module.exports;
}

const known = new Map<string, Registration>();

/** Registers a page or app without running a script. */
export function registerInline(path: string, registration: Registration): void {
  known.set(path, registration);
}

/** Runs a view's script with Jest's own require, once, and answers what it registered. */
export function registrationOf(root: string, path: string): Registration | null {
  const registration = known.get(path);
  if (registration || path === 'app') return registration ?? null;
  const found = collectRegistration(() => void jest.requireActual(join(root, path)));
  if (found) known.set(path, found);
  return found;
}

/** Forgets what the test itself registered. */
export function clearInlineRegistrations(): void {
  for (const path of known.keys()) if (path === 'app' || path.startsWith(INLINE_PAGE)) known.delete(path);
}

/** Every script and module runs anew when it is asked for. */
export function resetModules(): void {
  known.clear();
  jest.resetModules();
}
