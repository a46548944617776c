/** Steps that several builds share. */
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

/**
 * Takes the types out of each file by itself, which is quick; `npm run types` is what checks them.
 *
 * @param tsconfig path of the settings to compile with
 * @param more compiler options besides, and `tslib`, the file that has TypeScript's helpers
 */
function typescript({ tsconfig, tslib = require.resolve('tslib/tslib.es6.js'), ...more }) {
  const host = { ...ts.sys, readDirectory: () => [] };
  const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, host, path.dirname(path.resolve(tsconfig)));
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, importHelpers: true, ...more };
  return {
    name: 'typescript',
    resolveId(source, importer) {
      if (source === 'tslib') return tslib;
      if (!importer || !source.startsWith('.')) return null;
      const file = path.resolve(path.dirname(importer), `${source}.ts`);
      return fs.existsSync(file) ? file : null;
    },
    transform(code, fileName) {
      if (!fileName.endsWith('.ts')) return null;
      return { code: ts.transpileModule(code, { compilerOptions, fileName }).outputText, map: null };
    },
  };
}

/** TypeScript that ships to the phone. */
const swanTypescript = options => typescript({ tsconfig: 'tsconfig.swan.json', ...options });

/** Files that are shipped as they are: source path -> file name in the output folder. */
const copy = files => ({
  name: 'copy',
  generateBundle() {
    for (const [from, fileName] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName, source: fs.readFileSync(from) });
    }
  },
});

module.exports = { copy, swanTypescript, typescript };
