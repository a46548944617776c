/**
 * Builds dist/sandbox, the package swan-cashier-sandbox: the code for Node in one file, its pages bundled for browsers, and
 * the manifest. `node scripts/build/sandbox.js` does this alone, in a second.
 */
const fs = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');
const { version, license, engines, devDependencies } = require('../../package.json');

const OUT = 'dist/sandbox';
const CASHIER = 'sandbox/cashier/browser';
const PREVIEW = 'sandbox/preview/browser';

const common = { bundle: true, charset: 'utf8', logLevel: 'warning', legalComments: 'inline', write: true };

/** @returns the packages that the code imports */
async function buildNode() {
  const { metafile } = await build({
    ...common,
    entryPoints: ['sandbox/main.ts'],
    outfile: `${OUT}/cli.js`,
    platform: 'node',
    target: `node${/\d+/.exec(engines.node)[0]}`,
    format: 'cjs',
    packages: 'external',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
  const names = imports.filter(({ external }) => external).map(({ path: name }) => name);
  return [...new Set(names)].filter(name => !/^(node:|\.)/.test(name)).sort();
}

async function buildBrowser() {
  const script = (entry, outfile, more) =>
    build({ ...common, entryPoints: [entry], outfile: `${OUT}/browser/${outfile}`, format: 'iife', ...more });
  await Promise.all([
    script(`${CASHIER}/cashier.ts`, 'cashier.js', { target: 'es2020' }),
    script(`${CASHIER}/console.ts`, 'console.js', { target: 'es2020' }),
    script(`${PREVIEW}/main.ts`, 'preview.js', {
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      // San is part of the bundle, and its licence asks to be named.
      banner: {
        js: `/*! San: ${fs.readFileSync('node_modules/san/LICENSE', 'utf8').replaceAll('*/', '')}*/`,
      },
    }),
  ]);
  const join = (name, ...files) =>
    fs.writeFileSync(`${OUT}/browser/${name}`, files.map(file => fs.readFileSync(file, 'utf8')).join('\n'));
  join('cashier.css', `${CASHIER}/cashier.css`, `${CASHIER}/dev-panel.css`);
  join('console.css', `${CASHIER}/console.css`);
  const styles = ['frame', 'dialogs', 'builtin-tags', 'controls', 'icons'];
  join('preview.css', ...styles.map(name => `${PREVIEW}/${name}.css`));
  fs.copyFileSync(`${PREVIEW}/index.html`, `${OUT}/browser/index.html`);
}

/**
 * fastify takes any light-my-request 6, and 6.8 needs cookie 2, which is for Node 22: on Node 20 npm would warn of it.
 * 6.6 needs cookie 1. The code does not import it: npm gives it to fastify, too, because it is in fastify's range. The
 * overrides of package.json do the same in this repository; npm reads them in the root project only.
 */
const WITHOUT_WARNINGS = { 'light-my-request': '~6.6.0' };

/** @param packages names of what the code imports; each has to be among the root's dependencies */
function manifest(packages) {
  return {
    name: 'swan-cashier-sandbox',
    version,
    description:
      "Stands in for Baidu's cashier on a developer's machine: orders, payments, notifications, refunds",
    license,
    keywords: ['baidu', 'swan', 'smartprogram', '百度智能小程序', 'payment', '百度收银台', 'sandbox'],
    bin: { 'swan-cashier-sandbox': 'cli.js' },
    files: ['cli.js', 'browser'],
    engines,
    dependencies: {
      ...Object.fromEntries(
        packages.map(name => {
          const range = devDependencies[name];
          if (!range) throw new Error(`sandbox imports ${name}, which package.json does not name`);
          return [name, range];
        }),
      ),
      ...WITHOUT_WARNINGS,
    },
  };
}

async function buildSandbox() {
  fs.mkdirSync(`${OUT}/browser`, { recursive: true });
  const [packages] = await Promise.all([buildNode(), buildBrowser()]);
  fs.writeFileSync(`${OUT}/package.json`, `${JSON.stringify(manifest(packages), null, 2)}\n`);
  for (const [from, to] of [
    ['LICENSE', 'LICENSE'],
    ['sandbox/README.md', 'README.md'],
    ['sandbox/README.zh-CN.md', 'README.zh-CN.md'],
  ]) {
    fs.copyFileSync(from, path.join(OUT, to));
  }
}

/** A step of rollup's, because dist/ is emptied by it. */
module.exports = { sandboxPackage: { name: 'sandbox-package', writeBundle: buildSandbox } };

if (require.main === module) void buildSandbox();
