/** Bytes of files as they reach a phone: scripts, styles, templates and JSON minified, then compressed with gzip -9. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { minify } from 'terser';

export interface Size {
  files: number;
  /** bytes after minifying */
  minified: number;
  /** bytes after gzip -9 of all of them, one after the other */
  gzipped: number;
}

async function minified(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8');
  switch (extname(file)) {
    case '.js':
    case '.wxs': {
      const { code } = await minify(text, { compress: { passes: 3 }, mangle: { toplevel: true } });
      return code ?? text;
    }
    case '.css':
    case '.wxss':
      return (await transform(text, { loader: 'css', minify: true, logLevel: 'silent' })).code;
    case '.json':
      return JSON.stringify(JSON.parse(text));
    default:
      return text.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, ' ');
  }
}

export async function measure(files: string[]): Promise<Size> {
  const all = (await Promise.all(files.map(minified))).join('');
  return {
    files: files.length,
    minified: Buffer.byteLength(all),
    gzipped: gzipSync(all, { level: 9 }).length,
  };
}
