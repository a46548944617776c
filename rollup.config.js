/**
 * Builds dist/: the published package (components, utils, locale, merchant) and dist/demo, a complete mini-program that
 * holds its own copy of the components, as a user's would.
 */
const fs = require('node:fs');
const path = require('node:path');
const { dts } = require('rollup-plugin-dts');
const demoApp = require('./scripts/build/demo-app');
const publishedPackage = require('./scripts/build/package');
const { copy, swanTypescript, typescript } = require('./scripts/build/plugins');
const { sandboxPackage } = require('./scripts/build/sandbox');

/** Each component, and the types that a page may want of it. */
const TYPES = {
  'pay-button': ['PayButtonEvents', 'PayButtonInstance', 'PayButtonProps', 'PayInput', 'PayOutcome'],
  'order-summary': ['OrderSummaryEvents', 'OrderSummaryProps', 'OrderView'],
};
const COMPONENTS = Object.keys(TYPES);
const LOCALES = ['en'];
const isUtils = id => /utils\/internal(\.ts)?$/.test(id);

const libraryTypescript = () => swanTypescript({ tslib: path.resolve('utils/es5-helpers.js') });
const nodeTypescript = () => typescript({ tsconfig: 'tsconfig.json' });

const types = (fileName, source) => ({
  name: 'types',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName, source });
  },
});

/** The types live in utils, where pages without the component find them too. */
const componentTypes = name =>
  types(`${name}.d.ts`, `export type { ${TYPES[name].join(', ')} } from '../utils/index';\n`);

const LOCALE_TYPES = `import type { Messages, OrderMessages } from '../utils/index.js';

declare const messages: Messages & OrderMessages;
`;

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
    componentTypes(name),
    copy(
      Object.fromEntries(
        ['swan', 'css', 'json'].map(kind => [`components/${name}/${name}.${kind}`, `${name}.${kind}`]),
      ),
    ),
  ],
});

/** A file of its own, so that a mini-program without it does not carry its texts. */
const locale = name => ({
  input: `utils/config/locale/${name}.ts`,
  output: [
    { file: `dist/locale/${name}.js`, format: 'cjs', exports: 'default', strict: true },
    { file: `dist/locale/${name}.mjs`, format: 'esm' },
  ],
  plugins: [
    libraryTypescript(),
    types(`${name}.d.ts`, `${LOCALE_TYPES}export = messages;\n`),
    types(`${name}.d.mts`, `${LOCALE_TYPES}export default messages;\n`),
  ],
});

const SANDBOX_CASHIER_TYPES = `import type { PaymentAdapter } from './utils/index.js';

/** A requestPayment port that pays through a running swan-cashier-sandbox; null in a released package. */
export declare function sandboxCashier(url: string): PaymentAdapter | null;
`;

/** For DevTools only, so a file of its own, too. */
const sandboxCashier = {
  input: 'utils/host/sandbox-cashier.ts',
  output: [
    { file: 'dist/sandbox-cashier.js', format: 'cjs', esModule: false, strict: true },
    { file: 'dist/sandbox-cashier.mjs', format: 'esm' },
  ],
  plugins: [
    libraryTypescript(),
    types('sandbox-cashier.d.ts', SANDBOX_CASHIER_TYPES),
    types('sandbox-cashier.d.mts', SANDBOX_CASHIER_TYPES),
  ],
};

module.exports = [
  {
    input: 'utils/internal.ts',
    output: { file: 'dist/utils/index.js', format: 'cjs', esModule: false },
    plugins: [emptyDist, libraryTypescript()],
  },
  {
    // For `import` in a bundler. It shares settings and payments with index.js as every copy of the package does.
    input: 'utils/index.ts',
    output: { file: 'dist/utils/index.mjs', format: 'esm' },
    plugins: [libraryTypescript(), types('index.d.mts', "export * from './index.js';\n")],
  },
  ...COMPONENTS.map(component),
  ...LOCALES.map(locale),
  sandboxCashier,
  {
    input: 'taro/index.ts',
    output: { file: 'dist/taro/index.js', format: 'cjs', exports: 'named', esModule: true },
    plugins: [typescript({ tsconfig: 'taro/tsconfig.json' })],
  },
  {
    input: 'taro/index.ts',
    output: { file: 'dist/taro/index.d.ts', format: 'es', paths: () => '../utils/index.js' },
    external: /utils\/index$/,
    plugins: [dts({ tsconfig: 'taro/tsconfig.json' })],
  },
  demoApp(COMPONENTS),
  {
    input: { index: 'merchant/index.ts', cli: 'merchant/cli.ts' },
    output: [
      { dir: 'dist/merchant', format: 'cjs', esModule: false, chunkFileNames: 'lib.js' },
      { dir: 'dist/merchant', format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'lib.mjs' },
    ],
    external: /^node:/,
    plugins: [nodeTypescript()],
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
    plugins: [
      dts({ tsconfig: 'tsconfig.json' }),
      types('merchant/index.d.mts', "export * from './index.js';\n"),
      publishedPackage(COMPONENTS, LOCALES),
      sandboxPackage,
    ],
  },
];
