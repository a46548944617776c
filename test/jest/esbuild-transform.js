/** Jest's transform for TypeScript: esbuild takes the types away, and `npm run types` checks them. */
const { createHash } = require('node:crypto');
const esbuild = require('esbuild');

const OPTIONS = {
  loader: 'ts',
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { strict: true } },
  // Jest's sandbox has no import().
  supported: { 'dynamic-import': false },
};

/** Exports that jest.spyOn can replace. */
const configurable = code =>
  code.replace(
    'var __defProp = Object.defineProperty;',
    'var __defProp = (to, name, how) => Object.defineProperty(to, name, { ...how, configurable: true });',
  );

module.exports = {
  getCacheKey: (source, file, { configString }) =>
    createHash('sha1')
      .update([esbuild.version, JSON.stringify(OPTIONS), configurable, configString, file, source].join('\0'))
      .digest('hex'),
  process: (source, file) => ({
    code: configurable(esbuild.transformSync(source, { ...OPTIONS, sourcefile: file }).code),
  }),
};
