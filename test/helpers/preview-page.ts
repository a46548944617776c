import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { previewPlugin } from '../../sandbox/preview/plugin';
import { writeFiles, type Files } from '../../scripts/support/write-files';
import { connectToChromium } from './shared-chromium';

export interface ServedPreview {
  /** Opens it in a context of its own. @param route of the first page to open */
  open(route: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Serves a mini-program in the preview. @param files path -> text, or what is written as JSON */
export async function servePreview(files: Files): Promise<ServedPreview> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-preview-'));
  writeFiles(folder, { 'app.js': 'App({});', ...files });
  const server = fastify();
  await server.register(previewPlugin({ appDir: folder }));
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await connectToChromium();
  return {
    async open(route, options = {}) {
      const context = await browser.newContext({ viewport: { width: 375, height: 700 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(20000);
      await page.goto(`${origin}/#/${route}`);
      await page.waitForSelector('swan-page');
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
