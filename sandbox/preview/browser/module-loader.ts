import type { AppConfig, CompiledView, ScriptModule } from '../compiled-app';
import type { BackendAddress } from '../proxy-protocol';
import { collectRegistration, type Registration } from '../runtime/registration';

/** A compiled mini-program as the server sends it; the scripts come as files of their own. */
export interface AppFiles {
  app: AppConfig;
  appCss: string;
  views: Record<string, CompiledView>;
  scripts: Record<string, Omit<ScriptModule, 'code'>>;
  /** Where swan.request goes; null when nowhere. */
  backend: BackendAddress | null;
  /** Mistakes that a phone ignores, as `file:line: message`. */
  warnings: string[];
}

type Require = (wanted: string) => unknown;
type Script = (
  require: Require,
  module: { exports: unknown },
  exports: unknown,
  global: object,
  functionOfScripts: FunctionConstructor,
) => void;

declare global {
  interface Window {
    /** Scripts of the mini-program. Each served script adds itself here. */
    previewModules?: Record<string, Script>;
  }
}

/** @throws Error with the compiler's message when no page of the mini-program can be shown */
export async function loadFiles(): Promise<AppFiles> {
  const response = await fetch('/preview/app.json');
  const answer = (await response.json()) as AppFiles & { problem?: string };
  if (!response.ok) throw new Error(answer.problem ?? `the preview answered ${response.status}`);
  window.previewModules = {};
  const ids = Object.keys(answer.scripts).filter(id => answer.scripts[id]?.problem === undefined);
  await Promise.all(ids.map(loadScript));
  return answer;
}

function loadScript(id: string): Promise<void> {
  const script = document.createElement('script');
  script.src = `/preview/script.js?id=${encodeURIComponent(id)}`;
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${id}.js could not be loaded`)));
    document.head.append(script);
  });
}

/** Runs the mini-program's scripts, each once, with the modules they share. */
export class ModuleLoader {
  private readonly loaded = new Map<string, { exports: unknown }>();
  /** Ids of scripts that have not come to their end. */
  private readonly running = new Set<string>();
  private readonly registrations = new Map<string, Registration | null>();
  /** What scripts see as `global`; it belongs to the mini-program. */
  private readonly global: object;
  private readonly function: FunctionConstructor;

  /** @param globals what scripts see besides, such as swan and getApp */
  constructor(
    private readonly scripts: AppFiles['scripts'],
    globals: object,
  ) {
    this.global = globalObject(globals);
    this.function = functionOfScripts(this.global);
  }

  /** Runs the script of a page, a component or app and answers what it registered. @throws what the script throws */
  register(path: string): Registration | null {
    if (!this.registrations.has(path)) {
      const registration = collectRegistration(() => void this.load(path));
      this.registrations.set(path, registration);
    }
    return this.registrations.get(path) ?? null;
  }

  /** Runs a script, once unless it throws. @returns its exports */
  load(id: string): unknown {
    const known = this.loaded.get(id);
    if (known) {
      if (this.running.has(id))
        console.warn(
          `${id}.js is required by a script that it requires itself; old phones run out of stack there`,
        );
      return known.exports;
    }
    const { problem, requires = {} } = this.scripts[id] ?? {};
    if (problem !== undefined) throw new Error(problem);
    const script = window.previewModules?.[id];
    if (!script) throw new Error(`${id}.js is broken; the console names the mistake`);
    const module = { exports: {} as unknown };
    this.loaded.set(id, module);
    const require: Require = wanted => {
      const target = requires[wanted];
      if (target === undefined) throw new Error(`require("${wanted}"): there is no such file`);
      return this.load(target);
    };
    this.running.add(id);
    try {
      script(require, module, module.exports, this.global, this.function);
    } catch (error) {
      // It runs again when it is asked for again, and says the same.
      this.loaded.delete(id);
      throw error;
    } finally {
      this.running.delete(id);
    }
    return module.exports;
  }
}

/** What scripts of a mini-program see in place of the browser's own globals. */

/** What a library looks for in the global object, as lodash does. */
const LANGUAGE =
  'Array ArrayBuffer BigInt Boolean DataView Date Error EvalError Float32Array Float64Array Function Int16Array ' +
  'Int32Array Int8Array Intl JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set ' +
  'String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef ' +
  'WeakSet console decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt ' +
  'unescape';

/** The browser refuses these as methods of another object. */
const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

type Call = (...args: unknown[]) => unknown;

/** The global object of a mini-program: the language and `globals`, and nothing of the browser. */
function globalObject(globals: object): object {
  const browser = window as unknown as Record<string, unknown>;
  return {
    ...Object.fromEntries(LANGUAGE.split(' ').map(name => [name, browser[name]])),
    ...Object.fromEntries(
      TIMERS.map(name => [name, (...args: unknown[]) => (browser[name] as Call)(...args)]),
    ),
    ...globals,
  };
}

/**
 * Function for scripts. The page's policy allows no code made of text, so the two texts that libraries use are understood:
 * `return this`, which asks for the global object, and regenerator-runtime's `r`, `regeneratorRuntime = r`.
 */
function functionOfScripts(global: object): FunctionConstructor {
  const create = (given: unknown[]): Call => {
    const [parameter, text = parameter] = given.map(String);
    if (given.length === 1 && /^\s*return this\s*;?\s*$/.test(text ?? '')) return () => global;
    const [, name, value] = /^\s*(\w+)\s*=\s*(\w+)\s*;?\s*$/.exec(text ?? '') ?? [];
    if (name !== undefined && value === parameter) {
      return assigned => void Object.assign(window, { [name]: assigned });
    }
    return Reflect.construct(Function, given) as Call;
  };
  return new Proxy(Function, {
    apply: (_function, _this, given: unknown[]) => create(given),
    construct: (_function, given: unknown[]) => create(given),
  });
}
