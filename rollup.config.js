/**
 * Builds dist/: the published package (components, utils, merchant) and dist/demo, a complete mini-program that holds
 * its own copy of the components, as a user's would.
 */
const fs = require('node:fs');
const path = require('node:path');
const typescript = require('@rollup/plugin-typescript');
const { nodeResolve } = require('@rollup/plugin-node-resolve');
const { dts } = require('rollup-plugin-dts');
const demoApp = require('./scripts/build/demo-app');
const publishedPackage = require('./scripts/build/package');
const { copy, swanTypescript } = require('./scripts/build/plugins');

/** Each component, and the types that a page may want of it. */
const TYPES = {
  'pay-button': ['PayButtonEvents', 'PayButtonInstance', 'PayButtonProps', 'PayInput', 'PayOutcome'],
  'order-summary': ['OrderSummaryEvents', 'OrderSummaryProps', 'OrderView'],
};
const COMPONENTS = Object.keys(TYPES);
const isUtils = id => /utils\/bundle(\.ts)?$/.test(id);

const libraryTypescript = () => swanTypescript({ tslib: path.resolve('utils/es5-helpers.js') });
const nodeTypescript = () =>
  typescript({ tsconfig: 'tsconfig.json', include: ['merchant/**', 'utils/**'], target: 'ES2022' });

/** pay-button.d.ts and the like: the types live in utils, where pages without the component find them too. */
const types = name => ({
  name: 'types',
  generateBundle() {
    const source = `export type { ${TYPES[name].join(', ')} } from '../utils/index';\n`;
    this.emitFile({ type: 'asset', fileName: `${name}.d.ts`, source });
  },
});

const emptyDist = {
  name: 'empty-dist',
  buildStart() {
    fs.rmSync('dist', { recursive: true, force: true });
  },
};

const component = name => ({
  input: `components/${name}/${name}.ts`,
  output: {
    file: `dist/${name}/${name}.js`,
    format: 'cjs',
    esModule: false,
    strict: true,
    paths: id => (isUtils(id) ? '../utils/index' : id),
  },
  external: isUtils,
  plugins: [
    libraryTypescript(),
    types(name),
    copy(
      Object.fromEntries(
        ['swan', 'css', 'json'].map(kind => [`components/${name}/${name}.${kind}`, `${name}.${kind}`]),
      ),
    ),
  ],
});

module.exports = [
  {
    input: 'utils/bundle.ts',
    output: { file: 'dist/utils/index.js', format: 'cjs', esModule: false },
    plugins: [emptyDist, libraryTypescript()],
  },
  ...COMPONENTS.map(component),
  demoApp(COMPONENTS),
  {
    input: { index: 'merchant/index.ts', cli: 'merchant/cli.ts' },
    output: [
      { dir: 'dist/merchant', format: 'cjs', esModule: false, chunkFileNames: 'lib.js' },
      { dir: 'dist/merchant', format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'lib.mjs' },
    ],
    external: /^node:/,
    plugins: [nodeResolve({ extensions: ['.ts'] }), nodeTypescript()],
  },
  {
    input: 'utils/index.ts',
    output: { file: 'dist/utils/index.d.ts', format: 'es' },
    plugins: [dts({ tsconfig: 'tsconfig.swan.json' })],
  },
  {
    input: { 'merchant/index': 'merchant/index.ts' },
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].d.ts' },
    external: /^node:/,
    plugins: [dts({ tsconfig: 'tsconfig.json' }), publishedPackage(COMPONENTS)],
  },
];
