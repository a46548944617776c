import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { messageOf } from '../../error-message';

/** One thing in a source file that Swan would not accept. */
export interface Problem {
  /** Relative to the mini-program's root. */
  file: string;
  line: number;
  message: string;
  /** The page works without it, in the preview and probably on a phone, so it is shown all the same. */
  isHarmless?: boolean;
  /** The tag that cannot be drawn, where the rest can. */
  tag?: string;
}

/** A problem as it is printed. */
export const problemText = ({ file, line, message }: Problem): string => `${file}:${line}: ${message}`;

/** All of them, a line for each. A file that several others name is compiled for each of them, and named once. */
export const problemsText = (problems: Problem[]): string =>
  [...new Set(problems.map(problemText))].join('\n');

/** Carries every problem found in one compilation. */
export class CompileError extends Error {
  constructor(readonly problems: Problem[]) {
    super(problemsText(problems));
    this.name = 'CompileError';
  }
}

/** A file's path relative to the mini-program, with forward slashes, as messages and addresses name it. */
const relativePath = (root: string, file: string): string => relative(root, file).split(sep).join('/');

/** The folder of a mini-program, with a list of the files that were read. */
export class SourceFolder {
  /** Absolute path of each file that was read or looked for. */
  readonly used = new Set<string>();

  constructor(readonly root: string) {}

  /** Text of a file, without a byte order mark, or null when there is none that can be read. */
  read(file: string): string | null {
    this.used.add(file);
    try {
      return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return null;
    }
  }

  nameOf(file: string): string {
    return relativePath(this.root, file);
  }

  /** The key pages, components and scripts are known by: a file's name without the extension of a source. */
  idOf(path: string): string {
    return this.nameOf(path).replace(/\.(swan|js|ts|json|css)$/, '');
  }
}

/** The folder a file is in and all around it, the nearest first: where a package it names may be installed. */
export function ancestorDirs(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...ancestorDirs(folder)];
}

export const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * The object a .json file holds. Anything else becomes a problem of that file.
 * @param file the file's name in the problem
 * @returns null when there is no object
 */
export function parseObject<T extends object>(text: string, file: string, problems: Problem[]): T | null {
  const refuse = (message: string): null => {
    problems.push({ file, line: 1, message });
    return null;
  };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as T) : refuse('must hold an object');
  } catch (error) {
    return refuse(`not JSON: ${messageOf(error)}`);
  }
}

/** Folders that hold no source of the mini-program, or too much of others'. */
const SKIPPED = /^(node_modules|\..+)$/;
/** Paths that a walk does not come to, those outside the folder among them. */
const SKIPPED_PATH = /(^|\/)(node_modules|\.[^/]+)\//;

/**
 * Text that changes whenever a file of the mini-program does. Installed packages are not walked: they hold tens of
 * thousands of files, of which `used` has the few that were read.
 */
export function fingerprint(root: string, used: Iterable<string> = []): string {
  const lines: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.test(entry.name)) walk(path);
      } else lines.push(stamp(path));
    }
  };
  if (existsSync(root)) walk(root);
  const outside = [...used].filter(file => SKIPPED_PATH.test(relativePath(root, file)));
  return [...lines.sort(), ...outside.map(stamp)].join('\n');
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return `${file} ${stats ? `${stats.mtimeMs} ${stats.size}` : 'missing'}`;
}
