import { Linter } from 'eslint';
import plainComments from '../../../scripts/lint/plain-comments.js';

const linter = new Linter();
const config: Linter.Config = {
  plugins: { local: { rules: { 'plain-comments': plainComments } } },
  rules: { 'local/plain-comments': 'error' },
};
const problems = (code: string) => linter.verify(code, config);

test.each([
  ['in a block comment', '/** Closes it, whatever happens. */', 'whatever'],
  ['in a line comment', 'f(); // Nobody calls it twice.', 'Nobody'],
  ['a verb of people for a program', '// The page hears of it.', 'hears'],
])('a vague word is reported when it is %s', (_where, code, word) => {
  expect(problems(code)).toMatchObject([{ message: expect.stringContaining(`"${word}"`) }]);
});

test('each word is reported where it is, when a comment has several lines', () => {
  const [first, second] = problems('f();\n/**\n * Whoever asks,\n * is told.\n */');
  expect(first).toMatchObject({ line: 3, column: 4, endColumn: 11 });
  expect(second).toMatchObject({ line: 4, column: 7, endColumn: 11 });
});

test.each([
  ['a string', "f('nobody');"],
  ['an identifier', 'nobody();'],
  ['a longer word', '// An untold story, overheard.'],
  ['an abbreviation that is explained', '// fen stands for 1/100 yuan.'],
  ['a substitute', '// A fake that stands in for the cashier.'],
])('no word is reported when it is in %s', (_what, code) => {
  expect(problems(code)).toEqual([]);
});
