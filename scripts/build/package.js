/** What makes dist/ a package: `npm pack ./dist`. The demo is built beside it and not published. */
const fs = require('node:fs');
const { version, description, license, engines } = require('../../package.json');
const docs = require('./docs');

const folder = name => ({ [`./${name}/*`]: `./${name}/*` });

/** Without an extension, too: the name that usingComponents and imports have. */
const entry = (place, name) => ({
  [`./${place}/${name}`]: { types: `./${place}/${name}.d.ts`, default: `./${place}/${name}.js` },
  ...folder(place),
});

const manifest = (components, locales) => ({
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
    ...Object.assign(
      {},
      ...components.map(name => entry(name, name)),
      ...locales.map(name => entry('locale', name)),
    ),
    ...folder('utils'),
    './theme.css': './theme.css',
    './package.json': './package.json',
  },
  files: [...components, 'utils', 'locale', 'merchant', 'theme.css', 'docs', 'CHANGELOG.md'],
  sideEffects: components.map(name => `${name}/*.js`),
  engines,
});

/**
 * @param components their names
 * @param locales names of the languages besides Chinese
 */
module.exports = (components, locales) => ({
  name: 'published-package',
  generateBundle() {
    const files = {
      'package.json': JSON.stringify(manifest(components, locales), null, 2),
      ...docs(components),
      LICENSE: fs.readFileSync('LICENSE'),
      'theme.css': fs.readFileSync('components/theme.css'),
    };
    for (const [fileName, source] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName, source });
    }
  },
});
