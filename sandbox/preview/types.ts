/** What a page's or component's json may hold. */
export interface PageConfig {
  component?: boolean;
  usingComponents?: Record<string, string>;
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: 'black' | 'white';
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
}

/** app.json, as far as the preview reads it. */
export interface AppConfig {
  pages?: string[];
  subPackages?: { root: string; pages: string[] }[];
  window?: PageConfig;
  /** request in ms. */
  networkTimeout?: { request?: number };
  tabBar?: { list: { pagePath: string; text: string }[] };
}

/** A page or component, compiled. Its script is not part of it: the host runs that. */
export interface Unit {
  /** Path relative to the mini-program, without extension. */
  id: string;
  kind: 'page' | 'component';
  config: PageConfig;
  template: string;
  css: string;
  /** Unit id of each component, by the tag it is used under. */
  using: Record<string, string>;
}

/** A CommonJS module; `requires` maps what its source asks for to the path of the module it gets. */
export interface ScriptModule {
  code: string;
  requires: Record<string, string>;
}

/** A whole mini-program, as the browser receives it. */
export interface Bundle {
  app: AppConfig;
  appCss: string;
  units: Record<string, Unit>;
  scripts: Record<string, ScriptModule>;
}
