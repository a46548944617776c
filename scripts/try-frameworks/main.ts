/**
 * `npm run try:frameworks`: makes the projects of examples/ in a folder, builds them for Swan, opens what their
 * compilers wrote in the preview and pays. Prints a table; exits with 1 when something is not as it should be. Needs
 * the npm registry and a Chromium, and half an hour the first time.
 *
 *     npm run try:frameworks -- [--folder DIR] [--only taro] [--built]
 *
 * --folder keeps the projects, so that the next run installs less; --built takes what is built there already.
 */
import { mkdirSync, mkdtempSync, rmSync, cpSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../support/chromium';
import { run } from '../support/process';
import { CHECKS, type Results, runScenario, type Check } from './scenario';

const ROOT = resolve(__dirname, '../..');

/** A project of examples/ with the compiler of its framework, which comes from npm. */
interface Framework {
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

const FRAMEWORKS: Framework[] = [
  { name: 'taro', title: 'Taro, webpack, React', compiler: '@tarojs/cli', output: 'dist', missing: {} },
  uniApp(3, { class: 'uni-app hands no external class to a native component' }),
  uniApp(2, {}),
];

/** `npm pack ./dist` @returns the path of the tarball */
function packLibrary(folder: string): string {
  const output = run('npm', ['pack', join(ROOT, 'dist'), '--json', '--pack-destination', folder], folder);
  const [packed] = JSON.parse(output) as { filename: string }[];
  if (!packed) throw new Error(`npm pack printed nothing: ${output}`);
  return join(folder, packed.filename);
}

/**
 * Installs and builds one project. What is installed there already is used again, but for swan-cashier.
 * @param folder where the projects are made
 * @returns the folder of the mini-program that the compiler wrote
 * @throws Error with what npm or the compiler said
 */
function buildProject({ name, output }: Framework, folder: string, tarball: string): string {
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

function versionOf({ name, compiler }: Framework): string {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'examples', name, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return { ...dependencies, ...devDependencies }[compiler] ?? '';
}

const { values } = parseArgs({
  options: { folder: { type: 'string' }, only: { type: 'string' }, built: { type: 'boolean' } },
});
const chosen = FRAMEWORKS.filter(({ name }) => !values.only || name === values.only);

function table(tried: [Framework, Results][]): string {
  const head = ['', ...tried.map(([framework]) => `${framework.title} (${versionOf(framework)})`)];
  const rows = CHECKS.map(check => [
    check,
    ...tried.map(([{ missing }, results]) => verdict(results[check], missing[check])),
  ]);
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function verdict(seen: string, known: string | undefined): string {
  if (known) return seen ? `no: ${known}` : `yes, though: ${known}`;
  return seen ? `FAILED: ${seen}` : 'yes';
}

function build(folder: string): string[] {
  if (values.built) return chosen.map(({ name, output }) => join(folder, name, output));
  console.log('swan-cashier: build and pack');
  run('npm', ['run', 'build'], ROOT);
  const tarball = packLibrary(folder);
  return chosen.map(framework => {
    console.log(`${framework.title}: install and build`);
    return buildProject(framework, folder, tarball);
  });
}

async function main(): Promise<void> {
  if (!chosen.length) throw new Error(`--only takes one of ${FRAMEWORKS.map(({ name }) => name).join(', ')}`);
  const folder = values.folder
    ? resolve(values.folder)
    : mkdtempSync(join(tmpdir(), 'swan-cashier-frameworks-'));
  mkdirSync(folder, { recursive: true });
  const outputs = build(folder);
  const browser = await launchChromium();
  const tried: [Framework, Results][] = [];
  for (const [index, framework] of chosen.entries()) {
    tried.push([framework, await runScenario(browser, outputs[index] ?? '')]);
  }
  await browser.close();
  if (!values.folder) rmSync(folder, { recursive: true, force: true });
  console.log(table(tried));
  const isBad = tried.some(([{ missing }, results]) =>
    CHECKS.some(check => results[check] && !missing[check]),
  );
  process.exitCode = isBad ? 1 : 0;
}

main().catch((error: Error & { stdout?: string; stderr?: string }) => {
  console.error([error.message, error.stdout, error.stderr].filter(Boolean).join('\n'));
  process.exitCode = 1;
});
