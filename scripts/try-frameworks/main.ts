/**
 * `npm run try:frameworks`: makes the projects of examples/ in a folder, builds them for Swan, opens what their
 * compilers wrote in the preview and pays. Prints a table; exits with 1 when something is not as it should be. Needs
 * the npm registry and a Chromium, and half an hour the first time.
 *
 *     npm run try:frameworks -- [--folder DIR] [--only taro] [--built]
 *
 * --folder keeps the projects, so that the next run installs less; --built takes what is built there already.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../chromium';
import { buildProject, type Framework, FRAMEWORKS, packLibrary, run, versionOf } from './projects';
import { CHECKS, type Results, runScenario } from './scenario';

const ROOT = resolve(__dirname, '../..');

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

const verdict = (seen: string, known: string | undefined): string =>
  known ? (seen ? `no: ${known}` : `yes, though: ${known}`) : seen ? `FAILED: ${seen}` : 'yes';

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
