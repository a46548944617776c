/**
 * Jest's runtime, but that a module is compiled once for all test files of a worker. Each of them still runs it anew, in
 * globals of its own.
 */
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

// Otherwise functions that were not called for a while are compiled again.
setFlagsFromString('--no-flush-bytecode');

/** By path; a file may be transformed in more than one way. */
const compiled = new Map();

/** @returns what runs a file's code in a context, given what Jest hands to each module */
function compile(code, filename, parameters) {
  const before = compiled.get(filename);
  if (before?.code === code) return before.script;
  const begin = `(function (${parameters.join()}) {`;
  const script = new Script(`${begin}${code}\n})`, { filename, columnOffset: -begin.length });
  compiled.set(filename, { code, script });
  return script;
}

class CompilingOnce extends Runtime {
  constructor(...options) {
    super(...options);
    const { executor } = this;
    const compileAnew = executor.compile.bind(executor);
    executor.compile = (code, filename) => {
      const context = this._environment.getVmContext();
      if (context === null) return null;
      try {
        return compile(code, filename, executor.injectedModuleParameters).runInContext(context);
      } catch {
        // Explains what is wrong with it.
        return compileAnew(code, filename);
      }
    };
  }
}

module.exports = { __esModule: true, default: CompilingOnce };
