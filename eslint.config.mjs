import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.demo/', 'node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // The tools' own configurations are CommonJS, and so is what rollup's requires.
    files: ['*.config.js', 'scripts/build/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // What ships to the phone. In ES5 every async function or generator costs about 900 bytes of helper code.
    files: ['components/**/*.ts', 'utils/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true]', message: 'No async functions here: use promises.' },
        { selector: ':function[generator=true]', message: 'No generators here.' },
        {
          selector: ':matches(ArrayExpression, CallExpression, NewExpression) > SpreadElement',
          message: 'Costs an ES5 helper: use concat() or apply().',
        },
        { selector: 'ForOfStatement', message: 'Costs an ES5 helper: use forEach or a for loop.' },
      ],
    },
  },
);
