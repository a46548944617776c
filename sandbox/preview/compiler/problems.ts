/** One thing in a source file that Swan would not accept. `file` is relative to the mini-program's root. */
export interface Problem {
  file: string;
  line: number;
  message: string;
}

/** Carries every problem found in one compilation, each printed as `file:line: message`. */
export class CompileError extends Error {
  constructor(readonly problems: Problem[]) {
    // A file that several others name is compiled for each of them, and told once.
    const lines = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    super([...new Set(lines)].join('\n'));
    this.name = 'CompileError';
  }
}
