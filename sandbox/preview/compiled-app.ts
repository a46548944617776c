import { compileApp } from './compiler/app';
import { CompileError, fingerprint, problemText, SourceFolder } from './compiler/source-files';
import type { Bundle } from './types';

export interface CompiledApp {
  /** null when nothing of the mini-program can be shown. */
  bundle: Bundle | null;
  /** Why not, in words for its developer. */
  error: string | null;
  /** What is wrong but keeps nothing from being shown. */
  warnings: string[];
}

/** Compiles a mini-program, and again when one of its files changed. */
export class AppCompiler {
  private sources: SourceFolder;
  private seen: string | null = null;
  private compiled: CompiledApp = { bundle: null, error: null, warnings: [] };

  constructor(private readonly appDir: string) {
    this.sources = new SourceFolder(appDir);
  }

  /** The mini-program as it was compiled last, without a look at its folder. */
  get last(): CompiledApp {
    return this.compiled;
  }

  /** The mini-program as its files are now. @throws what reading a file throws that is not a mistake in it */
  current(): CompiledApp {
    const before = fingerprint(this.appDir, this.sources.used);
    if (before === this.seen) return this.compiled;
    this.sources = new SourceFolder(this.appDir);
    try {
      const { bundle, problems } = compileApp(this.sources);
      const warnings = problems.filter(({ harmless }) => harmless).map(problemText);
      this.compiled = { bundle, error: null, warnings: [...new Set(warnings)] };
      const errors = problems.filter(({ harmless }) => !harmless);
      if (errors.length)
        console.error(`Pages with mistakes say so when they are opened:\n${namesOf(errors)}`);
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      this.compiled = { bundle: null, error: error.message, warnings: [] };
      console.error(`The mini-program cannot be shown:\n${error.message}`);
    }
    // Only now that there is a result: where compiling broke down, the next request must not get the one before.
    this.seen = fingerprint(this.appDir, this.sources.used);
    return this.compiled;
  }
}

const namesOf = (problems: ConstructorParameters<typeof CompileError>[0]): string =>
  new CompileError(problems).message;
