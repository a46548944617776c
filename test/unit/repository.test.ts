/** What a newcomer meets first: the map of the folders, the workflow of CI, and the forms for issues. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const isFolder = (path: string): boolean => statSync(join(ROOT, path)).isDirectory();

describe('the map of CONTRIBUTING.md', () => {
  const [, map = ''] = /```text\n([^]*?)```/.exec(read('CONTRIBUTING.md')) ?? [];

  /** The folders of the map: what is indented lies in the folder above. */
  const named = (): string[] => {
    let parent = '';
    return map.split('\n').flatMap(line => {
      const [, indent = '', name = ''] = /^( *)([\w-]+)\//.exec(line) ?? [];
      if (!name) return [];
      if (!indent) parent = name;
      return [indent ? `${parent}/${name}` : name];
    });
  };

  const ignored = read('.gitignore')
    .split('\n')
    .map(line => line.replace(/\/$/, ''));
  const foldersIn = (parent: string): string[] =>
    readdirSync(join(ROOT, parent))
      .filter(name => !name.startsWith('.') && !ignored.includes(name))
      .map(name => (parent ? `${parent}/${name}` : name))
      .filter(isFolder);

  test('lists each folder of the root', () => {
    const top = named().filter(folder => !folder.includes('/'));
    expect(top.sort()).toEqual(foldersIn('').sort());
  });

  test.each(['components', 'utils', 'demo', 'sandbox'])('lists each folder below %s', parent => {
    const below = named().filter(folder => folder.startsWith(`${parent}/`));
    expect(below.sort()).toEqual(foldersIn(parent).sort());
    expect(below.length).toBeGreaterThan(0);
  });

  test('fits on one screen', () => {
    expect(map.split('\n').length).toBeLessThanOrEqual(30);
  });
});

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { strategy: { matrix: { node: number[] } }; steps: Step[] }>;
}

describe('the workflow of CI', () => {
  const { on, permissions, jobs } = parse(read('.github/workflows/ci.yml')) as Workflow;
  const [job] = Object.values(jobs);

  test('runs .ci/run on Node 20, 22 and 24 when a change is pushed or proposed', () => {
    expect(Object.keys(on).sort()).toEqual(['pull_request', 'push']);
    expect(job?.strategy.matrix.node).toEqual([20, 22, 24]);
    const steps = job?.steps ?? [];
    expect(steps.map(({ uses, run }) => run ?? uses?.replace(/@v\d+$/, ''))).toEqual([
      'actions/checkout',
      'actions/setup-node',
      '.ci/run',
    ]);
    expect(steps[1]?.with).toEqual({ 'node-version': '${{ matrix.node }}' });
    expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).toBeGreaterThan(0);
  });

  test('begins with the oldest Node of package.json', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${Math.min(...(job?.strategy.matrix.node ?? []))}`);
  });

  test('may only read the repository', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });
});

interface Field {
  type: string;
  id?: string;
  attributes: { label?: string; options?: string[]; value?: string; render?: string };
  validations?: { required?: boolean };
}

interface Form {
  name: string;
  description: string;
  labels: string[];
  body: Field[];
}

const FORMS = '.github/ISSUE_TEMPLATE';
const readForm = (file: string): Form => parse(read(`${FORMS}/${file}`)) as Form;

describe('the issue forms', () => {
  test('exist in English and Chinese', () => {
    expect(readdirSync(join(ROOT, FORMS)).sort()).toEqual(
      ['bug_report', 'feature_request']
        .flatMap(name => [`${name}.yml`, `${name}.zh-CN.yml`])
        .concat('config.yml')
        .sort(),
    );
    expect(parse(read(`${FORMS}/config.yml`))).toEqual({ blank_issues_enabled: false });
  });

  test.each(['bug_report', 'feature_request'])('%s has the same fields in English and Chinese', name => {
    const shape = ({ labels, body }: Form): object => ({
      labels,
      body: body.map(({ type, id, attributes, validations }) => ({
        type,
        id,
        validations,
        render: attributes.render,
        options: attributes.options?.length,
      })),
    });
    const [english, chinese] = [readForm(`${name}.yml`), readForm(`${name}.zh-CN.yml`)];
    expect(shape(chinese)).toEqual(shape(english));
    const texts = (form: Form): string[] => [
      form.name,
      form.description,
      ...form.body.flatMap(({ attributes }) => attributes.label ?? attributes.value ?? ''),
    ];
    expect(texts(english).filter(text => !text || /\p{Script=Han}/u.test(text))).toEqual([]);
    expect(texts(chinese).filter(text => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test.each(['bug_report', 'feature_request'])('%s has field ids and types that GitHub accepts', name => {
    const { body } = readForm(`${name}.yml`);
    const ids = body.filter(({ type }) => type !== 'markdown').map(({ id = '' }) => id);
    expect(ids.filter((id, at) => !/^[a-z-]+$/.test(id) || ids.indexOf(id) !== at)).toEqual([]);
    const types = ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'];
    expect(body.filter(({ type }) => !types.includes(type))).toEqual([]);
  });

  test('a bug report requires version, base library, host and reproduction', () => {
    const fields = readForm('bug_report.yml').body.filter(({ id }) => id);
    const required = fields.filter(({ validations }) => validations?.required).map(({ id }) => id);
    expect(required).toEqual(expect.arrayContaining(['version', 'base-library', 'host', 'reproduction']));
    expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['console', 'trace']));
  });

  test('the template of pull requests names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('.github/pull_request_template.md').matchAll(/`npm (?:run )?([\w:]+)/g)];
    expect(named.map(([, name = '']) => name).filter(name => !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(2);
  });
});
