/** Steps that several builds share. */
const fs = require('node:fs');
const typescript = require('@rollup/plugin-typescript');

/** TypeScript that ships to the phone. */
const swanTypescript = options =>
  typescript({
    tsconfig: 'tsconfig.swan.json',
    include: ['components/**/*.ts', 'utils/**/*.ts', 'demo/app/**/*.ts'],
    ...options,
  });

/** Files that are shipped as they are: source path -> file name in the output folder. */
const copy = files => ({
  name: 'copy',
  generateBundle() {
    for (const [from, fileName] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName, source: fs.readFileSync(from) });
    }
  },
});

module.exports = { copy, swanTypescript };
