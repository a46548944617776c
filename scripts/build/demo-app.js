/** dist/demo: a complete mini-program that DevTools can open. */
const fs = require('node:fs');
const path = require('node:path');
const { copy, swanTypescript } = require('./plugins');

/** What a user without npm does: copies the folders into the mini-program. */
const copyTheComponents = components => ({
  name: 'copy-the-components',
  writeBundle() {
    for (const name of [...components, 'utils']) {
      fs.cpSync(`dist/${name}`, `dist/demo/swan-cashier/${name}`, { recursive: true });
    }
    fs.cpSync('components/theme.css', 'dist/demo/swan-cashier/theme.css');
    fs.cpSync('dist/sandbox-cashier.js', 'dist/demo/swan-cashier/sandbox-cashier.js');
  },
});

/** A relative path from the file that asks, because a mini-program without npm has no package names. */
const ownCopy = {
  name: 'own-copy-of-the-components',
  renderChunk(code, chunk) {
    const folder = path.posix.relative(path.posix.dirname(chunk.fileName), 'swan-cashier');
    const copied = folder.startsWith('.') ? folder : `./${folder}`;
    return code
      .replace(/require\('swan-cashier'\)/g, `require('${copied}/utils/index')`)
      .replace(/require\('swan-cashier\//g, `require('${copied}/`);
  },
};

/**
 * Every file of the demo mini-program: .ts is compiled, the rest is copied.
 * @param components their names
 */
module.exports = function demoApp(components) {
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
      plugins: [ownCopy],
    },
    external: /^swan-cashier(\/|$)/,
    plugins: [
      copyTheComponents(components),
      swanTypescript(),
      copy(
        Object.fromEntries(
          files.filter(file => !file.endsWith('.ts')).map(file => [`demo/app/${file}`, file]),
        ),
      ),
    ],
  };
};
