/** Links and pictures of the pages lead somewhere, and no picture is left over. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkedFiles, PAGES, read, shownPictures } from '../../helpers/markdown-files';

test.each(PAGES)('%s links only to files that exist', page => {
  expect(linkedFiles(read(page)).filter(link => !existsSync(join(dirname(page), link)))).toEqual([]);
});

/** As GitHub makes them: punctuation goes, blanks become hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/^#+ (.*)/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-'),
  );

test.each(PAGES)('%s links only to sections that exist', page => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)];
  const lost = links.filter(([, target, anchor = '']) => {
    const file = target ? join(dirname(page), target) : page;
    return !existsSync(file) || !anchorsOf(read(file)).includes(decodeURI(anchor));
  });
  expect(lost.map(([link]) => link)).toEqual([]);
});

test('every page of docs/ can be reached by links from a README or CONTRIBUTING', () => {
  const found = new Set<string>(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md']);
  for (const page of found) {
    for (const link of linkedFiles(read(page))) {
      const target = join(dirname(page), link);
      if (PAGES.includes(target)) found.add(target);
    }
  }
  expect(PAGES.filter(page => page.startsWith('docs/') && !found.has(page))).toEqual([]);
});

test('every file of docs/pictures is shown on a page and written by a script', () => {
  const shown = PAGES.flatMap(page => shownPictures(read(page)).map(link => join(dirname(page), link)));
  const pictures = readdirSync('docs/pictures').map(name => join('docs/pictures', name));
  expect(pictures.filter(picture => !shown.includes(picture))).toEqual([]);
  const scripts = read('scripts/screenshots/main.ts');
  expect(readdirSync('docs/pictures').filter(name => !scripts.includes(`'${name}'`))).toEqual([]);
});
