/**
 * Projects of other frameworks around swan-cashier: their sources are in examples/, and their compilers are installed
 * from npm.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Check } from './scenario';

const ROOT = resolve(__dirname, '../..');

export interface Framework {
  /** the folder of examples/ */
  name: string;
  /** what the table calls it */
  title: string;
  /** the dependency whose version the table shows */
  compiler: string;
  /** where the compiler writes to */
  output: string;
  /** what the framework is known not to deliver; docs/ has the workaround */
  missing: Partial<Record<Check, string>>;
}

const uniApp = (version: 2 | 3, missing: Framework['missing']): Framework => ({
  name: `uni-app-vue${version}`,
  title: `uni-app, Vue ${version}`,
  compiler: '@dcloudio/uni-app',
  output: 'dist/build/mp-baidu',
  missing,
});

export const FRAMEWORKS: Framework[] = [
  { name: 'taro', title: 'Taro, webpack, React', compiler: '@tarojs/cli', output: 'dist', missing: {} },
  uniApp(3, { class: 'uni-app hands no external class to a native component' }),
  uniApp(2, {}),
];

/** Environment of npm and the compilers, without the variables of the npm that runs this script. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

export function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** `npm pack ./dist` @returns the path of the tarball */
export function packLibrary(folder: string): string {
  const said = run('npm', ['pack', join(ROOT, 'dist'), '--json', '--pack-destination', folder], folder);
  const [packed] = JSON.parse(said) as { filename: string }[];
  if (!packed) throw new Error(`npm pack said nothing: ${said}`);
  return join(folder, packed.filename);
}

/**
 * Installs and builds one project. What is installed there already is used again, but for swan-cashier.
 * @param folder where the projects are made
 * @returns the folder of the mini-program that the compiler wrote
 * @throws Error with what npm or the compiler said
 */
export function buildProject({ name, output }: Framework, folder: string, tarball: string): string {
  const project = join(folder, name);
  mkdirSync(project, { recursive: true });
  rmSync(join(project, 'src'), { recursive: true, force: true });
  cpSync(join(ROOT, 'examples', name), project, { recursive: true });
  const library = join(project, 'node_modules/swan-cashier');
  rmSync(library, { recursive: true, force: true });
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], project);
  // Not as a dependency: npm would take another build of the same version out of its cache.
  mkdirSync(library, { recursive: true });
  run('tar', ['xzf', tarball, '-C', library, '--strip-components=1'], project);
  run('npm', ['run', 'build'], project);
  return join(project, output);
}

export function versionOf({ name, compiler }: Framework): string {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'examples', name, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return { ...dependencies, ...devDependencies }[compiler] ?? '';
}
