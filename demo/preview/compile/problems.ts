/** One thing in a source file that Swan would not accept. `file` is relative to the mini-program's root. */
export interface Problem {
  file: string;
  line: number;
  message: string;
}

/** Carries every problem found in one compilation, each printed as `file:line: message`. */
export class CompileError extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems.map(problem => `${problem.file}:${problem.line}: ${problem.message}`).join('\n'));
    this.name = 'CompileError';
  }
}
