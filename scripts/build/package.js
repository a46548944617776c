/** What makes dist/ a package: `npm pack ./dist`. The demo is built beside it and not published. */
const fs = require('node:fs');
const path = require('node:path');
const { version, description, license, engines } = require('../../package.json');

const folder = name => ({ [`./${name}/*`]: `./${name}/*` });

const typed = (file, script, declaration) => ({
  types: `./${file}${declaration}`,
  default: `./${file}${script}`,
});

/** A module in both forms, each with types of its own form. */
const dual = file => ({ import: typed(file, '.mjs', '.d.mts'), default: typed(file, '.js', '.d.ts') });

/** Without an extension, too: the name that usingComponents and imports have. */
const component = name => ({
  [`./${name}/${name}`]: typed(`${name}/${name}`, '.js', '.d.ts'),
  ...folder(name),
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
    '.': dual('utils/index'),
    './merchant': dual('merchant/index'),
    './taro': typed('taro/index', '.js', '.d.ts'),
    ...Object.assign(
      {},
      ...components.map(component),
      ...locales.map(name => ({ [`./locale/${name}`]: dual(`locale/${name}`) })),
    ),
    // As it is called where the folders are copied.
    './utils/index': dual('utils/index'),
    './sandbox-cashier': dual('sandbox-cashier'),
    ...folder('locale'),
    ...folder('utils'),
    './theme.css': './theme.css',
    './package.json': './package.json',
  },
  files: [
    ...components,
    'utils',
    'locale',
    'merchant',
    'taro',
    'sandbox-cashier.*',
    'theme.css',
    'docs',
    'CHANGELOG.md',
  ],
  sideEffects: components.map(name => `${name}/*.js`),
  engines,
});

/**
 * Texts and pictures: where they are here -> where they are in the package. All but the READMEs lie below docs/, because the
 * folders of the components are what users copy.
 */
const places = components => ({
  ...Object.fromEntries(['README.md', 'README.zh-CN.md', 'CHANGELOG.md'].map(file => [file, file])),
  ...Object.fromEntries(['CONTRIBUTING.md', 'SECURITY.md'].map(file => [file, `docs/${file}`])),
  ...Object.fromEntries(
    [...components.map(name => [`components/${name}`, name]), ['merchant', 'merchant']].flatMap(
      ([from, to]) => ['.md', '.zh-CN.md'].map(ending => [`${from}/README${ending}`, `docs/${to}${ending}`]),
    ),
  ),
  ...Object.fromEntries(
    ['docs', 'docs/pictures']
      .flatMap(folder => fs.readdirSync(folder).map(name => `${folder}/${name}`))
      .filter(file => fs.statSync(file).isFile())
      .map(file => [file, file]),
  ),
});

/** A text whose links lead to where their targets are in the package. */
function relinked(from, placeOf) {
  return fs.readFileSync(from, 'utf8').replace(/(\]\()(?!https?:|#)([^)#\s]+)/g, (_all, start, link) => {
    const target = placeOf[path.posix.join(path.posix.dirname(from), link)];
    if (!target) throw new Error(`${from}: ${link} is not in the package`);
    return start + path.posix.relative(path.posix.dirname(placeOf[from]), target);
  });
}

/**
 * @param components their names
 * @returns what each file of the package's documentation holds, by its name there
 */
function docs(components) {
  const placeOf = places(components);
  return Object.fromEntries(
    Object.entries(placeOf).map(([from, fileName]) => [
      fileName,
      from.endsWith('.md') ? relinked(from, placeOf) : fs.readFileSync(from),
    ]),
  );
}

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
