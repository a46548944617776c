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
