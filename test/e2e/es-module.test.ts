/** The API by `import`, in Node and in bundlers: a second copy of the package, which shares everything with the components'. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { BACKEND } from '../../scripts/support/mini-program';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import {
  newProject,
  pack,
  show,
  type Package,
  type Project,
  type InstallMethod,
} from '../helpers/consumer-project';

jest.setTimeout(180_000);

let packed: Package;
const projects = {} as Record<InstallMethod, Project>;
beforeAll(() => {
  packed = pack();
  for (const way of ['npm', 'copy'] as const) projects[way] = newProject(packed, way);
});
afterAll(() => {
  for (const project of Object.values(projects)) project.remove();
  packed?.remove();
});

/** As webpack does it: a package by its name, for `import`. */
async function withEsbuild(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: projects.npm.path },
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es5',
    mainFields: [],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** As Vite does it: of files without an extension .mjs comes first, and outside node_modules nothing but ES modules. */
async function withRollup(code: string): Promise<string> {
  const entry = join(projects.copy.path, 'entry.mjs');
  writeFileSync(entry, code);
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ extensions: ['.mjs', '.js'], exportConditions: ['import'] })],
  });
  const { output } = await bundle.generate({ format: 'cjs' });
  return output[0].code;
}

const BUNDLERS: [string, string, (code: string) => Promise<string>][] = [
  ['webpack', 'swan-cashier', withEsbuild],
  ['Vite', './swan-cashier/utils/index', withRollup],
];

interface CommonJs {
  settings(): { baseUrl: string; messages: Record<string, string> };
  configure(settings: object): void;
}

/** The host's scripts, which see one App from the moment it is there. */
function newHost(): { run(code: string): CommonJs; startApp(): void } {
  let app: object | undefined;
  return {
    run(code) {
      const module = { exports: {} };
      new Function('module', 'exports', 'getApp', 'swan', code)(module, module.exports, () => app, {});
      return module.exports as CommonJs;
    },
    startApp: () => void (app = {}),
  };
}

const componentsCopy = (): string => readFileSync(join(projects.copy.library, 'utils/index.js'), 'utf8');
const timers = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5));

describe.each(BUNDLERS)('an import that %s bundles', (_name, api, bundle) => {
  test('configures the components when it does so before App()', async () => {
    const host = newHost();
    host.run(await bundle(`import { configure } from '${api}'; configure({ baseUrl: '${BACKEND}' });`));
    host.startApp();
    const components = host.run(componentsCopy());
    // A component is attached before the timer of configure().
    components.settings();
    await timers();
    expect(components.settings().baseUrl).toBe(BACKEND);
  });

  test('configures the components when it does so later', async () => {
    const host = newHost();
    host.startApp();
    const components = host.run(componentsCopy());
    components.settings();
    host.run(await bundle(`import { configure } from '${api}'; configure({ baseUrl: '${BACKEND}' });`));
    expect(components.settings().baseUrl).toBe(BACKEND);
  });

  test('keeps the texts that another copy was given when both are before App()', async () => {
    const host = newHost();
    const components = host.run(componentsCopy());
    components.configure({ messages: { idle: '去付款' } });
    host.run(await bundle(`import { configure } from '${api}'; configure({ messages: { paid: '好了' } });`));
    host.startApp();
    await timers();
    expect(components.settings().messages).toEqual({ idle: '去付款', paid: '好了' });
  });

  test('has the English texts as its default when it imports locale/en', async () => {
    const locale = api.replace('/utils/index', '');
    const path = join(projects.copy.library, 'locale');
    if (api !== locale && !existsSync(path)) {
      execFileSync('cp', ['-r', join(projects.npm.library, 'locale'), path]);
    }
    const host = newHost();
    host.startApp();
    const code = `import { configure } from '${api}'; import en from '${locale}/locale/en'; configure({ messages: en });`;
    host.run(await bundle(code));
    expect(host.run(componentsCopy()).settings().messages.idle).toBe('Pay now');
  });

  test('leaves payments out when a page imports only configure() and formatFen()', async () => {
    const small = await bundle(`import { configure, formatFen } from '${api}'; configure({}); formatFen(1);`);
    const whole = await bundle(`import { resumePending } from '${api}'; resumePending();`);
    expect([small, whole].map(code => /requestPolymerPayment/.test(code))).toEqual([false, true]);
  });
});

test('import and require share one configuration when Node loads both', () => {
  const code = `
    import { createRequire } from 'node:module';
    import { configure } from 'swan-cashier';
    import en from 'swan-cashier/locale/en';
    configure({ baseUrl: '${BACKEND}', messages: en });
    const app = {};
    globalThis.getApp = () => app;
    const required = createRequire(import.meta.url)('swan-cashier');
    required.settings();
    setTimeout(() => console.log(configure === required.configure, required.settings().baseUrl, en.idle), 5);`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: projects.npm.path,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe(`false ${BACKEND} Pay now`);
});

describeInChromium('a mini-program whose app.js is bundled', () => {
  test.each(BUNDLERS)(
    'takes a payment by its components when %s has bundled it',
    async (_name, api, bundle) => {
      const way = api.startsWith('.') ? 'copy' : 'npm';
      const own = newProject(packed, way);
      const code = `import { configure } from '${api}'; configure({ baseUrl: '${BACKEND}' }); App({});`;
      writeFileSync(join(own.path, 'app.js'), await bundle(code));
      const shown = await show(own);
      const browser = await connectToChromium();
      try {
        const page = await browser.newPage({ viewport: { width: 375, height: 812 } });
        await page.goto(`${shown.origin}/`);
        await page.getByText('立即支付 ¥6.80').click();
        await page.locator('.pay-button__pay-label', { hasText: /^已支付$/ }).waitFor();
        await page.close();
      } finally {
        await browser.close();
        await shown.close();
        own.remove();
      }
    },
  );
});
