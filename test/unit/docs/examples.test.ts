/** The pages about other frameworks: all code on them is part of a project of examples/, which `npm run try:frameworks` builds. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const PAGES = { taro: ['taro'], 'uni-app': ['uni-app-vue3', 'uni-app-vue2'] };

function filesOf(example: string): string[] {
  const folder = join(ROOT, 'examples', example);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'));
}

const lines = (text: string): string[] => text.split('\n').map(line => line.trimEnd());

/** Whether these lines follow one another in the text, all of them indented as the first one is. */
function holds(text: string, snippet: string): boolean {
  const wanted = lines(snippet.trimEnd());
  const all = lines(text);
  return all.some((first, start) => {
    const indent = /^ */.exec(first)?.[0] ?? '';
    return wanted.every((line, offset) => all[start + offset] === (line && indent + line));
  });
}

function snippetsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, code = '']) => code);
}

describe.each(Object.entries(PAGES))('docs/%s', (name, examples) => {
  const sources = examples.flatMap(filesOf);

  test.each([`${name}.md`, `${name}.zh-CN.md`])('%s shows code of examples/ only', page => {
    const snippets = snippetsOf(page);
    expect(snippets.filter(snippet => !sources.some(source => holds(source, snippet)))).toEqual([]);
    expect(snippets.length).toBeGreaterThan(8);
  });

  test('shows the same code in both languages', () => {
    expect(snippetsOf(`${name}.zh-CN.md`)).toEqual(snippetsOf(`${name}.md`));
  });
});
