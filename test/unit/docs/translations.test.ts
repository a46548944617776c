/** What a user reads is there in English and in Chinese, and both say the same things in the same order. */
import { basename } from 'node:path';
import { CHINESE_PAGES, PAGES, read } from '../../helpers/markdown-files';

/** For people who work on the repository, or full of measurements. */
const ENGLISH_ONLY = [
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md'],
  ...['docs/architecture.md', 'docs/benchmarks.md'],
];

test('every page for users has a Chinese one', () => {
  const english = PAGES.filter(page => !CHINESE_PAGES.includes(page));
  const alone = english.filter(page => !PAGES.includes(page.replace(/\.md$/, '.zh-CN.md')));
  expect(alone.sort()).toEqual([...ENGLISH_ONLY].sort());
});

/** Headings by their depth, kinds of code, tables by name, and pictures. */
const outline = (text: string): string[] =>
  (text.match(/^(?:#{1,3} |```\w+|<!-- table: ).*|!\[[^\]]*\]\([^)]*\)/gm) ?? []).map(line =>
    line.replace(/^(#+) .*/, '$1').replace(/^!\[[^\]]*\]/, ''),
  );

test.each(CHINESE_PAGES)('%s has the outline of the English page', page => {
  const english = page.replace('.zh-CN', '');
  expect(outline(read(page))).toEqual(outline(read(english)));
});

test.each(CHINESE_PAGES)('%s and the English page link to each other', page => {
  const english = page.replace('.zh-CN', '');
  expect(read(page)).toContain(`[English](${basename(english)})`);
  expect(read(english)).toContain(`[中文](${basename(page)})`);
});
