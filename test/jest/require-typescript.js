/**
 * For `node --require`: TypeScript as Jest has it, kept on disk once compiled. A process of the tests starts in a third of
 * the time that a loader which compiles anew takes.
 */
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const transform = require('./esbuild-transform');

const CACHE = resolve(__dirname, '../../node_modules/.cache/swan-cashier/compiled');
mkdirSync(CACHE, { recursive: true });

function compile(file) {
  const source = readFileSync(file, 'utf8');
  const cached = join(CACHE, `${transform.getCacheKey(source, file, {})}.js`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const { code } = transform.process(source, file);
    const draft = `${cached}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, cached);
    return code;
  }
}

require.extensions['.ts'] = (module, file) => module._compile(compile(file), file);
