/** The Markdown pages of the repository, by their paths from its root, which is where Jest runs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { languageOf } from '../../scripts/docs/generate';

export const read = (file: string): string => readFileSync(file, 'utf8');

/** The pages of a folder, its own and no deeper ones. */
const pagesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.md'))
        .map(name => (folder === '.' ? name : `${folder}/${name}`))
    : [];

/** Every page for those who use the packages or work on them. */
export const PAGES = [
  '.',
  '.github',
  'components/pay-button',
  'components/order-summary',
  'merchant',
  'sandbox',
  'docs',
].flatMap(pagesIn);

export const CHINESE_PAGES = PAGES.filter(page => languageOf(page) === 'zh-CN');

/** The targets of links and pictures that are files of the repository, without their anchors. */
export const linkedFiles = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);

/** The targets of pictures. */
export const shownPictures = (text: string): string[] =>
  [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, link = '']) => link);
