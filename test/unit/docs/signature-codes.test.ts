/** docs/signature-codes.md: written from what the doctor says, apart from the habits. */
import { fillCodes } from '../../../scripts/docs/signature-codes';
import { read } from '../../helpers/markdown-files';

const page = read('docs/signature-codes.md');

test('the page keeps its habit lines when its generated parts are written again', () => {
  const habits = (text: string): string[] => text.match(/^- Habit: .*/gm) ?? [];
  expect(habits(fillCodes(page, 'en'))).toEqual(habits(page));
  expect(habits(page).length).toBeGreaterThan(50);
});

test('the page is refused with the name of the code when it has one too few or too many', () => {
  expect(() => fillCodes(page.replace('### UNSORTED', '### SORTED'), 'en')).toThrow('no code SORTED');
  expect(() => fillCodes(page.replace(/### UNSORTED[^]*?(?=###)/, ''), 'en')).toThrow('for UNSORTED');
});
