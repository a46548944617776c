/**
 * Builds dist/: the published package (components, utils, merchant) and dist/demo, a complete mini-program that holds
 * its own copy of the components, as a user's would.
 */
const fs = require('node:fs');
const path = require('node:path');
const typescript = require('@rollup/plugin-typescript');
const { nodeResolve } = require('@rollup/plugin-node-resolve');
const { dts } = require('rollup-plugin-dts');

/** Each component, and the types that a page may want of it. */
const TYPES = {
  'pay-button': ['PayButtonEvents', 'PayButtonInstance', 'PayButtonProps', 'PayInput', 'PayOutcome'],
  'order-summary': ['OrderSummaryEvents', 'OrderSummaryProps', 'OrderView'],
};
const COMPONENTS = Object.keys(TYPES);
const isUtils = id => /utils\/bundle(\.ts)?$/.test(id);

const swanTypescript = options =>
  typescript({
    tsconfig: 'tsconfig.swan.json',
    include: ['components/**/*.ts', 'utils/**/*.ts', 'demo/app/**/*.ts'],
    ...options,
  });
const libraryTypescript = () => swanTypescript({ tslib: path.resolve('utils/es5-helpers.js') });
const nodeTypescript = () =>
  typescript({ tsconfig: 'tsconfig.json', include: ['merchant/**', 'utils/**'], target: 'ES2022' });

/** Files that are shipped as they are: source path -> file name in the output folder. */
const copy = files => ({
  name: 'copy',
  generateBundle() {
    for (const [from, fileName] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName, source: fs.readFileSync(from) });
    }
  },
});

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

/**
 * Texts and pictures: where they are here -> where they are in the package. All but the READMEs lie below docs/, because
 * the folders of the components are what people copy.
 */
const DOCS = {
  ...Object.fromEntries(['README.md', 'README.zh-CN.md', 'CHANGELOG.md'].map(file => [file, file])),
  ...Object.fromEntries(['CONTRIBUTING.md', 'SECURITY.md'].map(file => [file, `docs/${file}`])),
  ...Object.fromEntries(COMPONENTS.map(name => [`components/${name}/README.md`, `docs/${name}.md`])),
  'merchant/README.md': 'docs/merchant.md',
  'merchant/README.zh-CN.md': 'docs/merchant.zh-CN.md',
  ...Object.fromEntries(
    ['docs', 'docs/pictures']
      .flatMap(folder => fs.readdirSync(folder).map(name => `${folder}/${name}`))
      .filter(file => fs.statSync(file).isFile())
      .map(file => [file, file]),
  ),
};

/** A text whose links lead to where their targets are in the package. */
const relinked = from =>
  fs.readFileSync(from, 'utf8').replace(/(\]\()(?!https?:|#)([^)#\s]+)/g, (_all, start, link) => {
    const target = DOCS[path.posix.join(path.posix.dirname(from), link)];
    if (!target) throw new Error(`${from}: ${link} is not in the package`);
    return start + path.posix.relative(path.posix.dirname(DOCS[from]), target);
  });

/** What makes dist/ a package: `npm pack ./dist`. The demo is built beside it and not published. */
const publishedPackage = {
  name: 'published-package',
  generateBundle() {
    const { version, description, license, engines } = require('./package.json');
    const folder = name => ({ [`./${name}/*`]: `./${name}/*` });
    // Under the name that usingComponents has, too.
    const entry = name => ({
      [`./${name}/${name}`]: { types: `./${name}/${name}.d.ts`, default: `./${name}/${name}.js` },
      ...folder(name),
    });
    const manifest = {
      name: 'swan-cashier',
      version,
      description,
      license,
      keywords: ['baidu', 'swan', 'smartprogram', '百度智能小程序', 'payment', '百度收银台'],
      main: 'utils/index.js',
      types: 'utils/index.d.ts',
      smartprogram: '.',
      baidu: 'utils/index.js',
      bin: { 'swan-cashier': 'merchant/cli.js' },
      exports: {
        '.': { types: './utils/index.d.ts', default: './utils/index.js' },
        './merchant': {
          types: './merchant/index.d.ts',
          import: './merchant/index.mjs',
          require: './merchant/index.js',
        },
        ...entry('pay-button'),
        ...entry('order-summary'),
        ...folder('utils'),
        './theme.css': './theme.css',
        './package.json': './package.json',
      },
      files: ['pay-button', 'order-summary', 'utils', 'merchant', 'theme.css', 'docs', 'CHANGELOG.md'],
      sideEffects: ['pay-button/*.js', 'order-summary/*.js'],
      engines,
    };
    this.emitFile({ type: 'asset', fileName: 'package.json', source: JSON.stringify(manifest, null, 2) });
    for (const [from, fileName] of Object.entries(DOCS)) {
      const source = from.endsWith('.md') ? relinked(from) : fs.readFileSync(from);
      this.emitFile({ type: 'asset', fileName, source });
    }
    this.emitFile({ type: 'asset', fileName: 'LICENSE', source: fs.readFileSync('LICENSE') });
    this.emitFile({ type: 'asset', fileName: 'theme.css', source: fs.readFileSync('components/theme.css') });
  },
};

/** What a user without npm does: copies the folders into the mini-program. */
const copyTheComponents = {
  name: 'copy-the-components',
  writeBundle() {
    for (const name of [...COMPONENTS, 'utils']) {
      fs.cpSync(`dist/${name}`, `dist/demo/swan-cashier/${name}`, { recursive: true });
    }
    fs.cpSync('components/theme.css', 'dist/demo/swan-cashier/theme.css');
  },
};

/** Every file of the demo mini-program: .ts is compiled, the rest is copied. */
function demoApp() {
  const files = fs
    .readdirSync('demo/app', { recursive: true })
    .filter(file => fs.statSync(path.join('demo/app', file)).isFile());
  const scripts = files.filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return {
    input: Object.fromEntries(scripts.map(file => [file.slice(0, -3), `demo/app/${file}`])),
    output: {
      dir: 'dist/demo',
      format: 'cjs',
      esModule: false,
      exports: 'auto',
      preserveModules: true,
      preserveModulesRoot: 'demo/app',
      // DevTools leaves node_modules out unless a project asks for them; the TypeScript helpers must come along.
      entryFileNames: ({ name }) => `${name.replace(/^node_modules\/tslib\//, 'lib/')}.js`,
      // A relative path from the file that asks, because a mini-program without npm has no package names.
      plugins: [
        {
          name: 'own-copy-of-the-components',
          renderChunk(code, chunk) {
            const up = path.posix.relative(path.posix.dirname(chunk.fileName), 'swan-cashier/utils/index');
            return code.replace(
              /require\('swan-cashier'\)/g,
              `require('${up.startsWith('.') ? up : `./${up}`}')`,
            );
          },
        },
      ],
    },
    external: ['swan-cashier'],
    plugins: [
      copyTheComponents,
      swanTypescript(),
      copy(
        Object.fromEntries(
          files.filter(file => !file.endsWith('.ts')).map(file => [`demo/app/${file}`, file]),
        ),
      ),
    ],
  };
}

module.exports = [
  {
    input: 'utils/bundle.ts',
    output: { file: 'dist/utils/index.js', format: 'cjs', esModule: false },
    plugins: [emptyDist, libraryTypescript()],
  },
  ...COMPONENTS.map(component),
  demoApp(),
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
    plugins: [dts({ tsconfig: 'tsconfig.json' }), publishedPackage],
  },
];
