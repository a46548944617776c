/** A mini-program: its configuration as its developer wrote it, and its pages and components as compiled. */

/** What a page's or component's json may hold. */
export interface PageConfig {
  component?: boolean;
  usingComponents?: Record<string, string>;
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: 'black' | 'white';
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
  /** px */
  onReachBottomDistance?: number;
}

export interface TabBarConfig {
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  borderStyle?: 'black' | 'white';
  /** Icons are paths from the root of the mini-program. */
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[];
}

type SubPackage = { root: string; pages: (string | { path: string })[] };

/** app.json, as far as the preview reads it. */
export interface AppConfig {
  pages?: string[];
  subPackages?: SubPackage[];
  subpackages?: SubPackage[];
  window?: PageConfig;
  /** request in ms. */
  networkTimeout?: { request?: number };
  tabBar?: TabBarConfig;
}

const withoutSlashes = (path: string): string => path.replace(/^\/|\/$/g, '');

/** Routes of an app.json, those of sub packages included, in order. */
export function routesOf(app: AppConfig): string[] {
  const inPackages = (app.subPackages ?? app.subpackages ?? []).flatMap(({ root, pages }) =>
    pages.map(page => `${withoutSlashes(root)}/${typeof page === 'string' ? page : page.path}`),
  );
  return [...(app.pages ?? []), ...inPackages].map(withoutSlashes);
}

/** Routes of the pages that are tabs, in the order of the bar. */
export function tabsOf(app: AppConfig): string[] {
  const list: unknown = app.tabBar?.list;
  return Array.isArray(list) ? app.tabBar!.list.map(({ pagePath }) => withoutSlashes(String(pagePath))) : [];
}

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
  /** Why a component is not there, by the tag it is used under, as `file:line: message`. */
  missing: Record<string, string>;
  /** Why it cannot be shown, likewise; empty when it can. */
  problems: string[];
}

/** The name by which scripts and views know an attribute: `data-order-id` without `data-` is orderId. */
export const camelCase = (attribute: string): string =>
  attribute.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());

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

/** In compiled css: the tag of a component, with which its class names begin. */
export const TAG_PLACEHOLDER = '\u0001';

/** In compiled css: the address the mini-program's own files are served under. */
export const ASSET_PLACEHOLDER = '\u0002';
