import type { AppConfig, PageConfig } from './app-config';

/** A page or component, compiled. Its script is not part of it: the host runs that. */
export interface CompiledView {
  /** Path relative to the mini-program, without extension. */
  path: string;
  kind: 'page' | 'component';
  config: PageConfig;
  template: string;
  /** Source of each <template name>, its own and imported ones, by name. */
  templates: Record<string, string>;
  /** Id of the script of each <import-sjs>, <sjs> and <filter>, by the name templates call it by. */
  scripts: Record<string, string>;
  css: string;
  /** Path of each component, by the tag it is used under. */
  using: Record<string, string>;
  /** Why it cannot be shown, as `file:line: message`; empty when it can. */
  problems: string[];
}

/** A CommonJS module; `requires` maps what its source asks for to the id of the module it gets. */
export interface ScriptModule {
  code: string;
  requires: Record<string, string>;
  /** Why it cannot be run, as `file:line: message`. */
  problem?: string;
}

/** A whole mini-program, as the browser receives it. */
export interface Bundle {
  app: AppConfig;
  appCss: string;
  views: Record<string, CompiledView>;
  scripts: Record<string, ScriptModule>;
}
