import type { AppConfig } from './types';

/** Routes of an app.json, those of sub packages included, in order. */
export function routesOf(app: AppConfig): string[] {
  const inPackages = (app.subPackages ?? []).flatMap(({ root, pages }) =>
    pages.map(page => `${root.replace(/\/$/, '')}/${page}`),
  );
  return [...(app.pages ?? []), ...inPackages];
}
