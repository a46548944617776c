import { dirname, extname, join, resolve } from 'node:path';
import { parse } from 'acorn';
import { transform } from 'sucrase';
import { messageOf } from '../../error-message';
import type { ScriptModule } from '../compiled-app';
import {
  ancestorDirs,
  isFile,
  parseObject,
  problemText,
  type Problem,
  type SourceFolder,
} from './source-files';

/** The scripts of a mini-program, with all that they require. */
export class ModuleCollector {
  readonly modules: Record<string, ScriptModule> = {};
  readonly problems: Problem[] = [];

  constructor(private readonly sources: SourceFolder) {}

  /** Adds the script of a page or component. @param path absolute path without extension */
  addScriptOf(path: string): void {
    const file = `${path}.js`;
    const id = this.sources.idOf(path);
    if (isFile(file)) this.addFile(file);
    else {
      this.sources.used.add(file);
      this.fail(
        id,
        { code: '', requires: {} },
        { file: `${id}.js`, line: 1, message: 'the file is missing' },
      );
    }
  }

  /** Adds code under an id of its own. @param file where it is from, for what it requires and for problems */
  addCode(id: string, file: string, source: string): void {
    const module: ScriptModule = { code: '', requires: {} };
    this.modules[id] = module;
    try {
      module.code = toCommonJs(source);
    } catch (error) {
      const { line = 1, text } = readSyntaxError(error);
      return this.fail(id, module, { file: this.sources.nameOf(file), line, message: text });
    }
    for (const [, , wanted = ''] of module.code.matchAll(/\brequire\(\s*(['"])([^'"]+)\1\s*\)/g)) {
      const target = this.resolve(file, wanted);
      // A missing module fails when it is required, which may never happen.
      if (target) module.requires[wanted] = this.addFile(target);
    }
  }

  private addFile(file: string): string {
    const name = this.sources.nameOf(file);
    // The key of a script is its view's path, with the extension kept where it is not .js.
    const id = file.endsWith('.js') ? this.sources.idOf(file) : name;
    if (this.modules[id]) return id;
    const source = this.sources.read(file) ?? '';
    this.addCode(id, file, file.endsWith('.json') ? `module.exports = ${source}` : source);
    return id;
  }

  private fail(id: string, module: ScriptModule, problem: Problem): void {
    this.modules[id] = { ...module, problem: problemText(problem) };
    this.problems.push(problem);
  }

  private resolve(from: string, wanted: string): string | null {
    if (wanted.startsWith('.')) return scriptFile(resolve(dirname(from), wanted));
    if (wanted.startsWith('/')) return scriptFile(join(this.sources.root, wanted));
    for (const folder of ancestorDirs(from)) {
      const found =
        scriptFile(join(folder, wanted)) ?? this.packageFile(join(folder, 'node_modules', wanted));
      if (found) return found;
    }
    // So that the fingerprint changes when the package is installed.
    this.sources.used.add(join(this.sources.root, 'node_modules', wanted, 'package.json'));
    return null;
  }

  private packageFile(path: string): string | null {
    const manifest = join(path, 'package.json');
    if (!isFile(manifest)) return scriptFile(path);
    const text = this.sources.read(manifest) ?? '';
    const { main } =
      parseObject<{ main?: unknown }>(text, this.sources.nameOf(manifest), this.problems) ?? {};
    return scriptFile(join(path, typeof main === 'string' ? main : 'index.js'));
  }
}

/** The file that a path without extension, or of a folder, means. */
function scriptFile(path: string): string | null {
  const candidates = [path, `${path}.js`, `${path}.json`, join(path, 'index.js')];
  return candidates.find(candidate => extname(candidate) && isFile(candidate)) ?? null;
}

/** A file that is CommonJS already stays as it is, so that lines in the debugger are those of the file. */
function toCommonJs(source: string): string {
  if (/\b(import|export)\b/.test(source) && isModule(source)) {
    parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
    const { code } = transform(source, { transforms: ['imports'], disableESTransforms: true });
    // On a phone a module may set a variable that it does not declare, as any other script may.
    return code.replace(/^"use strict";/, '');
  }
  parse(source, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true });
  return source;
}

/** Whether the text is a module; the words import and export may also be in a comment or a text. */
function isModule(source: string): boolean {
  try {
    parse(source, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true });
    return false;
  } catch {
    return true;
  }
}

function readSyntaxError(error: unknown): { line?: number; text: string } {
  const { loc } = error as { loc?: { line: number } };
  const text = messageOf(error).replace(/ \(\d+:\d+\)$/, '');
  return { line: loc?.line, text };
}
