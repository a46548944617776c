import type { AppConfig, Unit } from '../types';
import { capture, registrars, type Registration } from '../runtime/registration';

/** A compiled mini-program as the server sends it; the scripts come as files of their own. */
export interface AppFiles {
  app: AppConfig;
  appCss: string;
  units: Record<string, Unit>;
  /** What each script asks for, and the id of the script it gets. */
  requires: Record<string, Record<string, string>>;
  /** The origin swan.request may reach. */
  origin: string;
}

type Require = (wanted: string) => unknown;
type Script = (
  require: Require,
  module: { exports: unknown },
  exports: unknown,
  ...globals: unknown[]
) => void;

declare global {
  interface Window {
    /** Scripts of the mini-program, put here by the files they are served as. */
    previewModules?: Record<string, Script>;
  }
}

/** @throws Error with the compiler's words when the mini-program has mistakes */
export async function loadFiles(): Promise<AppFiles> {
  const response = await fetch('/preview/app.json');
  const answer = (await response.json()) as AppFiles & { problem?: string };
  if (!response.ok) throw new Error(answer.problem ?? `the preview answered ${response.status}`);
  window.previewModules = {};
  await Promise.all(Object.keys(answer.requires).map(loadScript));
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

/** Runs the mini-program's scripts, each once, the way its modules share them. */
export class Scripts {
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly registrations = new Map<string, Registration | null>();

  /** @param globals getApp, getCurrentPages and swan, in this order */
  constructor(
    private readonly requires: AppFiles['requires'],
    private readonly globals: unknown[],
  ) {}

  /** Runs a unit's script and answers what it registered. */
  registration(id: string): Registration | null {
    if (!this.registrations.has(id))
      this.registrations.set(
        id,
        capture(() => void this.run(id)),
      );
    return this.registrations.get(id) ?? null;
  }

  private run(id: string): unknown {
    const known = this.loaded.get(id);
    if (known) return known.exports;
    const script = window.previewModules?.[id];
    if (!script) throw new Error(`${id}.js is broken; the console names the mistake`);
    const module = { exports: {} as unknown };
    this.loaded.set(id, module);
    const require: Require = wanted => {
      const target = this.requires[id]?.[wanted];
      if (target === undefined) throw new Error(`${id}.js requires "${wanted}", which is not there`);
      return this.run(target);
    };
    const { App, Page, Component, Behavior } = registrars;
    script(require, module, module.exports, App, Page, Component, Behavior, ...this.globals);
    return module.exports;
  }
}
