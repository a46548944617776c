import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import plainComments from './scripts/lint/plain-comments.js';

/**
 * Words that say nothing of what a thing does, each with the term of the field. They are looked for as words inside of
 * identifiers and of imported paths: `openAudience`, `./own-host`.
 */
const REPLACED = [
  ['house', 'server or deps'],
  ['town', 'server'],
  ['turnstile', 'cashier-call'],
  ['visitor', 'caller'],
  ['lookout', 'polling'],
  ['audience', 'components'],
  ['objection', 'blockReason'],
  ['saidNo', 'isFinalRefusal'],
  ['said-no', 'refusals'],
  ['believed', 'verified'],
  ['apologise', 'errorMessage'],
  ['admission', 'validate-order'],
  ['admitted', 'ValidOrder'],
  ['ownHost', 'host-check'],
  ['own-host', 'host-check'],
  ['obstacle', 'problem'],
  ['clue', 'finding'],
  ['wish', 'request'],
  ['quirk', 'option'],
  ['mood', 'mode'],
];

const capitalized = word => word[0].toUpperCase() + word.slice(1);

/** One pattern for a word at the beginning, after a hyphen or capital inside of a name, in the singular or plural. */
const asName = word => `(?:(?:^|[^A-Za-z])${word}|${capitalized(word)})s?(?![a-z])`;

const replacedNames = REPLACED.flatMap(([word, term]) => {
  const message = `"${word}" is no term of the field: ${term}.`;
  return [
    { selector: `Identifier[name=/${asName(word)}/]`, message },
    {
      selector: `:matches(ImportDeclaration, ExportNamedDeclaration)[source.value=/${asName(word)}/]`,
      message,
    },
  ];
});

const literalSpreads = [
  {
    selector:
      'ObjectExpression > SpreadElement > ObjectExpression, ArrayExpression > SpreadElement > ArrayExpression',
    message: 'Write what is in the literal, without the spread.',
  },
];

const names = more => ({ 'no-restricted-syntax': ['error', ...replacedNames, ...literalSpreads, ...more] });

/** In ES5 every async function or generator costs about 900 bytes of helper code. */
const onThePhone = [
  { selector: ':function[async=true]', message: 'No async functions here: use promises.' },
  { selector: ':function[generator=true]', message: 'No generators here.' },
  {
    selector: ':matches(ArrayExpression, CallExpression, NewExpression) > SpreadElement',
    message: 'Costs an ES5 helper: use concat() or apply().',
  },
  { selector: 'ForOfStatement', message: 'Costs an ES5 helper: use forEach or a for loop.' },
];

const length = (max, more) => ['error', { max, skipBlankLines: true, skipComments: true, ...more }];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.demo/', '.swan-cashier-sandbox/', 'node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { local: { rules: { 'plain-comments': plainComments } } },
    rules: {
      'local/plain-comments': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      ...names([]),
      'no-nested-ternary': 'error',
      'max-lines': length(400),
      'max-lines-per-function': length(100),
    },
  },
  {
    // A describe() holds many tests, and a table of texts has a line for each.
    files: ['test/**', 'merchant/diagnose/messages.*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    // The tools' own configurations are CommonJS, and so is what rollup's requires.
    files: ['*.config.js', 'scripts/build/*.js', 'scripts/lint/*.js', 'test/jest/*.js', 'examples/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly', process: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // ES modules, as the framework and Node have them.
    files: ['examples/uni-app-*/src/**/*.js', 'examples/**/vite.config.js'],
    languageOptions: { sourceType: 'module' },
  },
  {
    files: ['examples/backends/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        fetch: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        URLSearchParams: 'readonly',
      },
    },
  },
  {
    // Adds to an interface of React's, which is what an empty one with a base is for.
    files: ['examples/**/*.d.ts'],
    rules: {
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
    },
  },
  {
    files: ['components/**/*.ts', 'utils/**/*.ts'],
    rules: names(onThePhone),
  },
);
